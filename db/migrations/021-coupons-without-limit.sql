-- Every coupon that is paid with has a row to be locked and counted in, whether or not it has a limit: one that gets its first
-- limit at the instant of a payment would miss that otherwise, on PostgreSQL.
/* sqlite:
DROP TRIGGER payments_with_coupon;
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
CREATE OR REPLACE FUNCTION take_coupon_use() RETURNS trigger LANGUAGE plpgsql AS $$
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
*/
