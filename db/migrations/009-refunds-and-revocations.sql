-- What the merchant does to orders. Money goes back outside the shop, so a refund is a note about it. Access ends by a row,
-- and comes back by another. Nothing that was written about an order before is changed.
CREATE TABLE refunds (
  id TEXT NOT NULL PRIMARY KEY,
  payment TEXT NOT NULL REFERENCES payments (id),
  hundredths BIGINT NOT NULL CHECK (hundredths > 0),
  sent_to TEXT,
  proof TEXT,
  note TEXT,
  refunded_at BIGINT NOT NULL,
  refunded_by TEXT NOT NULL
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX refunds_of_payment ON refunds (payment);

CREATE TABLE revocations (
  id TEXT NOT NULL PRIMARY KEY,
  order_id TEXT NOT NULL REFERENCES orders (id),
  buyer TEXT REFERENCES buyers (id),
  reason TEXT NOT NULL,
  refund TEXT REFERENCES refunds (id),
  revoked_at BIGINT NOT NULL,
  revoked_by TEXT NOT NULL
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX revocations_of_order ON revocations (order_id);

CREATE TABLE restorations (
  revocation TEXT NOT NULL PRIMARY KEY REFERENCES revocations (id),
  reason TEXT,
  payment TEXT REFERENCES payments (id),
  restored_at BIGINT NOT NULL,
  restored_by TEXT,
  CHECK ((payment IS NULL) <> (restored_by IS NULL))
) /* sqlite: WITHOUT ROWID */;

-- What no other row tells of an order.
CREATE TABLE steps (
  order_id TEXT NOT NULL REFERENCES orders (id),
  at BIGINT NOT NULL,
  what TEXT NOT NULL,
  detail TEXT,
  PRIMARY KEY (order_id, at, what)
) /* sqlite: WITHOUT ROWID */;

-- What somebody did at the merchant's desk.
CREATE TABLE actions (
  id TEXT NOT NULL PRIMARY KEY,
  what TEXT NOT NULL,
  subject TEXT,
  session TEXT,
  before TEXT,
  after TEXT,
  acted_at BIGINT NOT NULL
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX actions_on ON actions (subject) WHERE subject IS NOT NULL;

-- The event that proved a payment; the event and the reason for which the merchant honoured one by hand; whether the buyer
-- had paid for the same before.
ALTER TABLE payments ADD COLUMN event TEXT;
ALTER TABLE payments ADD COLUMN honoured_event TEXT;
ALTER TABLE payments ADD COLUMN honoured_reason TEXT;
ALTER TABLE payments ADD COLUMN honoured_by TEXT CHECK (proof <> 'merchant' OR honoured_by IS NOT NULL);
ALTER TABLE payments ADD COLUMN paid_twice BIGINT NOT NULL DEFAULT 0 CHECK (paid_twice IN (0, 1));
CREATE UNIQUE INDEX payments_honoured ON payments (honoured_event) WHERE honoured_event IS NOT NULL;
UPDATE payments
SET event = proofs.digest
FROM (SELECT intent, MIN(digest) AS digest FROM events WHERE verdict = 'applied' GROUP BY intent) AS proofs
WHERE proofs.intent = payments.intent AND payments.proof = 'webhook';

-- Of what was delivered, the payment's own event is found by its digest, and only the others by their intents or verdicts.
ALTER TABLE events ADD COLUMN dismissed_at BIGINT;
ALTER TABLE events ADD COLUMN dismissed_by TEXT;
ALTER TABLE events ADD COLUMN dismissed_reason TEXT;
CREATE INDEX events_besides ON events (intent) WHERE verdict <> 'applied' AND intent IS NOT NULL;
CREATE INDEX events_of_verdict ON events (verdict, last_seen_at) WHERE verdict <> 'applied';

CREATE INDEX redemptions_by_merchant ON redemptions (order_id) WHERE purpose = 'merchant';
CREATE INDEX redemptions_of_buyer ON redemptions (buyer) WHERE buyer IS NOT NULL;
