-- The newest orders that a buyer holds are read in their order, however many there are. On SQLite, an index of a table without
-- row ids has the whole key already.
/* postgres:
DROP INDEX holders_of_buyer;
CREATE INDEX holders_of_buyer ON holders (buyer, order_id);
*/
