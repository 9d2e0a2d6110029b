-- Whether an award says something of the year's merit, as the catalogue has it.
CREATE OR REPLACE MACRO is_merit(code) AS code NOT IN (SELECT award FROM award_catalogue WHERE NOT counts_as_merit);
