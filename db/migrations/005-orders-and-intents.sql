-- An order is not an intent: orders get ids of their own, and an order may have several intents, each of which can be
-- paid. What an order gives is a grant of its own, what a payment brought stands beside it, and a right has a scope and
-- local days in place of a product and instants. An order from before keeps its intent as its id.
-- A large database is brought over in minutes. Each old table goes as soon as its rows have a new place, so that the next
-- ones fill its pages. Rows are written in the order of their keys (where SQLite would find that order in an index, it
-- would read the rows at random, hence the +), and all other indexes are made afterwards.

-- SQLite renames the old tables. In PostgreSQL, their constraints would keep their names from the new ones.
/* sqlite:
DROP INDEX orders_due;
DROP INDEX orders_unpaid;
DROP INDEX holders_of_buyer;
DROP INDEX events_of_intent;
DROP INDEX events_of_nobody;
ALTER TABLE orders RENAME TO kept_orders;
ALTER TABLE open_orders RENAME TO kept_open_orders;
ALTER TABLE holders RENAME TO kept_holders;
ALTER TABLE redemptions RENAME TO kept_redemptions;
ALTER TABLE payments RENAME TO kept_payments;
ALTER TABLE entitlements RENAME TO kept_entitlements;
ALTER TABLE events RENAME TO kept_events;
*/
/* postgres:
CREATE TABLE kept_orders AS SELECT * FROM orders;
CREATE TABLE kept_open_orders AS SELECT * FROM open_orders;
CREATE TABLE kept_holders AS SELECT * FROM holders;
CREATE TABLE kept_redemptions AS SELECT * FROM redemptions;
CREATE TABLE kept_payments AS SELECT * FROM payments;
CREATE TABLE kept_entitlements AS SELECT * FROM entitlements;
CREATE TABLE kept_events AS SELECT * FROM events;
DROP TABLE entitlements;
DROP TABLE payments;
DROP TABLE redemptions;
DROP TABLE holders;
DROP TABLE open_orders;
DROP TABLE events;
DROP TABLE orders;
*/

CREATE TABLE events (
  digest TEXT NOT NULL PRIMARY KEY CHECK (length(digest) = 64),
  type TEXT NOT NULL CHECK (type IN ('payment', 'login', 'test', 'other')),
  intent TEXT,
  currency TEXT,
  hundredths BIGINT,
  destination TEXT,
  state TEXT,
  quarks BIGINT,
  exchange_rate DOUBLE PRECISION,
  code_user TEXT,
  jws TEXT NOT NULL,
  verdict TEXT NOT NULL
    CHECK (verdict IN ('applied', 'duplicate', 'unmatched', 'orphaned', 'mismatched', 'login', 'test')),
  first_seen_at BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  times_seen BIGINT NOT NULL CHECK (times_seen > 0)
);
INSERT INTO events (digest, type, intent, jws, verdict, first_seen_at, last_seen_at, times_seen)
SELECT digest, CASE WHEN outcome = 'test' THEN 'test' WHEN intent IS NULL THEN 'other' ELSE 'payment' END, intent, jws,
  outcome, first_seen_at, last_seen_at, times_seen
FROM kept_events ORDER BY /* sqlite: + */ digest;
CREATE INDEX events_of_intent ON events (intent) WHERE verdict = 'mismatched';
CREATE INDEX events_of_nobody ON events (last_seen_at) WHERE verdict IN ('unmatched', 'login', 'test');
DROP TABLE kept_events;

CREATE TABLE orders (
  id TEXT NOT NULL PRIMARY KEY,
  buyer TEXT NOT NULL REFERENCES buyers (id),
  product TEXT NOT NULL,
  kind TEXT,
  title TEXT NOT NULL,
  list_hundredths BIGINT NOT NULL CHECK (list_hundredths >= 0),
  hundredths BIGINT NOT NULL CHECK (hundredths >= 0),
  currency TEXT NOT NULL CHECK (length(currency) = 3 AND currency = lower(currency)),
  created_at BIGINT NOT NULL
) /* sqlite: WITHOUT ROWID */;
INSERT INTO orders (id, buyer, product, kind, title, list_hundredths, hundredths, currency, created_at)
SELECT intent, buyer, product, NULL, title, hundredths, hundredths, currency, created_at
FROM kept_orders ORDER BY /* sqlite: + */ intent;
CREATE INDEX orders_of_buyer ON orders (buyer, product, created_at);

CREATE TABLE intents (
  id TEXT NOT NULL PRIMARY KEY,
  order_id TEXT NOT NULL REFERENCES orders (id),
  hundredths BIGINT NOT NULL CHECK (hundredths > 0),
  currency TEXT NOT NULL CHECK (length(currency) = 3 AND currency = lower(currency)),
  destination TEXT NOT NULL,
  client_secret TEXT,
  webhook_url TEXT,
  registration TEXT,
  registered_at BIGINT,
  refusal TEXT,
  refused_at BIGINT,
  created_at BIGINT NOT NULL,
  sent_at BIGINT,
  confirmed_at BIGINT,
  next_check_at BIGINT
);
INSERT INTO intents (id, order_id, hundredths, currency, destination, client_secret, created_at, confirmed_at,
  next_check_at)
SELECT intent, intent, hundredths, currency, destination, client_secret, created_at, confirmed_at, next_check_at
FROM kept_orders ORDER BY /* sqlite: + */ intent;
CREATE INDEX intents_of_order ON intents (order_id);
CREATE INDEX intents_due ON intents (next_check_at) WHERE next_check_at IS NOT NULL;

CREATE TABLE open_orders (
  buyer TEXT NOT NULL REFERENCES buyers (id),
  product TEXT NOT NULL,
  order_id TEXT NOT NULL,
  intent TEXT NOT NULL,
  offered_at BIGINT NOT NULL,
  PRIMARY KEY (buyer, product)
) /* sqlite: WITHOUT ROWID */;
INSERT INTO open_orders (buyer, product, order_id, intent, offered_at)
SELECT buyer, product, intent, intent, offered_at
FROM kept_open_orders ORDER BY /* sqlite: + */ buyer, product;
DROP TABLE kept_open_orders;

CREATE TABLE grants (
  order_id TEXT NOT NULL REFERENCES orders (id),
  scope TEXT NOT NULL,
  days BIGINT CHECK (days > 0),
  calls BIGINT CHECK (calls > 0),
  PRIMARY KEY (order_id, scope)
) /* sqlite: WITHOUT ROWID */;
INSERT INTO grants (order_id, scope)
SELECT intent, 'product:' || product
FROM kept_orders ORDER BY /* sqlite: + */ intent;

CREATE TABLE holders (
  order_id TEXT NOT NULL REFERENCES orders (id),
  buyer TEXT NOT NULL REFERENCES buyers (id),
  held_since BIGINT NOT NULL,
  acquired_by TEXT NOT NULL CHECK (acquired_by IN ('ordered', 'redeemed', 'linked')),
  redemption TEXT,
  PRIMARY KEY (order_id, buyer)
) /* sqlite: WITHOUT ROWID */;
INSERT INTO holders (order_id, buyer, held_since, acquired_by)
SELECT intent, buyer, since_at, how
FROM kept_holders ORDER BY /* sqlite: + */ intent, buyer;
CREATE INDEX holders_of_buyer ON holders (buyer);
DROP TABLE kept_holders;

CREATE TABLE redemptions (
  code_hash TEXT NOT NULL PRIMARY KEY CHECK (length(code_hash) = 64),
  order_id TEXT REFERENCES orders (id),
  buyer TEXT REFERENCES buyers (id),
  purpose TEXT NOT NULL CHECK (purpose IN ('wallet', 'device', 'merchant')),
  holders_allowed BIGINT NOT NULL CHECK (holders_allowed > 0),
  expires_at BIGINT,
  created_at BIGINT NOT NULL,
  created_by TEXT,
  CHECK ((order_id IS NULL) <> (buyer IS NULL)),
  CHECK (expires_at IS NOT NULL OR purpose = 'wallet')
);
INSERT INTO redemptions (code_hash, order_id, purpose, holders_allowed, created_at)
SELECT code_hash, intent, 'wallet', 3, created_at
FROM kept_redemptions ORDER BY /* sqlite: + */ code_hash;
DROP TABLE kept_redemptions;

CREATE TABLE payments (
  id TEXT NOT NULL PRIMARY KEY,
  order_id TEXT NOT NULL REFERENCES orders (id),
  intent TEXT UNIQUE REFERENCES intents (id),
  proof TEXT NOT NULL CHECK (proof IN ('webhook', 'status', 'free', 'merchant')),
  hundredths BIGINT NOT NULL CHECK (hundredths >= 0),
  currency TEXT NOT NULL CHECK (length(currency) = 3 AND currency = lower(currency)),
  product TEXT NOT NULL,
  quarks BIGINT,
  exchange_rate DOUBLE PRECISION,
  code_user TEXT,
  paid_at BIGINT NOT NULL,
  CHECK (intent IS NOT NULL OR proof IN ('free', 'merchant'))
) /* sqlite: WITHOUT ROWID */;
INSERT INTO payments (id, order_id, intent, proof, hundredths, currency, product, quarks, exchange_rate, code_user,
  paid_at)
SELECT kept_payments.intent, kept_payments.intent, kept_payments.intent,
  CASE WHEN kept_payments.quarks IS NULL THEN kept_payments.proof ELSE 'webhook' END,
  orders.hundredths, orders.currency, orders.product, kept_payments.quarks, kept_payments.exchange_rate,
  kept_payments.code_user, kept_payments.paid_at
FROM kept_payments
JOIN orders ON orders.id = kept_payments.intent
ORDER BY /* sqlite: + */ kept_payments.intent;
CREATE INDEX payments_of_order ON payments (order_id);
CREATE INDEX payments_by_time ON payments (paid_at);
CREATE UNIQUE INDEX payments_free ON payments (order_id) WHERE proof = 'free';

CREATE TABLE entitlements (
  buyer TEXT NOT NULL REFERENCES buyers (id),
  scope TEXT NOT NULL,
  order_id TEXT NOT NULL REFERENCES orders (id),
  from_day BIGINT,
  until_day BIGINT CHECK (until_day > from_day),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (buyer, scope, order_id)
) /* sqlite: WITHOUT ROWID */;
INSERT INTO entitlements (buyer, scope, order_id, from_day, until_day, created_at)
SELECT buyer, 'product:' || product, intent,
  CASE WHEN valid_until IS NOT NULL THEN valid_from / 86400000 END, (valid_until + 86399999) / 86400000, valid_from
FROM kept_entitlements ORDER BY /* sqlite: + */ buyer, product, intent;
DROP TABLE kept_entitlements;
DROP TABLE kept_payments;
DROP TABLE kept_orders;

ALTER TABLE leases RENAME COLUMN until_at TO expires_at;
