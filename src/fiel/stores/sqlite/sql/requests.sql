-- name: person
SELECT slot, key FROM identities WHERE lookup = ?;

-- name: put
INSERT INTO requests (id, lookup, sealed) VALUES (?, ?, ?)
ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed;

-- name: of
SELECT requests.id, requests.lookup, identities.slot, identities.key, requests.sealed
FROM requests JOIN identities ON identities.lookup = requests.lookup
WHERE requests.lookup = ?;

-- name: find
SELECT requests.id, requests.lookup, identities.slot, identities.key, requests.sealed
FROM requests JOIN identities ON identities.lookup = requests.lookup
WHERE requests.id = ?;

-- name: page
SELECT requests.id, requests.lookup, identities.slot, identities.key, requests.sealed
FROM requests JOIN identities ON identities.lookup = requests.lookup
WHERE requests.id > ? ORDER BY requests.id LIMIT ?;
