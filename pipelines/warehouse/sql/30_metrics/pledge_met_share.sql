-- Pledges met ÷ pledges whose result is known, by the end of a year. What all members pledged together counts once for
-- each member.
-- A pledge has no direction: the number pledged or more is met. Without a result it is not known yet: in neither.
-- kind: ratio
-- own: none
-- cluster: cluster_members, pledges
-- cell: num pledges.outcome
-- cell: den pledges.target
SELECT r.unit_code, r.period, '' AS breakdown, '' AS stratum, part, g.pledge_code AS subject, 1 AS amount,
       g.submission_id, g.sheet, g.excel_row
FROM pledges g
JOIN reporting r ON r.member_submission_id = g.submission_id AND g.unit_code IN ('', r.unit_code)
JOIN periods p ON p.period = g.period AND p.period_kind = 'year'
CROSS JOIN (SELECT 'num' AS part UNION ALL SELECT 'den') parts
WHERE g.outcome IS NOT NULL AND g.target IS NOT NULL AND (part = 'den' OR g.outcome >= g.target)
