-- An award belongs to its achievement year. What a six-month workbook says of its own year stays in that half-year.
UPDATE awards SET award_period = placed.award_period
FROM (
    SELECT a.submission_id, a.sheet, a.excel_row,
           CASE WHEN w.period_kind = 'h1' AND a.achievement_year = w.year THEN a.period
                ELSE CAST(a.achievement_year AS VARCHAR) END AS award_period
    FROM awards a
    JOIN periods w ON w.period = a.period
    WHERE a.award_period IS NULL
) placed
WHERE awards.submission_id = placed.submission_id AND awards.sheet = placed.sheet
  AND awards.excel_row = placed.excel_row;

-- A later workbook may repeat it (decided, revoked): the newest row counts. What was not there when the period was
-- closed is a
-- dated event (is_late); so is what a six-month workbook says of another year, which no workbook of a year has
-- confirmed.
UPDATE awards SET is_late = ranked.is_news, is_effective = ranked.place = 1 AND NOT ranked.is_news
    AND NOT ranked.is_progress,
       home_unit_code = NULL
FROM (
    SELECT *, row_number() OVER (
               PARTITION BY unit_code, award_period, proposal_code
               ORDER BY is_news, is_progress, period DESC, submission_id DESC, sheet, excel_row) AS place
    FROM (
        SELECT a.unit_code, a.award_period, a.proposal_code, a.period, a.submission_id, a.sheet, a.excel_row,
               p.period IS NOT NULL AND p.period <> a.period AND k.submission_id IS NULL AS is_news,
               w.period_kind = 'h1' AND a.award_period <> a.period AS is_progress
        FROM awards a
        JOIN periods w ON w.period = a.period
        LEFT JOIN periods p ON p.is_closed AND p.period = a.award_period
        LEFT JOIN at_closing k ON k.period = a.award_period AND k.submission_id = a.submission_id
        WHERE a.award_period NOT IN (SELECT period FROM settled)
    )
) ranked
WHERE awards.submission_id = ranked.submission_id AND awards.sheet = ranked.sheet
  AND awards.excel_row = ranked.excel_row;

-- Saying again, in a corrected workbook, what the closed period counts is no news.
UPDATE awards SET is_late = FALSE
FROM awards told
WHERE awards.is_late AND told.is_effective AND told.award_period IN (SELECT period FROM at_closing)
  AND told.unit_code = awards.unit_code AND told.award_period = awards.award_period
  AND told.proposal_code = awards.proposal_code AND told.award = awards.award AND told.result = awards.result
  AND told.person_key IS NOT DISTINCT FROM awards.person_key AND told.team_code IS NOT DISTINCT FROM awards.team_code
  AND told.decision_no IS NOT DISTINCT FROM awards.decision_no AND told.decided_on IS NOT DISTINCT
      FROM awards.decided_on;

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
