-- At what an order is sold besides its price: the coupon that lowered it, and the tax in it, with its rate in hundredths of a
-- percent. What was sold before had neither.
ALTER TABLE orders ADD COLUMN tax_rate BIGINT NOT NULL DEFAULT 0 CHECK (tax_rate >= 0);
ALTER TABLE orders ADD COLUMN tax_hundredths BIGINT NOT NULL DEFAULT 0 CHECK (tax_hundredths >= 0);
ALTER TABLE orders ADD COLUMN tax_label TEXT;
ALTER TABLE orders ADD COLUMN coupon TEXT;
ALTER TABLE payments ADD COLUMN tax_hundredths BIGINT NOT NULL DEFAULT 0 CHECK (tax_hundredths >= 0);
ALTER TABLE refunds ADD COLUMN tax_hundredths BIGINT NOT NULL DEFAULT 0 CHECK (tax_hundredths >= 0);

-- What partners get of a payment, as one text that SQL can compare. Events from before say it in the JWS only.
ALTER TABLE intents ADD COLUMN fees TEXT NOT NULL DEFAULT '';
ALTER TABLE events ADD COLUMN fees TEXT;
