-- The merchant's list of orders, newest first. An id doesn't do: an order from before orders had ids of their own has its
-- intent as its id.
CREATE INDEX orders_by_time ON orders (created_at, id);
