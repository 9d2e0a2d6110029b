-- Awarded (or so rated) ÷ the number each ceiling allows, rounded as the rule says: 1 is full. A record of the base
-- counts by how
-- much it raises that number. Where none is allowed there is nothing to divide by: cap_share says what was awarded.
-- kind: ratio
-- share: no
-- base: own
-- breakdown: rule_id
-- own: staff, awards
-- cluster: cluster_members, cluster_awards
-- cell: num awards.award
-- cell: num staff.rating
-- cell: den awards.award
-- cell: den staff.rating
-- cell: num cluster_awards.awarded_count
-- cell: num cluster_members.htxsnv_count
-- cell: den cluster_awards.awarded_count
-- cell: den cluster_members.httnv_count
WITH summed AS (
    SELECT c.*, r.rounding, r.min_one,
           sum(c.amount) OVER places AS people,
           round(r.value * sum(c.amount) OVER places, 6) AS exact  -- 0.15 × 20 is 3, not a hair below
    FROM ceiling_records c
    JOIN period_rules r ON r.period = c.period AND r.rule_id = c.rule_id
    WINDOW places AS (PARTITION BY c.unit_code, c.period, c.rule_id, c.part
                      ORDER BY c.submission_id, c.sheet, c.excel_row)
),
limits AS (
    SELECT *, greatest(CASE rounding WHEN 'down' THEN floor(exact) WHEN 'up' THEN ceil(exact) ELSE round(exact) END,
                       CASE WHEN min_one AND people >= 1 THEN 1 ELSE 0 END) AS allowed
    FROM summed
)
SELECT unit_code, period, rule_id AS breakdown, '' AS stratum, part, subject,
       CASE part WHEN 'num' THEN amount
                 ELSE allowed - lag(allowed, 1, 0) OVER (PARTITION BY unit_code, period, rule_id, part
                                                         ORDER BY submission_id, sheet, excel_row) END AS amount,
       submission_id, sheet, excel_row
FROM limits
