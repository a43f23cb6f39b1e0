-- Work that one instance does for all of them, until its time is up: others may then take it.
CREATE TABLE leases (
  name TEXT NOT NULL PRIMARY KEY,
  holder TEXT NOT NULL,
  until_at BIGINT NOT NULL
);
