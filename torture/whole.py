"""What is wrong with a store whose user was killed, held against what had been acknowledged: nothing, it is hoped."""

from __future__ import annotations

from collections.abc import Sequence

from supervise.doing.sheet import read_sheet
from supervise.errors import NoStore, WrongPassphrase
from supervise.store import Store, backups, elsewhere, purge
from supervise.store.opening import Unlocked, unlock
from tests.store.child import NEW
from tests.store.leaving import ADA
from tests.store.telling import PASSPHRASE, Clock
from torture.stage import PEOPLE, TODAY, Stage, faults, opened
from torture.upgrading import LATER, later_version
from torture.working import SAID


def typed(here: Stage, said: Sequence[str]) -> list[str]:
    """The draft has every word up to the last one acknowledged, and no half of another."""
    with here.opened() as store:
        wrong = faults(store)
        drafts = store.drafts.list()
        if said and len(drafts) != 1:
            return [*wrong, f"{len(said)} words were kept, and there are {len(drafts)} drafts"]
        for draft in drafts:
            sheet = read_sheet(draft.body)
            n = len(sheet.notes.split())
            if sheet.notes != "".join(f"{m} " for m in range(1, n + 1)) or n < len(said):
                wrong.append(f"{len(said)} words were kept, and the draft says {sheet.notes!r}")
            if sheet.sections[0].text != SAID * n:
                wrong.append("a section of the draft is cut short")
    return wrong


def finished(here: Stage, said: Sequence[str]) -> list[str]:
    """Every record acknowledged is whole, no other is half, and nothing finished is a draft only."""
    with here.opened() as store:
        wrong = faults(store)
        held = {row["id"] for row in store.rows("session") if row["minutes"] == 90 and row["id"] != "s1"}
        wrong += [f"record {id} was acknowledged and is not there" for id in set(said) - held]
        for id in held:
            record = store.record(id)
            texts = {(section.text or "").strip() for section in record.sections}
            if texts != {(SAID * 30).strip()} or len(record.actions) != 2:
                wrong.append(
                    f"record {id} is half: {len(record.sections)} sections, {len(record.actions)} actions"
                )
        if len(held - set(said)) > 1:
            wrong.append("more was recorded than was being written")
    return wrong


def taken_in(here: Stage, said: Sequence[str]) -> list[str]:
    """Of each file all rows are there or none; all of those acknowledged."""
    from torture.kills import ROWS

    with here.opened() as store:
        wrong = faults(store)
        there: dict[str, int] = {}
        for row in store.rows("session"):
            if row["id"][0].isdigit():
                there[row["id"].split("-")[0]] = there.get(row["id"].split("-")[0], 0) + 1
    wrong += [f"file {n} was taken in and has {there.get(n)} rows" for n in said if there.get(n) != ROWS]
    wrong += [f"file {n} is half taken in: {rows} rows" for n, rows in there.items() if rows != ROWS]
    return wrong


def backed_up(here: Stage, said: Sequence[str]) -> list[str]:
    """Every backup that has its name is whole, those acknowledged are there, and so are their copies."""
    with here.opened() as store:
        wrong = faults(store)
        made = {path.name: path for path in backups.list_backups(here.places)}
        wrong += [f"backup {name} is gone" for name in said if name not in made]
        for path in made.values():
            if trouble := backups.trouble_with(store, path, thoroughly=True):
                wrong.append(f"backup {path.name}: {trouble}")
        place = elsewhere.second_place(store)
        assert place is not None
        own = elsewhere.own_folder(store, place)
        for copy in own.glob("*.zip"):
            if copy.name in made and copy.read_bytes() != made[copy.name].read_bytes():
                wrong.append(f"the copy of {copy.name} is another")
        wrong += [f"the copy of {name} is gone" for name in said if not (own / name).exists()]
        for copy in own.iterdir():  # the next kill begins with an empty place
            copy.unlink()
    return wrong


def upgraded(here: Stage, said: Sequence[str]) -> list[str]:
    """The later version opens it and ends what was begun; the backup from before is whole."""
    with later_version(here.places.store.parent / "sql"), here.opened() as store:
        wrong = faults(store)
        for n in range(len(LATER)):
            sql = f"SELECT count(*) FROM later_{n}"
            (rows,) = store.database.execute(sql).fetchone()
            if rows != 9 * len(list(store.rows("session"))):
                wrong.append(f"step {n} is half done: {rows} rows")
        if len(list(store.rows("session"))) != 12 * len(PEOPLE) + 1:
            wrong.append("sessions are gone")
        made = backups.list_backups(here.places)
        wrong += [] if made else ["there is no backup from before"]
        wrong += [t for path in made if (t := backups.trouble_with(store, path, thoroughly=True))]
    return wrong


def rekeyed(here: Stage, said: Sequence[str]) -> list[str]:
    """One passphrase opens it, the last acknowledged or the one after, and the one before does not."""
    last = int(said[-1]) if said else 0
    opens = []
    for n in (last + 1, last):
        try:
            with _opened_with(here, _secret(n)) as store:
                opens.append(n)
                wrong = faults(store)
        except WrongPassphrase:
            continue
    if len(opens) != 1:
        return [f"of the passphrases {last} and {last + 1} these open it: {opens}"]
    if last and _opens(here, _secret(last - 1)):
        wrong.append("a former passphrase opens it still")
    return wrong


def deleted(here: Stage, said: Sequence[str]) -> list[str]:
    """Everything of somebody is there, or nothing is."""
    with here.opened() as store:
        wrong = faults(store)
        gone = store.row("person", ADA) is None
        left = sum(1 for _ in store.rows("session", person_id=ADA))
        if said and not gone:
            wrong.append("the deletion was acknowledged and did not happen")
        if left != (0 if gone else 301):
            wrong.append(f"{left} sessions are left of somebody {'gone' if gone else 'there'}")
        if gone and purge.left_to_do(store).rewrite:
            wrong.append("opening did not write the file anew")
        bodies = "SELECT count(*) FROM payload WHERE body LIKE '%zqada%'"
        if gone and store.database.execute(bodies).fetchone() != (0,):
            wrong.append("the history still tells of somebody who is gone")
    return wrong


def restored(here: Stage, said: Sequence[str]) -> list[str]:
    """It holds what it held, or what a backup held; what was put aside opens. Where the kill came between putting
    one aside and putting the other in its place, restoring once more does it."""
    try:
        with here.opened() as store:
            wrong, now = faults(store), _staff_no(store)
    except NoStore:
        backups.restore(here.places, backups.list_backups(here.places)[0], PASSPHRASE, Clock(TODAY)())
        with here.opened() as store:
            wrong, now = faults(store), _staff_no(store)
    if now not in {"0", "1", "2"} or (said and now == "2"):
        wrong.append(f"after {len(said)} restorings the store says {now!r}")
    aside = sorted(here.places.store.parent.glob("a.store.aside-*[0-9]"))
    found = set()
    for path in aside:
        with opened(here.places._replace(store=path), here.key) as store:
            found.add(_staff_no(store))
    if aside and "2" not in found:
        wrong.append("the store that was there first is gone")
    return wrong


def _staff_no(store: Store) -> str:
    row = store.row("person", "p1")
    return str(row and row["staff_no"])


def _secret(n: int) -> str:
    return f"{NEW} {n}" if n else PASSPHRASE


def _opened_with(here: Stage, secret: str) -> Store:
    from supervise.store import open_store

    return open_store(here.places, secret, now=Clock(TODAY), user="R. Okafor", program="the torture")


def _opens(here: Stage, secret: str) -> bool:
    try:
        found: Unlocked = unlock(here.places, secret)
    except WrongPassphrase:
        return False
    return bool(found.keys)
