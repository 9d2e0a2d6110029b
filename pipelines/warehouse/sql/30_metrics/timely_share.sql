-- Awards for a sudden feat decided within the days of the rule in force ÷ those whose two dates are known, of people
-- and
-- collectives, at the unit that proposed them (plan 40-KH/BNCTW, II.3.b). A decision before the feat is a slip of one
-- of them.
-- kind: ratio
-- own: awards
-- cluster: none
-- cell: num awards.decided_on
-- cell: den awards.achieved_on
SELECT p.unit_code, p.period, '' AS breakdown, '' AS stratum, part, p.subject, 1 AS amount,
       p.submission_id, p.sheet, p.excel_row
FROM unit_proposals p
JOIN period_rules r ON r.period = p.period AND r.kind = 'days' AND r.counted = 'DOT_XUAT'
 AND r.base IN ('', 'achieved_on|decided_on')
CROSS JOIN (SELECT 'num' AS part UNION ALL SELECT 'den') parts
WHERE p.award_kind = 'DOT_XUAT' AND p.result = 'DA_KHEN' AND p.achieved_on <= p.decided_on
  AND (part = 'den' OR p.decided_on - p.achieved_on <= r.value)
