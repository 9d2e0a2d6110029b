-- Units to judge: whatever can have changed since the version before, which is everything in a build from nothing. What
-- is judged
-- at a unit rests on its own workbooks, on those of its cluster and of the unit before or after it, and on what any
-- says of its
-- people. Who shares a unit with a workbook that came or went may have lost an award to another row of it; whoever was
-- in one knows by
-- its next workbook that no award is to come.
CREATE TEMP TABLE judged AS
WITH books_moved AS (SELECT unit_code, cluster_code FROM books UNION SELECT unit_code, cluster_code FROM gone),
own_moved AS (
    SELECT unit_code FROM books_moved WHERE unit_code <> ''
    UNION
    SELECT unnest([l.old_code, l.new_code]) FROM unit_lineage l JOIN books_moved b
        ON b.unit_code IN (l.old_code, l.new_code)
),
moved AS (
    FROM own_moved
    UNION
    SELECT cluster_code FROM books_moved WHERE cluster_code <> ''
    UNION
    SELECT m.unit_code FROM cluster_membership m JOIN books_moved b ON b.cluster_code = m.cluster_code
),
concerned AS (
    SELECT person_key FROM met
    UNION
    SELECT person_key FROM staff WHERE unit_code IN (FROM own_moved)
    UNION
    SELECT person_key FROM awards WHERE person_key IS NOT NULL AND unit_code IN (SELECT unit_code FROM moved)
)
SELECT unit_code FROM moved
UNION
SELECT unit_code FROM staff WHERE person_key IN (SELECT person_key FROM concerned)
UNION
SELECT unit_code FROM awards WHERE person_key IN (SELECT person_key FROM concerned);

-- The workbook that speaks for each of them in each year, and the row that shows it.
CREATE TEMP TABLE spoken AS
SELECT r.unit_code, r.period, p.year, p.starts_on, p.ends_on, r.route, r.submission_id,
       coalesce(i.sheet, m.sheet) AS sheet, coalesce(i.excel_row, m.excel_row) AS excel_row
FROM reporting r
JOIN judged USING (unit_code)
JOIN periods p ON p.period = r.period AND p.period_kind = 'year'
LEFT JOIN cells i ON r.route = 'own' AND i.submission_id = r.submission_id AND i.table_name = 'info'
    AND i.column_name = 'unit_code'
LEFT JOIN cluster_members m ON r.route = 'cluster' AND m.submission_id = r.submission_id AND m.unit_code = r.unit_code
WHERE r.submission_id IS NOT NULL;

-- Sheets that say something, be it "nothing": an empty, unmarked one leaves what it could have told unknown.
CREATE TEMP TABLE told_sheets AS
SELECT submission_id, bool_or(table_name = 'staff') AS has_staff, bool_or(table_name = 'awards') AS has_awards,
       bool_or(table_name = 'initiatives') AS has_initiatives, bool_or(table_name = 'exemplars') AS has_exemplars,
       bool_or(table_name = 'cluster_awards') AS has_cluster_awards
FROM sheet_states
WHERE state IN ('filled', 'none')
GROUP BY submission_id;

-- Words as they are compared: without accents, case and signs.
CREATE TEMP MACRO folded(words) AS
    ' ' || trim(regexp_replace(replace(strip_accents(lower(words)), 'đ', 'd'), '[^a-z0-9]+', ' ', 'g')) || ' ';
