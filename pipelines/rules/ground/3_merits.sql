-- Whom the proposals are about, and the people of a collective that is proposed. A team's people are those whose
-- "Phòng, tổ" names it;
-- they are known only if as many are left at the end of the year as the team says it has. Whether who left during the
-- year is one of
-- them no law we could read says: a verdict holds only where it is the same with and without them.
CREATE TEMP TABLE insiders AS
SELECT p.place, s.person_key, coalesce(s.left_on > o.ends_on, TRUE) AS stays
FROM proposals p
JOIN spoken o ON o.unit_code = p.unit_code AND o.period = p.period AND o.route = 'own'
JOIN staff s ON s.submission_id = o.submission_id AND s.is_home
LEFT JOIN collectives t ON t.submission_id = o.submission_id AND t.team_code = p.subject
WHERE p.recipient = 'TAP_THE'
  AND (p.subject = p.unit_code OR folded(s.team) IN (folded(t.team_code), folded(t.team_name)));

CREATE TEMP TABLE collective_sizes AS
SELECT p.place, count(i.person_key) AS people, count(i.person_key) FILTER (WHERE i.stays) AS present,
       count(i.person_key) > 0 AND (p.subject = p.unit_code
           OR coalesce(count(i.person_key) FILTER (WHERE i.stays) = max(t.headcount), FALSE)) AS are_known
FROM proposals p
JOIN spoken o ON o.unit_code = p.unit_code AND o.period = p.period AND o.route = 'own'
LEFT JOIN collectives t ON t.submission_id = o.submission_id AND t.team_code = p.subject
LEFT JOIN insiders i ON i.place = p.place
WHERE p.recipient = 'TAP_THE'
GROUP BY p.place, p.subject, p.unit_code;

CREATE TEMP TABLE asked_about AS
SELECT DISTINCT holder FROM proposals
UNION
SELECT DISTINCT person_key FROM insiders;

-- Ratings of people and collectives by year, with what the same workbook would have told of awards and initiatives.
CREATE TEMP TABLE rated AS
SELECT s.person_key AS holder, s.unit_code, p.year, s.rating, s.submission_id
FROM staff s
JOIN asked_about a ON a.holder = s.person_key
JOIN periods p ON p.period = s.period AND p.period_kind = 'year'
JOIN reporting r ON r.submission_id = s.submission_id AND r.unit_code = s.unit_code
WHERE s.is_home
UNION ALL
SELECT c.unit_code || '/' || c.team_code, c.unit_code, p.year, c.rating, c.submission_id
FROM collectives c
JOIN asked_about a ON a.holder = c.unit_code || '/' || c.team_code
JOIN periods p ON p.period = c.period AND p.period_kind = 'year'
WHERE c.team_code <> c.unit_code
UNION ALL
-- The unit itself as a collective; in `Thông tin` only what is written is kept.
SELECT o.unit_code || '/' || o.unit_code, o.unit_code, o.year, coalesce(v.code, 'CXL'), o.submission_id
FROM spoken o
JOIN asked_about a ON a.holder = o.unit_code || '/' || o.unit_code
LEFT JOIN cells c ON c.submission_id = o.submission_id AND c.table_name = 'info' AND c.column_name = 'collective_rating'
LEFT JOIN vocabulary v ON v.vocabulary = 'rating' AND folded(split_part(c.raw, '|', 1)) IN (folded(v.code),
    folded(v.label))
WHERE o.route = 'own';

-- Units and years of which all awards are told: an award may first appear in the workbook of the year after (of every
-- unit that came
-- after it, where it is no more). A closed year takes no more in.
CREATE TEMP TABLE told_later AS
WITH answers AS (
    SELECT r.unit_code, p.year, p.is_closed, coalesce(t.has_awards, FALSE) AS has_awards
    FROM reporting r
    JOIN periods p ON p.period = r.period AND p.period_kind = 'year'
    LEFT JOIN told_sheets t ON t.submission_id = r.submission_id
    WHERE r.route = 'own'
),
heirs AS (
    SELECT l.old_code AS unit_code, n.year, n.has_awards
    FROM answers n
    JOIN unit_lineage l ON l.new_code = n.unit_code
    ANTI JOIN answers o ON o.unit_code = l.old_code AND o.year = n.year
)
SELECT unit_code, year - 1 AS year
FROM (SELECT unit_code, year, has_awards FROM answers UNION ALL FROM heirs)
GROUP BY unit_code, year
HAVING bool_and(has_awards)
UNION
SELECT unit_code, year FROM answers WHERE is_closed;

-- Years of which something is known, by what: who is not rated yet, or on no list, may have anything. has_all_awards:
-- none will come.
CREATE TEMP TABLE known_years AS
SELECT r.holder, r.year, bool_or(r.rating <> 'CXL') AS has_rating, bool_or(coalesce(t.has_awards, FALSE)) AS has_awards,
       bool_or(coalesce(t.has_awards, FALSE) AND l.unit_code IS NOT NULL) AS has_all_awards,
       bool_or(coalesce(t.has_initiatives, FALSE)) AS has_initiatives
FROM rated r
LEFT JOIN told_sheets t ON t.submission_id = r.submission_id
LEFT JOIN told_later l ON l.unit_code = r.unit_code AND l.year = r.year
GROUP BY r.holder, r.year;

-- What each of them has: one item a thing. A rating and an award are one a year. An initiative counts in every year
-- whose workbook
-- lists it; listed again with the same day of recognition it is still one. happened: the year it is of; one recognised
-- in another year
-- than the workbook's may count in that of the workbook, and surely does only where its own year is asked for too.
CREATE TEMP TABLE merits AS
SELECT holder, year, rating AS code, '' AS award_kind, 'rating ' || year AS item, FALSE AS is_pending, year AS happened
    FROM rated WHERE rating <> 'CXL'
UNION ALL
SELECT a.holder, w.year, w.award, w.award_kind, w.award || ' ' || w.year, w.result = 'DE_NGHI', w.year
FROM (
    SELECT coalesce(person_key, unit_code || '/' || team_code) AS holder, TRY_CAST(award_period AS INTEGER) AS year,
        award,
           award_kind, result
    FROM awards
    WHERE is_effective AND result IN ('DA_KHEN', 'DE_NGHI')
) w
JOIN asked_about a ON a.holder = w.holder
WHERE w.year IS NOT NULL
UNION ALL
SELECT a.holder, TRY_CAST(i.period AS INTEGER), i.initiative_level, '',
       concat_ws('/', i.unit_code, i.initiative_code, coalesce(CAST(i.recognised_on AS VARCHAR), i.period)), FALSE,
       coalesce(year(i.recognised_on), TRY_CAST(i.period AS INTEGER))
FROM initiatives i
JOIN asked_about a ON a.holder = i.person_key
WHERE i.initiative_level <> 'CHUA' AND TRY_CAST(i.period AS INTEGER) IS NOT NULL;
