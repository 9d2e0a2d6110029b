-- One workbook a reporter and period counts, one speaks for a unit, and one row says what was built.
SELECT reporter_code, period FROM submissions WHERE is_current GROUP BY reporter_code, period HAVING count(*) > 1
UNION ALL
SELECT unit_code, period FROM reporting GROUP BY unit_code, period HAVING count(*) > 1
UNION ALL
SELECT 'builds', CAST(count(*) AS VARCHAR) FROM builds HAVING count(*) <> 1
