-- Targets met ÷ targets whose result is known, by the end of a year. A higher or a lower number is better, as the unit
-- said.
-- A target without a result, or with numbers on two scales, is not known yet: in neither. Half a year cannot meet a
-- year's target: no rows.
-- kind: ratio
-- own: targets
-- cluster: none
-- cell: num targets.achieved
-- cell: den targets.planned
SELECT t.unit_code, t.period, '' AS breakdown, '' AS stratum, part, t.target_code AS subject, 1 AS amount,
       t.submission_id, t.sheet, t.excel_row
FROM targets t
JOIN reporting r ON r.submission_id = t.submission_id AND r.unit_code = t.unit_code
JOIN periods p ON p.period = t.period AND p.period_kind = 'year'
CROSS JOIN (SELECT 'num' AS part UNION ALL SELECT 'den') parts
WHERE t.achieved IS NOT NULL AND t.planned IS NOT NULL
  AND (part = 'den' OR (t.direction = 'TANG' AND t.achieved >= t.planned)
       OR (t.direction = 'GIAM' AND t.achieved <= t.planned))
