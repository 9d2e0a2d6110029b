-- People so rated ÷ people rated. CXL (not rated) is no rating and in neither.
-- kind: ratio
-- breakdown: rating
-- own: staff
-- cluster: cluster_members
-- cell: num staff.rating
-- cell: den staff.rating
-- cell: num cluster_members.htxsnv_count for HTXSNV
-- cell: num cluster_members.httnv_count for HTTNV
-- cell: num cluster_members.htnv_count for HTNV
-- cell: num cluster_members.khtnv_count for KHTNV
-- cell: den cluster_members.htxsnv_count
-- cell: den cluster_members.httnv_count
-- cell: den cluster_members.htnv_count
-- cell: den cluster_members.khtnv_count
SELECT unit_code, period, CASE WHEN part = 'num' THEN rating ELSE '' END AS breakdown, position_group AS stratum, part,
       person_key AS subject, 1 AS amount, submission_id, sheet, excel_row
FROM home_staff
CROSS JOIN (SELECT 'num' AS part UNION ALL SELECT 'den') parts
WHERE rating <> 'CXL'
UNION ALL
SELECT unit_code, period, '', '', 'den', NULL, htxsnv_count + httnv_count + htnv_count + khtnv_count,
       submission_id, sheet, excel_row
FROM member_counts
UNION ALL
SELECT unit_code, period, code, '', 'num', NULL,
       CASE code WHEN 'HTXSNV' THEN htxsnv_count WHEN 'HTTNV' THEN httnv_count WHEN 'HTNV' THEN htnv_count
                 ELSE khtnv_count END,
       submission_id, sheet, excel_row
FROM member_counts
JOIN vocabulary ON vocabulary = 'rating' AND code <> 'CXL'
