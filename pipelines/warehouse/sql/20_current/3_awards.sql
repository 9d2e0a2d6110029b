-- An award belongs to its achievement year. A later workbook may repeat it (decided, revoked): the newest row counts.
-- Rows of a six-month workbook stay in that period. What came after a period was closed stays a dated event (is_late).
UPDATE awards SET award_period = placed.award_period, is_late = placed.is_late
FROM (
    SELECT a.submission_id, a.sheet, a.excel_row,
           CASE WHEN w.period_kind = 'h1' THEN a.period ELSE CAST(a.achievement_year AS VARCHAR) END AS award_period,
           coalesce(p.is_closed AND p.period <> a.period AND s.journal_seq > p.closed_seq, FALSE) AS is_late
    FROM awards a
    JOIN submissions s ON s.submission_id = a.submission_id
    JOIN periods w ON w.period = a.period
    LEFT JOIN periods p ON p.period = CAST(a.achievement_year AS VARCHAR)
    WHERE a.award_period IS NULL
) placed
WHERE awards.submission_id = placed.submission_id AND awards.sheet = placed.sheet
  AND awards.excel_row = placed.excel_row;

UPDATE awards SET is_effective = ranked.place = 1 AND NOT is_late, home_unit_code = NULL
FROM (
    SELECT submission_id, sheet, excel_row,
           row_number() OVER (
               PARTITION BY unit_code, award_period, proposal_code
               ORDER BY is_late, period DESC, submission_id DESC, sheet, excel_row) AS place
    FROM awards
    WHERE award_period NOT IN (SELECT period FROM settled)
) ranked
WHERE awards.submission_id = ranked.submission_id AND awards.sheet = ranked.sheet
  AND awards.excel_row = ranked.excel_row;

-- What a unit reported is updated by its successor too: the same proposal of the same person in a later workbook.
UPDATE awards SET is_effective = FALSE
FROM awards later
JOIN unit_lineage l ON l.new_code = later.unit_code
WHERE l.old_code = awards.unit_code AND later.is_effective AND later.period > awards.period
  AND later.award_period = awards.award_period AND later.proposal_code = awards.proposal_code
  AND later.person_key = awards.person_key AND awards.award_period NOT IN (SELECT period FROM settled);

-- An award from a former unit follows the person to the home unit of that year.
UPDATE awards SET home_unit_code = staff.unit_code
FROM staff
WHERE staff.is_home AND staff.person_key = awards.person_key AND staff.period = awards.award_period
  AND awards.award_period NOT IN (SELECT period FROM settled);
