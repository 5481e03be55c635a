-- name: put
INSERT INTO items (id, place, document) VALUES (?, (SELECT coalesce(max(place) + 1, 0) FROM items), ?)
ON CONFLICT (id) DO UPDATE SET document = excluded.document;

-- name: get
SELECT document FROM items WHERE id = ?;

-- name: all
SELECT document FROM items ORDER BY place;
