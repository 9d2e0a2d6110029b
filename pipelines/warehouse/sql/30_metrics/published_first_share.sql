-- Proposals posted for all staff by the day they were submitted ÷ proposals submitted (plan 40-KH/BNCTW, II.3.a),
-- whatever came
-- of them, at the unit that made them. A submitted one without a date of posting was not shown to be posted.
-- kind: ratio
-- own: awards
-- cluster: none
-- cell: num awards.published_on
-- cell: den awards.submitted_on
SELECT unit_code, period, '' AS breakdown, '' AS stratum, part, subject, 1 AS amount, submission_id, sheet, excel_row
FROM unit_proposals
CROSS JOIN (SELECT 'num' AS part UNION ALL SELECT 'den') parts
WHERE submitted_on IS NOT NULL AND (part = 'den' OR published_on <= submitted_on)
