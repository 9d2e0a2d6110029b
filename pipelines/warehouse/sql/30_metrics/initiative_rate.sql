-- Initiatives recognised in the year at each level ÷ home staff. An initiative has one row an author: the first carries
-- the 1. One
-- recognised in another year is none of this one; one without a date is taken for this year's.
-- kind: ratio
-- share: no
-- breakdown: initiative_level
-- own: staff, initiatives
-- cluster: none
-- cell: num initiatives.initiative_level
-- cell: den staff.position_group
SELECT unit_code, period, '' AS breakdown, '' AS stratum, 'den' AS part, person_key AS subject, 1 AS amount,
       submission_id, sheet, excel_row
FROM home_staff
UNION ALL
SELECT i.unit_code, i.period, i.initiative_level, '', 'num', i.initiative_code,
       CASE WHEN row_number() OVER (PARTITION BY i.submission_id, i.initiative_level, i.initiative_code
                                    ORDER BY i.sheet, i.excel_row) = 1
            THEN 1 ELSE 0 END,
       i.submission_id, i.sheet, i.excel_row
FROM initiatives i
JOIN reporting r ON r.submission_id = i.submission_id AND r.unit_code = i.unit_code
JOIN periods p ON p.period = i.period
WHERE i.initiative_level <> 'CHUA' AND coalesce(year(i.recognised_on) = p.year, TRUE)
