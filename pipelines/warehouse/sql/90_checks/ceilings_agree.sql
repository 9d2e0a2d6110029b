-- Both metrics of a ceiling count the same people; what is allowed is the share the rule says of its base, rounded, one by one.
SELECT u.unit_code, u.period, u.breakdown, s.numerator, s.denominator, u.numerator, u.denominator
FROM metric_values u
JOIN reporting o ON o.unit_code = u.unit_code AND o.period = u.period
JOIN metric_values s ON s.metric = 'cap_share' AND s.unit_code = u.unit_code AND s.period = u.period
 AND s.breakdown = u.breakdown AND s.stratum = u.stratum
JOIN period_rules r ON r.period = u.period AND r.rule_id = u.breakdown
WHERE u.metric = 'cap_use' AND u.state = 'reported'
  AND (s.state <> 'reported' OR s.numerator <> u.numerator
       OR (abs(u.denominator - r.value * s.denominator) >= 1 AND NOT (r.min_one AND u.denominator = 1)))
