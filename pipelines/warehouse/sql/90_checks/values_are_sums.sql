-- Every reported value is the sum of its rows; a group's is the sum of its reported units'.
WITH sums AS (
    SELECT metric, unit_code, period, part, breakdown, sum(amount) AS total
    FROM metric_rows
    GROUP BY metric, unit_code, period, part, breakdown
),
members AS (
    SELECT unit_code AS code, unit_code, period FROM reporting
    UNION ALL
    SELECT code, unit_code, period FROM group_units
)
SELECT v.metric, v.unit_code, v.period, v.breakdown, v.numerator, v.denominator
FROM metric_values v
JOIN members g ON g.code = v.unit_code AND g.period = v.period
JOIN metric_values u ON u.metric = v.metric AND u.unit_code = g.unit_code AND u.period = v.period
 AND u.breakdown = v.breakdown AND u.stratum = '' AND u.state = 'reported'
LEFT JOIN sums n ON n.metric = v.metric AND n.unit_code = u.unit_code AND n.period = v.period AND n.part = 'num'
 AND n.breakdown = v.breakdown
LEFT JOIN sums d ON d.metric = v.metric AND d.unit_code = u.unit_code AND d.period = v.period AND d.part = 'den'
 AND d.breakdown IN ('', v.breakdown)
WHERE v.state = 'reported' AND v.stratum = ''
GROUP BY v.metric, v.unit_code, v.period, v.breakdown, v.numerator, v.denominator
HAVING v.numerator <> coalesce(sum(n.total), 0) OR coalesce(v.denominator, 0) <> coalesce(sum(d.total), 0)
