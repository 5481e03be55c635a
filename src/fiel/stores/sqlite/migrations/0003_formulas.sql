-- By which formula each total was made. Of those that are there nobody knows, so they are added up again.

CREATE TABLE formulas (
  use_case TEXT NOT NULL,
  strategy TEXT NOT NULL,
  formula TEXT NOT NULL,
  PRIMARY KEY (use_case, strategy)
) STRICT, WITHOUT ROWID;

INSERT INTO formulas (use_case, strategy, formula) SELECT DISTINCT use_case, strategy, '' FROM totals;
