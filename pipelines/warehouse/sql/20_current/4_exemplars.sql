-- An exemplar belongs to the year it was found in; what a six-month workbook tells as found in it stays in that
-- half-year.
UPDATE exemplars SET found_period = placed.found_period, is_late = FALSE, is_effective = FALSE
FROM (
    SELECT e.submission_id, e.sheet, e.excel_row,
           CASE WHEN w.period_kind = 'h1' AND e.found_on >= w.starts_on AND e.found_on <= w.ends_on THEN e.period
                ELSE CAST(year(e.found_on) AS VARCHAR) END AS found_period
    FROM exemplars e
    JOIN periods w ON w.period = e.period
    WHERE e.found_period IS NULL
) placed
WHERE exemplars.submission_id = placed.submission_id AND exemplars.sheet = placed.sheet
  AND exemplars.excel_row = placed.excel_row;

-- It is repeated every year while it lives: the first workbook that lists it counts. One told of only after its year
-- was closed is
-- a dated event (is_late). Only who reports for a unit speaks of it; a six-month workbook tells nothing of another
-- time.
UPDATE exemplars SET is_late = ranked.is_news, is_effective = ranked.place = 1 AND NOT ranked.is_news
    AND ranked.is_heard
FROM (
    SELECT *, row_number() OVER (
               PARTITION BY unit_code, found_period, exemplar_code
               ORDER BY is_heard DESC, is_news, period, submission_id, sheet, excel_row) AS place
    FROM (
        SELECT e.unit_code, e.found_period, e.exemplar_code, e.period, e.submission_id, e.sheet, e.excel_row,
               p.period IS NOT NULL AND p.period <> e.period AND k.submission_id IS NULL AS is_news,
               coalesce(NOT (w.period_kind = 'h1' AND e.found_period <> e.period)
                        AND coalesce(e.cluster_code, '') = CASE r.route WHEN 'own' THEN '' ELSE r.cluster_code END,
                        FALSE) AS is_heard
        FROM exemplars e
        JOIN periods w ON w.period = e.period
        LEFT JOIN reporting r ON r.unit_code = e.unit_code AND r.period = e.period
        LEFT JOIN periods p ON p.is_closed AND p.period = e.found_period
        LEFT JOIN at_closing k ON k.period = e.found_period AND k.submission_id = e.submission_id
        WHERE e.found_period NOT IN (SELECT period FROM settled)
    )
) ranked
WHERE exemplars.submission_id = ranked.submission_id AND exemplars.sheet = ranked.sheet
  AND exemplars.excel_row = ranked.excel_row;

-- A successor goes on listing what the unit before it found.
UPDATE exemplars SET is_effective = FALSE
FROM exemplars before
JOIN unit_lineage l ON l.old_code = before.unit_code
WHERE l.new_code = exemplars.unit_code AND before.is_effective AND exemplars.is_effective
  AND exemplars.period > exemplars.found_period AND before.found_period = exemplars.found_period
  AND before.exemplar_code = exemplars.exemplar_code AND before.found_on = exemplars.found_on
  AND exemplars.found_period NOT IN (SELECT period FROM settled);

-- What is counted already is no news when it is listed again.
UPDATE exemplars SET is_late = FALSE
FROM exemplars told
LEFT JOIN unit_lineage l ON l.old_code = told.unit_code
WHERE exemplars.is_late AND told.is_effective AND told.found_period IN (SELECT period FROM at_closing)
  AND exemplars.unit_code IN (told.unit_code, l.new_code)
  AND told.found_period = exemplars.found_period AND told.exemplar_code = exemplars.exemplar_code
  AND (told.unit_code = exemplars.unit_code OR told.found_on = exemplars.found_on);
