-- The whole picture, for the reader. The database itself is made by db/migrations; a test builds one both
-- ways and compares. SQLite and PostgreSQL read the same text: TEXT, BIGINT for whole numbers, milliseconds
-- since 1970 UTC for instants. Facts are rows: being paid is a row in payments, not a flag on an order. A comment
-- that begins with an engine's name and a colon is SQL for that engine only: see docs/databases.md.

-- A fact about the database itself: the mode (sandbox or live) that it belongs to.
CREATE TABLE meta (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
);

-- A file of db/migrations that ran here, with the SHA-256 of its text. ran_at is NULL for those that ran before
-- this table existed. The table is made before the first of them: see db/engines/migration-records.ts.
CREATE TABLE migrations (
  name TEXT NOT NULL PRIMARY KEY,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  ran_at BIGINT
);

-- Somebody who may hold things.
CREATE TABLE buyers (
  id TEXT NOT NULL PRIMARY KEY,
  created_at BIGINT NOT NULL
);

-- A browser of a buyer. Only the SHA-256 of its secret is here: a stolen database logs nobody in.
CREATE TABLE sessions (
  secret_hash TEXT NOT NULL PRIMARY KEY CHECK (length(secret_hash) = 64),
  buyer TEXT NOT NULL REFERENCES buyers (id),
  created_at BIGINT NOT NULL
);

-- An intent of ours, written before the sequencer hears of it. The client secret is kept until the order is
-- paid, and only until then; confirmed_at says that the sequencer visibly accepted our own request, after
-- which it refuses other details for the same intent.
CREATE TABLE orders (
  intent TEXT NOT NULL PRIMARY KEY,
  buyer TEXT NOT NULL REFERENCES buyers (id),
  product TEXT NOT NULL,
  title TEXT NOT NULL,
  hundredths BIGINT NOT NULL CHECK (hundredths > 0),
  currency TEXT NOT NULL CHECK (length(currency) = 3 AND currency = lower(currency)),
  destination TEXT NOT NULL,
  client_secret TEXT,
  created_at BIGINT NOT NULL,
  confirmed_at BIGINT,
  next_check_at BIGINT
);
CREATE INDEX orders_due ON orders (next_check_at) WHERE next_check_at IS NOT NULL;
CREATE INDEX orders_unpaid ON orders (buyer, product, created_at) WHERE client_secret IS NOT NULL;

-- The order that a buyer would pay now. Claimed before the order itself is written, in the same unit of work, so that
-- two tabs' first orders meet here. Hence no reference to orders: a deferred one costs an index in the order of intents.
CREATE TABLE open_orders (
  buyer TEXT NOT NULL REFERENCES buyers (id),
  product TEXT NOT NULL,
  intent TEXT NOT NULL,
  offered_at BIGINT NOT NULL,
  PRIMARY KEY (buyer, product)
);

-- A buyer who has an order: who ordered it, or who redeemed it in another browser.
CREATE TABLE holders (
  intent TEXT NOT NULL REFERENCES orders (intent),
  buyer TEXT NOT NULL REFERENCES buyers (id),
  since_at BIGINT NOT NULL,
  how TEXT NOT NULL CHECK (how IN ('ordered', 'redeemed')),
  PRIMARY KEY (intent, buyer)
);
CREATE INDEX holders_of_buyer ON holders (buyer);

-- A redemption code that was given out, as its SHA-256.
CREATE TABLE redemptions (
  code_hash TEXT NOT NULL PRIMARY KEY CHECK (length(code_hash) = 64),
  intent TEXT NOT NULL REFERENCES orders (intent),
  created_at BIGINT NOT NULL
);

-- A paid order. Quarks, exchange rate and Code's user are known from a webhook only; one that arrives
-- after a status has paid fills them in.
CREATE TABLE payments (
  intent TEXT NOT NULL PRIMARY KEY REFERENCES orders (intent),
  proof TEXT NOT NULL CHECK (proof IN ('webhook', 'status')),
  quarks BIGINT,
  exchange_rate DOUBLE PRECISION,
  code_user TEXT,
  paid_at BIGINT NOT NULL
);

-- A right to a product. The key is the gate's index.
CREATE TABLE entitlements (
  buyer TEXT NOT NULL REFERENCES buyers (id),
  product TEXT NOT NULL,
  intent TEXT NOT NULL REFERENCES payments (intent),
  valid_from BIGINT NOT NULL,
  valid_until BIGINT CHECK (valid_until > valid_from),
  PRIMARY KEY (buyer, product, intent)
);

-- The content of a verified delivery. The same content delivered again is the same row, seen once more.
CREATE TABLE events (
  digest TEXT NOT NULL PRIMARY KEY CHECK (length(digest) = 64),
  intent TEXT,
  jws TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('applied', 'duplicate', 'unmatched', 'mismatched', 'test')),
  first_seen_at BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  times_seen BIGINT NOT NULL CHECK (times_seen > 0)
);
CREATE INDEX events_of_intent ON events (intent) WHERE outcome = 'mismatched';
CREATE INDEX events_of_nobody ON events (last_seen_at) WHERE outcome IN ('unmatched', 'test');

-- Work that one instance does for all of them, until its time is up: others may then take it.
CREATE TABLE leases (
  name TEXT NOT NULL PRIMARY KEY,
  holder TEXT NOT NULL,
  until_at BIGINT NOT NULL
);
