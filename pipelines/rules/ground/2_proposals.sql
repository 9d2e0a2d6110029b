-- What is proposed or granted, at the unit that made the proposal, in the year of the achievement. The law of the day a
-- proposal was
-- submitted holds for it (else of the council, of the decision, of the end of the year): later law does not reach back.
-- What a unit
-- that was not there yet says of an award of the unit before it is judged where the person was at home.
CREATE TEMP TABLE proposals AS
SELECT row_number() OVER (ORDER BY a.submission_id, a.sheet, a.excel_row) AS place,
       s.unit_code, a.award_period AS period, s.year, a.proposal_code, a.recipient,
       coalesce(a.person_key, a.team_code) AS subject, coalesce(a.person_key, a.unit_code || '/'
           || a.team_code) AS holder,
       a.award, a.award_kind, a.result, a.achieved_on, a.council_on, a.published_on, a.submitted_on, a.decided_on,
       a.votes_for, a.council_size, coalesce(a.submitted_on, a.council_on, a.decided_on, s.ends_on) AS judged_on,
       a.submission_id, a.sheet, a.excel_row
FROM awards a
LEFT JOIN (SELECT DISTINCT unit_code, period FROM reporting) there ON there.unit_code = a.unit_code
    AND there.period = a.award_period
JOIN spoken s ON s.unit_code = CASE WHEN there.period IS NULL THEN a.home_unit_code ELSE a.unit_code END
 AND s.period = a.award_period AND s.route = 'own'
WHERE a.is_effective AND a.result IN ('DE_NGHI', 'DA_KHEN');

-- Rules a unit and what it proposes are held against. rule_no: the line of the list.
CREATE TEMP TABLE binding AS
SELECT list_order AS rule_no, * EXCLUDE (list_order),
       string_split(counted, '|') AS counted_codes, string_split(base, '|') AS base_codes,
       string_split(not_counted, '|') AS kinds_left_out,
       CASE WHEN years LIKE '..%' THEN -99 ELSE TRY_CAST(split_part(years, '..', 1) AS INTEGER) END AS first_year,
       TRY_CAST(CASE WHEN years LIKE '%..%' THEN split_part(years, '..', 2) ELSE years END AS INTEGER) AS last_year
FROM rules
WHERE scope = 'unit';

CREATE TEMP TABLE rule_bases AS
SELECT b.rule_no, u.code,
       EXISTS (SELECT 1 FROM vocabulary v WHERE v.vocabulary = 'rating' AND v.code = u.code) AS is_rating,
       EXISTS (SELECT 1 FROM vocabulary v WHERE v.vocabulary = 'initiative_level' AND v.code = u.code) AS is_initiative
FROM binding b, unnest(b.base_codes) u(code);

-- Every proposal under every rule that holds for it. What asks for earlier merit is meant for regular merit: a
-- certificate for a
-- campaign or a sudden feat has other conditions.
CREATE TEMP VIEW applied AS
WITH pairs AS (
    SELECT p.place, b.rule_no FROM proposals p
    JOIN (SELECT rule_no, kind, unnest(counted_codes) AS code FROM binding) b ON b.code = p.award
     AND (p.award_kind = 'THUONG_XUYEN' OR b.kind NOT IN ('prerequisite', 'members', 'minimum'))
    UNION
    SELECT p.place, b.rule_no FROM proposals p
    JOIN (SELECT rule_no, unnest(counted_codes) AS code FROM binding) b ON b.code IN (p.award_kind)
    UNION
    SELECT p.place, b.rule_no FROM proposals p JOIN binding b ON b.counted = '*'
)
SELECT p.*, b.* EXCLUDE (recipient)
FROM pairs
JOIN proposals p USING (place)
JOIN binding b USING (rule_no)
WHERE b.valid_from <= p.judged_on AND (b.valid_to IS NULL OR p.judged_on <= b.valid_to)
    AND b.recipient IN ('', p.recipient);

-- One of the dates of a proposal by its name.
CREATE TEMP MACRO dated(which, achieved, council, published, submitted, decided) AS
    CASE which WHEN 'achieved_on' THEN achieved WHEN 'council_on' THEN council WHEN 'published_on' THEN published
               WHEN 'submitted_on' THEN submitted WHEN 'decided_on' THEN decided END;

-- How many a ceiling allows. 0.15 × 20 is 3, not a hair below.
CREATE TEMP MACRO allowed(share, people, rounding, min_one) AS greatest(
    CASE rounding WHEN 'down' THEN floor(round(share * people, 6)) WHEN 'up' THEN ceil(round(share * people, 6))
                  ELSE round(round(share * people, 6)) END,
    CASE WHEN min_one AND people >= 1 THEN 1 ELSE 0 END);
