"""The torture at its smallest: every part runs, nothing is lost, and what is lost would be found."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from supervise.errors import StoreIsDamaged
from supervise.store import Store
from supervise.store.opening import open_with_key
from tests.exchange.test_calendar import PLAIN
from tests.exchange.test_calendar import told as told_by
from tests.making import workspace, write_csv
from tests.store.telling import Clock
from torture import damage, imports, paper, secrecy, stage, strings, whole
from torture.__main__ import main
from torture.found import Came, Found
from torture.parts import PARTS, run_part
from torture.stage import Stage, set_stage
from torture.table import told
from torture.words import hostile

SMALLEST = {
    "kills": 8,
    "damage": 10,
    "machine": 4,
    "imports": 16,
    "screens": 10,
    "strings": 10,
    "schemas": 1,
}
"""How often each part is tried here. A day at the window takes longer, and is tried by `dev.py torture` only."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return set_stage(tmp_path_factory.mktemp("stage") / "made")


@pytest.fixture
def here(made: Stage, tmp_path: Path) -> Stage:
    return made.copied(tmp_path / "here")


@pytest.mark.parametrize("part", SMALLEST)
def test_a_part_at_its_smallest_loses_nothing(part: str, tmp_path: Path) -> None:
    found = run_part(part, tmp_path / part, SMALLEST[part], seed=7)
    assert found.wrong == [] and found.lost == 0
    assert found.tried >= SMALLEST[part] and found.detected + found.harmless == found.tried


def test_every_part_is_tried_here_or_said_not_to_be() -> None:
    assert SMALLEST.keys() | {"secrecy"} == PARTS.keys()


# --- What is lost would be found


def test_a_draft_that_is_not_there_is_missed(here: Stage) -> None:
    assert whole.typed(here, []) == []
    assert whole.typed(here, ["1", "2"]) == ["2 words were kept, and there are 0 drafts"]


def test_a_record_or_file_that_is_not_there_is_missed(here: Stage) -> None:
    assert whole.finished(here, []) == whole.taken_in(here, []) == []
    assert whole.finished(here, ["s9"]) == ["record s9 was acknowledged and is not there"]
    assert whole.taken_in(here, ["0"]) == ["file 0 was taken in and has None rows"]


def test_damage_that_nobody_is_told_of_is_lost(here: Stage) -> None:
    found = Found()
    target = damage.Target("a store", lambda it: it.places.store, here, "other", damage._look)
    damage._judge(found, target, here, "bit 0 flipped", restore=False)
    assert found.wrong == ["a store: bits flipped: bit 0 flipped, and nobody was told"]
    assert (found.tried, found.lost) == (1, 1)


def test_every_way_of_spoiling_alters_the_file(tmp_path: Path) -> None:
    path, chance = tmp_path / "a", random.Random(3)
    for _ in range(50):
        path.write_bytes(b"x" * 5000)
        damage.spoil(path, chance)
        assert path.read_bytes() != b"x" * 5000


def test_a_line_of_which_nothing_is_said_is_lost(tmp_path: Path) -> None:
    lines = [["Worker", "Date of supervision"], ["Ada Nwosu", "14/03/2017"]]
    write_csv(tmp_path / "a.csv", lines)
    plan = workspace().plan_import(tmp_path / "a.csv")
    assert imports._unsaid_lines(lines, plan) == []
    (said,) = imports._unsaid_lines([*lines, ["Bo Berg", "15/03/2017"]], plan)
    assert "nothing is said of line 3" in said


def test_words_that_are_not_on_the_paper_are_missed() -> None:
    assert paper.printed_in("one two\nthree", "beforeonetwobetweenthreeafter")
    assert not paper.printed_in("one two", "onethree")
    assert paper.printed_in("a long line over two pages", "alonglineov.foot.head.ertwopages")


def test_a_word_in_the_clear_is_found(tmp_path: Path) -> None:
    for name in ("data", "taken"):
        (tmp_path / name).mkdir()
    (tmp_path / "taken" / "export.csv").write_text("zqoneqz", "utf-8")
    (tmp_path / "data" / "left").write_text("so ZQTWOQZ was said", "utf-16")
    found = Found()
    secrecy._look(found, tmp_path, ["zqoneqz", "zqtwoqz"])
    assert [each.replace("\\", "/") for each in found.wrong] == [
        "words looked for: zqtwoqz stands in data/left"
    ]


def test_hostile_words_are_of_every_kind_and_never_empty() -> None:
    some = [hostile(random.Random(n)) for n in range(500)]
    assert all(each.strip() and "\0" not in each for each in some)
    for sign in ("=", "<", "\\", "\x1b", "&", "\n"):
        assert any(sign in each for each in some)
    assert strings._bad_name(Path("/somewhere"), "../a") != []


# --- Telling


def test_the_table_tells_what_was_tried_lost_and_not_tried() -> None:
    found = Found(not_tried=["sockets, for want of strace"])
    found.note("kills", Came.HARMLESS, 1_000)
    found.judge("kills", ["change 3 is gone"])
    said = told({"Killed": found.ended()}, {"damage": "a traceback"}, "Run on a day.")
    assert "| kills | 1,001 | 1,000 | 0 | 1 |" in said
    assert "**1,001 attempts; lost: 1.** NOT ENDED: damage (a traceback)." in said
    assert "* kills: change 3 is gone" in said and "Not tried in this run: sockets" in said


def test_the_command_names_its_parts() -> None:
    said = CliRunner().invoke(main, ["--help"]).output
    assert all(part in said for part in PARTS) and "--quick" in said


# --- What the torture has found


def test_a_bit_in_whatever_page_is_told_also_where_the_store_then_refuses_to_write(here: Stage) -> None:
    """SQLCipher, once it has met a page that is not as it was written, lets SQLite run out of memory."""
    good, said = here.places.store.read_bytes(), []
    for page in range(len(good) // 4096):
        content = bytearray(good)
        content[page * 4096 + 100] ^= 1
        here.places.store.write_bytes(content)
        try:
            with Store(
                open_with_key(here.places, here.key), Clock(stage.TODAY), here.places, here.key
            ) as spoilt:
                said.append(" ".join(stage.faults(spoilt)))
        except StoreIsDamaged as error:
            said.append(error.sentence)
    assert all(said)
    assert any("or this computer has no memory left" in words for words in said)


def test_a_place_with_what_a_calendar_takes_for_the_end_of_a_line_stays_on_its_line() -> None:
    _, made = told_by(replace(PLAIN, place="Block C\\North"))
    assert made["LOCATION"] == "Block C/North"
