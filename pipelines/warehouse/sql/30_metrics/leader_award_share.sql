-- Leaders among the awarded: distinct home staff with any individual award, as in any_award_rate. A cluster's workbook
-- gives
-- counts of awards; there every counted row must name its Nhóm chức vụ, or nothing can be said of the unit.
-- kind: ratio
-- own: staff, awards
-- cluster: cluster_members, cluster_awards
-- cell: num awards.award
-- cell: den awards.award
-- cell: num cluster_awards.awarded_count
-- cell: den cluster_awards.awarded_count
SELECT unit_code, period, '' AS breakdown, '' AS stratum, part, person_key AS subject,
       CASE WHEN row_number() OVER (PARTITION BY part, period, person_key ORDER BY submission_id, sheet, excel_row) = 1
            THEN 1 ELSE 0 END AS amount,
       submission_id, sheet, excel_row
FROM home_awards
CROSS JOIN (SELECT 'num' AS part UNION ALL SELECT 'den') parts
WHERE award NOT IN ('LDTT', 'KNC') AND award_kind NOT IN ('NIEN_HAN', 'CONG_HIEN')
  AND (part = 'den' OR position_group IN ('LD_BO', 'LD_VU', 'LD_PHONG'))
UNION ALL
SELECT unit_code, period, '', '', part, NULL, awarded_count, submission_id, sheet, excel_row
FROM member_awards
CROSS JOIN (SELECT 'num' AS part UNION ALL SELECT 'den' UNION ALL SELECT 'gap') parts
WHERE recipient = 'CA_NHAN' AND awarded_count > 0
  AND award NOT IN ('LDTT', 'KNC') AND award_kind NOT IN ('NIEN_HAN', 'CONG_HIEN')
  AND (part = 'den' OR (part = 'num' AND position_group IN ('LD_BO', 'LD_VU', 'LD_PHONG'))
       OR (part = 'gap' AND position_group IS NULL))
