-- People under a disciplinary measure of the year, taken by the day of the decision (else of the proposal).
-- Investigations, complaints
-- and how long a measure of an earlier year lasts are in no workbook. A measure without a date, or of a kind the list
-- does not weigh
-- (KHAC), may bar or may not; so may that of somebody who was no longer there at the end of the year.
-- private: discipline is told to who may see people
WITH asked AS (SELECT * FROM applied WHERE kind = 'barred'),
whom AS (
    SELECT place, rule_no, subject AS person_key, TRUE AS stays FROM asked WHERE recipient = 'CA_NHAN'
    UNION ALL
    SELECT a.place, a.rule_no, i.person_key, i.stays FROM asked a JOIN insiders i USING (place)
),
measures AS (
    SELECT a.place, a.rule_no, d.person_key, w.stays AND d.disciplined_on IS NOT NULL AS is_sure,
           list_contains(a.base_codes, d.discipline) AS is_meant,
           (is_meant OR d.discipline = 'KHAC') AND coalesce(d.disciplined_on <= coalesce(a.decided_on, a.judged_on),
               TRUE) AS may_bar
    FROM asked a
    JOIN whom w USING (place, rule_no)
    JOIN people.staff d ON d.person_key = w.person_key AND d.period = a.period
),
counts AS (
    SELECT place, rule_no, count(DISTINCT person_key) FILTER (WHERE may_bar) AS most,
           count(DISTINCT person_key) FILTER (WHERE may_bar AND is_meant AND is_sure) AS barred
    FROM measures
    GROUP BY place, rule_no
)
SELECT a.rule_no, a.unit_code, a.period, a.subject, a.proposal_code,
       CASE WHEN c.barred > a.value THEN 'breach'
            WHEN c.most IS NULL OR c.most > a.value OR NOT coalesce(z.are_known, TRUE) THEN 'unknown'
                ELSE 'met' END AS status,
       CAST(c.barred AS DOUBLE) AS value, a.value AS limit_value, a.submission_id, a.sheet, a.excel_row,
           'award' AS column_name
FROM asked a
LEFT JOIN counts c USING (place, rule_no)
LEFT JOIN collective_sizes z USING (place)
