-- What is a share of people or records is never more than there are (counts a cluster typed in are data, not ours to
-- refuse here).
SELECT v.metric, v.unit_code, v.period, v.breakdown, v.stratum, v.numerator, v.denominator
FROM metric_values v
JOIN metrics m ON m.metric = v.metric AND m.is_share
JOIN reporting r ON r.unit_code = v.unit_code AND r.period = v.period AND r.route = 'own'
WHERE v.period NOT IN (SELECT period FROM settled) AND v.numerator > v.denominator
