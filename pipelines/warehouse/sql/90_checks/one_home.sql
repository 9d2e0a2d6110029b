-- A person is at home in one unit a period.
SELECT period, person_key
FROM staff
GROUP BY period, person_key
HAVING count(*) FILTER (WHERE is_home) <> 1
