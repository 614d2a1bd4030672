"""The pieces of the first start: what is asked before a store is made, and paper."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication

from supervise import beginning
from supervise.errors import FileTrouble, NotAllowed, StoreInUse, SuperviseError
from supervise.places import Places
from supervise.store import elsewhere, open_store
from supervise.ui.first_keys import Ready, practice, practice_again
from supervise.ui.first_made import Wanted, check_place, check_second_place, made, recovery_sheet_of
from supervise.ui.first_passphrase import StrengthBar
from supervise.ui.first_restore import backup_words
from supervise.ui.printing import print_pdf
from supervise.ui.start import Start
from tests.ui.driving import Hands
from tests.ui.test_printing import differing, dots, printed_on

ME = "nbowen"
PASSPHRASE = "violin glacier turnip"
KEY = "QW2E-RT5Y-UIOP-A7SD-FGH3-JKLZ-XCV4-BNM6"
OTHER_KEY = "BNM6-XCV4-JKLZ-FGH3-A7SD-UIOP-RT5Y-QW2E"


@pytest.fixture
def start(tmp_path: Path) -> Start:
    return Start(
        now=Hands(), me=ME, take_passphrase=lambda: None, places=Places(tmp_path / "own" / "a.store"),
        was_named=False, practice=Places(tmp_path / "practice" / "p.store"), machine=None, home=tmp_path,
        environment={},
    )  # fmt: skip


def wanted(start: Start, **otherwise: object) -> Wanted:
    usual: dict[str, object] = {
        "places": start.places, "passphrase": PASSPHRASE, "recovery_key": KEY, "keeper": "M. Adeyemi",
        "second_place": None, "remember": False, "service": False, "then": "add_person",
    }  # fmt: skip
    return Wanted(**usual | otherwise)  # type: ignore[arg-type]


# --- Making


def test_a_store_is_made_closed_under_the_key_that_was_written_down(start: Start) -> None:
    ready = made(start, wanted(start))
    assert ready.then == "add_person" and not ready.notes and not ready.remembers
    for secret in (ready.keys, KEY):
        with open_store(start.places, secret, now=start.now, user=ME, program="the test") as store:
            assert beginning.keeper(store) == beginning.Keeper(
                name="M. Adeyemi", since=start.now().toordinal()
            )


def test_a_second_place_that_has_gone_away_meanwhile_is_no_reason_not_to_make_the_store(
    start: Start,
) -> None:
    ready = made(start, wanted(start, second_place=start.home / "gone"))
    assert "is not there. Choose a second place for backups in the settings." in ready.notes[0]
    with open_store(start.places, ready.keys, now=start.now, user=ME, program="the test") as store:
        assert elsewhere.second_place(store) is None


def test_what_fails_half_way_leaves_nothing(start: Start) -> None:
    with pytest.raises(SuperviseError):
        made(start, wanted(start, keeper=" "))
    assert not start.places.store.exists() and not start.places.slots.exists()


def test_what_is_wanted_does_not_tell_its_secrets(start: Start) -> None:
    assert PASSPHRASE not in repr(wanted(start)) and KEY not in repr(wanted(start))


def test_practice_is_made_once_and_again_only_when_asked(start: Start) -> None:
    first = practice(start, start.practice)
    with open_store(start.practice, first.keys, now=start.now, user=ME, program="the test") as store:
        with store.change("Add", by=ME) as change:
            change.put("person", {"id": "mine", "name": "Mine"})
        with pytest.raises(StoreInUse):
            practice(start, start.practice)
    assert _has_mine(start, practice(start, start.practice))
    assert not _has_mine(start, practice_again(start, start.practice))


def _has_mine(start: Start, ready: Ready) -> bool:
    with open_store(ready.places, ready.keys, now=start.now, user=ME, program="the test") as store:
        return store.row("person", "mine") is not None


# --- Places


def test_a_new_folder_of_ones_own_may_have_a_store(start: Start) -> None:
    check_place(start, start.home / "new" / "newer" / "a.store")
    assert not (start.home / "new").exists()


def test_a_path_must_be_whole(start: Start) -> None:
    with pytest.raises(FileTrouble, match="is not a whole path"):
        check_place(start, Path("records") / "a.store")


def test_a_store_that_is_there_is_not_written_over(start: Start) -> None:
    start.places.store.parent.mkdir()
    start.places.store.write_bytes(b"something")
    with pytest.raises(NotAllowed, match="There is a store in"):
        check_place(start, start.places.store)


def test_a_file_is_no_folder(start: Start) -> None:
    (start.home / "file").write_bytes(b"")
    with pytest.raises(FileTrouble, match="Nothing can be written"):
        check_place(start, start.home / "file" / "a.store")


def test_a_second_place_must_be_there_and_be_another(start: Start) -> None:
    with pytest.raises(FileTrouble, match="is not there"):
        check_second_place(start, start.places, start.home / "gone")
    start.places.store.parent.mkdir()
    with pytest.raises(NotAllowed, match="what befalls one would befall the other"):
        check_second_place(start, start.places, start.places.store.parent)


def test_a_second_place_on_the_same_disk_is_warned_of_unless_it_leaves_this_computer(
    start: Start,
) -> None:
    (start.home / "beside").mkdir()
    assert "on the same disk" in check_second_place(start, start.places, start.home / "beside")
    (start.home / "OneDrive").mkdir()
    assert check_second_place(start, start.places, start.home / "OneDrive") == ""


def test_a_backup_is_called_by_its_moment_or_by_its_name() -> None:
    assert backup_words(Path("2026-03-18T09-30-00Z on-closing.zip")).endswith("on closing")
    assert backup_words(Path("carried over.zip")) == "carried over.zip"


# --- The bar


@pytest.mark.parametrize("score", range(5))
def test_the_bar_tells_by_shape_how_many_blocks_are_full(qapp: QApplication, score: int) -> None:
    bar = StrengthBar()
    bar.resize(bar.sizeHint())
    bar.show_score(score)
    image = bar.grab().toImage()
    across, down = image.width() / 4, image.height() * 0.3
    middles = [image.pixelColor(round((at + 0.5) * across), round(down)) for at in range(4)]
    outside = image.pixelColor(image.width() - 1, image.height() - 1)
    assert [colour != outside for colour in middles] == [at < score for at in range(4)]


# --- Paper


def test_the_printed_sheet_shows_the_key(qapp: QApplication, start: Start, tmp_path: Path) -> None:
    pdf = recovery_sheet_of(start, start.places, KEY, "M. Adeyemi")
    document = pypdfium2.PdfDocument(pdf)
    words = document[0].get_textpage().get_text_range()
    document.close()
    assert all(group in words for group in KEY.split("-")) and "M. Adeyemi" in words
    print_pdf(pdf, printed_on(tmp_path / "paper.pdf"))
    other = recovery_sheet_of(start, start.places, OTHER_KEY, "M. Adeyemi")
    paper, right, wrong = (dots(each, scale=2) for each in (tmp_path / "paper.pdf", pdf, other))
    assert differing(paper, right) < differing(paper, wrong) / 2, (
        differing(paper, right),
        differing(paper, wrong),
    )
