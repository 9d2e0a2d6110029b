-- What the headers of the metric files said when this version was built.
CREATE TABLE IF NOT EXISTS metrics (
    metric VARCHAR, kind VARCHAR, is_share BOOLEAN, has_own_bases BOOLEAN, breakdown VARCHAR, recipient VARCHAR,
    is_own_computable BOOLEAN, is_cluster_computable BOOLEAN
);
CREATE TABLE IF NOT EXISTS metric_needs (metric VARCHAR, route VARCHAR, table_name VARCHAR);
CREATE TABLE IF NOT EXISTS metric_cells (metric VARCHAR, part VARCHAR, breakdown VARCHAR, table_name VARCHAR,
    column_name VARCHAR);
-- Source records of all metrics. part: num | den | gap (a record that keeps the unit's value from being computed).
CREATE TABLE IF NOT EXISTS metric_records (
    metric VARCHAR, unit_code VARCHAR, period VARCHAR, breakdown VARCHAR, stratum VARCHAR, part VARCHAR,
    subject VARCHAR, amount DOUBLE, submission_id INTEGER, sheet VARCHAR, excel_row INTEGER
);
-- Values, totals over strata and roll-ups, made from them; a table of its own for speed. unit_kind: unit | all |
-- peer_group | cluster |
-- province. units_reported of units_obliged: how many units the figure is made of, and how many of them were due to
-- report.
CREATE TABLE IF NOT EXISTS metric_values (
    metric VARCHAR, unit_code VARCHAR, period VARCHAR, breakdown VARCHAR, stratum VARCHAR, numerator DOUBLE,
    denominator DOUBLE, value DOUBLE, state VARCHAR, unit_kind VARCHAR, units_reported INTEGER, units_obliged INTEGER
);
