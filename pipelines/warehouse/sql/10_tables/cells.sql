-- Every cell read from the current submissions, as written. unit_code: whose row it is ('' for a whole cluster's).
CREATE TABLE IF NOT EXISTS cells (
    submission_id INTEGER, sheet VARCHAR, excel_row INTEGER, unit_code VARCHAR, table_name VARCHAR,
    column_name VARCHAR, column_letter VARCHAR, raw VARCHAR
);
CREATE TABLE IF NOT EXISTS people.cells (
    submission_id INTEGER, sheet VARCHAR, excel_row INTEGER, unit_code VARCHAR, table_name VARCHAR,
    column_name VARCHAR, column_letter VARCHAR, raw VARCHAR
);
-- What the columns are called in the workbooks of this build's contract.
CREATE TABLE IF NOT EXISTS columns (
    table_name VARCHAR, column_name VARCHAR, header VARCHAR, english VARCHAR, kind VARCHAR, vocabulary VARCHAR,
    is_private BOOLEAN
);
-- The code lists of this build's contract (awards are in award_catalogue).
CREATE TABLE IF NOT EXISTS vocabulary (vocabulary VARCHAR, code VARCHAR, label VARCHAR, english VARCHAR,
    code_order INTEGER);
