-- Calls of the shop's API that were sold, and the keys with which they are made.
CREATE TABLE allowances (
  order_id TEXT /* postgres: COLLATE "C" */ NOT NULL PRIMARY KEY REFERENCES orders (id),
  calls_left BIGINT NOT NULL CHECK (calls_left >= 0),
  last_call TEXT /* postgres: COLLATE "C" */
) /* sqlite: WITHOUT ROWID */;

CREATE TABLE api_keys (
  key_hash TEXT /* postgres: COLLATE "C" */ NOT NULL PRIMARY KEY CHECK (length(key_hash) = 64),
  buyer TEXT /* postgres: COLLATE "C" */ NOT NULL REFERENCES buyers (id),
  scope TEXT /* postgres: COLLATE "C" */ NOT NULL,
  created_at BIGINT NOT NULL,
  UNIQUE (buyer, scope)
);

CREATE TABLE api_calls (
  buyer TEXT /* postgres: COLLATE "C" */ NOT NULL REFERENCES buyers (id),
  idempotency_key TEXT /* postgres: COLLATE "C" */ NOT NULL,
  request_hash TEXT /* postgres: COLLATE "C" */ NOT NULL CHECK (length(request_hash) = 64),
  call TEXT /* postgres: COLLATE "C" */ NOT NULL,
  order_id TEXT /* postgres: COLLATE "C" */ NOT NULL REFERENCES orders (id),
  called_at BIGINT NOT NULL,
  PRIMARY KEY (buyer, idempotency_key)
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX api_calls_by_time ON api_calls (called_at);
