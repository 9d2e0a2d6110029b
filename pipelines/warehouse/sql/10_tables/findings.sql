-- Findings of what counts now (and of the last returned workbook where nothing counts). What a cell said is in the people file.
CREATE TABLE IF NOT EXISTS findings (
    submission_id INTEGER, finding_no INTEGER, code VARCHAR, severity VARCHAR, sheet VARCHAR, cell VARCHAR,
    "column" VARCHAR, "count" INTEGER, param_names VARCHAR
);
CREATE TABLE IF NOT EXISTS people.finding_values (submission_id INTEGER, finding_no INTEGER, value VARCHAR, params VARCHAR);
