-- A code means one thing: a unit, a cluster, a peer group, a province or all.
SELECT code FROM (SELECT code FROM groups UNION ALL SELECT DISTINCT unit_code FROM units)
GROUP BY code HAVING count(*) > 1
