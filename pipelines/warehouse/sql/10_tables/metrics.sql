-- What the headers of the metric files said when this version was built.
CREATE TABLE metrics (
    metric VARCHAR, kind VARCHAR, is_share BOOLEAN, has_own_bases BOOLEAN, breakdown VARCHAR, recipient VARCHAR,
    is_own_computable BOOLEAN, is_cluster_computable BOOLEAN
);
CREATE TABLE metric_needs (metric VARCHAR, route VARCHAR, table_name VARCHAR);
CREATE TABLE metric_cells (metric VARCHAR, part VARCHAR, breakdown VARCHAR, table_name VARCHAR, column_name VARCHAR);
-- Source records of all metrics. part: num | den | gap (a record that keeps the unit's value from being computed).
CREATE TABLE metric_records (
    metric VARCHAR, unit_code VARCHAR, period VARCHAR, breakdown VARCHAR, stratum VARCHAR, part VARCHAR,
    subject VARCHAR, amount DOUBLE, submission_id INTEGER, sheet VARCHAR, excel_row INTEGER
);
