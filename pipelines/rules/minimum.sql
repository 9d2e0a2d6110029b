-- So many at least: of a collective's people with what is asked in the year, or of exemplars a unit found in the year.
WITH asked AS (SELECT * FROM applied WHERE kind = 'minimum' AND recipient = 'TAP_THE'),
counts AS (
    SELECT a.place, a.rule_no, count(DISTINCT i.person_key) FILTER (WHERE NOT h.is_pending AND i.stays) AS sure,
           count(DISTINCT i.person_key) FILTER (WHERE h.holder IS NOT NULL OR NOT coalesce(
               CASE WHEN b.is_rating THEN k.has_rating WHEN a.result = 'DE_NGHI' THEN k.has_awards
                   ELSE k.has_all_awards END, FALSE)) AS most
    FROM asked a
    JOIN insiders i USING (place)
    JOIN (SELECT rule_no, bool_or(is_rating) AS is_rating FROM rule_bases GROUP BY rule_no) b ON b.rule_no = a.rule_no
    LEFT JOIN known_years k ON k.holder = i.person_key AND k.year = a.year
    LEFT JOIN merits h ON h.holder = i.person_key AND h.year = a.year AND list_contains(a.base_codes, h.code)
    GROUP BY ALL
),
found AS (
    SELECT e.unit_code, e.period, count(DISTINCT e.exemplar_code) AS found,
           min({'submission_id': e.submission_id, 'sheet': e.sheet, 'excel_row': e.excel_row}) AS first
    FROM found_exemplars e
    JOIN judged USING (unit_code)
    GROUP BY ALL
)
SELECT a.rule_no, a.unit_code, a.period, a.subject, a.proposal_code,
       CASE WHEN NOT z.are_known THEN 'unknown' WHEN c.sure >= a.value THEN 'met' WHEN c.most >= a.value THEN 'unknown'
            ELSE 'breach' END AS status,
       CASE WHEN z.are_known THEN CAST(coalesce(c.sure, 0) AS DOUBLE) END AS value, a.value AS limit_value,
       a.submission_id, a.sheet, a.excel_row, 'award' AS column_name
FROM asked a
JOIN collective_sizes z USING (place)
LEFT JOIN counts c USING (place, rule_no)
UNION ALL
SELECT b.rule_no, s.unit_code, s.period, '', '',
       CASE WHEN f.found >= b.value THEN 'met' WHEN coalesce(t.has_exemplars, FALSE) THEN 'breach' ELSE 'unknown' END,
       CASE WHEN f.found > 0 OR coalesce(t.has_exemplars, FALSE) THEN CAST(coalesce(f.found, 0) AS DOUBLE) END, b.value,
       coalesce(f.first.submission_id, s.submission_id), coalesce(f.first.sheet, s.sheet),
           coalesce(f.first.excel_row, s.excel_row),
       CASE WHEN f.first IS NULL THEN 'unit_code' ELSE 'found_on' END
FROM spoken s
JOIN binding b ON b.kind = 'minimum' AND b.counted = 'UNIT' AND b.base = 'EXEMPLAR'
 AND b.valid_from <= s.ends_on AND (b.valid_to IS NULL OR s.ends_on <= b.valid_to)
LEFT JOIN told_sheets t ON t.submission_id = s.submission_id
LEFT JOIN found f ON f.unit_code = s.unit_code AND f.period = s.period
