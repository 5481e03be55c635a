-- name: size
SELECT coalesce(max(position) + 1, 0) FROM leaves;

-- name: append
INSERT INTO leaves (position, leaf) VALUES (?, ?);

-- name: grow
INSERT INTO nodes (level, place, hash) VALUES (?, ?, ?);

-- name: leaf
SELECT leaf FROM leaves WHERE position = ?;

-- name: node
SELECT hash FROM nodes WHERE level = ? AND place = ?;
