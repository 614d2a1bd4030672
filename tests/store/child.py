"""What the tests do in a process of its own, so that it can be killed: python -m tests.store.child DO STORE.

The secret comes on the first line of standard input. Every line printed is something acknowledged.
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from supervise.places import Places
from supervise.store import Store, create_store, new_recovery_key, opening
from supervise.store.inuse import Opening
from tests.store.telling import ME, PASSPHRASE, Clock, opened, session


def say(text: object) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def hold(places: Places, secret: str) -> None:
    """Opens the store and keeps it until standard input ends."""
    with opened(places, secret):
        say("open")
        sys.stdin.read()


def write(places: Places, secret: str) -> None:
    """Makes one change after the other, the number of each printed when it is done. The secret is the
    store's own key in hexadecimal, which spares deriving it for every one of many kills."""
    key = bytes.fromhex(secret)
    database = opening.open_with_key(places, key)
    Opening.by(ME, "the test", Clock("2026-03-31")()).write(places.in_use)
    database.execute("PRAGMA cache_size = 40")  # so that a change is in the file before it is committed
    store = Store(database, Clock("2026-03-31"), places, key)
    say("open")
    for _ in count():
        n = len(store.history(10**6)) + 1
        with store.change(f"Change {n}", by=ME, kind="import") as change:
            change.put("person", {"id": "p1", "name": "Ada", "staff_no": str(n)})
            size = 60 if n % 4 == 0 else 3
            change.put_all("session", (session(f"{n}-{m}", notes=f"{n} " * 100) for m in range(size)))
            if n % 3 == 0:
                change.remove_all("session", [row["id"] for row in store.rows("session")][:40])
        say(change.number)


def rekey(places: Places, secret: str) -> None:
    """Gives the store one new key after the other."""
    with opened(places, secret) as store:
        say("open")
        for n in count(1):
            store.rekey(secret, new_recovery_key())
            say(n)


def create(places: Places, secret: str) -> None:
    """Makes a store."""
    say("open")
    create_store(places, secret, now=Clock("2026-03-31"), user=ME, program="the test")[0].close()
    say("made")


if __name__ == "__main__":
    DO = {"hold": hold, "write": write, "rekey": rekey, "create": create}
    DO[sys.argv[1]](Places(Path(sys.argv[2])), sys.stdin.readline().strip() or PASSPHRASE)
