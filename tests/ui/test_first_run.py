"""The pieces of the first start: what is asked before a store is made, and paper."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from supervise import beginning
from supervise.errors import FileTrouble, NotAllowed, StoreInUse, SuperviseError
from supervise.places import Places
from supervise.store import elsewhere, open_store
from supervise.ui.first_keys import (
    Ready,
    Wanted,
    check_place,
    check_second_place,
    made,
    practice,
    practice_again,
    recovery_sheet_of,
)
from supervise.ui.first_passphrase import StrengthBar
from supervise.ui.first_restore import backup_words
from supervise.ui.printing import print_pdf, printing
from supervise.ui.start import Start
from tests.ui.driving import Hands

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


def printed_on(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(path))
    return printer


def test_the_printed_sheet_shows_the_key(qapp: QApplication, start: Start, tmp_path: Path) -> None:
    pdf = recovery_sheet_of(start, start.places, KEY, "M. Adeyemi")
    document = pypdfium2.PdfDocument(pdf)
    words = document[0].get_textpage().get_text_range()
    document.close()
    assert all(group in words for group in KEY.split("-")) and "M. Adeyemi" in words
    print_pdf(pdf, printed_on(tmp_path / "paper.pdf"))
    paper = _dots(tmp_path / "paper.pdf")
    right, wrong = _dots(pdf), _dots(recovery_sheet_of(start, start.places, OTHER_KEY, "M. Adeyemi"))
    assert _differing(paper, right) < _differing(paper, wrong) / 2, (
        _differing(paper, right),
        _differing(paper, wrong),
    )


def _dots(pdf: bytes | Path) -> list[bytes]:
    """A page, line by line: how dark each dot is."""
    document = pypdfium2.PdfDocument(pdf)
    picture = document[0].render(scale=2, grayscale=True)
    told, stride = bytes(picture.buffer), picture.stride
    document.close()
    return [told[at : at + stride] for at in range(0, len(told), stride)]


def _differing(one: list[bytes], other: list[bytes]) -> int:
    """How many dots are light on one and dark on the other."""
    lines = zip(one, other, strict=False)  # the paper is a dot wider or narrower than the page
    return sum(abs(a - b) > 128 for left, right in lines for a, b in zip(left, right, strict=False))


def _pages() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for number, size in enumerate((A4, landscape(A4), A4)):
        canvas.setPageSize(size)
        canvas.setFont("Helvetica", 200)
        canvas.drawString(60, 120, str(number + 1))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_every_page_is_printed_in_its_own_direction_and_counted(
    qapp: QApplication, tmp_path: Path
) -> None:
    steps = list(printing(_pages(), printed_on(tmp_path / "paper.pdf")))
    assert steps == [(0, 3), (1, 3), (2, 3)]
    paper = pypdfium2.PdfDocument(tmp_path / "paper.pdf")
    assert [wide > tall for wide, tall in (page.get_size() for page in paper)] == [False, True, False]
    paper.close()


def test_only_the_pages_asked_for_are_printed(qapp: QApplication, tmp_path: Path) -> None:
    printer = printed_on(tmp_path / "paper.pdf")
    printer.setFromTo(3, 3)
    print_pdf(_pages(), printer)
    paper = pypdfium2.PdfDocument(tmp_path / "paper.pdf")
    assert len(paper) == 1
    paper.close()


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_refuses_is_told_in_words(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match="would not take it"):
        print_pdf(_pages(), printed_on(tmp_path / "nowhere" / "paper.pdf"))
