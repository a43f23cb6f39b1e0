-- A doctor's round trip: what has arrived at the shop of a body whose SHA-256 this is.
CREATE TABLE probes (
  sha256 TEXT /* postgres: COLLATE "C" */ NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
  expires_at BIGINT NOT NULL,
  seen_at BIGINT,
  arrived_at BIGINT,
  method TEXT,
  content_type TEXT,
  length BIGINT,
  client TEXT,
  peer TEXT
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX probes_open ON probes (expires_at) WHERE arrived_at IS NULL;
