-- So many of the base within some years, or so many years in a row. A year of which the sheet in question is not known
-- may hold one;
-- an unknown year of initiatives may hold any number. The council asks what is there today; what was granted may rest
-- on an award the
-- workbook of the year after tells of. An initiative of another
-- year that a workbook of these years lists may count. Conditions of one letter hold together, one letter is enough.
WITH needs AS (
    SELECT rule_no, bool_or(is_rating) AS ratings, bool_or(is_initiative) AS initiatives,
           bool_or(NOT is_rating AND NOT is_initiative) AS awards
    FROM rule_bases
    GROUP BY rule_no
),
asked AS (
    SELECT a.*, n.ratings, n.initiatives, n.awards
    FROM applied a JOIN needs n USING (rule_no)
    WHERE a.kind = 'prerequisite'
),
items AS (
    SELECT a.place, a.rule_no, max(h.year - a.year) AS back, h.item,
           bool_or(NOT h.is_pending AND h.happened BETWEEN a.year + a.first_year AND a.year + a.last_year) AS is_sure
    FROM asked a
    JOIN merits h ON h.holder = a.holder AND h.year BETWEEN a.year + a.first_year AND a.year + a.last_year
    JOIN rule_bases b ON b.rule_no = a.rule_no AND b.code = h.code
    WHERE a.not_counted = '' OR NOT list_contains(a.kinds_left_out, h.award_kind)
    GROUP BY a.place, a.rule_no, h.item
),
known AS (
    SELECT a.place, a.rule_no, k.year - a.year AS back
    FROM asked a
    JOIN known_years k ON k.holder = a.holder AND k.year BETWEEN a.year + a.first_year AND a.year + a.last_year
     AND (k.has_rating OR NOT a.ratings) AND (CASE a.result WHEN 'DE_NGHI' THEN k.has_awards ELSE k.has_all_awards END
         OR NOT a.awards) AND (k.has_initiatives OR NOT a.initiatives)
),
-- Y has one, ? may have one, N has none: year by year, the latest last.
marks AS (
    SELECT a.place, a.rule_no,
           string_agg(CASE WHEN i.is_sure THEN 'Y' WHEN i.place IS NOT NULL OR k.place IS NULL THEN '?' ELSE 'N' END,
                      '' ORDER BY w.back) AS run
    FROM (SELECT place, rule_no, unnest(range(first_year, last_year + 1)) AS back FROM asked
        WHERE counting = 'in a row') w
    JOIN asked a USING (place, rule_no)
    LEFT JOIN (SELECT place, rule_no, back, bool_or(is_sure) AS is_sure FROM items GROUP BY ALL) i
      ON i.place = w.place AND i.rule_no = w.rule_no AND i.back = w.back
    LEFT JOIN known k ON k.place = w.place AND k.rule_no = w.rule_no AND k.back = w.back
    GROUP BY a.place, a.rule_no
),
reached AS (
    SELECT a.*, coalesce(CASE WHEN a.counting = '' THEN i.sure
                              ELSE list_max(list_transform(regexp_extract_all(m.run, 'Y+'), lambda x: length(x))) END,
                                  0) AS has,
           coalesce(CASE WHEN a.counting <> '' THEN list_max(list_transform(regexp_extract_all(m.run, '[Y?]+'),
               lambda x: length(x)))
                         WHEN coalesce(k.years, 0) > a.last_year - a.first_year THEN i.most
                         WHEN a.initiatives THEN a.value
                         ELSE coalesce(i.most, 0) + a.last_year - a.first_year + 1 - coalesce(k.years, 0) END,
                             0) AS may_have
    FROM asked a
    LEFT JOIN (SELECT place, rule_no, count(*) FILTER (WHERE is_sure) AS sure, count(*) AS most FROM items
        GROUP BY ALL) i
      USING (place, rule_no)
    LEFT JOIN (SELECT place, rule_no, count(*) AS years FROM known GROUP BY ALL) k USING (place, rule_no)
    LEFT JOIN marks m USING (place, rule_no)
),
conditions AS (
    SELECT *, CASE WHEN has >= value THEN 0 WHEN may_have >= value THEN 1 ELSE 2 END AS verdict FROM reached
),
-- The letter that comes nearest decides, and in it the condition that is furthest off.
alternatives AS (
    SELECT *, max(verdict) OVER (PARTITION BY place, rule_id, left(condition, 1)) AS together FROM conditions
)
SELECT rule_no, unit_code, period, subject, proposal_code, ['met', 'unknown', 'breach'][verdict + 1] AS status,
       CAST(has AS DOUBLE) AS value, value AS limit_value, submission_id, sheet, excel_row, 'award' AS column_name
FROM alternatives
QUALIFY row_number() OVER (PARTITION BY place, rule_id ORDER BY together, left(condition, 1), verdict DESC,
    condition) = 1
