-- A planting collects over its life and gives over its life: only what came in on or before the day
-- of a taking is in what was taken. Days are local dates as numbers, 20261121.
-- enters_on: the day from which the parent is in the child, a planting; 0 where it always is.
-- leaves_on: the day on which the child was taken off the parent, a planting; 99991231 where what
-- ever was in the parent counts.

ALTER TABLE lineage ADD COLUMN enters_on INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lineage ADD COLUMN leaves_on INTEGER NOT NULL DEFAULT 99991231;

-- What a planting was made from, its seed, is in everything picked from it, whatever the dates say.
UPDATE lineage SET enters_on = (
    SELECT CAST(REPLACE(e.event_date, '-', '') AS INTEGER) FROM event e
    WHERE e.entry_index = lineage.entry_index
)
WHERE child_key IN (SELECT node_key FROM node WHERE kind = 'planting')
    AND NOT EXISTS (
        SELECT 1 FROM event_node s WHERE s.entry_index = lineage.entry_index
            AND s.node_key = lineage.child_key AND s.role = 'output'
    );

UPDATE lineage SET leaves_on = (
    SELECT CAST(REPLACE(e.event_date, '-', '') AS INTEGER) FROM event e
    WHERE e.entry_index = lineage.entry_index
)
WHERE parent_key IN (SELECT node_key FROM node WHERE kind = 'planting');

DROP INDEX lineage_forward;
CREATE INDEX lineage_forward ON lineage(parent_key, leaves_on, child_key, enters_on);
