-- Year periods that have opened, from the first with a submission on; six-month periods only if something was accepted.
CREATE TABLE IF NOT EXISTS periods (
    period VARCHAR, period_kind VARCHAR, year INTEGER, starts_on DATE, ends_on DATE, opens_on DATE, due_on DATE,
    is_closed BOOLEAN,
    closed_seq INTEGER,      -- journal number of the closing: what came later no longer changes the period
    closed_version VARCHAR   -- the version that was pinned then
);
