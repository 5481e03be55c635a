-- name: add
INSERT INTO totals (use_case, strategy, one, other, number) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (use_case, strategy, one, other) DO UPDATE SET number = number + excluded.number;

-- name: use_up
DELETE FROM totals WHERE use_case = ?1 AND strategy = ?2 AND one = ?3 AND other = ?4 AND number = ?5;

-- name: subtract
UPDATE totals SET number = number - ?5 WHERE use_case = ?1 AND strategy = ?2 AND one = ?3 AND other = ?4 AND number > ?5;

-- name: total
SELECT one, other, number FROM totals WHERE use_case = ? AND strategy = ?;

-- name: drop_total
DELETE FROM totals WHERE use_case = ? AND strategy = ?;

-- name: formulas
SELECT strategy, formula FROM formulas WHERE use_case = ?;

-- name: put_formula
INSERT INTO formulas (use_case, strategy, formula) VALUES (?, ?, ?);

-- name: drop_formula
DELETE FROM formulas WHERE use_case = ? AND strategy = ?;

-- name: lesson
SELECT people, removal_since FROM lessons WHERE use_case = ?;

-- name: put_lesson
INSERT OR REPLACE INTO lessons (use_case, people, removal_since) VALUES (?, ?, ?);

-- name: note_change
INSERT INTO changed (use_case, mark) VALUES (?, ?) ON CONFLICT DO NOTHING;

-- name: changed
SELECT count(*) FROM changed WHERE use_case = ?;

-- name: model
SELECT packed, people, at FROM models WHERE use_case = ? AND strategy = ?;

-- name: withdraw
DELETE FROM models WHERE use_case = ?;

-- name: publish
INSERT INTO models (use_case, strategy, packed, people, at) VALUES (?, ?, ?, ?, ?);

-- name: forget_changes
DELETE FROM changed WHERE use_case = ?;

-- name: forget_removals
UPDATE lessons SET removal_since = NULL WHERE use_case = ?;
