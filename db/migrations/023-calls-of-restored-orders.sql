-- A payment that restores a revoked order pays for all of its calls anew. As a trigger, that costs no other payment anything.
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
