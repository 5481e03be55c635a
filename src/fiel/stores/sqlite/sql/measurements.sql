-- name: put
INSERT INTO measured (use_case, document) VALUES (?, ?)
ON CONFLICT (use_case) DO UPDATE SET document = excluded.document;

-- name: of
SELECT document FROM measured WHERE use_case = ?;
