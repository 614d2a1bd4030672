"""A second start and the first window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtNetwork import QLocalServer
from pytestqt.qtbot import QtBot

from supervise.ui.single import Single, name_of, raise_other

STORE = Path("/somewhere/a.store")


def test_two_stores_and_two_people_have_windows_of_their_own() -> None:
    names = {
        name_of(store, me) for store in (STORE, STORE.with_name("b.store")) for me in ("ann", "ben")
    }
    assert len(names) == 4


def test_the_name_tells_nothing_of_person_or_store() -> None:
    assert "ann" not in name_of(STORE, "ann") and "store" not in name_of(STORE, "ann")


def test_nobody_listens_where_no_window_is(qtbot: QtBot) -> None:
    assert not raise_other(name_of(STORE, "nobody"))


def test_a_window_hears_every_second_start_until_it_closes(qtbot: QtBot) -> None:
    name = name_of(STORE, "ann")
    single = Single(name)
    for _ in range(2):
        with qtbot.waitSignal(single.wanted, timeout=5_000):
            assert raise_other(name)
    single.close()
    assert not raise_other(name)


def test_what_a_window_left_behind_that_ended_abruptly_does_not_deafen_the_next(qtbot: QtBot) -> None:
    name = name_of(STORE, "ann")
    left = QLocalServer()
    assert left.listen(name)
    path = Path(left.fullServerName())
    aside = path.with_name(path.name + "-aside")
    path.rename(aside)  # as a kill leaves it: the name is there, and nobody behind it
    left.close()
    aside.rename(path)
    assert not raise_other(name)
    single = Single(name)
    with qtbot.waitSignal(single.wanted, timeout=5_000):
        assert raise_other(name)
    single.close()
