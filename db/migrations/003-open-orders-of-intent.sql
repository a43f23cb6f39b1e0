-- For the deferred reference: without it, writing an order looks through all open ones for its intent.
CREATE INDEX open_orders_of_intent ON open_orders (intent);
