"""What is measured: the program's own methods, on a store opened as the program opens it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, time
from functools import partial
from pathlib import Path
from typing import Any

from bench.measuring import Taken, once, peak, timed, twice
from bench.rows_file import unpack
from bench.service import AS_AT
from supervise.answers import Said
from supervise.doing.looking import Looking
from supervise.doing.papers.listed import BY_NAME
from supervise.doing.papers.paper import About
from supervise.places import Places, resource
from supervise.policy_files import read_policy_file
from supervise.store import Store, Unlocked, create_store, memory_store, open_store
from supervise.store.check import Finding, check
from supervise.workdays import add_months
from supervise.workspace import Workspace

POLICY = "standards-2020-with-defaults.toml"
TEAM_SIZE = 12

Secret = str | Unlocked
"""What opens the store. To make its key out of a passphrase takes a moment, and 128 MiB, by design."""

_PASSPHRASE = "nothing in here is true"
_ME = "the benchmark"


def store_path(folder: Path) -> Path:
    """The store that is measured."""
    return folder / "service.store"


def create(folder: Path) -> bytes:
    """Make the store, with the default policy and nobody in it; its key, for whoever asks it bare."""
    store, _ = create_store(
        Places(store_path(folder)), _PASSPHRASE, now=_now, user=_ME, program="the benchmark"
    )
    with store:
        _with_policy(store)
        return store.key


def take_in(folder: Path, secret: Secret = _PASSPHRASE) -> Taken:
    """All the rows of the folder, by one change."""
    with opened(folder, secret) as here:
        return once(lambda: _take_in(here.store, folder))


def _take_in(store: Store, folder: Path) -> None:
    with store.change("Import a service", by=_ME, kind="import") as change:
        for kind, rows in unpack(folder):
            change.put_all(kind, rows)


@contextmanager
def opened(folder: Path, secret: Secret = _PASSPHRASE) -> Iterator[Workspace]:
    """A workspace on the store, opened with its passphrase if nothing else is given, on the last day of the
    service."""
    places = Places(store_path(folder))
    with open_store(places, secret, now=_now, user=_ME, program="the benchmark") as store:
        yield _workspace(store)


@contextmanager
def in_memory() -> Iterator[Workspace]:
    """A workspace on a store in memory, with the default policy and nobody in it, on the same day."""
    with memory_store(_now) as store:
        yield _with_policy(store)


def _with_policy(store: Store) -> Workspace:
    here = _workspace(store)
    here.add_policies([read_policy_file(resource("policies", POLICY))])
    return here


def _workspace(store: Store) -> Workspace:
    return Workspace(store, today=AS_AT.toordinal, me=_ME)


def _now() -> datetime:
    return datetime.combine(AS_AT, time(12), UTC)


def opening(folder: Path, secret: Secret) -> Taken:
    """Opening the store; closing it is not timed."""
    with ExitStack() as until_closed:
        return once(lambda: until_closed.enter_context(opened(folder, secret)))


def status(folder: Path, secret: Secret = _PASSPHRASE) -> Taken:
    """Where everyone stands."""
    with opened(folder, secret) as here:
        return twice(lambda: here.board(here.clockwork()))


def board(folder: Path, secret: Secret, team: str | None = None) -> Taken:
    """The board of everybody, or of a team, as the window's Team page asks for it."""
    with opened(folder, secret) as here:
        return twice(lambda: Looking(here.here).board(team=team))


def team_status(folder: Path, team: str) -> Taken:
    """Where a team stands."""
    with opened(folder) as here:
        return twice(lambda: here.board(here.clockwork(), team=team))


def gaps(folder: Path, secret: Secret = _PASSPHRASE) -> Taken:
    """Every gap there ever was."""
    with opened(folder, secret) as here:
        return twice(lambda: here.gaps(here.clockwork()))


MEASURES, PAPER = "measures", "paper"
"""The measures of everybody over a year, team by team; and the whole paper of them."""


def service_paper(folder: Path) -> Taken:
    """The measures of a service over its last year, and the paper that tells them."""
    last = AS_AT.toordinal()
    first = add_months(last, -12) + 1
    about = About(first=first, last=last)
    with opened(folder) as here:
        save = partial(here.press.save, BY_NAME["service"], about, folder / "service.pdf", at=_now())
        seconds = {
            MEASURES: timed(lambda: here.measures(here.clockwork(), first, last, "team")),
            PAPER: timed(lambda: list(save())),
        }
    return Taken(seconds, peak())


def back_up(folder: Path, secret: Secret = _PASSPHRASE) -> Taken:
    """A backup, which is opened and read through before it counts."""
    with opened(folder, secret) as here:
        return once(lambda: here.store.backup("benchmark"))


def look_over(folder: Path) -> Taken:
    """The whole check. RuntimeError if it finds something: then nothing here is worth measuring."""
    findings: list[Finding] = []
    with opened(folder) as here:
        taken = once(lambda: findings.extend(check(here.store)))
    if troubles := [finding.words for finding in findings if not finding.ok]:
        raise RuntimeError(" ".join(troubles))
    return taken


def team_of_twelve(folder: Path) -> tuple[str, int]:
    """The team whose board is nearest to twelve people, and how many they are."""
    with opened(folder) as here:
        _, standings = here.board(here.clockwork())
    sizes = Counter(each.tenure.post.team for each in standings if each.tenure)
    return min(sizes.items(), key=lambda team: (abs(team[1] - TEAM_SIZE), team[0]))


def gaps_told(folder: Path) -> list[dict[str, Any]]:
    """Every gap as other programs read it."""
    with opened(folder) as here:
        clockwork = here.clockwork()
        service, found = here.gaps(clockwork)
        told: list[dict[str, Any]] = Said(clockwork, service, None).gaps(found)["gaps"]
    return told
