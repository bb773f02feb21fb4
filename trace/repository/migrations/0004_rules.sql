-- The ministry's list of banned substances, imported from a file by command: a truth of its own.
CREATE TABLE banned_substance(
  name TEXT PRIMARY KEY,
  name_en TEXT NOT NULL,
  scope TEXT NOT NULL,
  banned_from TEXT NOT NULL,
  notice TEXT NOT NULL,
  notice_date TEXT NOT NULL,
  source TEXT NOT NULL
) WITHOUT ROWID;
