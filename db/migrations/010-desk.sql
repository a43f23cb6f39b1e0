-- How the merchant gets into the desk: one-time links, the browsers that are signed in, and the forms that were sent there.
CREATE TABLE desk_links (
  code_hash TEXT NOT NULL PRIMARY KEY CHECK (length(code_hash) = 64),
  token_hash TEXT NOT NULL CHECK (length(token_hash) = 64),
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  session TEXT
);

CREATE TABLE desk_sessions (
  id TEXT NOT NULL PRIMARY KEY,
  secret_hash TEXT NOT NULL UNIQUE CHECK (length(secret_hash) = 64),
  token_hash TEXT NOT NULL CHECK (length(token_hash) = 64),
  signed_in_by TEXT NOT NULL CHECK (signed_in_by IN ('link', 'token')),
  browser TEXT,
  created_at BIGINT NOT NULL,
  used_at BIGINT NOT NULL,
  ended_at BIGINT,
  ended_by TEXT,
  CHECK ((ended_at IS NULL) = (ended_by IS NULL))
);

CREATE TABLE desk_forms (
  form TEXT NOT NULL PRIMARY KEY,
  spent_at BIGINT NOT NULL
);
CREATE INDEX desk_forms_by_time ON desk_forms (spent_at);
