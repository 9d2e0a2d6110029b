-- Leaders among home staff: what leader_award_share is to be held against.
-- kind: ratio
-- own: staff
-- cluster: cluster_members
-- cell: num staff.position_group
-- cell: den staff.position_group
-- cell: num cluster_members.leader_count
-- cell: den cluster_members.staff_count
SELECT unit_code, period, '' AS breakdown, '' AS stratum, part, person_key AS subject, 1 AS amount,
       submission_id, sheet, excel_row
FROM home_staff
CROSS JOIN (SELECT 'num' AS part UNION ALL SELECT 'den') parts
WHERE part = 'den' OR is_leader(position_group)
UNION ALL
SELECT unit_code, period, '', '', part, NULL, CASE WHEN part = 'num' THEN leader_count ELSE staff_count END,
       submission_id, sheet, excel_row
FROM member_counts
CROSS JOIN (SELECT 'num' AS part UNION ALL SELECT 'den') parts
