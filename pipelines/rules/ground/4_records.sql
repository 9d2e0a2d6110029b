-- What a ceiling may count or take for a base, a row each: ratings and awards of people and collectives, counts of a
-- cluster. subject: who is
-- counted once a code, NULL for counts; amount: how many. Asks `spoken` [unit_code, period, route, submission_id].
CREATE TEMP VIEW records AS
SELECT s.unit_code, s.period, h.rating AS code, h.person_key AS subject, FALSE AS is_pending, 1 AS amount,
    h.submission_id,
       h.sheet, h.excel_row, 'rating' AS column_name
FROM spoken s
JOIN staff h ON h.submission_id = s.submission_id AND h.is_home
WHERE s.route = 'own'
UNION ALL
SELECT s.unit_code, s.period, a.award, a.person_key, a.result = 'DE_NGHI', 1, a.submission_id, a.sheet, a.excel_row,
    'award'
FROM spoken s
JOIN staff h ON h.submission_id = s.submission_id AND h.is_home
JOIN awards a ON a.person_key = h.person_key AND a.award_period = s.period
WHERE s.route = 'own' AND a.is_effective AND a.award_kind = 'THUONG_XUYEN' AND a.result IN ('DA_KHEN', 'DE_NGHI')
UNION ALL
SELECT s.unit_code, s.period, a.award, a.team_code, a.result = 'DE_NGHI', 1, a.submission_id, a.sheet, a.excel_row,
    'award'
FROM spoken s
JOIN awards a ON a.award_period = s.period
LEFT JOIN (SELECT DISTINCT unit_code, period FROM reporting) there ON there.unit_code = a.unit_code
    AND there.period = a.award_period
WHERE s.unit_code = CASE WHEN there.period IS NULL THEN a.home_unit_code ELSE a.unit_code END AND s.route = 'own'
  AND a.recipient = 'TAP_THE' AND a.is_effective AND a.award_kind = 'THUONG_XUYEN'
      AND a.result IN ('DA_KHEN', 'DE_NGHI')
UNION ALL
SELECT s.unit_code, s.period, v.code, NULL, FALSE,
       CASE v.code WHEN 'HTXSNV' THEN m.htxsnv_count WHEN 'HTTNV' THEN m.httnv_count WHEN 'HTNV' THEN m.htnv_count
                   WHEN 'KHTNV' THEN m.khtnv_count ELSE m.cxl_count END,
       m.submission_id, m.sheet, m.excel_row, lower(v.code) || '_count'
FROM spoken s
JOIN cluster_members m ON m.submission_id = s.submission_id AND m.unit_code = s.unit_code
JOIN vocabulary v ON v.vocabulary = 'rating'
WHERE s.route = 'cluster'
UNION ALL
SELECT s.unit_code, s.period, c.award, NULL, FALSE, c.awarded_count, c.submission_id, c.sheet, c.excel_row,
    'awarded_count'
FROM spoken s
JOIN cluster_awards c ON c.submission_id = s.submission_id AND c.unit_code = s.unit_code
WHERE s.route = 'cluster' AND c.award_kind = 'THUONG_XUYEN';
