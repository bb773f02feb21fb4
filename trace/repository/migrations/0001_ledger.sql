-- The ledger: an append-only Merkle tree of entries (RFC 6962), its signed checkpoints, and the
-- personal values that may be erased. The triggers stop mistakes; witnesses stop people.

CREATE TABLE entry (
    entry_index INTEGER PRIMARY KEY CHECK (entry_index >= 0),
    entry_id    TEXT NOT NULL UNIQUE,
    coop_id     TEXT,
    record_time TEXT NOT NULL,
    body        BLOB NOT NULL,
    leaf_hash   BLOB NOT NULL CHECK (length(leaf_hash) = 32)
);

-- Perfect subtrees above the leaves: level 0 is entry.leaf_hash.
CREATE TABLE tree_node (
    level      INTEGER NOT NULL CHECK (level >= 1),
    node_index INTEGER NOT NULL CHECK (node_index >= 0),
    hash       BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (level, node_index)
) WITHOUT ROWID;

-- One signed note for each transaction that appended.
CREATE TABLE checkpoint (
    size        INTEGER PRIMARY KEY CHECK (size >= 0),
    note        TEXT NOT NULL,
    record_time TEXT NOT NULL
);

-- Signature lines that witnesses added to a checkpoint.
CREATE TABLE cosignature (
    size INTEGER NOT NULL REFERENCES checkpoint (size),
    line TEXT NOT NULL,
    PRIMARY KEY (size, line)
) WITHOUT ROWID;

-- The one table of the record whose rows may be deleted: that is what erasing means.
CREATE TABLE private_value (
    entry_id TEXT NOT NULL REFERENCES entry (entry_id) DEFERRABLE INITIALLY DEFERRED,
    path     TEXT NOT NULL,
    salt     BLOB NOT NULL CHECK (length(salt) = 32),
    value    TEXT NOT NULL,
    PRIMARY KEY (entry_id, path)
) WITHOUT ROWID;

CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry
BEGIN
    SELECT RAISE(ABORT, 'entry is append-only');
END;

CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry
BEGIN
    SELECT RAISE(ABORT, 'entry is append-only');
END;

-- INSERT OR REPLACE passes the delete trigger by, so what exists is guarded here too.
CREATE TRIGGER entry_appends BEFORE INSERT ON entry
WHEN NEW.entry_index <> (SELECT COALESCE(MAX(entry_index) + 1, 0) FROM entry)
    OR EXISTS (SELECT 1 FROM entry WHERE entry_id = NEW.entry_id)
BEGIN
    SELECT RAISE(ABORT, 'entry is append-only');
END;

CREATE TRIGGER tree_node_no_update BEFORE UPDATE ON tree_node
BEGIN
    SELECT RAISE(ABORT, 'tree_node is append-only');
END;

CREATE TRIGGER tree_node_no_delete BEFORE DELETE ON tree_node
BEGIN
    SELECT RAISE(ABORT, 'tree_node is append-only');
END;

CREATE TRIGGER tree_node_appends BEFORE INSERT ON tree_node
WHEN EXISTS (
    SELECT 1 FROM tree_node WHERE level = NEW.level AND node_index = NEW.node_index
)
BEGIN
    SELECT RAISE(ABORT, 'tree_node is append-only');
END;

CREATE TRIGGER checkpoint_no_update BEFORE UPDATE ON checkpoint
BEGIN
    SELECT RAISE(ABORT, 'checkpoint is append-only');
END;

CREATE TRIGGER checkpoint_no_delete BEFORE DELETE ON checkpoint
BEGIN
    SELECT RAISE(ABORT, 'checkpoint is append-only');
END;

CREATE TRIGGER checkpoint_appends BEFORE INSERT ON checkpoint
WHEN NEW.size <= (SELECT MAX(size) FROM checkpoint)
BEGIN
    SELECT RAISE(ABORT, 'checkpoint is append-only');
END;

CREATE TRIGGER cosignature_no_update BEFORE UPDATE ON cosignature
BEGIN
    SELECT RAISE(ABORT, 'cosignature is append-only');
END;

CREATE TRIGGER cosignature_no_delete BEFORE DELETE ON cosignature
BEGIN
    SELECT RAISE(ABORT, 'cosignature is append-only');
END;

CREATE TRIGGER cosignature_appends BEFORE INSERT ON cosignature
WHEN EXISTS (SELECT 1 FROM cosignature WHERE size = NEW.size AND line = NEW.line)
BEGIN
    SELECT RAISE(ABORT, 'cosignature is append-only');
END;

CREATE TRIGGER private_value_no_update BEFORE UPDATE ON private_value
BEGIN
    SELECT RAISE(ABORT, 'private_value is written once');
END;

CREATE TRIGGER private_value_appends BEFORE INSERT ON private_value
WHEN EXISTS (
    SELECT 1 FROM private_value WHERE entry_id = NEW.entry_id AND path = NEW.path
)
BEGIN
    SELECT RAISE(ABORT, 'private_value is written once');
END;
