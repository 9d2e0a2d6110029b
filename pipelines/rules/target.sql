-- Targets and pledges in per cent that name a rating or a title: by its code, its name or another name of the
-- catalogue. A target of
-- all is one for the title only where it says no more than the title and words of counting; what else it says may be
-- another thing.
WITH words AS (
    SELECT award AS code, unnest(list_transform(list_concat([award, name], string_split(synonyms, '|')),
        lambda x: folded(x))) AS word
    FROM award_catalogue
    UNION
    SELECT code, unnest([folded(code), folded(label)]) FROM vocabulary WHERE vocabulary = 'rating'
),
aims AS (
    SELECT t.unit_code, t.period, s.ends_on, t.target_code AS subject, t.content, t.planned AS aim,
           t.measure_unit LIKE '%\%%' ESCAPE '\' AS is_percent, 'planned' AS column_name, t.submission_id, t.sheet,
               t.excel_row
    FROM targets t
    JOIN spoken s ON s.submission_id = t.submission_id AND s.unit_code = t.unit_code
    WHERE t.direction = 'TANG'
    UNION ALL
    SELECT coalesce(nullif(g.unit_code, ''), g.cluster_code), g.period, p.ends_on, g.pledge_code, g.content, g.target,
           FALSE, 'target', g.submission_id, g.sheet, g.excel_row
    FROM pledges g
    JOIN judged j ON j.unit_code = coalesce(nullif(g.unit_code, ''), g.cluster_code)
    JOIN periods p ON p.period = g.period AND p.period_kind = 'year'
),
-- Each wording is looked at once.
wordings AS MATERIALIZED (SELECT content, folded(content) AS words FROM (SELECT DISTINCT content FROM aims)),
named AS (
    SELECT c.content, c.words, b.rule_no, any_value(b.value) AS most, any_value(b.valid_from) AS valid_from,
        any_value(b.valid_to) AS valid_to,
           list_reduce(list_prepend(c.words, list(w.word ORDER BY length(w.word) DESC, w.word)),
                       lambda rest, word: replace(rest, word, ' ')) AS rest
    FROM binding b
    JOIN words w ON list_contains(b.counted_codes, w.code) AND trim(w.word) <> ''
    JOIN wordings c ON contains(c.words, w.word)
    WHERE b.kind = 'target'
    GROUP BY c.content, c.words, b.rule_no
),
spoken_of AS (
    SELECT a.*, n.words, n.rule_no, n.most, regexp_full_match(n.rest,
        '( |[0-9]+|ty|le|so|dat|duoc|danh|hieu|xep|loai|can|bo|cong|chuc|vien|don|vi'
               || '|nguoi|lao|dong|tap|the|ca|nhan|phan|dau|trong|nam)*') AS is_title
    FROM aims a
    JOIN named n ON n.content = a.content AND n.valid_from <= a.ends_on
        AND (n.valid_to IS NULL OR a.ends_on <= n.valid_to)
),
-- What is written as "100%" is a share by itself; a column or a text in per cent has 100.
shares AS (
    SELECT a.*, CASE WHEN c.raw LIKE '%\%%' ESCAPE '\'
                     THEN TRY_CAST(replace(regexp_replace(c.raw, '[%\s]', '', 'g'), ',', '.') AS DOUBLE) / 100
                     WHEN a.is_percent OR a.content LIKE '%\%%' ESCAPE '\' OR a.words LIKE '% ty le %'
                         THEN a.aim / 100 END AS share
    FROM spoken_of a
    LEFT JOIN cells c ON c.submission_id = a.submission_id AND c.sheet = a.sheet AND c.excel_row = a.excel_row
     AND c.column_name = a.column_name
)
SELECT rule_no, unit_code, period, subject, '' AS proposal_code, CASE WHEN share < most THEN 'met' WHEN is_title
    THEN 'breach' ELSE 'unknown' END AS status,
       share AS value, most AS limit_value, submission_id, sheet, excel_row, column_name
FROM shares
WHERE share IS NOT NULL
