-- One row a person. code_scope: within which a staff code means one person.
CREATE TABLE IF NOT EXISTS people.people (person_key VARCHAR, code_scope VARCHAR, person_code VARCHAR,
    full_name VARCHAR);
-- Who sent a file, as they signed it.
CREATE TABLE IF NOT EXISTS people.senders (submission_id INTEGER, sender VARCHAR);
