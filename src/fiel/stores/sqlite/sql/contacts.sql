-- name: person
SELECT slot, key FROM identities WHERE lookup = ?;

-- name: find
SELECT revision, sealed FROM contacts WHERE lookup = ?;

-- name: put
INSERT OR REPLACE INTO contacts (lookup, tag, revision, sealed) VALUES (?, ?, ?, ?);

-- name: remove
DELETE FROM contacts WHERE lookup = ?;

-- name: at
SELECT lookup FROM contacts WHERE tag = ? ORDER BY lookup;

-- name: page
SELECT lookup FROM contacts WHERE lookup > ? ORDER BY lookup LIMIT ?;
