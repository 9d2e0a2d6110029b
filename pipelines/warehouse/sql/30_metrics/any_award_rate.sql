-- Distinct home staff with any individual award ÷ home staff. LDTT (nearly everyone's), KNC, and awards for seniority
-- or long
-- contribution say nothing about the year's merit. A cluster reports counts, not people: two awards may be one person.
-- kind: ratio
-- own: staff, awards
-- cluster: none
-- cell: num awards.award
-- cell: den staff.position_group
SELECT unit_code, period, '' AS breakdown, position_group AS stratum, 'den' AS part, person_key AS subject, 1 AS amount,
       submission_id, sheet, excel_row
FROM home_staff
UNION ALL
SELECT unit_code, period, '', position_group, 'num', person_key,
       CASE WHEN row_number() OVER (PARTITION BY period, person_key ORDER BY submission_id, sheet, excel_row) = 1
            THEN 1 ELSE 0 END,
       submission_id, sheet, excel_row
FROM home_awards
WHERE award NOT IN ('LDTT', 'KNC') AND award_kind NOT IN ('NIEN_HAN', 'CONG_HIEN')
