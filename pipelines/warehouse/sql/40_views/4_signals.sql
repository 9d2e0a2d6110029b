-- times, years: of the stored years up to the row's own, in how many the signal had a level, and how many there are.
CREATE VIEW signals AS
SELECT *, CAST(count(*) FILTER (WHERE level <> 'none') OVER sofar AS INTEGER) AS times,
       CAST(count(*) OVER sofar AS INTEGER) AS years
FROM signal_rows
WINDOW sofar AS (PARTITION BY signal, unit_code ORDER BY period_to);

-- The newest of these years: the list the council looks at.
CREATE VIEW council_list AS
SELECT * FROM (
    SELECT *, CAST(count(*) FILTER (WHERE level <> 'none') OVER sofar AS INTEGER) AS times,
           CAST(count(*) OVER sofar AS INTEGER) AS years
    FROM council_rows
    WINDOW sofar AS (PARTITION BY unit_code ORDER BY period)
)
WHERE period = (SELECT max(period) FROM council_rows);
