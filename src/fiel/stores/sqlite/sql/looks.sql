-- name: person
SELECT slot, key FROM identities WHERE lookup = ?;

-- name: record
INSERT INTO looks (lookup, number, sealed) VALUES (?, ?, ?);

-- name: of
SELECT number, sealed FROM looks WHERE lookup = ?;
