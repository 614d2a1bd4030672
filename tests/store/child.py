"""What the tests do in a process of its own, so that it can be killed: python -m tests.store.child DO STORE.

The secret comes on the first line of standard input. Every line printed is something acknowledged.
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from supervise.errors import StoreTrouble
from supervise.places import Places
from supervise.store import Store, create_store, former, new_recovery_key, opening, rekeying
from supervise.store import purge as deletion
from supervise.store.inuse import Opening
from supervise.store.rekeying import Why
from tests.store.leaving import ADA
from tests.store.telling import ME, PASSPHRASE, QUICK, Clock, opened, put, session

NEW = "gravel otter hums quietly"
WHY = Why("Handed over to B. Lloyd", "handed over", ME, {"recovery-keeper": "the new one"})


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


def hand_over(places: Places, secret: str) -> None:
    """Gives the store new keys, a step at a time: before each it waits for a line of standard input, and when that
    is "full", so is the disk. It says the new recovery key first, then each step that is done. Where it fails,
    there is room again, and something is written into the store as it is then."""
    with opened(places) as store:
        recovery_key = new_recovery_key()
        say(recovery_key)
        new = rekeying.prepare(places, PASSPHRASE, secret, recovery_key, argon2=QUICK)
        try:
            for done, _ in store.giving_new_keys(new, WHY):
                say(done)
                if sys.stdin.readline().strip() == "full":
                    fill_the_disk(places)
        except StoreTrouble as error:
            say(f"failed: {type(error).__name__}")
            empty_the_disk()
            put(store, "person", id="later", name="Bo")
            say("wrote on")
        else:
            say(rekeying.STEPS)


def make_anew(places: Places, secret: str) -> None:
    """Makes the backups of former keys anew; the secret is the former key in hexadecimal."""
    with opened(places, NEW) as store:
        say("open")
        found = former.former_backups(places, [places.backups], store.now())
        for each, trouble in former.make_anew(places, found, (bytes.fromhex(secret),), store.key):
            say(trouble or each.path.name)


def fill_the_disk(places: Places) -> None:
    """From now on no file grows beyond half of what the store takes up."""
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    half = places.store.stat().st_size // 2
    resource.setrlimit(resource.RLIMIT_FSIZE, (half, resource.RLIM_INFINITY))


def empty_the_disk() -> None:
    """There is room again."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def purge(places: Places, secret: str) -> None:
    """Deletes Ada's records for good, and tidies up. The secret is the store's own key in hexadecimal."""
    key = bytes.fromhex(secret)
    database = opening.open_with_key(places, key)
    Opening.by(ME, "the test", Clock("2026-03-31")()).write(places.in_use)
    database.execute(
        "PRAGMA cache_size = 40"
    )  # so that the deletion is in the file before it is committed
    store = Store(database, Clock("2026-03-31"), places, key)
    say("open")
    deletion.delete_person(store, ADA, ME)
    say("deleted")
    deletion.tidy(store)
    say("tidied")


def create(places: Places, secret: str) -> None:
    """Makes a store."""
    say("open")
    create_store(places, secret, now=Clock("2026-03-31"), user=ME, program="the test")[0].close()
    say("made")


if __name__ == "__main__":
    DO = {
        "hold": hold,
        "write": write,
        "rekey": rekey,
        "purge": purge,
        "hand-over": hand_over,
        "make-anew": make_anew,
        "create": create,
    }
    DO[sys.argv[1]](Places(Path(sys.argv[2])), sys.stdin.readline().strip() or PASSPHRASE)
