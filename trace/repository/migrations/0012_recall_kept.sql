-- A correction never takes anything out of a recall: what would fall out is kept in it by a row of its own.
-- kept_by: the correction; kept_from: the day from which that counts in a planting, 0 for always.
ALTER TABLE recall ADD COLUMN kept_by TEXT;
ALTER TABLE recall ADD COLUMN kept_from INTEGER NOT NULL DEFAULT 0;
