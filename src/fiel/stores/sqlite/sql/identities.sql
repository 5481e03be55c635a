-- name: find
SELECT slot, key, revision, sealed FROM identities WHERE lookup = ?;

-- name: put
INSERT INTO identities (lookup, slot, key, revision, sealed) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (lookup) DO UPDATE SET revision = excluded.revision, sealed = excluded.sealed;

-- name: remove
DELETE FROM identities WHERE lookup = ?;

-- name: remove_entries
DELETE FROM entries WHERE lookup = ?;

-- name: remove_requests
DELETE FROM requests WHERE lookup = ?;

-- name: page
SELECT lookup, slot, key, revision, sealed FROM identities WHERE lookup > ? ORDER BY lookup LIMIT ?;

-- name: is_suppressed
SELECT 1 FROM suppressed WHERE tag = ?;

-- name: suppress
INSERT INTO suppressed (tag, day) VALUES (?, ?) ON CONFLICT (tag) DO UPDATE SET day = excluded.day;

-- name: lift
DELETE FROM suppressed WHERE tag = ?;
