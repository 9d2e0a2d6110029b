-- Campaigns summed up ÷ campaigns due to be, in a year. Due are those summed up in it, and of the others the regular
-- ones and
-- those in rounds, which are a year's. A thematic campaign without a date still runs as far as anybody has said: in
-- neither.
-- kind: ratio
-- own: campaigns
-- cluster: cluster_members, campaigns
-- cell: num campaigns.closed_on
-- cell: den campaigns.launched_on
SELECT c.unit_code, c.period, '' AS breakdown, '' AS stratum, part, c.campaign_code AS subject, 1 AS amount,
       c.submission_id, c.sheet, c.excel_row
FROM campaigns c
JOIN reporting r ON r.submission_id = c.submission_id AND r.unit_code = c.unit_code
JOIN periods p ON p.period = c.period AND p.period_kind = 'year'
CROSS JOIN (SELECT 'num' AS part UNION ALL SELECT 'den') parts
WHERE c.closed_on BETWEEN p.starts_on AND p.ends_on
   OR (part = 'den' AND c.campaign_mode IN ('THUONG_XUYEN', 'THEO_DOT')
       AND (c.closed_on IS NULL OR c.closed_on > p.ends_on))
