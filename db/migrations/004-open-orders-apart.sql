-- Without the deferred reference to orders: to keep it, writing an order had to look through all open ones for its intent,
-- so that each order and each payment paid for one more index, in the random order of the intents.
CREATE TABLE kept_open_orders AS SELECT buyer, product, intent, offered_at FROM open_orders;
DROP TABLE open_orders;
CREATE TABLE open_orders (
  buyer TEXT NOT NULL REFERENCES buyers (id),
  product TEXT NOT NULL,
  intent TEXT NOT NULL,
  offered_at BIGINT NOT NULL,
  PRIMARY KEY (buyer, product)
);
INSERT INTO open_orders (buyer, product, intent, offered_at)
SELECT buyer, product, intent, offered_at FROM kept_open_orders ORDER BY buyer, product;
DROP TABLE kept_open_orders;
