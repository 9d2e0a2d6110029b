-- Distinct home staff who got the award for regular merit ÷ home staff. One row a source record.
-- kind: ratio
-- breakdown: award CA_NHAN
-- own: staff, awards
-- cluster: cluster_members, cluster_awards
-- cell: num awards.award
-- cell: den staff.position_group
-- cell: num cluster_awards.awarded_count
-- cell: den cluster_members.staff_count
SELECT unit_code, period, '' AS breakdown, position_group AS stratum, 'den' AS part, person_key AS subject, amount,
       submission_id, sheet, excel_row
FROM staff_records
UNION ALL
SELECT unit_code, period, award, position_group, 'num', person_key, amount, submission_id, sheet, excel_row
FROM home_merits
UNION ALL
SELECT unit_code, period, award, '', 'num', NULL, awarded_count, submission_id, sheet, excel_row
FROM member_awards
WHERE recipient = 'CA_NHAN' AND award_kind = 'THUONG_XUYEN'
