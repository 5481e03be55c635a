-- name: applied
SELECT number, checksum FROM migrations ORDER BY number;

-- name: apply
INSERT INTO migrations (number, checksum) VALUES (?, ?);
