-- Everyone a submission that counts speaks of, under the newest name. Codes of teams, which are awarded too, are not
-- people.
INSERT INTO people.people
SELECT k.person_key, k.code_scope, k.person_code, n.full_name
FROM (
    SELECT person_key, code_scope, person_code,
           row_number() OVER (PARTITION BY person_key ORDER BY code_scope, person_code) AS place
    FROM persons
    WHERE person_key IN (
        SELECT person_key FROM staff UNION SELECT person_key FROM initiatives UNION SELECT person_key FROM awards)
      AND person_key NOT IN (SELECT person_key FROM people.people)
) k
LEFT JOIN (
    SELECT person_key, full_name,
           row_number() OVER (PARTITION BY person_key ORDER BY period DESC, submission_id DESC, sheet,
               excel_row) AS place
    FROM people.staff
    WHERE person_key IN (SELECT person_key FROM persons)
) n ON n.person_key = k.person_key AND n.place = 1
WHERE k.place = 1
ORDER BY k.person_key;
