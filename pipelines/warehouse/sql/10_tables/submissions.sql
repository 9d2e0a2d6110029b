-- Every receipt there ever was. unit_code is '' for clusters; submission_id = receipt_no, never used twice.
CREATE TABLE IF NOT EXISTS submissions (
    submission_id INTEGER, receipt_no INTEGER, journal_seq INTEGER,
    received_at TIMESTAMP,  -- UTC
    received_on DATE,       -- day in Vietnam: what a deadline is compared with
    status VARCHAR, version INTEGER, is_current BOOLEAN, is_withdrawn BOOLEAN,
    form VARCHAR, reporter_code VARCHAR, unit_code VARCHAR, cluster_code VARCHAR, period VARCHAR,
    file_name VARCHAR, sha256 VARCHAR, size BIGINT, template_version VARCHAR, product_version VARCHAR,
    reference_digest VARCHAR, synthetic BOOLEAN, errors INTEGER, warnings INTEGER, notes INTEGER
);
-- filled | none ("Không phát sinh") | unknown, for each sheet of a current submission.
CREATE TABLE IF NOT EXISTS sheet_states (submission_id INTEGER, table_name VARCHAR, state VARCHAR);
-- Receipts that counted when a year was closed and no longer do: their rows about that year stay, because it counted
-- them.
CREATE TABLE IF NOT EXISTS held (submission_id INTEGER, period VARCHAR);
-- Between which events of the journal a receipt counted; only filled if a period is closed.
CREATE TEMP TABLE counted (submission_id INTEGER, from_seq INTEGER, until_seq INTEGER);
