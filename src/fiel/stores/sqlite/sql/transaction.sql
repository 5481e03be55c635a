-- name: generation
SELECT number FROM generation;

-- name: grow
UPDATE generation SET number = max(number, ?) + 1 RETURNING number;

-- name: condemn
INSERT INTO pending (slot) VALUES (?) ON CONFLICT DO NOTHING;

-- name: clear
DELETE FROM pending WHERE slot = ?;

-- name: pending
SELECT slot FROM pending;

-- name: live
SELECT slot, key FROM identities
UNION ALL SELECT slot, key FROM compartments
UNION ALL SELECT slot, key FROM outbox WHERE slot IS NOT NULL;

-- name: clear_all
DELETE FROM pending;
