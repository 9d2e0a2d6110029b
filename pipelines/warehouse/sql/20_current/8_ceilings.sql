-- What a ceiling may speak of, one row a source record: people by rating, people and collectives by award for regular
-- merit
-- (each once an award: further rows count 0), or the counts of a cluster's workbook.
CREATE VIEW rule_records AS
SELECT unit_code, period, rating AS code, person_key AS subject, 1 AS amount, submission_id, sheet, excel_row
FROM home_staff
UNION ALL
SELECT unit_code, period, award, person_key, amount, submission_id, sheet, excel_row
FROM home_merits
UNION ALL
SELECT unit_code, period, award, subject,
       CASE WHEN row_number() OVER (PARTITION BY unit_code, period, award, subject
                                    ORDER BY submission_id, sheet, excel_row) = 1
            THEN 1 ELSE 0 END,
       submission_id, sheet, excel_row
FROM unit_proposals
WHERE recipient = 'TAP_THE' AND award_kind = 'THUONG_XUYEN' AND result = 'DA_KHEN'
UNION ALL
SELECT unit_code, period, code, NULL,
       CASE code WHEN 'HTXSNV' THEN htxsnv_count WHEN 'HTTNV' THEN httnv_count WHEN 'HTNV' THEN htnv_count
                 WHEN 'KHTNV' THEN khtnv_count ELSE cxl_count END,
       submission_id, sheet, excel_row
FROM member_counts
JOIN vocabulary ON vocabulary = 'rating'
UNION ALL
SELECT unit_code, period, award, NULL, awarded_count, submission_id, sheet, excel_row
FROM member_awards
WHERE award_kind = 'THUONG_XUYEN';

-- Those each ceiling counts (num) and those it is a share of (den). Codes of one row are one record. STAFF is everybody
-- rated or not.
CREATE VIEW ceiling_records AS
SELECT c.unit_code, c.period, r.rule_id, part, c.subject, sum(c.amount) AS amount, c.submission_id, c.sheet, c.excel_row
FROM rule_records c
JOIN period_rules r ON r.period = c.period AND r.kind = 'ceiling'
CROSS JOIN (SELECT 'num' AS part UNION ALL SELECT 'den') parts
WHERE CASE part WHEN 'num' THEN c.code = r.counted
                ELSE list_contains(string_split(r.base, '|'), c.code)
                     OR (r.base = 'STAFF' AND c.code IN ('HTXSNV', 'HTTNV', 'HTNV', 'KHTNV', 'CXL')) END
GROUP BY ALL;
