-- Live exemplars that reached each stage by the end of the period; one that was replicated has passed the stages it has
-- dates of.
-- kind: count
-- breakdown: stage
-- own: exemplars
-- cluster: cluster_members, exemplars
-- cell: num exemplars.found_on for PHAT_HIEN
-- cell: num exemplars.developed_on for BOI_DUONG
-- cell: num exemplars.summarised_on for TONG_KET
-- cell: num exemplars.replicated_on for NHAN_RONG
SELECT unit_code, period, code AS breakdown, '' AS stratum, 'num' AS part, exemplar_code AS subject, 1 AS amount,
       submission_id, sheet, excel_row
FROM live_exemplars
JOIN vocabulary ON vocabulary = 'stage'
WHERE CASE code WHEN 'PHAT_HIEN' THEN found_on WHEN 'BOI_DUONG' THEN developed_on WHEN 'TONG_KET' THEN summarised_on
                ELSE replicated_on END <= ends_on
