-- A person is at home in one unit a period.
SELECT period, person_key
FROM staff
WHERE period NOT IN (SELECT period FROM settled)
GROUP BY period, person_key
HAVING count(*) FILTER (WHERE is_home) <> 1
