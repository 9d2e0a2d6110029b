-- Points of a member by who gave them: basic and bonus points added, penalties (negative in the table) taken off. A
-- criterion
-- somebody left open keeps that total from being known.
-- kind: points
-- breakdown: score_source
-- own: none
-- cluster: cluster_members, cluster_scores
-- cell: num cluster_scores.self_score for self
-- cell: num cluster_scores.cross_score for cross
-- cell: num cluster_scores.final_score for final
SELECT unit_code, period, breakdown, '' AS stratum, CASE WHEN amount IS NULL THEN 'gap' ELSE 'num' END AS part,
       criterion_code AS subject, amount, submission_id, sheet, excel_row
FROM (
    SELECT m.*, code AS breakdown,
           CASE code WHEN 'self' THEN self_score WHEN 'cross' THEN cross_score ELSE final_score END AS amount
    FROM member_scores m
    JOIN vocabulary ON vocabulary = 'score_source'
)
