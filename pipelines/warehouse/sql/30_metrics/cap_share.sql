-- Awarded (or so rated) ÷ the base of each ceiling in force on the last day of the period, as data/reference/rules.csv
-- has it.
-- kind: ratio
-- share: no
-- base: own
-- breakdown: rule_id
-- own: staff, awards
-- cluster: cluster_members, cluster_awards
-- cell: num awards.award
-- cell: num staff.rating
-- cell: den awards.award
-- cell: den staff.rating
-- cell: num cluster_awards.awarded_count
-- cell: num cluster_members.htxsnv_count
-- cell: den cluster_awards.awarded_count
-- cell: den cluster_members.httnv_count
SELECT unit_code, period, rule_id AS breakdown, '' AS stratum, part, subject, amount, submission_id, sheet, excel_row
FROM ceiling_records
