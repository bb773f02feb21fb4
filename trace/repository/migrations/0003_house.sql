-- Truths of their own: backed up, never rebuilt from the ledger.

CREATE TABLE instance(
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE submission(
  coop_id TEXT NOT NULL,
  submission_id TEXT NOT NULL,
  body_hash TEXT NOT NULL,
  answer TEXT NOT NULL,
  record_time TEXT NOT NULL,
  PRIMARY KEY(coop_id, submission_id)
) WITHOUT ROWID;

CREATE TABLE inbox(
  inbox_key INTEGER PRIMARY KEY,
  coop_id TEXT NOT NULL,
  submission_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  record_time TEXT NOT NULL,
  body TEXT NOT NULL,
  problems TEXT NOT NULL,
  settled_at TEXT
);

CREATE TABLE file(
  coop_id TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  media_type TEXT NOT NULL,
  byte_size INTEGER NOT NULL,
  width INTEGER,
  height INTEGER,
  pages INTEGER,
  record_time TEXT NOT NULL,
  uploaded_by TEXT NOT NULL,
  PRIMARY KEY(sha256, coop_id)
) WITHOUT ROWID;

-- One label: a code and a sequence number, bound to a lot or package. Clustered by lot, so a page's
-- fetch stays quick at a million lots.
CREATE TABLE unit(
  node_key INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  code TEXT NOT NULL UNIQUE,
  print_job_id TEXT NOT NULL,
  voided_by TEXT,
  PRIMARY KEY(node_key, sequence)
) WITHOUT ROWID;

CREATE TABLE job(
  job_id TEXT PRIMARY KEY,
  coop_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  work TEXT NOT NULL,
  state TEXT NOT NULL CHECK(state IN ('waiting', 'running', 'done', 'failed', 'stopped')),
  done INTEGER NOT NULL DEFAULT 0,
  total INTEGER NOT NULL DEFAULT 0,
  result TEXT,
  problem TEXT,
  asked_by TEXT NOT NULL,
  asked_at TEXT NOT NULL,
  started_at TEXT,
  ended_at TEXT
) WITHOUT ROWID;
CREATE INDEX job_by_state ON job(state, asked_at);

CREATE TABLE print_job(
  job_id TEXT PRIMARY KEY REFERENCES job,
  coop_id TEXT NOT NULL,
  node_key INTEGER NOT NULL,
  stock TEXT NOT NULL,
  first_cell INTEGER NOT NULL,
  first_sequence INTEGER NOT NULL,
  quantity INTEGER NOT NULL,
  base_url TEXT NOT NULL,
  label_text TEXT NOT NULL,
  entry_id TEXT NOT NULL,
  asked_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX print_job_by_lot ON print_job(node_key, first_sequence);
CREATE INDEX print_job_by_coop ON print_job(coop_id, asked_at);

CREATE TABLE account(
  account_id TEXT PRIMARY KEY,
  language TEXT,
  created_at TEXT NOT NULL,
  ended_at TEXT
) WITHOUT ROWID;

CREATE TABLE membership(
  membership_id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account,
  coop_id TEXT NOT NULL,
  role TEXT NOT NULL,
  party_id TEXT NOT NULL,
  created_at TEXT NOT NULL,
  ended_at TEXT
) WITHOUT ROWID;
CREATE INDEX membership_by_account ON membership(account_id);
CREATE INDEX membership_by_coop ON membership(coop_id);

CREATE TABLE invitation(
  token_hash TEXT PRIMARY KEY,
  coop_id TEXT NOT NULL,
  role TEXT NOT NULL,
  party_id TEXT NOT NULL,
  account_id TEXT,
  invited_by TEXT,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  used_at TEXT
) WITHOUT ROWID;
CREATE INDEX invitation_by_coop ON invitation(coop_id, created_at);

CREATE TABLE session(
  token_hash TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account,
  membership_id TEXT NOT NULL REFERENCES membership,
  device TEXT NOT NULL,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  revoked_at TEXT
) WITHOUT ROWID;
CREATE INDEX session_by_account ON session(account_id);

CREATE TABLE erasure(
  entry_id TEXT NOT NULL,
  path TEXT NOT NULL,
  erased_at TEXT NOT NULL,
  PRIMARY KEY(entry_id, path)
) WITHOUT ROWID;
