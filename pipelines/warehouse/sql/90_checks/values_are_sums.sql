-- Every reported value is the sum of its rows; a group's is the sum of its reported units'.
WITH sums AS (
    SELECT metric, unit_code, period, part, breakdown, round(sum(amount), 6) AS total
    FROM open_records
    WHERE part IN ('num', 'den')
    GROUP BY metric, unit_code, period, part, breakdown
),
units AS (
    SELECT u.metric, u.unit_code, u.period, u.breakdown, coalesce(n.total, 0) AS numerator,
        coalesce(d.total, 0) AS denominator
    FROM metric_values u
    JOIN reporting r ON r.unit_code = u.unit_code AND r.period = u.period
    JOIN metrics m ON m.metric = u.metric
    LEFT JOIN sums n ON n.metric = u.metric AND n.unit_code = u.unit_code AND n.period = u.period AND n.part = 'num'
     AND n.breakdown = u.breakdown
    LEFT JOIN sums d ON d.metric = u.metric AND d.unit_code = u.unit_code AND d.period = u.period AND d.part = 'den'
     AND d.breakdown = CASE WHEN m.has_own_bases THEN u.breakdown ELSE '' END
    WHERE u.state = 'reported' AND u.stratum = '' AND u.period NOT IN (SELECT period FROM settled)
),
members AS (
    SELECT unit_code AS code, unit_code, period FROM reporting
    UNION ALL
    SELECT code, unit_code, period FROM group_units
),
summed AS (
    SELECT u.metric, g.code AS unit_code, u.period, u.breakdown, sum(u.numerator) AS numerator,
        sum(u.denominator) AS denominator
    FROM units u
    JOIN members g ON g.unit_code = u.unit_code AND g.period = u.period
    GROUP BY u.metric, g.code, u.period, u.breakdown
)
SELECT v.metric, v.unit_code, v.period, v.breakdown, v.numerator, v.denominator
FROM metric_values v
LEFT JOIN summed s ON s.metric = v.metric AND s.unit_code = v.unit_code AND s.period = v.period
    AND s.breakdown = v.breakdown
WHERE v.state = 'reported' AND v.stratum = '' AND v.period NOT IN (SELECT period FROM settled)
  AND (s.metric IS NULL OR v.numerator <> s.numerator OR coalesce(v.denominator, 0) <> s.denominator)
