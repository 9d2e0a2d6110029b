-- Rules a unit is held against in each period: those in force on its last day.
CREATE VIEW period_rules AS
SELECT p.period, r.*
FROM periods p
JOIN rules r ON r.scope = 'unit' AND r.valid_from <= p.ends_on AND (r.valid_to IS NULL OR r.valid_to >= p.ends_on);

-- What each metric is split by in each period: the catalogue or the ceilings in force then, or a code list, or nothing.
-- "Not rated" is no rating, "not recognised" no level.
CREATE TABLE breakdowns AS
SELECT m.metric, p.period, a.award AS breakdown, min(a.sort_order) AS breakdown_order
FROM metrics m
CROSS JOIN periods p
JOIN award_catalogue a ON a.valid_from <= p.ends_on AND (a.valid_to IS NULL OR a.valid_to >= p.starts_on)
 AND (m.recipient = '' OR a.recipient IN ('', m.recipient))
WHERE m.breakdown = 'award'
GROUP BY m.metric, p.period, a.award
UNION ALL
SELECT m.metric, p.period, v.code, v.code_order
FROM metrics m
CROSS JOIN periods p
JOIN vocabulary v ON v.vocabulary = m.breakdown AND v.code NOT IN ('CXL', 'CHUA')
UNION ALL
SELECT m.metric, r.period, r.rule_id, r.list_order
FROM metrics m
JOIN period_rules r ON r.kind = 'ceiling'
WHERE m.breakdown = 'rule_id'
UNION ALL
SELECT m.metric, p.period, '', 0
FROM metrics m
CROSS JOIN periods p
WHERE m.breakdown = '';
