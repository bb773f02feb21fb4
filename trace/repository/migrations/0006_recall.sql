-- A recall's news and the customers' answers: a projection of the ledger.

CREATE TABLE recall_follow_up(
  entry_index INTEGER PRIMARY KEY,
  recall_id TEXT NOT NULL,
  coop_id TEXT NOT NULL,
  event_type TEXT NOT NULL,
  customer_id TEXT
);
CREATE INDEX recall_follow_up_by_recall ON recall_follow_up(recall_id, coop_id);

-- Truths of their own: whom somebody tried to reach, the customers' links, and drills.

CREATE TABLE recall_contact(
  contact_id TEXT PRIMARY KEY,
  recall_id TEXT NOT NULL,
  coop_id TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK(outcome IN ('called', 'written_to', 'nobody_reached')),
  happened_at TEXT NOT NULL,
  party_id TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX recall_contact_by_recall ON recall_contact(recall_id, coop_id);

CREATE TABLE recall_link(
  token_hash TEXT PRIMARY KEY,
  recall_id TEXT NOT NULL,
  coop_id TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX recall_link_by_recall ON recall_link(recall_id, coop_id);

CREATE TABLE drill(
  drill_id TEXT PRIMARY KEY,
  coop_id TEXT NOT NULL,
  asked TEXT NOT NULL,
  started_at TEXT NOT NULL,
  started_by TEXT NOT NULL,
  finished_at TEXT,
  finished_by TEXT,
  figures TEXT
) WITHOUT ROWID;
CREATE INDEX drill_by_coop ON drill(coop_id, started_at);

CREATE TABLE drill_step(
  drill_id TEXT NOT NULL REFERENCES drill,
  step TEXT NOT NULL,
  done_at TEXT NOT NULL,
  done_by TEXT NOT NULL,
  PRIMARY KEY(drill_id, step)
) WITHOUT ROWID;
