-- name: account
SELECT sealed FROM staff WHERE id = ?;

-- name: accounts
SELECT id, sealed FROM staff ORDER BY id;

-- name: put
INSERT INTO staff (id, sealed) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed;

-- name: called
SELECT id FROM staff_handles WHERE handle = ?;

-- name: call
INSERT INTO staff_handles (handle, id) VALUES (?, ?);

-- name: uncall
DELETE FROM staff_handles WHERE id = ?;

-- name: link
SELECT id, until, invites FROM staff_links WHERE digest = ?;

-- name: put_link
INSERT INTO staff_links (digest, id, until, invites) VALUES (?, ?, ?, ?)
ON CONFLICT (digest) DO UPDATE SET id = excluded.id, until = excluded.until, invites = excluded.invites;

-- name: drop_links
DELETE FROM staff_links WHERE id = ?;
