-- A payment's id begins with the time at which it came, so an index by that time only cost each payment a write.
DROP INDEX payments_by_time;
