#!/usr/bin/env bash
# One would guess that `save()` stores an order which isn't there yet. Python's peewee decides by the key: if an object has
# one, `save()` is an UPDATE. An order whose key is a number that the database gives is stored, and one that comes with its
# own, such as A7 or an id of a payment, isn't: the update finds no row, and that is no error. The object has all of its fields
# and its key afterwards, so what goes on with it, a mail or a page, looks right. The only sign is the number that `save()`
# returns, 0 instead of 1. The manual says so where it describes keys that aren't numbers. What helps: `Order.create(...)`, or
# `save(force_insert=True)`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-peewee=3.14.10+dfsg-1+b3 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export PYTHONPATH=$folder/usr/lib/python3/dist-packages

cat > try.py << 'PY'
import peewee

database = peewee.SqliteDatabase(":memory:")


class Counted(peewee.Model):
    cents = peewee.IntegerField()

    class Meta:
        database = database


class Named(Counted):
    id = peewee.CharField(primary_key=True)


database.create_tables([Counted, Named])


def show(what, order, **options):
    saved = order.save(**options)
    model = type(order)
    print(f"{what}: saved {saved}, its id is {order.id}, and there are {model.select().count()}")


show("without a key", Counted(cents=525))
show("with its own key", Named(id="A7", cents=525))
show("the same, inserted", Named(id="A7", cents=525), force_insert=True)
show("the same, changed", Named(id="A7", cents=700))
Named.create(id="A8", cents=525)
print("created:", Named.select().count(), "orders")
PY
/usr/bin/python3 -c 'import peewee; print("peewee", peewee.__version__)'
/usr/bin/python3 try.py | tee seen
[ "$(cat seen)" = 'without a key: saved 1, its id is 1, and there are 1
with its own key: saved 0, its id is A7, and there are 0
the same, inserted: saved 1, its id is A7, and there are 1
the same, changed: saved 1, its id is A7, and there are 1
created: 2 orders' ]
