-- name: find
SELECT slot, key, revision, sealed FROM compartments WHERE use_case = ? AND pseudonym = ?;

-- name: begin
INSERT INTO compartments (use_case, pseudonym, slot, key, revision, sealed) VALUES (?, ?, ?, ?, ?, ?);

-- name: rewrite
UPDATE compartments SET revision = ?, sealed = ? WHERE use_case = ? AND pseudonym = ?;

-- name: shred
DELETE FROM compartments WHERE use_case = ? AND pseudonym = ?;

-- name: shred_uses
DELETE FROM uses WHERE log = ?;

-- name: places
SELECT pseudonym FROM compartments WHERE use_case = ? AND pseudonym > ? ORDER BY pseudonym LIMIT ?;
