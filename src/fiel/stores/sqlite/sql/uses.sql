-- name: key
SELECT slot, key FROM compartments WHERE use_case = ? AND pseudonym = ?;

-- name: last
SELECT number FROM uses WHERE use_case = ? AND pseudonym = ? ORDER BY number DESC LIMIT 1;

-- name: record
INSERT INTO uses (use_case, pseudonym, number, id, sealed) VALUES (?, ?, ?, ?, ?);

-- name: forget_old
DELETE FROM uses WHERE use_case = ? AND pseudonym = ? AND number <= ?;

-- name: find
SELECT number, sealed FROM uses WHERE use_case = ? AND pseudonym = ? AND id = ?;

-- name: rewrite
UPDATE uses SET sealed = ? WHERE use_case = ? AND pseudonym = ? AND number = ?;

-- name: all
SELECT number, sealed FROM uses WHERE use_case = ? AND pseudonym = ? ORDER BY number DESC;
