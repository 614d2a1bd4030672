"""Real work in a process of its own, to be killed in the midst of it: python -m torture.working DO STORE.

The key of the store comes on the first line of standard input. "open" is said when the work begins; every line
after that is something acknowledged.
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from supervise.doing.here import Here
from supervise.doing.sheet import SheetAction
from supervise.doing.writing import Writing
from supervise.places import Places
from supervise.store import Store, backups, elsewhere, new_recovery_key, rekeying
from supervise.workspace import Workspace
from tests.store.child import NEW, WHY, say
from tests.store.telling import ME, PASSPHRASE, QUICK, Clock, put, session
from torture import stage
from torture.stage import PEOPLE, TODAY, today
from torture.upgrading import later_version

SAID = "What was said of it, at some length. "
"""What stands under every heading of a finished record."""


def opened(places: Places, key: bytes) -> Store:
    """The store, which writes into its file before it commits, so that kills find it half written."""
    store = stage.opened(places, key)
    store.database.execute("PRAGMA cache_size = 40")
    return store


def type_(places: Places, key: bytes) -> None:
    """Types into a draft, which is kept after each word."""
    with opened(places, key) as store:
        writing = Writing(Here(store, today, ME))
        sheet = writing.begin(PEOPLE[0], today())
        say("open")
        for n in count(1):
            sheet.notes += f"{n} "
            sheet.sections[0].text += SAID
            writing.keep(sheet)
            say(n)


def finish(places: Places, key: bytes) -> None:
    """Writes up one supervision after the other, each from a draft to a record with two actions."""
    with opened(places, key) as store:
        writing = Writing(Here(store, today, ME))
        say("open")
        for n in count():
            sheet = writing.begin(PEOPLE[n % len(PEOPLE)], today() - n // len(PEOPLE), kind="one_to_one")
            for section in sheet.sections:
                section.text = SAID * 30
            sheet.minutes = 90
            sheet.actions = [SheetAction(text=f"{SAID}{m}") for m in range(2)]
            writing.keep(sheet)
            writing.finish(sheet)
            say(sheet.session)


def take_in(places: Places, key: bytes) -> None:
    """Takes in the folders that stand beside the store, one after the other; before each there is a backup."""
    with opened(places, key) as store:
        here = Workspace(store, today=today, me=ME)
        say("open")
        for n in count():
            here.carry_out(here.plan_import(places.store.parent / "files" / str(n)))
            say(n)


def write(places: Places, key: bytes) -> None:
    """One large change after the other, which takes long enough to be killed in its midst."""
    with opened(places, key) as store:
        say("open")
        for n in count():
            with store.change("Many", by=ME, kind="import") as change:
                many = (session(f"{n}-{m}", PEOPLE[m % 8], notes=SAID * 20) for m in range(400))
                change.put_all("session", many)
                change.put("person", {"id": "p1", "staff_no": str(n)})
            say(n)


def back_up(places: Places, key: bytes) -> None:
    """Makes a change and a backup with its copy in the second place, again and again."""
    with opened(places, key) as store:
        say("open")
        for n in count():
            put(store, "person", id="p1", staff_no=str(n))
            made = elsewhere.back_up(store)
            assert made.elsewhere is not None, made.trouble
            say(made.path.name)


def upgrade(places: Places, key: bytes) -> None:
    """Opens the store with a later version of the program, which brings it up to date."""
    with later_version(places.store.parent / "sql"):
        say("open")
        with stage.opened(places, key):
            say("upgraded")


def rekey(places: Places, _: bytes) -> None:
    """Hands the store over, again and again, each time to the secret that is said then."""
    secret = PASSPHRASE
    with stage.opened(places, _) as store:
        say("open")
        for n in count(1):
            new = rekeying.prepare(places, secret, f"{NEW} {n}", new_recovery_key(), argon2=QUICK)
            for _done in store.giving_new_keys(new, WHY):
                pass
            secret = f"{NEW} {n}"
            say(n)


def restore(places: Places, _: bytes) -> None:
    """Restores the two backups of the store in turn."""
    two = sorted(backups.list_backups(places))
    say("open")
    for n in count():
        backups.restore(places, two[n % 2], PASSPHRASE, Clock(TODAY)())
        say(n)


if __name__ == "__main__":
    DO = {
        "type": type_, "finish": finish, "take-in": take_in, "write": write, "back-up": back_up,
        "upgrade": upgrade, "rekey": rekey, "restore": restore,
    }  # fmt: skip
    DO[sys.argv[1]](Places(Path(sys.argv[2])), bytes.fromhex(sys.stdin.readline().strip()))
