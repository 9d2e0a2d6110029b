-- What the rules in force say, one row a thing judged, with the cell it rests on. unit_code: a unit, or the cluster of
-- a common pledge.
-- status: met | breach | not_applicable | unknown. Of rules that rest on discipline only how many there are is told
-- here.
CREATE TABLE IF NOT EXISTS rule_results (
    rule_id VARCHAR, kind VARCHAR, condition VARCHAR, unit_code VARCHAR, period VARCHAR, subject VARCHAR,
        proposal_code VARCHAR,
    status VARCHAR, value DOUBLE, limit_value DOUBLE, valid_from DATE, basis VARCHAR, rule_status VARCHAR,
        confirmed BOOLEAN,
    submission_id INTEGER, sheet VARCHAR, excel_row INTEGER, column_name VARCHAR
);
CREATE TABLE IF NOT EXISTS people.rule_results AS SELECT * FROM facts.rule_results LIMIT 0;
-- Workbooks whose rows went since the version before, and the people they spoke of. None in a build from nothing.
CREATE TEMP TABLE IF NOT EXISTS gone (unit_code VARCHAR, cluster_code VARCHAR);
CREATE TEMP TABLE IF NOT EXISTS met (person_key VARCHAR);
