-- The tables as they are today; equal to all of `migrations/` applied in order.
--
-- What is called `sealed` opens only with its key, which lies in a slot outside of this file; what is called `veiled`,
-- only with a key of its use case, which is derived and lies nowhere. WITHOUT ROWID: a hidden row number would tell in
-- which order people came, and deleted rows would leave more behind.

CREATE TABLE migrations (
  number INTEGER PRIMARY KEY,
  checksum BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE generation (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  number INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- People

CREATE TABLE identities (
  lookup BLOB PRIMARY KEY,
  slot INTEGER NOT NULL,
  key BLOB NOT NULL,
  revision INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE entries (
  lookup BLOB NOT NULL,
  number INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (lookup, number)
) STRICT, WITHOUT ROWID;

-- What people asked for under the law.
CREATE TABLE requests (
  id BLOB PRIMARY KEY,
  lookup BLOB NOT NULL,
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX requests_by_person ON requests (lookup);

CREATE TABLE suppressed (
  tag BLOB PRIMARY KEY,
  day TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE standings (
  use_case TEXT NOT NULL,
  pseudonym BLOB NOT NULL,
  veiled BLOB NOT NULL,
  PRIMARY KEY (use_case, pseudonym)
) STRICT, WITHOUT ROWID;

CREATE TABLE compartments (
  use_case TEXT NOT NULL,
  pseudonym BLOB NOT NULL,
  slot INTEGER NOT NULL,
  key BLOB NOT NULL,
  revision INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (use_case, pseudonym)
) STRICT, WITHOUT ROWID;

-- A log has a keyed name of its own: how many uses a compartment has would tell whose it is.
CREATE TABLE uses (
  log BLOB NOT NULL,
  number INTEGER NOT NULL,
  id BLOB NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (log, number)
) STRICT, WITHOUT ROWID;

-- Slots whose keys are condemned: what needed them is deleted, and they are zeroed next.
CREATE TABLE pending (
  slot INTEGER PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- The ledger

CREATE TABLE leaves (
  position INTEGER PRIMARY KEY,
  leaf BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE nodes (
  level INTEGER NOT NULL,
  place INTEGER NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (level, place)
) STRICT, WITHOUT ROWID;

-- What is learnt

CREATE TABLE totals (
  use_case TEXT NOT NULL,
  strategy TEXT NOT NULL,
  one TEXT NOT NULL,
  other TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number >= 0),
  PRIMARY KEY (use_case, strategy, one, other)
) STRICT, WITHOUT ROWID;

-- By which formula a total was made: none is subtracted from by another.
CREATE TABLE formulas (
  use_case TEXT NOT NULL,
  strategy TEXT NOT NULL,
  formula TEXT NOT NULL,
  PRIMARY KEY (use_case, strategy)
) STRICT, WITHOUT ROWID;

CREATE TABLE lessons (
  use_case TEXT PRIMARY KEY,
  people INTEGER NOT NULL CHECK (people >= 0),
  removal_since INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE changed (
  use_case TEXT NOT NULL,
  mark BLOB NOT NULL,
  PRIMARY KEY (use_case, mark)
) STRICT, WITHOUT ROWID;

CREATE TABLE models (
  use_case TEXT NOT NULL,
  strategy TEXT NOT NULL,
  packed BLOB NOT NULL,
  people INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (use_case, strategy)
) STRICT, WITHOUT ROWID;

-- The company

CREATE TABLE items (
  id TEXT PRIMARY KEY,
  place INTEGER NOT NULL UNIQUE,
  document BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE promise (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  document BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE versions (
  use_case TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  version TEXT NOT NULL,
  document BLOB NOT NULL,
  PRIMARY KEY (use_case, ordinal)
) STRICT, WITHOUT ROWID;

CREATE INDEX versions_by_digest ON versions (version, ordinal);

CREATE TABLE api_keys (
  digest BLOB PRIMARY KEY,
  name TEXT NOT NULL,
  document BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE answers (
  key BLOB PRIMARY KEY,
  request BLOB NOT NULL,
  position INTEGER NOT NULL,
  effects TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE dropped (
  use_case TEXT NOT NULL,
  reason TEXT NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (use_case, reason)
) STRICT, WITHOUT ROWID;

-- What was measured

CREATE TABLE measured (
  use_case TEXT PRIMARY KEY,
  document BLOB NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO generation (one, number) VALUES (1, 0);
