-- One row: what this version was made from. Instants are UTC.
CREATE TABLE IF NOT EXISTS builds (
    name VARCHAR, built_at TIMESTAMP, as_of TIMESTAMP,
    known_on DATE,           -- day in Vietnam of the last thing known: lateness of what is missing counts to it
    journal_seq INTEGER,
    journal_hash VARCHAR,    -- of that entry: another journal of the same length is not this one
    product_version VARCHAR, metric_hash VARCHAR, rule_hash VARCHAR, recipe VARCHAR, reference_digest VARCHAR,
        synthetic BOOLEAN
);
