-- What was measured last of each use case: figures of at least fifty people, or that there were too few.

CREATE TABLE measured (
  use_case TEXT PRIMARY KEY,
  document BLOB NOT NULL
) STRICT, WITHOUT ROWID;
