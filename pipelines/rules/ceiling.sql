-- What a unit counts against what the base allows, on the last day of the year. Proposals not decided yet are counted
-- once as granted
-- and once as not: where that makes the difference it is unknown. Who is not rated yet (CXL) may still come into a base
-- of ratings: over
-- the ceiling is only what is over it with all of them. Where two readings of a rule disagree nobody is judged.
WITH sums AS ( -- people and collectives each once a code; counts of a cluster as they are
    SELECT unit_code, period, code,
           coalesce(count(DISTINCT subject) FILTER (WHERE NOT is_pending),
               0) + coalesce(sum(amount) FILTER (WHERE subject IS NULL), 0) AS sure,
           coalesce(count(DISTINCT subject), 0) + coalesce(sum(amount) FILTER (WHERE subject IS NULL), 0) AS most,
           min({'submission_id': submission_id, 'sheet': sheet, 'excel_row': excel_row, 'column_name': column_name})
               FILTER (WHERE amount > 0) AS first
    FROM records
    GROUP BY unit_code, period, code
),
asked AS (
    SELECT s.*, b.rule_no, b.rule_id, coalesce(nullif(b.reading_of, ''), b.rule_id) AS rule, b.value AS share,
        b.rounding, b.min_one,
           b.counted, b.base_codes,
           coalesce(CASE s.route WHEN 'own' THEN (t.has_staff OR NOT n.ratings) AND (t.has_awards OR NOT n.awards)
                                 ELSE t.has_cluster_awards OR NOT n.awards END, FALSE) AS is_known
    FROM spoken s
    JOIN binding b ON b.kind = 'ceiling' AND b.valid_from <= s.ends_on
        AND (b.valid_to IS NULL OR s.ends_on <= b.valid_to)
    JOIN (SELECT c.rule_no, bool_or(v.code IS NOT NULL OR c.code = 'STAFF') AS ratings,
        bool_or(v.code IS NULL AND c.code <> 'STAFF') AS awards
          FROM (SELECT rule_no, unnest(list_append(base_codes, counted)) AS code FROM binding WHERE kind = 'ceiling') c
          LEFT JOIN vocabulary v ON v.vocabulary = 'rating' AND v.code = c.code
          GROUP BY c.rule_no) n ON n.rule_no = b.rule_no
    LEFT JOIN told_sheets t ON t.submission_id = s.submission_id
),
counts AS (
    SELECT a.unit_code, a.period, a.rule_no,
           coalesce(sum(c.sure) FILTER (WHERE c.code = a.counted), 0) AS sure,
           coalesce(sum(c.most) FILTER (WHERE c.code = a.counted), 0) AS most,
           coalesce(sum(c.sure) FILTER (WHERE c.is_base), 0) AS base,
               coalesce(sum(c.most) FILTER (WHERE c.is_base), 0) AS most_base,
           coalesce(sum(c.most) FILTER (WHERE c.is_open), 0) AS open_base,
           min(c.first) FILTER (WHERE c.code = a.counted) AS first, min(c.first) FILTER (WHERE NOT c.is_open) AS any_row
    FROM asked a
    LEFT JOIN (
        SELECT s.*, b.rule_no, list_contains(b.base_codes, s.code)
            OR (b.base = 'STAFF' AND v.code IS NOT NULL) AS is_base,
               s.code = 'CXL' AND b.base <> 'STAFF' AS is_open
        FROM sums s
        JOIN binding b ON b.kind = 'ceiling'
        LEFT JOIN vocabulary v ON v.vocabulary = 'rating' AND v.code = s.code
        WHERE s.code = b.counted OR list_contains(b.base_codes, s.code) OR (b.base = 'STAFF' AND v.code IS NOT NULL)
           OR (s.code = 'CXL' AND b.rule_no IN (SELECT rule_no FROM rule_bases WHERE is_rating))
    ) c ON c.unit_code = a.unit_code AND c.period = a.period AND c.rule_no = a.rule_no
    GROUP BY a.unit_code, a.period, a.rule_no
),
judged_each AS (
    SELECT a.*, c.most, allowed(a.share, c.most_base, a.rounding, a.min_one) AS most_allowed,
        coalesce(c.first, c.any_row) AS first,
           CASE WHEN NOT a.is_known THEN 'unknown'
                WHEN c.most = 0 AND c.most_base = 0 THEN 'not_applicable'
                WHEN c.sure <= allowed(a.share, c.base, a.rounding, a.min_one) AND c.most <= most_allowed THEN 'met'
                WHEN c.sure > allowed(a.share, c.most_base + c.open_base, a.rounding, a.min_one) THEN 'breach'
                ELSE 'unknown' END AS alone
    FROM asked a
    JOIN counts c USING (unit_code, period, rule_no)
)
SELECT rule_no, unit_code, period, '' AS subject, '' AS proposal_code,
       CASE WHEN alone IN ('met', 'breach') AND count(DISTINCT alone) FILTER (WHERE alone <> 'not_applicable')
                OVER (PARTITION BY unit_code, period, rule) > 1
            THEN 'unknown' ELSE alone END AS status,
       CASE WHEN is_known THEN CAST(most AS DOUBLE) END AS value, CASE WHEN is_known
           THEN CAST(most_allowed AS DOUBLE) END AS limit_value,
       coalesce(first.submission_id, submission_id) AS submission_id, coalesce(first.sheet, sheet) AS sheet,
       coalesce(first.excel_row, excel_row) AS excel_row, coalesce(first.column_name, 'unit_code') AS column_name
FROM judged_each
