-- The whole schema, for readers. The database itself is made by db/migrations; a test builds one both ways and
-- compares. SQLite and PostgreSQL read the same text: TEXT, BIGINT for whole numbers, milliseconds since 1970 UTC for
-- instants, local days since 1970 for the ends of rights, hundredths of a currency for money. Facts are rows: being
-- paid is a row in payments, not a flag on an order. A comment that begins with an engine's name and a colon is SQL for
-- that engine only: see docs/databases.md. On PostgreSQL, all TEXT is COLLATE "C", compared by its bytes as on SQLite. Where
-- keys begin with their time, SQLite keeps the rows in the key's own tree.

-- A fact about the database itself, such as the mode (sandbox or live) that it belongs to, or when it was last backed up.
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

-- A buyer's browser. Only the SHA-256 of its secret is stored, so a stolen database signs nobody in.
CREATE TABLE sessions (
  secret_hash TEXT NOT NULL PRIMARY KEY CHECK (length(secret_hash) = 64),
  buyer TEXT NOT NULL REFERENCES buyers (id),
  created_at BIGINT NOT NULL
);
CREATE INDEX sessions_of_buyer ON sessions (buyer);

-- Something sold to somebody at a price: the list price, and what is charged (0 if free), with the tax in it. A tax rate counts
-- hundredths of a percent. An id begins with its time, so that new rows lie together in every index; an order from before orders
-- had ids has its intent as its id, and no kind.
CREATE TABLE orders (
  id TEXT NOT NULL PRIMARY KEY,
  buyer TEXT NOT NULL REFERENCES buyers (id),
  product TEXT NOT NULL,
  kind TEXT,
  title TEXT NOT NULL,
  list_hundredths BIGINT NOT NULL CHECK (list_hundredths >= 0),
  hundredths BIGINT NOT NULL CHECK (hundredths >= 0),
  currency TEXT NOT NULL CHECK (length(currency) = 3 AND currency = lower(currency)),
  created_at BIGINT NOT NULL,
  tax_rate BIGINT NOT NULL DEFAULT 0 CHECK (tax_rate >= 0),
  tax_hundredths BIGINT NOT NULL DEFAULT 0 CHECK (tax_hundredths >= 0),
  tax_label TEXT,
  coupon TEXT
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX orders_of_buyer ON orders (buyer, product, created_at);
CREATE INDEX orders_by_time ON orders (created_at, id);

-- An attempt to be paid at Code, written before Code hears of it. The client secret is kept until the order is paid, or
-- polled no more. confirmed_at says that Code visibly accepted our own request, after which it refuses other details for
-- the same intent. fees is what partners get, as one text; empty for none. registration is Code's answer when the webhook
-- was registered; refusal is its last reason for saying no. next_check_at is when it is polled next, poll_factor times more
-- rarely than others. Once it is polled no more, what a late payment needs is kept. denied_at is when the merchant said that
-- no money came for it, though Code called it paid.
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
  next_check_at BIGINT,
  poll_factor BIGINT NOT NULL DEFAULT 1 CHECK (poll_factor > 0),
  fees TEXT NOT NULL DEFAULT '',
  denied_at BIGINT
);
CREATE INDEX intents_of_order ON intents (order_id);
CREATE INDEX intents_due ON intents (next_check_at) WHERE next_check_at IS NOT NULL;
CREATE INDEX intents_ended ON intents (created_at) WHERE next_check_at IS NULL AND client_secret IS NOT NULL;

-- The order that a buyer would pay now, and the intent to pay it with. Claimed before the order itself is written, in
-- the same unit of work, so that the first orders of two tabs meet here. Hence no references: deferred ones would cost
-- an index in the random order of intents.
CREATE TABLE open_orders (
  buyer TEXT NOT NULL REFERENCES buyers (id),
  product TEXT NOT NULL,
  order_id TEXT NOT NULL,
  intent TEXT NOT NULL,
  offered_at BIGINT NOT NULL,
  PRIMARY KEY (buyer, product)
) /* sqlite: WITHOUT ROWID */;

-- What an order gives once it is paid, written when it is stored: what was bought stays what was offered. A scope is
-- `product:` and a slug, `tag:` and a tag, `all`, or `api:` and an endpoint. Days and calls are for rights that end; none: the
-- right doesn't.
CREATE TABLE grants (
  order_id TEXT NOT NULL REFERENCES orders (id),
  scope TEXT NOT NULL,
  days BIGINT CHECK (days > 0),
  calls BIGINT CHECK (calls > 0),
  PRIMARY KEY (order_id, scope)
) /* sqlite: WITHOUT ROWID */;

-- A buyer who has an order, because they ordered it, or redeemed it in another browser.
CREATE TABLE holders (
  order_id TEXT NOT NULL REFERENCES orders (id),
  buyer TEXT NOT NULL REFERENCES buyers (id),
  held_since BIGINT NOT NULL,
  acquired_by TEXT NOT NULL CHECK (acquired_by IN ('ordered', 'redeemed', 'linked')),
  redemption TEXT,
  PRIMARY KEY (order_id, buyer)
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX holders_of_buyer ON holders (buyer /* postgres: , order_id */);

-- A redemption code that was given out, as its SHA-256. A wallet's code expires a day after the payment, or after the
-- order while that is unpaid, so it has no expiry of its own.
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
CREATE INDEX redemptions_by_merchant ON redemptions (order_id) WHERE purpose = 'merchant';
CREATE INDEX redemptions_of_buyer ON redemptions (buyer) WHERE buyer IS NOT NULL;

-- Money that came, or what stands for it. An intent pays once; an order with two intents may be paid twice. Quarks,
-- exchange rate, Code's user and the event's digest are known from a webhook only: one that arrives later becomes the
-- proof of this row. What the merchant honoured by hand has the event that it was honoured for, if there was one: an
-- event serves one payment only. paid_twice: this buyer had paid for the same before. coupon is the order's.
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
  event TEXT,
  honoured_event TEXT,
  honoured_reason TEXT,
  honoured_by TEXT CHECK (proof <> 'merchant' OR honoured_by IS NOT NULL),
  paid_twice BIGINT NOT NULL DEFAULT 0 CHECK (paid_twice IN (0, 1)),
  tax_hundredths BIGINT NOT NULL DEFAULT 0 CHECK (tax_hundredths >= 0),
  coupon TEXT,
  CHECK (intent IS NOT NULL OR proof IN ('free', 'merchant'))
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX payments_of_order ON payments (order_id);
CREATE UNIQUE INDEX payments_free ON payments (order_id) WHERE proof = 'free';
CREATE UNIQUE INDEX payments_honoured ON payments (honoured_event) WHERE honoured_event IS NOT NULL;

-- A coupon that was paid with, or may be used only so often: `uses`, as coupons.yaml said when it was last ordered with, NULL
-- without a limit; and how many uses payments have taken. The row is the lock of all that reserve or take a use.
CREATE TABLE coupons (
  code TEXT NOT NULL PRIMARY KEY,
  uses BIGINT CHECK (uses > 0),
  taken BIGINT NOT NULL CHECK (taken >= 0)
) /* sqlite: WITHOUT ROWID */;

-- A use of a coupon by an order: reserved until some instant, and then, by the order's first payment, final. A use that is
-- reserved no more is deleted, by who needs it or by a polling round; a payment that comes after that takes a free one, or is
-- over the limit and not counted. Uses without a limit are not reserved. `address` is the SHA-256 of the IP address, while it is
-- reserved.
CREATE TABLE coupon_uses (
  order_id TEXT NOT NULL PRIMARY KEY REFERENCES orders (id),
  coupon TEXT NOT NULL,
  buyer TEXT NOT NULL REFERENCES buyers (id),
  product TEXT NOT NULL,
  address TEXT,
  reserved_until BIGINT,
  payment TEXT REFERENCES payments (id),
  is_over BIGINT NOT NULL DEFAULT 0 CHECK (is_over IN (0, 1)),
  CHECK ((payment IS NULL) = (reserved_until IS NOT NULL)),
  CHECK (payment IS NULL OR address IS NULL)
) /* sqlite: WITHOUT ROWID */;
CREATE UNIQUE INDEX coupon_uses_reserved ON coupon_uses (coupon, buyer) WHERE payment IS NULL;
CREATE INDEX coupon_uses_final ON coupon_uses (coupon, payment) WHERE payment IS NOT NULL;
CREATE INDEX coupon_uses_over ON coupon_uses (coupon, payment) WHERE is_over = 1;

-- The payment of an order with a coupon makes its use final, in the same transaction: of its own reservation, or of a use that
-- is still free; otherwise it is over the limit. A coupon without a limit is counted too, so that none of its payments is missed
-- when it gets one. The UPDATE that changes nothing is the lock.
/* sqlite:
CREATE TRIGGER payments_with_coupon AFTER INSERT ON payments
WHEN NEW.coupon IS NOT NULL
BEGIN
  INSERT INTO coupons (code, uses, taken)
  SELECT NEW.coupon, NULL, (
    SELECT COUNT(*) FROM coupon_uses AS final
    WHERE final.coupon = NEW.coupon AND final.payment IS NOT NULL AND final.is_over = 0)
  WHERE NOT EXISTS (SELECT 1 FROM coupons WHERE coupons.code = NEW.coupon)
  ON CONFLICT (code) DO NOTHING;
  DELETE FROM coupon_uses
  WHERE coupon = NEW.coupon AND payment IS NULL AND reserved_until <= NEW.paid_at AND order_id <> NEW.order_id;
  INSERT INTO coupon_uses (order_id, coupon, buyer, product, payment, is_over)
  SELECT orders.id, NEW.coupon, orders.buyer, orders.product, NEW.id, CASE WHEN EXISTS (
      SELECT 1 FROM coupons
      WHERE coupons.code = NEW.coupon AND coupons.uses <= coupons.taken + (
        SELECT COUNT(*) FROM coupon_uses AS reserved WHERE reserved.coupon = NEW.coupon AND reserved.payment IS NULL))
    THEN 1 ELSE 0 END
  FROM orders
  WHERE orders.id = NEW.order_id
  ON CONFLICT (order_id) DO UPDATE
  SET payment = excluded.payment, reserved_until = NULL, address = NULL
  WHERE coupon_uses.payment IS NULL;
  UPDATE coupons
  SET taken = taken + 1
  WHERE code = NEW.coupon AND EXISTS (
    SELECT 1 FROM coupon_uses WHERE order_id = NEW.order_id AND payment = NEW.id AND is_over = 0);
END;
*/
/* postgres:
CREATE FUNCTION take_coupon_use() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO coupons (code, uses, taken)
  SELECT NEW.coupon, NULL, (
    SELECT COUNT(*) FROM coupon_uses AS final
    WHERE final.coupon = NEW.coupon AND final.payment IS NOT NULL AND final.is_over = 0)
  WHERE NOT EXISTS (SELECT 1 FROM coupons WHERE coupons.code = NEW.coupon)
  ON CONFLICT (code) DO NOTHING;
  UPDATE coupons SET taken = taken WHERE code = NEW.coupon;
  DELETE FROM coupon_uses
  WHERE coupon = NEW.coupon AND payment IS NULL AND reserved_until <= NEW.paid_at AND order_id <> NEW.order_id;
  INSERT INTO coupon_uses (order_id, coupon, buyer, product, payment, is_over)
  SELECT orders.id, NEW.coupon, orders.buyer, orders.product, NEW.id, CASE WHEN EXISTS (
      SELECT 1 FROM coupons
      WHERE coupons.code = NEW.coupon AND coupons.uses <= coupons.taken + (
        SELECT COUNT(*) FROM coupon_uses AS reserved WHERE reserved.coupon = NEW.coupon AND reserved.payment IS NULL))
    THEN 1 ELSE 0 END
  FROM orders
  WHERE orders.id = NEW.order_id
  ON CONFLICT (order_id) DO UPDATE
  SET payment = excluded.payment, reserved_until = NULL, address = NULL
  WHERE coupon_uses.payment IS NULL;
  UPDATE coupons
  SET taken = taken + 1
  WHERE code = NEW.coupon AND EXISTS (
    SELECT 1 FROM coupon_uses WHERE order_id = NEW.order_id AND payment = NEW.id AND is_over = 0);
  RETURN NULL;
END $$;
CREATE TRIGGER payments_with_coupon AFTER INSERT ON payments FOR EACH ROW WHEN (NEW.coupon IS NOT NULL)
  EXECUTE FUNCTION take_coupon_use();
*/

-- Money that went back to the buyer outside the shop, since Code can't pull it back: at most what the payment brought.
CREATE TABLE refunds (
  id TEXT NOT NULL PRIMARY KEY,
  payment TEXT NOT NULL REFERENCES payments (id),
  hundredths BIGINT NOT NULL CHECK (hundredths > 0),
  sent_to TEXT,
  proof TEXT,
  note TEXT,
  refunded_at BIGINT NOT NULL,
  refunded_by TEXT NOT NULL,
  tax_hundredths BIGINT NOT NULL DEFAULT 0 CHECK (tax_hundredths >= 0)
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX refunds_of_payment ON refunds (payment);

-- The end of the access that an order gave: of all its holders, or of one buyer. `refund` if one ended it. A revocation
-- holds until it is restored: by the merchant or, for a whole order, by a new payment. revoked_day counts local days.
CREATE TABLE revocations (
  id TEXT NOT NULL PRIMARY KEY,
  order_id TEXT NOT NULL REFERENCES orders (id),
  buyer TEXT REFERENCES buyers (id),
  reason TEXT NOT NULL,
  refund TEXT REFERENCES refunds (id),
  revoked_at BIGINT NOT NULL,
  revoked_by TEXT NOT NULL,
  revoked_day BIGINT
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

-- A right. The key is the gate's index. from_day and until_day count local days, the last one not included; both are
-- NULL for a right without an end. They are the same for all holders of an order: see db/queries/windows.ts.
CREATE TABLE entitlements (
  buyer TEXT NOT NULL REFERENCES buyers (id),
  scope TEXT NOT NULL,
  order_id TEXT NOT NULL REFERENCES orders (id),
  from_day BIGINT,
  until_day BIGINT CHECK (until_day > from_day),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (buyer, scope, order_id)
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX entitlements_ending ON entitlements (until_day, order_id) WHERE until_day IS NOT NULL;

-- How many calls of the API an order still gives: all its holders share them. Written with the first call that finds none left,
-- from the order's grant. last_call is the call that was taken last, by which its own unit of work finds the order.
CREATE TABLE allowances (
  order_id TEXT NOT NULL PRIMARY KEY REFERENCES orders (id),
  calls_left BIGINT NOT NULL CHECK (calls_left >= 0),
  last_call TEXT
) /* sqlite: WITHOUT ROWID */;

-- A payment that restores a revoked order pays for all of its calls anew.
/* sqlite:
CREATE TRIGGER restorations_by_payment AFTER INSERT ON restorations
WHEN NEW.payment IS NOT NULL
BEGIN
  UPDATE allowances
  SET last_call = NULL, calls_left = (SELECT SUM(grants.calls) FROM grants WHERE grants.order_id = allowances.order_id)
  WHERE order_id = (SELECT revocations.order_id FROM revocations WHERE revocations.id = NEW.revocation);
END;
*/
/* postgres:
CREATE FUNCTION renew_calls() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE allowances
  SET last_call = NULL, calls_left = (SELECT SUM(grants.calls) FROM grants WHERE grants.order_id = allowances.order_id)
  WHERE order_id = (SELECT revocations.order_id FROM revocations WHERE revocations.id = NEW.revocation);
  RETURN NULL;
END $$;
CREATE TRIGGER restorations_by_payment AFTER INSERT ON restorations FOR EACH ROW WHEN (NEW.payment IS NOT NULL)
  EXECUTE FUNCTION renew_calls();
*/

-- A buyer's key for a part of the API, as its SHA-256. Another one replaces it.
CREATE TABLE api_keys (
  key_hash TEXT NOT NULL PRIMARY KEY CHECK (length(key_hash) = 64),
  buyer TEXT NOT NULL REFERENCES buyers (id),
  scope TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  UNIQUE (buyer, scope)
);

-- A call that was counted and can be repeated: the same request with the same idempotency key isn't counted again for a day.
CREATE TABLE api_calls (
  buyer TEXT NOT NULL REFERENCES buyers (id),
  idempotency_key TEXT NOT NULL,
  request_hash TEXT NOT NULL CHECK (length(request_hash) = 64),
  call TEXT NOT NULL,
  order_id TEXT NOT NULL REFERENCES orders (id),
  called_at BIGINT NOT NULL,
  PRIMARY KEY (buyer, idempotency_key)
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX api_calls_by_time ON api_calls (called_at);

-- The content of a verified delivery, with its claims as they could be read. The same content delivered again is the
-- same row, seen once more. Claims of events from before they had columns are in the JWS only. The event that proved a
-- payment is found by its digest there, so that each payment writes to one index less. What the merchant has dismissed is
-- off the list of what needs a look, and has no other effect.
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
  times_seen BIGINT NOT NULL CHECK (times_seen > 0),
  dismissed_at BIGINT,
  dismissed_by TEXT,
  dismissed_reason TEXT,
  fees TEXT
);
CREATE INDEX events_of_intent ON events (intent) WHERE verdict = 'mismatched';
CREATE INDEX events_of_nobody ON events (last_seen_at) WHERE verdict IN ('unmatched', 'login', 'test');
CREATE INDEX events_besides ON events (intent) WHERE verdict <> 'applied' AND intent IS NOT NULL;
CREATE INDEX events_of_verdict ON events (verdict, last_seen_at) WHERE verdict <> 'applied';

-- How many deliveries failed verification in the hour that begins at `hour`, for a reason: an error code of the shop. What was
-- in them is stored nowhere.
CREATE TABLE rejections (
  hour BIGINT NOT NULL,
  reason TEXT NOT NULL,
  count BIGINT NOT NULL CHECK (count > 0),
  PRIMARY KEY (hour, reason)
) /* sqlite: WITHOUT ROWID */;

-- A doctor's round trip. The doctor stores the SHA-256 of a random body and posts that body to the public webhook; a running shop
-- notes that it looks out for it, and what has arrived of it, from where: the client as the shop knows it, and the connection.
CREATE TABLE probes (
  sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
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

-- An address to which the shop has ever asked to be paid. An event that pays one of them is never a stranger's.
CREATE TABLE destinations (
  address TEXT NOT NULL PRIMARY KEY,
  first_used_at BIGINT NOT NULL
);

-- Who sold since `named_at`: the field `seller` of shop.yaml as JSON, `null` for none. A receipt names who sold when it was paid.
CREATE TABLE sellers (
  named_at BIGINT NOT NULL PRIMARY KEY,
  seller TEXT NOT NULL
);

-- What no other row tells of an order, such as a refusal or the first download.
CREATE TABLE steps (
  order_id TEXT NOT NULL REFERENCES orders (id),
  at BIGINT NOT NULL,
  what TEXT NOT NULL,
  detail TEXT,
  PRIMARY KEY (order_id, at, what)
) /* sqlite: WITHOUT ROWID */;

-- What somebody did at the merchant's desk: to which order, buyer or event, in which of the desk's sessions (the merchant's
-- programs have none), and as JSON what was true before and after. Never a secret.
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

-- A one-time link into the desk, as the SHA-256 of its code: good until it expires, or until a session has used it up.
-- token_hash is the ADMIN_TOKEN of that time, as an HMAC whose key is the code.
CREATE TABLE desk_links (
  code_hash TEXT NOT NULL PRIMARY KEY CHECK (length(code_hash) = 64),
  token_hash TEXT NOT NULL CHECK (length(token_hash) = 64),
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  session TEXT
);

-- A browser that has signed in to the desk; browser is what it says about itself. Only the SHA-256 of its secret is stored.
-- token_hash is the ADMIN_TOKEN of that time, as an HMAC whose key is the secret, so that a stolen database helps nobody
-- to guess the token. ended_by is the action that ended the session, if one did.
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

-- A form of the desk that was sent, so that it isn't accepted again. Kept for as long as its token would be good.
CREATE TABLE desk_forms (
  form TEXT NOT NULL PRIMARY KEY,
  spent_at BIGINT NOT NULL
);
CREATE INDEX desk_forms_by_time ON desk_forms (spent_at);

-- An alert for the merchant's webhook, written in the same unit of work as what it is about: `subject` is the key of that
-- payment, refund, event, intent or outage. The id is made of the type and the subject, so nothing is announced twice, and
-- each attempt has the same. An alert that is not delivered within a day has failed, and stays until it is dismissed.
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

-- A time in which calls to a service failed for a minute or longer, in any instance; at most one is open.
CREATE TABLE outages (
  id TEXT NOT NULL PRIMARY KEY,
  service TEXT NOT NULL,
  began_at BIGINT NOT NULL,
  last_failed_at BIGINT NOT NULL,
  ended_at BIGINT
) /* sqlite: WITHOUT ROWID */;
CREATE UNIQUE INDEX outages_open ON outages (service) WHERE ended_at IS NULL;

-- Work that one instance does for all of them. Once the lease has expired, others may take it.
CREATE TABLE leases (
  name TEXT NOT NULL PRIMARY KEY,
  holder TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);

-- What came in a quarter hour since 1970 UTC (every zone's offset is a multiple of those): payments by who told the shop
-- first (`status-webhook`: a status did, and the webhook came later), refunds, and offers. `offer-before` counts orders of
-- before, whose ids don't begin with their time. Nothing here is a fact of its own: it can be recomputed from the others.
CREATE TABLE summaries (
  quarter BIGINT NOT NULL,
  currency TEXT NOT NULL,
  product TEXT NOT NULL,
  what TEXT NOT NULL CHECK (what IN ('webhook', 'status', 'status-webhook', 'merchant', 'merchant-webhook', 'free',
    'refund', 'offer', 'offer-before')),
  times BIGINT NOT NULL CHECK (times > 0),
  hundredths BIGINT NOT NULL,
  PRIMARY KEY (quarter, currency, product, what)
) /* sqlite: WITHOUT ROWID */;

-- The sum of all summaries of a product.
CREATE TABLE product_summaries (
  product TEXT NOT NULL,
  currency TEXT NOT NULL,
  what TEXT NOT NULL,
  times BIGINT NOT NULL,
  hundredths BIGINT NOT NULL,
  PRIMARY KEY (product, currency, what)
) /* sqlite: WITHOUT ROWID */;

-- How many payments came so long after their order was offered. A bucket is the logarithm of the time: see
-- db/queries/summary-sources.ts.
CREATE TABLE summary_waits (
  quarter BIGINT NOT NULL,
  bucket BIGINT NOT NULL,
  times BIGINT NOT NULL CHECK (times > 0),
  PRIMARY KEY (quarter, bucket)
) /* sqlite: WITHOUT ROWID */;

-- The sum of the summaries of one local day, as JSON.
CREATE TABLE summary_days (
  from_quarter BIGINT NOT NULL PRIMARY KEY,
  to_quarter BIGINT NOT NULL CHECK (to_quarter > from_quarter),
  figures TEXT NOT NULL
);

-- Rows of an instant before this one may have been folded already, so whoever adds or changes one marks its quarter hour, by
-- the triggers below. Apart from the version, so that no payment depends on what else is folded.
CREATE TABLE summary_bounds (
  name TEXT NOT NULL PRIMARY KEY CHECK (name = 'late'),
  before BIGINT NOT NULL
);

-- Counts each change of a summary, so that a page can tell whether one happened while it read.
CREATE TABLE summary_versions (
  name TEXT NOT NULL PRIMARY KEY CHECK (name = 'summaries'),
  version BIGINT NOT NULL
);

-- The ids that are not in the summaries yet, without `to_id` itself. All ids that begin with their time lie between 0 and 1.
CREATE TABLE summary_ranges (
  source TEXT NOT NULL CHECK (source IN ('payments', 'refunds', 'orders')),
  from_id TEXT NOT NULL,
  to_id TEXT NOT NULL,
  PRIMARY KEY (source, from_id)
) /* sqlite: WITHOUT ROWID */;

-- A quarter hour to be recomputed, once for each late row: what is marked again meanwhile keeps its mark.
CREATE TABLE summary_marks (
  quarter BIGINT NOT NULL
);
CREATE INDEX summary_marks_of_quarter ON summary_marks (quarter);

-- What a step adds to the summaries; empty between steps.
CREATE TABLE summary_step (
  quarter BIGINT NOT NULL,
  currency TEXT NOT NULL,
  product TEXT NOT NULL,
  what TEXT NOT NULL,
  times BIGINT NOT NULL,
  hundredths BIGINT NOT NULL,
  PRIMARY KEY (quarter, currency, product, what)
) /* sqlite: WITHOUT ROWID */;

-- A row that comes or changes after its quarter hour was folded marks it, in the same transaction.
/* sqlite:
CREATE TRIGGER payments_late AFTER INSERT ON payments
WHEN NEW.paid_at < (SELECT before FROM summary_bounds WHERE name = 'late')
BEGIN
  INSERT INTO summary_marks (quarter) VALUES (NEW.paid_at / 900000);
END;
CREATE TRIGGER payments_changed AFTER UPDATE ON payments
BEGIN
  INSERT INTO summary_marks (quarter) SELECT OLD.paid_at / 900000 WHERE OLD.paid_at < (SELECT before FROM summary_bounds WHERE name = 'late');
  INSERT INTO summary_marks (quarter)
  SELECT refunded_at / 900000 FROM refunds WHERE payment = OLD.id AND refunded_at < (SELECT before FROM summary_bounds WHERE name = 'late');
END;
CREATE TRIGGER refunds_late AFTER INSERT ON refunds
WHEN NEW.refunded_at < (SELECT before FROM summary_bounds WHERE name = 'late')
BEGIN
  INSERT INTO summary_marks (quarter) VALUES (NEW.refunded_at / 900000);
END;
CREATE TRIGGER orders_late AFTER INSERT ON orders
WHEN NEW.created_at < (SELECT before FROM summary_bounds WHERE name = 'late')
BEGIN
  INSERT INTO summary_marks (quarter) VALUES (NEW.created_at / 900000);
END;
*/
/* postgres:
CREATE FUNCTION mark_late_payment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.paid_at < (SELECT before FROM summary_bounds WHERE name = 'late') THEN
    INSERT INTO summary_marks (quarter) VALUES (NEW.paid_at / 900000);
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION mark_changed_payment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO summary_marks (quarter) SELECT OLD.paid_at / 900000 WHERE OLD.paid_at < (SELECT before FROM summary_bounds WHERE name = 'late');
  INSERT INTO summary_marks (quarter)
  SELECT refunded_at / 900000 FROM refunds WHERE payment = OLD.id AND refunded_at < (SELECT before FROM summary_bounds WHERE name = 'late');
  RETURN NULL;
END $$;
CREATE FUNCTION mark_late_refund() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.refunded_at < (SELECT before FROM summary_bounds WHERE name = 'late') THEN
    INSERT INTO summary_marks (quarter) VALUES (NEW.refunded_at / 900000);
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION mark_late_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.created_at < (SELECT before FROM summary_bounds WHERE name = 'late') THEN
    INSERT INTO summary_marks (quarter) VALUES (NEW.created_at / 900000);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER payments_late AFTER INSERT ON payments FOR EACH ROW EXECUTE FUNCTION mark_late_payment();
CREATE TRIGGER payments_changed AFTER UPDATE ON payments FOR EACH ROW EXECUTE FUNCTION mark_changed_payment();
CREATE TRIGGER refunds_late AFTER INSERT ON refunds FOR EACH ROW EXECUTE FUNCTION mark_late_refund();
CREATE TRIGGER orders_late AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION mark_late_order();
*/
