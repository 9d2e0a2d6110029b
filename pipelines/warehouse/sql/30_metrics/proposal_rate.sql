-- Distinct home staff proposed for the award for regular merit, whatever came of it ÷ home staff: award_rate before the
-- decision.
-- kind: ratio
-- breakdown: award CA_NHAN
-- own: staff, awards
-- cluster: cluster_members, cluster_awards
-- cell: num awards.award
-- cell: den staff.position_group
-- cell: num cluster_awards.proposed_count
-- cell: den cluster_members.staff_count
SELECT unit_code, period, '' AS breakdown, position_group AS stratum, 'den' AS part, person_key AS subject, amount,
       submission_id, sheet, excel_row
FROM staff_records
UNION ALL
SELECT unit_code, period, award, position_group, 'num', person_key,
       CASE WHEN row_number() OVER (PARTITION BY period, person_key, award ORDER BY submission_id, sheet, excel_row) = 1
            THEN 1 ELSE 0 END,
       submission_id, sheet, excel_row
FROM home_proposals
WHERE award_kind = 'THUONG_XUYEN'
UNION ALL
SELECT unit_code, period, award, '', 'num', NULL, proposed_count, submission_id, sheet, excel_row
FROM member_awards
WHERE recipient = 'CA_NHAN' AND award_kind = 'THUONG_XUYEN'
