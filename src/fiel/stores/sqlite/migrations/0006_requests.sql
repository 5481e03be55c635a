-- What people asked for under the law, sealed under their own keys.

CREATE TABLE requests (
  id BLOB PRIMARY KEY,
  lookup BLOB NOT NULL,
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX requests_by_person ON requests (lookup);
