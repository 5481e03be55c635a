-- name: key
SELECT slot, key FROM compartments WHERE use_case = ? AND pseudonym = ?;

-- name: last
SELECT number FROM uses WHERE log = ? ORDER BY number DESC LIMIT 1;

-- name: record
INSERT INTO uses (log, number, id, sealed) VALUES (?, ?, ?, ?);

-- name: forget_old
DELETE FROM uses WHERE log = ? AND number <= ?;

-- name: find
SELECT number, sealed FROM uses WHERE log = ? AND id = ?;

-- name: rewrite
UPDATE uses SET sealed = ? WHERE log = ? AND number = ?;

-- name: all
SELECT number, sealed FROM uses WHERE log = ? ORDER BY number DESC;
