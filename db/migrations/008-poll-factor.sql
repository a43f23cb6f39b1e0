-- An intent is polled that many times more rarely than others: so the orders that one stranger places by the thousand don't
-- delay the polls of everybody else's.
ALTER TABLE intents ADD COLUMN poll_factor BIGINT NOT NULL DEFAULT 1 CHECK (poll_factor > 0);

-- What nobody paid within the time in which it is polled, and still has its client secret.
CREATE INDEX intents_ended ON intents (created_at) WHERE next_check_at IS NULL AND client_secret IS NOT NULL;
