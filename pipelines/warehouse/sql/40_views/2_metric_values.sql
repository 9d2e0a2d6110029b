-- The one place where values, totals over strata, roll-ups and states are made.
INSERT INTO metric_values
WITH
-- Only what is not taken over from the version before.
due AS (SELECT * FROM reporting WHERE period NOT IN (SELECT period FROM settled)),
told AS (SELECT * FROM open_records WHERE part IN ('num', 'den')),
-- stratum '' is the total over all strata, also of rows that have none.
spread AS (
    SELECT metric, unit_code, period, breakdown, stratum, part, amount FROM told WHERE stratum <> ''
    UNION ALL
    SELECT metric, unit_code, period, breakdown, '', part, amount FROM told
),
-- Rounded, so that points with decimals do not differ in the last bit by the order they were added in.
sums AS (
    SELECT metric, unit_code, period, breakdown, stratum, part, round(sum(amount), 6) AS total
    FROM spread
    GROUP BY metric, unit_code, period, breakdown, stratum, part
),
strata AS (
    SELECT DISTINCT metric, unit_code, period, stratum FROM spread
    UNION
    SELECT m.metric, r.unit_code, r.period, '' FROM metrics m CROSS JOIN due r
),
-- The workbook that speaks of a metric for a unit. What only clusters report, the cluster tells of all its members.
sources AS (
    SELECT m.metric, m.kind, m.has_own_bases, r.unit_code, r.period,
           CASE WHEN m.is_own_computable THEN r.route ELSE 'cluster' END AS route,
           CASE WHEN m.is_own_computable THEN r.submission_id ELSE r.member_submission_id END AS submission_id,
           m.is_own_computable OR r.cluster_code IS NOT NULL AS is_concerned,
           m.is_cluster_computable OR r.route = 'own' AS is_computable
    FROM metrics m
    CROSS JOIN due r
),
-- An empty, unmarked sheet that is needed makes the metric "not submitted", never 0.
missing AS (
    SELECT DISTINCT n.metric, o.unit_code, o.period
    FROM sources o
    JOIN metric_needs n ON n.metric = o.metric AND n.route = o.route
    LEFT JOIN sheet_states s ON s.submission_id = o.submission_id AND s.table_name = n.table_name
    WHERE coalesce(s.state, 'unknown') = 'unknown'
),
states AS (
    SELECT o.metric, o.kind, o.has_own_bases, o.unit_code, o.period,
           CASE WHEN NOT o.is_concerned THEN 'not_applicable'
                WHEN NOT o.is_computable THEN 'not_computable'
                WHEN o.submission_id IS NULL OR x.metric IS NOT NULL THEN 'not_submitted'
                ELSE 'reported' END AS state
    FROM sources o
    LEFT JOIN missing x ON x.metric = o.metric AND x.unit_code = o.unit_code AND x.period = o.period
),
-- A gap with a breakdown is one in that breakdown alone.
gaps AS (SELECT DISTINCT metric, unit_code, period, breakdown FROM open_records WHERE part = 'gap'),
grid AS (
    SELECT s.metric, s.kind, s.unit_code, s.period, b.breakdown, t.stratum,
           coalesce(n.total, 0) AS numerator, coalesce(d.total, 0) AS denominator,
           CASE WHEN s.state <> 'reported' THEN s.state
                WHEN g.metric IS NOT NULL THEN 'not_computable'
                WHEN s.kind = 'ratio' AND coalesce(d.total, 0) = 0 THEN 'not_applicable'
                WHEN s.kind = 'points' AND n.total IS NULL THEN 'not_applicable'  -- nothing was scored
                ELSE 'reported' END AS state
    FROM states s
    JOIN breakdowns b ON b.metric = s.metric AND b.period = s.period
    JOIN strata t ON t.metric = s.metric AND t.unit_code = s.unit_code AND t.period = s.period
    LEFT JOIN sums n ON n.metric = s.metric AND n.unit_code = s.unit_code AND n.period = s.period AND n.part = 'num'
     AND n.breakdown = b.breakdown AND n.stratum = t.stratum
    LEFT JOIN sums d ON d.metric = s.metric AND d.unit_code = s.unit_code AND d.period = s.period AND d.part = 'den'
     AND d.breakdown = CASE WHEN s.has_own_bases THEN b.breakdown ELSE '' END AND d.stratum = t.stratum
    LEFT JOIN gaps g ON g.metric = s.metric AND g.unit_code = s.unit_code AND g.period = s.period
     AND g.breakdown IN ('', b.breakdown)
    WHERE t.stratum = '' OR s.state = 'reported'
),
-- Groups add up the numerators and denominators of their reported units; rates are never averaged. Points of several
-- units,
-- each scored by its own cluster's table, add up to nothing and have no mean.
sizes AS (
    SELECT g.code, g.period, o.kind AS unit_kind, count(*) AS units_obliged
    FROM group_units g JOIN groups o ON o.code = g.code
    GROUP BY g.code, g.period, o.kind
),
rolled AS (
    SELECT v.metric, v.kind, g.code AS unit_code, v.period, v.breakdown, v.stratum,
           sum(CASE WHEN v.state = 'reported' THEN v.numerator ELSE 0 END) AS numerator,
           sum(CASE WHEN v.state = 'reported' THEN v.denominator ELSE 0 END) AS denominator,
           CASE WHEN v.kind = 'points' THEN 'not_applicable'
                WHEN max(CASE WHEN v.state = 'reported' THEN 1 ELSE 0 END) = 1 THEN 'reported'
                WHEN max(CASE WHEN v.state = 'not_submitted' THEN 1 ELSE 0 END) = 1 THEN 'not_submitted'
                WHEN max(CASE WHEN v.state = 'not_computable' THEN 1 ELSE 0 END) = 1 THEN 'not_computable'
                ELSE 'not_applicable' END AS state,
           z.unit_kind, CASE WHEN v.kind = 'points' THEN 0
               ELSE count(*) FILTER (WHERE v.state = 'reported') END AS units_reported,
           z.units_obliged
    FROM grid v
    JOIN group_units g ON g.unit_code = v.unit_code AND g.period = v.period
    JOIN sizes z ON z.code = g.code AND z.period = g.period
    GROUP BY v.metric, v.kind, g.code, v.period, v.breakdown, v.stratum, z.unit_kind, z.units_obliged
),
every AS (
    SELECT *, 'unit' AS unit_kind, CASE WHEN state = 'reported' THEN 1 ELSE 0 END AS units_reported, 1 AS units_obliged
    FROM grid
    UNION ALL
    SELECT * FROM rolled
)
SELECT metric, unit_code, period, breakdown, stratum,
       CASE WHEN state = 'reported' THEN numerator END AS numerator,
       CASE WHEN state = 'reported' AND kind = 'ratio' THEN denominator END AS denominator,
       CASE WHEN state = 'reported' AND kind = 'ratio' THEN numerator / denominator
            WHEN state = 'reported' THEN numerator END AS value,
       state, unit_kind, units_reported, units_obliged
FROM every
ORDER BY metric, period, unit_code, breakdown, stratum;
