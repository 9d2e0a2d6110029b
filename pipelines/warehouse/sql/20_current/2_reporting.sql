-- Every unit obliged in a period and the workbook that speaks for it. A unit that ended before the due date is not
-- obliged.
-- With reports_by "both" the own workbook supplies the facts. A cluster's workbook speaks for a unit only if it has its
-- row;
-- member_submission_id is that workbook, also of a unit with its own: scores and pledges are told by the cluster alone.
CREATE TABLE reporting AS
WITH obliged AS (
    SELECT p.period, p.due_on, u.unit_code, u.name AS unit_name, u.peer_group, m.cluster_code,
           nullif(u.province_code, '') AS province_code, u.reports_by,
           CASE WHEN u.reports_by = 'cluster' THEN 'cluster' ELSE 'own' END AS route, u.list_order AS unit_order
    FROM periods p
    JOIN units u ON u.obliged AND u.valid_from <= p.due_on AND (u.valid_to IS NULL OR u.valid_to >= p.due_on)
    LEFT JOIN cluster_membership m ON m.unit_code = u.unit_code AND m.valid_from <= p.due_on
     AND (m.valid_to IS NULL OR m.valid_to >= p.due_on)
)
SELECT o.*, CASE WHEN o.route = 'own' THEN own.submission_id ELSE member.submission_id END AS submission_id,
       member.submission_id AS member_submission_id
FROM obliged o
LEFT JOIN submissions own ON own.is_current AND own.cluster_code = '' AND own.unit_code = o.unit_code
    AND own.period = o.period
LEFT JOIN submissions book ON book.is_current AND book.cluster_code = o.cluster_code AND book.period = o.period
LEFT JOIN (SELECT DISTINCT submission_id, unit_code FROM cluster_members) member
  ON member.submission_id = book.submission_id AND member.unit_code = o.unit_code
ORDER BY o.period, o.unit_order;

-- When a workbook first came: a later correction does not make it late.
CREATE TABLE first_received AS
SELECT reporter_code, period, min(received_at) AS received_at, min(received_on) AS received_on
FROM submissions
WHERE status IN ('accepted', 'accepted_with_warnings') AND NOT is_withdrawn
GROUP BY reporter_code, period
ORDER BY period, reporter_code;
