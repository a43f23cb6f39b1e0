-- When the merchant said that no money came for an intent which Code calls paid: see db/schema.sql.
ALTER TABLE intents ADD COLUMN denied_at BIGINT;
