-- Projections of the ledger: filled in the transaction of their entry, rebuilt only to be compared.
-- A node is a planting, lot, input lot or package: what lineage, holds and recalls run through.

CREATE TABLE node(
  node_key INTEGER PRIMARY KEY,
  node_id TEXT NOT NULL UNIQUE,
  coop_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK(kind IN ('planting', 'lot', 'input_lot', 'package')),
  entry_index INTEGER NOT NULL,
  revision INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX node_by_coop ON node(coop_id, kind, node_key);

CREATE TABLE planting(
  node_key INTEGER PRIMARY KEY REFERENCES node,
  coop_id TEXT NOT NULL,
  plot_id TEXT NOT NULL,
  product_id TEXT NOT NULL,
  variety TEXT NOT NULL,
  area_mu TEXT,
  started_on TEXT NOT NULL
);
CREATE INDEX planting_by_plot ON planting(coop_id, plot_id);

CREATE TABLE lot(
  node_key INTEGER PRIMARY KEY REFERENCES node,
  coop_id TEXT NOT NULL,
  lot_number TEXT NOT NULL,
  code TEXT NOT NULL UNIQUE,
  made_by TEXT NOT NULL,
  product_id TEXT,
  input_id TEXT,
  name TEXT,
  name_en TEXT,
  quantity TEXT NOT NULL,
  unit TEXT NOT NULL,
  unit_mass_kg TEXT,
  packed_quantity INTEGER,
  traceability_lot_code TEXT,
  supplier_id TEXT,
  supplier_lot_number TEXT,
  supplier_certificate TEXT,
  expires_on TEXT,
  made_on TEXT NOT NULL,
  UNIQUE(coop_id, lot_number)
);
CREATE INDEX lot_by_day ON lot(coop_id, made_on);

CREATE TABLE lineage(
  child_key INTEGER NOT NULL,
  parent_key INTEGER NOT NULL,
  entry_index INTEGER NOT NULL,
  taken_at TEXT NOT NULL,
  quantity TEXT,
  unit TEXT,
  PRIMARY KEY(child_key, parent_key, entry_index)
) WITHOUT ROWID;
CREATE INDEX lineage_forward ON lineage(parent_key, child_key);

CREATE TABLE event(
  entry_index INTEGER PRIMARY KEY,
  entry_id TEXT NOT NULL UNIQUE,
  coop_id TEXT NOT NULL,
  event_type TEXT NOT NULL,
  event_time TEXT NOT NULL,
  event_utc TEXT NOT NULL,
  event_date TEXT NOT NULL,
  precision TEXT NOT NULL,
  record_time TEXT NOT NULL,
  is_late INTEGER NOT NULL,
  performed_by TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  submission_id TEXT,
  what TEXT NOT NULL,
  already_happened INTEGER NOT NULL DEFAULT 0,
  breaches TEXT NOT NULL DEFAULT '[]',
  replaces TEXT,
  declared_wrong_by TEXT
);
CREATE INDEX event_by_coop ON event(coop_id, event_date, entry_index);
CREATE INDEX event_by_recorder ON event(coop_id, recorded_by, entry_index);

CREATE TABLE event_node(
  node_key INTEGER NOT NULL,
  entry_index INTEGER NOT NULL,
  role TEXT NOT NULL,
  quantity TEXT,
  unit TEXT,
  PRIMARY KEY(node_key, entry_index, role)
) WITHOUT ROWID;
CREATE INDEX event_node_by_entry ON event_node(entry_index);

CREATE TABLE event_file(
  entry_index INTEGER NOT NULL,
  position INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  purpose TEXT NOT NULL,
  PRIMARY KEY(entry_index, position)
) WITHOUT ROWID;
CREATE INDEX event_file_by_hash ON event_file(sha256);

CREATE TABLE inspection(
  entry_index INTEGER PRIMARY KEY,
  coop_id TEXT NOT NULL,
  inspection_kind TEXT NOT NULL,
  passed INTEGER NOT NULL,
  vouched_by TEXT NOT NULL,
  report_number TEXT,
  laboratory_id TEXT,
  sampled_on TEXT,
  valid_until TEXT
);

CREATE TABLE inspection_plot(
  plot_id TEXT NOT NULL,
  entry_index INTEGER NOT NULL,
  coop_id TEXT NOT NULL,
  PRIMARY KEY(plot_id, entry_index)
) WITHOUT ROWID;

CREATE TABLE hold(
  entry_index INTEGER NOT NULL,
  node_key INTEGER NOT NULL,
  coop_id TEXT NOT NULL,
  rule TEXT NOT NULL,
  lifted_by TEXT,
  PRIMARY KEY(node_key, entry_index)
) WITHOUT ROWID;

CREATE TABLE recall(
  entry_index INTEGER NOT NULL,
  node_key INTEGER NOT NULL,
  coop_id TEXT NOT NULL,
  closed_by TEXT,
  PRIMARY KEY(node_key, entry_index)
) WITHOUT ROWID;

CREATE TABLE declared(
  entry_index INTEGER PRIMARY KEY,
  entry_id TEXT NOT NULL UNIQUE,
  coop_id TEXT NOT NULL,
  noun TEXT NOT NULL,
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  record_time TEXT NOT NULL,
  is_current INTEGER NOT NULL DEFAULT 1,
  is_retired INTEGER NOT NULL DEFAULT 0,
  fields TEXT NOT NULL,
  UNIQUE(noun, id, version)
);
CREATE INDEX declared_current ON declared(coop_id, noun, is_current);
CREATE INDEX declared_by_id ON declared(noun, id, is_current);
