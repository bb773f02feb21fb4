-- Truths of their own: backed up, never rebuilt from the ledger.

-- The days whose records an inspector may read: first and last, either of them open.
CREATE TABLE invitation_span(
  token_hash TEXT PRIMARY KEY REFERENCES invitation,
  first_day TEXT,
  last_day TEXT
) WITHOUT ROWID;

CREATE TABLE membership_span(
  membership_id TEXT PRIMARY KEY REFERENCES membership,
  first_day TEXT,
  last_day TEXT
) WITHOUT ROWID;

-- Each page an inspector read: ids only, no names. Written once, never changed.
CREATE TABLE inspector_read(
  read_key INTEGER PRIMARY KEY,
  coop_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  party_id TEXT NOT NULL,
  page TEXT NOT NULL,
  subject TEXT NOT NULL,
  first_day TEXT,
  last_day TEXT,
  read_at TEXT NOT NULL
);
CREATE INDEX inspector_read_by_coop ON inspector_read(coop_id, read_key);

CREATE TRIGGER inspector_read_no_update BEFORE UPDATE ON inspector_read
BEGIN
    SELECT RAISE(ABORT, 'inspector_read is append-only');
END;

CREATE TRIGGER inspector_read_no_delete BEFORE DELETE ON inspector_read
BEGIN
    SELECT RAISE(ABORT, 'inspector_read is append-only');
END;

-- INSERT OR REPLACE passes the delete trigger by, so what exists is guarded here too.
CREATE TRIGGER inspector_read_appends BEFORE INSERT ON inspector_read
WHEN EXISTS (SELECT 1 FROM inspector_read WHERE read_key = NEW.read_key)
BEGIN
    SELECT RAISE(ABORT, 'inspector_read is append-only');
END;
