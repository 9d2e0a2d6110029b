-- One value for each obliged unit and breakdown, and a number only where something was reported.
SELECT metric, unit_code, period, breakdown, stratum
FROM metric_values
WHERE period NOT IN (SELECT period FROM settled)
GROUP BY metric, unit_code, period, breakdown, stratum
HAVING count(*) > 1 OR bool_or((value IS NOT NULL) <> (state = 'reported'))
