-- unit_code, cluster_code: whose workbook it is, as in submissions; excel_row: the first row of the cells, missing for
-- a whole sheet.
-- Findings of what counts now (and of the last returned workbook where nothing counts). What a cell said is in the
-- people file.
CREATE TABLE IF NOT EXISTS findings (
    submission_id INTEGER, finding_no INTEGER, unit_code VARCHAR, cluster_code VARCHAR, period VARCHAR, code VARCHAR,
    severity VARCHAR, sheet VARCHAR, excel_row INTEGER, cell VARCHAR, "column" VARCHAR, "count" INTEGER,
        param_names VARCHAR
);
CREATE TABLE IF NOT EXISTS people.finding_values (submission_id INTEGER, finding_no INTEGER, value VARCHAR,
    params VARCHAR);
