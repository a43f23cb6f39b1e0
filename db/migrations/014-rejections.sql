-- How many deliveries failed verification, by hour and reason. Their content is stored nowhere.
CREATE TABLE rejections (
  hour BIGINT NOT NULL,
  reason TEXT NOT NULL,
  count BIGINT NOT NULL CHECK (count > 0),
  PRIMARY KEY (hour, reason)
) /* sqlite: WITHOUT ROWID */;

-- The browsers of a buyer, for a merchant who helps one.
CREATE INDEX sessions_of_buyer ON sessions (buyer);
