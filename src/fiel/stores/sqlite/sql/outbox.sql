-- name: person
SELECT slot, key FROM identities WHERE lookup = ?;

-- name: last
SELECT max(number) FROM outbox WHERE lane = ?;

-- name: put
INSERT INTO outbox (lane, number, person, slot, key, sealed, since, due, tries, why, given_up, claim, leased)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, '', NULL, x'', 0);

-- name: ready
SELECT lane FROM outbox AS first
WHERE due <= ?1 AND leased <= ?1 AND given_up IS NULL
  AND NOT EXISTS (
    SELECT 1 FROM outbox AS before
    WHERE before.lane = first.lane AND before.number < first.number AND before.given_up IS NULL
  )
ORDER BY due LIMIT ?2;

-- name: waiting
SELECT lane, number, person, slot, key, sealed, since, due, tries, why, given_up, claim FROM outbox
WHERE lane = ? AND given_up IS NULL ORDER BY number LIMIT ?;

-- name: take
UPDATE outbox SET claim = ?1, leased = ?2 WHERE lane = ?3 AND number <= ?4 AND given_up IS NULL;

-- name: held
SELECT slot, key FROM outbox WHERE lane = ? AND number = ? AND claim = ?;

-- name: remove
DELETE FROM outbox WHERE lane = ? AND number = ?;

-- name: put_off
UPDATE outbox SET due = ?4, tries = tries + ?5, why = CASE WHEN ?6 = '' THEN why ELSE ?6 END, claim = x'', leased = 0
WHERE lane = ?1 AND number = ?2 AND claim = ?3;

-- name: release
UPDATE outbox SET claim = x'', leased = 0 WHERE lane = ? AND claim = ?;

-- name: give_up
UPDATE outbox SET given_up = ?4, tries = tries + 1, why = ?5, claim = x'', leased = 0
WHERE lane = ?1 AND number = ?2 AND claim = ?3;

-- name: unsent
SELECT lane, number, person, slot, key, sealed, since, due, tries, why, given_up, claim FROM outbox
WHERE tries > 0 ORDER BY since, lane, number LIMIT ?;

-- name: find
SELECT lane, number, person, slot, key, sealed, since, due, tries, why, given_up, claim FROM outbox
WHERE lane = ? AND number = ?;

-- name: given_up
SELECT 1 FROM outbox WHERE lane = ? AND number = ? AND given_up IS NOT NULL;

-- name: retry
UPDATE outbox SET given_up = NULL, since = ?3, due = ?3 WHERE lane = ?1 AND number = ?2;

-- name: old
SELECT lane, number, slot, key FROM outbox WHERE given_up < ?;

-- name: next_due
SELECT min(due) FROM outbox WHERE given_up IS NULL;
