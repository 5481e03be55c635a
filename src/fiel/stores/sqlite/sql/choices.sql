-- name: standing
SELECT veiled FROM standings WHERE use_case = ? AND pseudonym = ?;

-- name: stand
INSERT OR REPLACE INTO standings (use_case, pseudonym, veiled) VALUES (?, ?, ?);

-- name: clear
DELETE FROM standings WHERE use_case = ? AND pseudonym = ?;

-- name: places
SELECT pseudonym, veiled FROM standings WHERE use_case = ? AND pseudonym > ? ORDER BY pseudonym LIMIT ?;

-- name: person
SELECT slot, key FROM identities WHERE lookup = ?;

-- name: last_entry
SELECT max(number) FROM entries WHERE lookup = ?;

-- name: record
INSERT INTO entries (lookup, number, sealed) VALUES (?, ?, ?);

-- name: entries
SELECT number, sealed FROM entries WHERE lookup = ? ORDER BY number;

-- name: asked
SELECT veiled FROM asks WHERE use_case = ? AND pseudonym = ?;

-- name: ask
INSERT OR REPLACE INTO asks (use_case, pseudonym, veiled) VALUES (?, ?, ?);

-- name: clear_asks
DELETE FROM asks WHERE use_case = ? AND pseudonym = ?;
