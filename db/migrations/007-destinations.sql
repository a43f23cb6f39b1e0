-- Events that pay any destination that was ever ours are told from strangers', although the configured one has changed.
CREATE TABLE destinations (
  address TEXT NOT NULL PRIMARY KEY,
  first_used_at BIGINT NOT NULL
);

INSERT INTO destinations (address, first_used_at)
SELECT destination, MIN(created_at)
FROM intents
GROUP BY destination;

UPDATE events
SET verdict = 'orphaned'
WHERE verdict = 'unmatched' AND destination IN (SELECT address FROM destinations);
