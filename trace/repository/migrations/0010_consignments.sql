-- Goods that one co-op sent to another on this server: a projection of shipping and receiving.

CREATE TABLE consignment(
  entry_index INTEGER NOT NULL,
  node_key INTEGER NOT NULL REFERENCES node,
  coop_id TEXT NOT NULL,
  receiver_coop_id TEXT NOT NULL,
  quantity TEXT NOT NULL,
  unit TEXT NOT NULL,
  received_by TEXT,
  PRIMARY KEY(node_key, entry_index)
) WITHOUT ROWID;
CREATE INDEX consignment_by_receiver ON consignment(receiver_coop_id, received_by, entry_index);
