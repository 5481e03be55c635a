-- name: api_key
SELECT document FROM api_keys WHERE digest = ?;

-- name: api_keys
SELECT document FROM api_keys ORDER BY name, digest;

-- name: put_api_key
INSERT OR REPLACE INTO api_keys (digest, name, document) VALUES (?, ?, ?);

-- name: answered
SELECT request, position, effects, at FROM answers WHERE key = ?;

-- name: answer
INSERT INTO answers (key, request, position, effects, at) VALUES (?, ?, ?, ?, ?);

-- name: forget_answers
DELETE FROM answers WHERE at < ?;

-- name: dropped
SELECT use_case, reason, number FROM dropped;

-- name: drop
INSERT INTO dropped (use_case, reason, number) VALUES (?, ?, ?)
ON CONFLICT (use_case, reason) DO UPDATE SET number = number + excluded.number;
