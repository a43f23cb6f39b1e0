-- Alerts on their way to the merchant's webhook, and the times in which Code was down.
CREATE TABLE outbox (
  id TEXT NOT NULL PRIMARY KEY,
  type TEXT NOT NULL,
  subject TEXT NOT NULL,
  announced_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL DEFAULT 0,
  next_attempt_at BIGINT,
  last_failure TEXT,
  last_answer TEXT,
  delivered_at BIGINT,
  failed_at BIGINT,
  dismissed_at BIGINT,
  CHECK (next_attempt_at IS NULL OR (delivered_at IS NULL AND failed_at IS NULL))
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX outbox_due ON outbox (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX outbox_delivered ON outbox (delivered_at) WHERE delivered_at IS NOT NULL;
CREATE INDEX outbox_failed ON outbox (failed_at) WHERE failed_at IS NOT NULL AND dismissed_at IS NULL;

CREATE TABLE outages (
  id TEXT NOT NULL PRIMARY KEY,
  service TEXT NOT NULL,
  began_at BIGINT NOT NULL,
  last_failed_at BIGINT NOT NULL,
  ended_at BIGINT
) /* sqlite: WITHOUT ROWID */;
CREATE UNIQUE INDEX outages_open ON outages (service) WHERE ended_at IS NULL;
