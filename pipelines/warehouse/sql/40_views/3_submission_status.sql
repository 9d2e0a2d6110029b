-- Where every obliged unit stands, and every cluster (unit_code = cluster code). is_reporter: a workbook of its own is
-- due.
-- received_at and days_late are those of the first accepted version that was not withdrawn.
CREATE TABLE submission_status AS
WITH
reporters AS (
    SELECT period, due_on, unit_code AS reporter_code, unit_name AS reporter_name, 'unit' AS reporter_kind,
           unit_order AS reporter_order, 1 AS member_count
    FROM reporting WHERE route = 'own'
    UNION ALL
    SELECT r.period, r.due_on, r.cluster_code, min(g.name), 'cluster', 0,
           count(*) FILTER (WHERE r.route = 'cluster')
    FROM reporting r JOIN groups g ON g.code = r.cluster_code
    GROUP BY r.period, r.due_on, r.cluster_code
),
returned AS (
    SELECT reporter_code, period, max(receipt_no) AS receipt_no
    FROM submissions WHERE status = 'returned'
    GROUP BY reporter_code, period
),
standing AS (
    SELECT r.*, f.received_at, coalesce(c.status, b.status, 'not_submitted') AS status,
           greatest(0, coalesce(f.received_on, (SELECT known_on FROM builds)) - r.due_on) AS days_late,
           coalesce(c.errors, b.errors) AS errors, coalesce(c.warnings, b.warnings) AS warnings, c.version,
           coalesce(c.receipt_no, b.receipt_no) AS receipt_no
    FROM reporters r
    LEFT JOIN submissions c ON c.is_current AND c.reporter_code = r.reporter_code AND c.period = r.period
    LEFT JOIN first_received f ON f.reporter_code = r.reporter_code AND f.period = r.period
    LEFT JOIN returned t ON t.reporter_code = r.reporter_code AND t.period = r.period
    LEFT JOIN submissions b ON b.submission_id = t.receipt_no
)
SELECT reporter_code AS unit_code, period, due_on, received_at, status, days_late, errors, warnings, version,
    receipt_no,
       TRUE AS is_reporter, reporter_name, reporter_kind, reporter_order, member_count
FROM standing
UNION ALL
-- A unit its cluster reports for follows the cluster's workbook, and needs its row in it.
SELECT m.unit_code, m.period, m.due_on, CASE WHEN m.submission_id IS NOT NULL THEN s.received_at END,
       CASE WHEN m.submission_id IS NOT NULL THEN s.status ELSE 'not_submitted' END,
       CASE WHEN m.submission_id IS NOT NULL THEN s.days_late
            ELSE greatest(0, (SELECT known_on FROM builds) - m.due_on) END,
       CASE WHEN m.submission_id IS NOT NULL THEN s.errors END, CASE WHEN m.submission_id IS NOT NULL
           THEN s.warnings END,
       CASE WHEN m.submission_id IS NOT NULL THEN s.version END, CASE WHEN m.submission_id IS NOT NULL
           THEN s.receipt_no END,
       FALSE, m.unit_name, 'unit', m.unit_order, 1
FROM reporting m
LEFT JOIN standing s ON s.reporter_code = m.cluster_code AND s.period = m.period
WHERE m.route = 'cluster'
ORDER BY period, unit_code;
