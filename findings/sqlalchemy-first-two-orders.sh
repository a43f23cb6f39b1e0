#!/usr/bin/env bash
# One would guess that a page of two orders has two. An order that is joined with its lines is there once for each line, in
# SQL. SQLAlchemy's `session.query(Order).join(Order.lines)` lists each order once, as it drops what it has already, but it
# does so after the database has answered: `limit(2)` takes two rows, which are two lines of the first order, so the page has
# one order, and the second page begins with the next. `count()` counts three, `all()` has two, and a sum made by the database
# is 17.50 where the same orders add up to 12.25. The newer `session.execute(select(Order)...)` drops nothing. SQLAlchemy's FAQ
# has the count, and not the pages. What helps: `Order.lines.any(...)` instead of a join.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-sqlalchemy=1.4.46+ds1-1 python3-greenlet=2.0.2-1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export PYTHONPATH=$folder/usr/lib/python3/dist-packages

cat > try.py << 'PY'
from sqlalchemy import Column, ForeignKey, Integer, String, create_engine, func, select
from sqlalchemy.orm import Session, declarative_base, relationship

Base = declarative_base()


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    cents = Column(Integer)
    lines = relationship("Line")


class Line(Base):
    __tablename__ = "lines"
    id = Column(Integer, primary_key=True)
    order_id = Column(ForeignKey("orders.id"))
    product = Column(String)


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
session = Session(engine)
session.add(Order(id=1, cents=525, lines=[Line(product="tea"), Line(product="tea")]))
session.add(Order(id=2, cents=700, lines=[Line(product="tea")]))
session.commit()


def show(what, query):
    orders = query.order_by(Order.id)
    pages = [[order.id for order in orders.limit(2).offset(offset)] for offset in (0, 2)]
    total = query.with_entities(func.sum(Order.cents)).scalar()
    print(f"{what}: {query.count()} counted, {len(query.all())} listed, pages {pages}")
    print(f"  added by the database {total}, added here {sum(order.cents for order in query)}")


show("join", session.query(Order).join(Order.lines).filter(Line.product == "tea"))
show("any", session.query(Order).filter(Order.lines.any(Line.product == "tea")))
rows = session.execute(select(Order).join(Order.lines).order_by(Order.id).limit(2)).scalars()
print("select:", [order.id for order in rows])
PY
/usr/bin/python3 -c 'import sqlalchemy; print("SQLAlchemy", sqlalchemy.__version__)'
/usr/bin/python3 try.py | tee seen
[ "$(cat seen)" = 'join: 3 counted, 2 listed, pages [[1], [2]]
  added by the database 1750, added here 1225
any: 2 counted, 2 listed, pages [[1, 2], []]
  added by the database 1225, added here 1225
select: [1, 1]' ]
