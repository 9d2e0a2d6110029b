-- People under a disciplinary measure of the year, taken by the day of the decision (else of the proposal). Investigations, complaints
-- and how long a measure of an earlier year lasts are in no workbook.
-- private: discipline is told to who may see people
WITH asked AS (SELECT * FROM applied WHERE kind = 'barred'),
whom AS (
    SELECT place, rule_no, subject AS person_key FROM asked WHERE recipient = 'CA_NHAN'
    UNION ALL
    SELECT a.place, a.rule_no, i.person_key FROM asked a JOIN insiders i USING (place)
),
counts AS (
    SELECT a.place, a.rule_no, count(DISTINCT d.person_key) AS listed,
           count(DISTINCT d.person_key) FILTER (WHERE list_contains(a.base_codes, d.discipline)
               AND coalesce(d.disciplined_on <= coalesce(a.decided_on, a.judged_on), TRUE)) AS barred
    FROM asked a
    JOIN whom w USING (place, rule_no)
    JOIN people.staff d ON d.person_key = w.person_key AND d.period = a.period
    GROUP BY ALL
)
SELECT a.rule_no, a.unit_code, a.period, a.subject, a.proposal_code,
       CASE WHEN c.barred > a.value THEN 'breach' WHEN c.listed IS NULL OR NOT coalesce(z.are_known, TRUE) THEN 'unknown'
            ELSE 'met' END AS status,
       CAST(c.barred AS DOUBLE) AS value, a.value AS limit_value, a.submission_id, a.sheet, a.excel_row, 'award' AS column_name
FROM asked a
LEFT JOIN counts c USING (place, rule_no)
LEFT JOIN collective_sizes z USING (place)
