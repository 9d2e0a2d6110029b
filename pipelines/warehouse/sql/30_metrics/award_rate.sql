-- Distinct home staff who got the award for regular merit ÷ home staff. One row a source record.
-- kind: ratio
-- breakdown: award CA_NHAN
-- own: staff, awards
-- cluster: cluster_members, cluster_awards
-- cell: num awards.award
-- cell: den staff.position_group
-- cell: num cluster_awards.awarded_count
-- cell: den cluster_members.staff_count
SELECT unit_code, period, '' AS breakdown, position_group AS stratum, 'den' AS part, person_key AS subject, 1 AS amount,
       submission_id, sheet, excel_row
FROM home_staff
UNION ALL
-- The first row of a person carries the 1; further rows of the same award stay as evidence with 0.
SELECT unit_code, period, award, position_group, 'num', person_key,
       CASE WHEN row_number() OVER (PARTITION BY period, person_key, award ORDER BY submission_id, sheet, excel_row) = 1
            THEN 1 ELSE 0 END,
       submission_id, sheet, excel_row
FROM home_awards
WHERE award_kind = 'THUONG_XUYEN'
UNION ALL
SELECT unit_code, period, '', '', 'den', NULL, staff_count, submission_id, sheet, excel_row
FROM member_counts
UNION ALL
SELECT unit_code, period, award, '', 'num', NULL, awarded_count, submission_id, sheet, excel_row
FROM member_awards
WHERE recipient = 'CA_NHAN' AND award_kind = 'THUONG_XUYEN'
