-- The state of the sandbox. Facts are rows: a paid request has a submission, a delivered webhook an attempt with 200.
-- Times are milliseconds since 1970 UTC, amounts are hundredths.

CREATE TABLE requests (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, -- order of arrival; the oldest are dropped
  intent TEXT NOT NULL UNIQUE,
  currency TEXT, -- this and the next two are NULL if only a login is requested
  hundredths INTEGER CHECK (hundredths > 0),
  destination TEXT,
  domain TEXT,
  verifier TEXT, -- who requests a login; NULL if nobody does
  created_at INTEGER NOT NULL,
  CHECK ((currency IS NULL) = (hundredths IS NULL) AND (currency IS NULL) = (destination IS NULL)),
  CHECK (currency IS NOT NULL OR verifier IS NOT NULL),
  CHECK (verifier IS NULL OR domain IS NOT NULL)
) STRICT;

CREATE TABLE fees (
  intent TEXT NOT NULL REFERENCES requests (intent) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  destination TEXT NOT NULL,
  basis_points INTEGER NOT NULL,
  PRIMARY KEY (intent, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE scans (
  intent TEXT NOT NULL PRIMARY KEY REFERENCES requests (intent) ON DELETE CASCADE,
  scanned_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE rejections (
  intent TEXT NOT NULL PRIMARY KEY REFERENCES requests (intent) ON DELETE CASCADE,
  rejected_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE submissions (
  intent TEXT NOT NULL PRIMARY KEY REFERENCES requests (intent) ON DELETE CASCADE,
  user TEXT NOT NULL, -- who paid or logged in: the base58 key of a test user
  submitted_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE webhooks (
  intent TEXT NOT NULL PRIMARY KEY REFERENCES requests (intent) ON DELETE CASCADE,
  url TEXT NOT NULL,
  registered_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The balances of the test users.
CREATE TABLE balances (
  user TEXT NOT NULL PRIMARY KEY, -- base58
  kin INTEGER NOT NULL CHECK (kin >= 0)
) STRICT, WITHOUT ROWID;

-- One event on its way to one URL. A delivery outlives its request, so there is no reference.
CREATE TABLE deliveries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('payment', 'login', 'test')),
  intent TEXT, -- NULL for a test event
  url TEXT NOT NULL,
  token TEXT NOT NULL, -- the signed JWS
  created_at INTEGER NOT NULL,
  next_at INTEGER -- when the next attempt starts; NULL once delivered or given up
) STRICT;

CREATE INDEX deliveries_by_intent ON deliveries (intent) WHERE intent IS NOT NULL;
CREATE INDEX deliveries_by_next_at ON deliveries (next_at) WHERE next_at IS NOT NULL;

-- The messages about an intent. There may be some without a request, such as a refused one, so there is no reference.
CREATE TABLE traces (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, -- order in which they began; the oldest are dropped
  intent TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE lines (
  trace INTEGER NOT NULL REFERENCES traces (seq) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  said_at INTEGER NOT NULL,
  speaker TEXT NOT NULL,
  listener TEXT NOT NULL,
  says TEXT NOT NULL,
  answer TEXT, -- NULL if nothing is answered
  well INTEGER NOT NULL CHECK (well IN (0, 1)), -- 0 for a failure, a rejection or a fault
  claims TEXT, -- of a webhook, as JSON
  times INTEGER NOT NULL DEFAULT 1, -- how many equal messages in a row
  last_at INTEGER NOT NULL,
  PRIMARY KEY (trace, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE attempts (
  delivery INTEGER NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  duration_ms INTEGER, -- NULL while under way, or if the sandbox was stopped meanwhile
  status INTEGER, -- NULL if there was no answer
  answer TEXT, -- its first characters, or why there was none; NULL while under way
  answered_by TEXT, -- method and URL, if the request was redirected
  PRIMARY KEY (delivery, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX attempts_under_way ON attempts (delivery) WHERE answer IS NULL;
