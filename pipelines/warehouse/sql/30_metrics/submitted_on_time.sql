-- 1 when the unit's workbook (or its cluster's) first came by the due date; among units that have reported.
-- kind: ratio
-- own: info
-- cluster: info, cluster_members
-- cell: num info.prepared_on
-- cell: den info.prepared_on
SELECT r.unit_code, r.period, '' AS breakdown, '' AS stratum, part, NULL AS subject, 1 AS amount,
       c.submission_id, c.sheet, c.excel_row
FROM reporting r
JOIN first_received f ON f.period = r.period
 AND f.reporter_code = CASE WHEN r.route = 'own' THEN r.unit_code ELSE r.cluster_code END
JOIN cells c ON c.submission_id = r.submission_id AND c.table_name = 'info' AND c.column_name = 'prepared_on'
CROSS JOIN (SELECT 'num' AS part UNION ALL SELECT 'den') parts
WHERE part = 'den' OR f.received_on <= r.due_on
