-- The share of a collective's people who have what is asked in the year: of those there on its last day, and of all it
-- had. Without
-- knowing who they are, nothing is said.
WITH asked AS (SELECT * FROM applied WHERE kind = 'members' AND recipient = 'TAP_THE'),
people AS (
    SELECT a.place, a.rule_no, i.person_key, any_value(i.stays) AS stays,
        coalesce(bool_or(NOT h.is_pending), FALSE) AS has,
           coalesce(bool_or(h.is_pending), FALSE) OR NOT coalesce(any_value(CASE WHEN b.is_rating THEN k.has_rating
               WHEN a.result = 'DE_NGHI' THEN k.has_awards
                                                                         ELSE k.has_all_awards END), FALSE)
               AS may_have
    FROM asked a
    JOIN insiders i USING (place)
    JOIN (SELECT rule_no, bool_or(is_rating) AS is_rating FROM rule_bases GROUP BY rule_no) b ON b.rule_no = a.rule_no
    LEFT JOIN known_years k ON k.holder = i.person_key AND k.year = a.year
    LEFT JOIN merits h ON h.holder = i.person_key AND h.year = a.year AND list_contains(a.base_codes, h.code)
    GROUP BY a.place, a.rule_no, i.person_key
),
counts AS (
    SELECT place, rule_no, w.of_all, count(*) FILTER (WHERE has) AS sure,
        count(*) FILTER (WHERE has OR may_have) AS most
    FROM people
    JOIN (SELECT unnest([TRUE, FALSE]) AS of_all) w ON w.of_all OR people.stays
    GROUP BY ALL
),
shares AS (
    SELECT a.rule_no, a.place, c.of_all, CASE WHEN c.of_all THEN z.people ELSE z.present END AS those,
        c.sure / those AS share,
           round(a.value * those, 6) AS asked_for,
           CASE WHEN c.sure > asked_for OR (a.rounding = 'at least' AND c.sure = asked_for) THEN 'met'
                WHEN c.most > asked_for OR (a.rounding = 'at least' AND c.most = asked_for) THEN 'unknown'
                ELSE 'breach' END AS verdict
    FROM asked a
    JOIN collective_sizes z USING (place)
    JOIN counts c USING (place, rule_no)
    WHERE z.are_known
),
-- One verdict where both agree; a collective nobody is left in has no second one.
verdicts AS (
    SELECT rule_no, place, any_value(share) FILTER (WHERE NOT of_all) AS share,
           CASE WHEN count(*) = 2 AND count(DISTINCT verdict) = 1 THEN any_value(verdict) END AS verdict
    FROM shares
    GROUP BY rule_no, place
)
SELECT a.rule_no, a.unit_code, a.period, a.subject, a.proposal_code, coalesce(v.verdict, 'unknown') AS status,
    v.share AS value,
       a.value AS limit_value, a.submission_id, a.sheet, a.excel_row, 'award' AS column_name
FROM asked a
LEFT JOIN verdicts v USING (place, rule_no)
