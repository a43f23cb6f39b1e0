-- What came, by quarter hour of UTC, so that the merchant's overview costs the same however many orders there are. Only ids
-- that begin with their time are found by it, so payments from before get one. Nothing refers to them yet.
UPDATE payments
SET id = /* sqlite: printf('%012x', paid_at) */ /* postgres: lpad(to_hex(paid_at), 12, '0') */ || '-' || id
WHERE id >= '1';

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

CREATE TABLE product_summaries (
  product TEXT NOT NULL,
  currency TEXT NOT NULL,
  what TEXT NOT NULL,
  times BIGINT NOT NULL,
  hundredths BIGINT NOT NULL,
  PRIMARY KEY (product, currency, what)
) /* sqlite: WITHOUT ROWID */;

CREATE TABLE summary_waits (
  quarter BIGINT NOT NULL,
  bucket BIGINT NOT NULL,
  times BIGINT NOT NULL CHECK (times > 0),
  PRIMARY KEY (quarter, bucket)
) /* sqlite: WITHOUT ROWID */;

CREATE TABLE summary_days (
  from_quarter BIGINT NOT NULL PRIMARY KEY,
  to_quarter BIGINT NOT NULL CHECK (to_quarter > from_quarter),
  figures TEXT NOT NULL
);

-- How far the summaries go. All of an old database is still to be folded.
CREATE TABLE summary_bounds (
  name TEXT NOT NULL PRIMARY KEY CHECK (name = 'late'),
  before BIGINT NOT NULL
);
INSERT INTO summary_bounds (name, before) VALUES ('late', 0);
CREATE TABLE summary_versions (
  name TEXT NOT NULL PRIMARY KEY CHECK (name = 'summaries'),
  version BIGINT NOT NULL
);
INSERT INTO summary_versions (name, version) VALUES ('summaries', 0);

CREATE TABLE summary_ranges (
  source TEXT NOT NULL CHECK (source IN ('payments', 'refunds', 'orders')),
  from_id TEXT NOT NULL,
  to_id TEXT NOT NULL,
  PRIMARY KEY (source, from_id)
) /* sqlite: WITHOUT ROWID */;
INSERT INTO summary_ranges (source, from_id, to_id) VALUES ('payments', '0', '1'), ('refunds', '0', '1'), ('orders', '0', '1');

CREATE TABLE summary_marks (
  quarter BIGINT NOT NULL
);
CREATE INDEX summary_marks_of_quarter ON summary_marks (quarter);

CREATE TABLE summary_step (
  quarter BIGINT NOT NULL,
  currency TEXT NOT NULL,
  product TEXT NOT NULL,
  what TEXT NOT NULL,
  times BIGINT NOT NULL,
  hundredths BIGINT NOT NULL,
  PRIMARY KEY (quarter, currency, product, what)
) /* sqlite: WITHOUT ROWID */;

-- Orders from before have ids without a time. There will never be others, so they are counted here.
INSERT INTO summaries (quarter, currency, product, what, times, hundredths)
SELECT created_at / 900000, currency, product, 'offer-before', COUNT(*), SUM(hundredths)
FROM orders
WHERE id >= '1' AND hundredths > 0
GROUP BY created_at / 900000, currency, product;
INSERT INTO product_summaries (product, currency, what, times, hundredths)
SELECT product, currency, what, SUM(times), SUM(hundredths)
FROM summaries
GROUP BY product, currency, what;

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
