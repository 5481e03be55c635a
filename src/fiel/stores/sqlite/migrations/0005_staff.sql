-- Who works for the controller: sealed accounts, the digests by which they are found, and the links that let them in.

CREATE TABLE staff (
  id BLOB PRIMARY KEY,
  sealed TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE staff_handles (
  handle BLOB PRIMARY KEY,
  id BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE staff_links (
  digest BLOB PRIMARY KEY,
  id BLOB NOT NULL,
  until INTEGER NOT NULL,
  invites INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
