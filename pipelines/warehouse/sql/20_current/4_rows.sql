-- The rows metrics may read: only from the workbook that speaks for the unit in the period.
CREATE VIEW home_staff AS
SELECT s.unit_code, s.period, s.person_key, s.position_group, s.rating, s.submission_id, s.sheet, s.excel_row
FROM staff s
JOIN reporting r ON r.submission_id = s.submission_id AND r.unit_code = s.unit_code
WHERE s.is_home;

-- Proposals of every result, at the person's home unit of the achievement year.
CREATE VIEW home_proposals AS
SELECT h.unit_code, h.period, h.person_key, h.position_group, a.award, a.award_kind, a.result,
       a.submission_id, a.sheet, a.excel_row
FROM awards a
JOIN home_staff h ON h.person_key = a.person_key AND h.period = a.award_period
WHERE a.is_effective;

-- Those granted and not revoked.
CREATE VIEW home_awards AS SELECT * FROM home_proposals WHERE result = 'DA_KHEN';

-- Those for regular merit, each person once an award: the first row of a person carries the 1, further rows stay as
-- evidence with 0.
CREATE VIEW home_merits AS
SELECT unit_code, period, person_key, position_group, award,
       CASE WHEN row_number() OVER (PARTITION BY period, person_key, award ORDER BY submission_id, sheet, excel_row) = 1
            THEN 1 ELSE 0 END AS amount,
       submission_id, sheet, excel_row
FROM home_awards
WHERE award_kind = 'THUONG_XUYEN';

-- Proposals to people and collectives at the unit that made them, in the achievement year.
CREATE VIEW unit_proposals AS
SELECT a.unit_code, a.award_period AS period, a.recipient, coalesce(a.person_key, a.team_code) AS subject, a.award,
       a.award_kind, a.result, a.achieved_on, a.published_on, a.submitted_on, a.decided_on,
       a.submission_id, a.sheet, a.excel_row
FROM awards a
JOIN reporting r ON r.route = 'own' AND r.submission_id IS NOT NULL AND r.unit_code = a.unit_code
 AND r.period = a.award_period
WHERE a.is_effective;

-- The unit itself and the rooms and teams it listed.
CREATE VIEW unit_collectives AS
SELECT t.unit_code, t.period, t.team_code, t.submission_id, t.sheet, t.excel_row
FROM collectives t
JOIN reporting r ON r.submission_id = t.submission_id AND r.unit_code = t.unit_code
UNION ALL
SELECT r.unit_code, r.period, r.unit_code, c.submission_id, c.sheet, c.excel_row
FROM reporting r
JOIN cells c ON c.submission_id = r.submission_id AND c.table_name = 'info' AND c.column_name = 'unit_code'
WHERE r.route = 'own';

CREATE VIEW member_counts AS
SELECT c.* FROM cluster_members c
JOIN reporting r ON r.route = 'cluster' AND r.submission_id = c.submission_id AND r.unit_code = c.unit_code;

-- Everybody a share of the staff is a share of: people of a unit's own list, numbers of a cluster's workbook.
CREATE VIEW staff_records AS
SELECT unit_code, period, position_group, person_key, 1 AS amount, submission_id, sheet, excel_row FROM home_staff
UNION ALL
SELECT unit_code, period, '', NULL, staff_count, submission_id, sheet, excel_row FROM member_counts;

CREATE VIEW member_awards AS
SELECT c.* FROM cluster_awards c
JOIN reporting r ON r.route = 'cluster' AND r.submission_id = c.submission_id AND r.unit_code = c.unit_code;

CREATE VIEW member_scores AS
SELECT c.* FROM cluster_scores c
JOIN reporting r ON r.member_submission_id = c.submission_id AND r.unit_code = c.unit_code;

-- Exemplars found in a period its unit reported, each once.
CREATE VIEW found_exemplars AS
SELECT e.unit_code, e.found_period AS period, e.exemplar_kind, e.exemplar_code, e.submission_id, e.sheet, e.excel_row
FROM exemplars e
JOIN reporting r ON r.submission_id IS NOT NULL AND r.unit_code = e.unit_code AND r.period = e.found_period
WHERE e.is_effective;

-- The furthest stage an exemplar reached within the period.
CREATE VIEW live_exemplars AS
SELECT e.*, r.unit_name, r.unit_order, p.starts_on, p.ends_on,
       CASE WHEN e.replicated_on <= p.ends_on THEN 'NHAN_RONG'
            WHEN e.summarised_on <= p.ends_on THEN 'TONG_KET'
            WHEN e.developed_on <= p.ends_on THEN 'BOI_DUONG'
            ELSE 'PHAT_HIEN' END AS stage
FROM exemplars e
JOIN reporting r ON r.submission_id = e.submission_id AND r.unit_code = e.unit_code
JOIN periods p ON p.period = e.period;
