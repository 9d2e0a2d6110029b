-- Periods whose rows are those of the version before: nothing came since that bears on them. None in a build from
-- nothing.
CREATE TEMP TABLE settled (period VARCHAR);
