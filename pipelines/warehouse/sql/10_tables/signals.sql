-- What each signal says of each unit at the end of each of the last three years that can be judged.
CREATE TABLE IF NOT EXISTS signal_rows (
    signal VARCHAR, unit_code VARCHAR, peer_group VARCHAR, period_from VARCHAR, period_to VARCHAR, value DOUBLE,
    expected DOUBLE, low DOUBLE, high DOUBLE, n DOUBLE, excess DOUBLE, p_value DOUBLE, q_value DOUBLE, level VARCHAR,
    testable BOOLEAN,
    reason VARCHAR,   -- why it is not testable, or not fully; '' otherwise
    category VARCHAR, -- rating or level the sentence names; '' where it names none
    counted_in VARCHAR, -- whose rows of which years the value was counted from: "V01/2021|V01/2022"
    -- in the words of the day of the build; the reading door says it in those of today
    headline_vi VARCHAR, headline_en VARCHAR,
    said VARCHAR -- what the sentence names besides, as JSON
);
-- All signals of a unit together, beside the facts.
CREATE TABLE IF NOT EXISTS council_rows (
    unit_code VARCHAR, peer_group VARCHAR, period VARCHAR, rank INTEGER, facts_count INTEGER, signals_count INTEGER,
    p_combined DOUBLE, q_combined DOUBLE, excess_awards DOUBLE, level VARCHAR, headline_vi VARCHAR, headline_en VARCHAR
);
