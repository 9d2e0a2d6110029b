-- Collectives (rooms, teams and the unit itself) that got the award for regular merit ÷ collectives the unit listed. A
-- cluster's
-- workbook does not say how many there are.
-- kind: ratio
-- breakdown: award TAP_THE
-- own: collectives, awards
-- cluster: none
-- cell: num awards.award
-- cell: den collectives.team_code
-- cell: den info.unit_code
SELECT unit_code, period, '' AS breakdown, '' AS stratum, 'den' AS part, team_code AS subject, 1 AS amount,
       submission_id, sheet, excel_row
FROM unit_collectives
UNION ALL
SELECT p.unit_code, p.period, p.award, '', 'num', p.subject,
       CASE WHEN row_number() OVER (PARTITION BY p.unit_code, p.period, p.award, p.subject
                                    ORDER BY p.submission_id, p.sheet, p.excel_row) = 1
            THEN 1 ELSE 0 END,
       p.submission_id, p.sheet, p.excel_row
FROM unit_proposals p
JOIN unit_collectives t ON t.unit_code = p.unit_code AND t.period = p.period AND t.team_code = p.subject
WHERE p.recipient = 'TAP_THE' AND p.award_kind = 'THUONG_XUYEN' AND p.result = 'DA_KHEN'
