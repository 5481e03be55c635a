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

-- Looks by staff at one person's data, each sealed under that person's key.
CREATE TABLE looks (
  lookup BLOB NOT NULL,
  number INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (lookup, number)
) STRICT, WITHOUT ROWID;
