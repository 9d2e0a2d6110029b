-- Exemplars and models found in the period, by kind. An exemplar counts once, in the year of its Ngày phát hiện,
-- whatever year it
-- was first or is still listed in.
-- kind: count
-- breakdown: exemplar_kind
-- own: exemplars
-- cluster: cluster_members, exemplars
-- cell: num exemplars.found_on
SELECT unit_code, period, exemplar_kind AS breakdown, '' AS stratum, 'num' AS part, exemplar_code AS subject,
    1 AS amount,
       submission_id, sheet, excel_row
FROM found_exemplars
