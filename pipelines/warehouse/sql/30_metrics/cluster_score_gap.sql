-- How many points a member gave itself beyond what its peers gave it, criterion by criterion.
-- kind: points
-- own: none
-- cluster: cluster_members, cluster_scores
-- cell: num cluster_scores.self_score
SELECT unit_code, period, '' AS breakdown, '' AS stratum, CASE WHEN cross_score IS NULL THEN 'gap'
    ELSE 'num' END AS part,
       criterion_code AS subject, round(self_score - cross_score, 6) AS amount, submission_id, sheet, excel_row
FROM member_scores
