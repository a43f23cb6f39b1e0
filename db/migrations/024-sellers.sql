-- Who sold, since when, so that receipts go on naming the seller of their time: see db/schema.sql.
CREATE TABLE sellers (
  named_at BIGINT NOT NULL PRIMARY KEY,
  seller TEXT /* postgres: COLLATE "C" */ NOT NULL
);
