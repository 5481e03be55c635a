-- What waits to be told, where to, and when somebody was asked.

-- Addresses for notices, sealed under the person's key and found by a keyed tag.
CREATE TABLE contacts (
  lookup BLOB PRIMARY KEY,
  tag BLOB NOT NULL,
  revision INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX contacts_by_tag ON contacts (tag, lookup);

-- When somebody was last asked for a yes.
CREATE TABLE asks (
  use_case TEXT NOT NULL,
  pseudonym BLOB NOT NULL,
  veiled BLOB NOT NULL,
  PRIMARY KEY (use_case, pseudonym)
) STRICT, WITHOUT ROWID;

-- What waits to be told: sealed under the key of the person, or, where nobody is named, under one of its own. Instants
-- are no finer than a minute where they are of what is told, or they would say which leaf of the ledger is whose.
CREATE TABLE outbox (
  lane BLOB NOT NULL,
  number INTEGER NOT NULL,
  person BLOB,
  slot INTEGER,
  key BLOB,
  sealed BLOB NOT NULL,
  since INTEGER NOT NULL,
  due INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  why TEXT NOT NULL,
  given_up INTEGER,
  claim BLOB NOT NULL,
  leased INTEGER NOT NULL,
  PRIMARY KEY (lane, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX outbox_by_person ON outbox (person);

CREATE INDEX outbox_by_due ON outbox (due);
