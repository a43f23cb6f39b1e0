-- How often coupons may be used, and by which orders they were: see db/schema.sql. A payment knows its order's coupon, so that
-- the trigger costs nothing where there is none.
CREATE TABLE coupons (
  code TEXT /* postgres: COLLATE "C" */ NOT NULL PRIMARY KEY,
  uses BIGINT CHECK (uses > 0),
  taken BIGINT NOT NULL CHECK (taken >= 0)
) /* sqlite: WITHOUT ROWID */;

CREATE TABLE coupon_uses (
  order_id TEXT /* postgres: COLLATE "C" */ NOT NULL PRIMARY KEY REFERENCES orders (id),
  coupon TEXT /* postgres: COLLATE "C" */ NOT NULL,
  buyer TEXT /* postgres: COLLATE "C" */ NOT NULL REFERENCES buyers (id),
  product TEXT /* postgres: COLLATE "C" */ NOT NULL,
  address TEXT /* postgres: COLLATE "C" */,
  reserved_until BIGINT,
  payment TEXT /* postgres: COLLATE "C" */ REFERENCES payments (id),
  is_over BIGINT NOT NULL DEFAULT 0 CHECK (is_over IN (0, 1)),
  CHECK ((payment IS NULL) = (reserved_until IS NOT NULL)),
  CHECK (payment IS NULL OR address IS NULL)
) /* sqlite: WITHOUT ROWID */;
CREATE UNIQUE INDEX coupon_uses_reserved ON coupon_uses (coupon, buyer) WHERE payment IS NULL;
CREATE INDEX coupon_uses_final ON coupon_uses (coupon, payment) WHERE payment IS NOT NULL;
CREATE INDEX coupon_uses_over ON coupon_uses (coupon, payment) WHERE is_over = 1;

ALTER TABLE payments ADD COLUMN coupon TEXT /* postgres: COLLATE "C" */;

/* sqlite:
CREATE TRIGGER payments_with_coupon AFTER INSERT ON payments
WHEN NEW.coupon IS NOT NULL
BEGIN
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
