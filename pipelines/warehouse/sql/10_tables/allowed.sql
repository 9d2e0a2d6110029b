-- How many a ceiling allows. 0.15 × 20 is 3, not a hair below.
CREATE OR REPLACE MACRO allowed(share, people, rounding, min_one) AS greatest(
    CASE rounding WHEN 'down' THEN floor(round(share * people, 6)) WHEN 'up' THEN ceil(round(share * people, 6))
                  ELSE round(round(share * people, 6)) END,
    CASE WHEN min_one AND people >= 1 THEN 1 ELSE 0 END);
