-- The workbooks that counted when each period was closed: nothing else changes what it counts of awards told of later.
CREATE TEMP TABLE at_closing AS
SELECT p.period, c.submission_id
FROM periods p
JOIN counted c ON c.from_seq <= p.closed_seq AND coalesce(c.until_seq > p.closed_seq, TRUE)
WHERE p.is_closed AND p.period NOT IN (SELECT period FROM settled);
