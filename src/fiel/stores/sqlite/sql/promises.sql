-- name: current
SELECT document FROM promise;

-- name: put
INSERT OR REPLACE INTO promise (one, document) VALUES (1, ?);

-- name: version
SELECT document FROM versions WHERE version = ? ORDER BY ordinal DESC LIMIT 1;

-- name: history
SELECT document FROM versions WHERE use_case = ? ORDER BY ordinal;

-- name: use_cases
SELECT DISTINCT use_case FROM versions ORDER BY use_case;

-- name: last
SELECT coalesce(max(ordinal), 0) FROM versions WHERE use_case = ?;

-- name: keep
INSERT INTO versions (use_case, ordinal, version, document) VALUES (?, ?, ?, ?);
