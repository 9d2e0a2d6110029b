-- What figures are rolled up to, and who belongs to it in a period. ALL and the clusters, which have one name only in
-- the lists, come from the build with English names of the texts.
INSERT INTO groups
SELECT peer_group, name, english, 'peer_group', 1 FROM peer_groups
UNION ALL
SELECT code, max(name), max(name), 'province', 3 FROM provinces GROUP BY code;

CREATE TABLE group_units AS
SELECT period, unit_code, 'ALL' AS code FROM reporting
UNION ALL
SELECT period, unit_code, peer_group FROM reporting WHERE peer_group <> ''
UNION ALL
SELECT period, unit_code, cluster_code FROM reporting WHERE cluster_code IS NOT NULL
UNION ALL
SELECT period, unit_code, province_code FROM reporting WHERE province_code IS NOT NULL;
