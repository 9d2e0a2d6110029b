-- Both metrics of a ceiling count the same, and what its base allows record by record is what it allows as a whole.
WITH whole AS (
    SELECT s.*, r.rounding, r.min_one, round(r.value * s.denominator, 6) AS exact
    FROM metric_values s
    JOIN period_rules r ON r.period = s.period AND r.rule_id = s.breakdown
    JOIN reporting o ON o.unit_code = s.unit_code AND o.period = s.period
    WHERE s.metric = 'cap_share'
)
SELECT u.unit_code, u.period, u.breakdown, u.numerator, u.denominator, s.numerator, s.denominator
FROM metric_values u
JOIN whole s ON s.unit_code = u.unit_code AND s.period = u.period AND s.breakdown = u.breakdown
    AND s.stratum = u.stratum
WHERE u.period NOT IN (SELECT period FROM settled) AND u.metric = 'cap_use' AND u.state = 'reported'
  AND (s.state <> 'reported' OR s.numerator <> u.numerator
       OR u.denominator <> greatest(
           CASE s.rounding WHEN 'down' THEN floor(s.exact) WHEN 'up' THEN ceil(s.exact) ELSE round(s.exact) END,
           CASE WHEN s.min_one THEN 1 ELSE 0 END))
