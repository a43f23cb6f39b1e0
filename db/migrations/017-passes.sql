-- The shop's local day of a revocation, so that a restoration gives back what was left of a right that ends. Nothing that was
-- revoked before had an end.
ALTER TABLE revocations ADD COLUMN revoked_day BIGINT;

-- What ends soon, for the merchant. Rights without an end, as most are, are in no index but their key.
CREATE INDEX entitlements_ending ON entitlements (until_day, order_id) WHERE until_day IS NOT NULL;
