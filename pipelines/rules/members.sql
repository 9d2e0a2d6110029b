-- The share of a collective's people who have what is asked in the year. Without knowing who they are, nothing is said.
WITH asked AS (SELECT * FROM applied WHERE kind = 'members' AND recipient = 'TAP_THE'),
people AS (
    SELECT a.place, a.rule_no, i.person_key, coalesce(bool_or(NOT h.is_pending), FALSE) AS has,
           coalesce(bool_or(h.is_pending), FALSE) OR NOT coalesce(any_value(CASE WHEN b.is_rating THEN k.has_rating ELSE k.has_awards END), FALSE)
               AS may_have
    FROM asked a
    JOIN insiders i USING (place)
    JOIN (SELECT rule_no, bool_or(is_rating) AS is_rating FROM rule_bases GROUP BY rule_no) b ON b.rule_no = a.rule_no
    LEFT JOIN known_years k ON k.holder = i.person_key AND k.year = a.year
    LEFT JOIN merits h ON h.holder = i.person_key AND h.year = a.year AND list_contains(a.base_codes, h.code)
    GROUP BY a.place, a.rule_no, i.person_key
),
counts AS (
    SELECT place, rule_no, count(*) FILTER (WHERE has) AS sure, count(*) FILTER (WHERE has OR may_have) AS most
    FROM people
    GROUP BY ALL
),
shares AS (
    SELECT a.*, z.are_known, c.sure / z.people AS share, round(a.value * z.people, 6) AS asked_for, coalesce(c.sure, 0) AS sure,
           coalesce(c.most, 0) AS most
    FROM asked a
    JOIN collective_sizes z USING (place)
    LEFT JOIN counts c USING (place, rule_no)
)
SELECT rule_no, unit_code, period, subject, proposal_code,
       CASE WHEN NOT are_known THEN 'unknown'
            WHEN sure > asked_for OR (rounding = 'at least' AND sure = asked_for) THEN 'met'
            WHEN most > asked_for OR (rounding = 'at least' AND most = asked_for) THEN 'unknown'
            ELSE 'breach' END AS status,
       CASE WHEN are_known THEN share END AS value, value AS limit_value, submission_id, sheet, excel_row, 'award' AS column_name
FROM shares
