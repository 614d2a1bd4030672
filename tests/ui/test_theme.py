"""Every colour keeps the contrast that reading needs, and a spoilt theme gives way to a good one."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor

from supervise.errors import BadFile
from supervise.places import resource
from supervise.ui import theme
from supervise.ui.theme import NAMES, READ_ON, SEEN_ON, STATUSES, contrast, read_theme, theme_called


def test_black_on_white_is_the_strongest_contrast_there_is() -> None:
    assert contrast(QColor("#000000"), QColor("#ffffff")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#777777")) == pytest.approx(1)
    assert contrast(QColor("#ffffff"), QColor("#767676")) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_read_stands_out_from_what_it_stands_on(name: str) -> None:
    worn = theme_called(name)
    weak = {pair: contrast(worn[pair[0]], worn[pair[1]]) for pair in READ_ON}
    assert not {pair: much for pair, much in weak.items() if much < 4.5}
    seen = {pair: contrast(worn[pair[0]], worn[pair[1]]) for pair in SEEN_ON}
    assert not {pair: much for pair, much in seen.items() if much < 3}


@pytest.mark.parametrize("name", NAMES)
def test_every_status_can_be_read_on_its_pill_and_on_paper(name: str) -> None:
    worn = theme_called(name)
    for status in STATUSES:
        ink, wash = worn.of_status(status)
        assert contrast(ink, wash) >= 4.5, status
        assert contrast(ink, worn["paper"]) >= 4.5, status


@pytest.mark.parametrize("name", NAMES)
def test_every_mark_of_the_strip_that_means_something_can_be_seen(name: str) -> None:
    worn = theme_called(name)
    for mark in ("held", "other", "gap", "due"):
        assert contrast(worn.of_strip(mark), worn["paper"]) >= 3, mark
        assert contrast(worn.of_strip(mark), worn["chosen"]) >= 3, mark


def test_a_status_without_colours_of_its_own_has_those_of_none() -> None:
    worn = theme_called("light")
    assert worn.of_status("not_in_post") == worn.of_status("none") == worn.of_status("no_rule")


@pytest.mark.parametrize("name", NAMES)
def test_the_style_names_only_colours_that_there_are(name: str) -> None:
    style = theme.style_sheet(theme_called(name))
    assert "@" not in style
    assert theme_called(name).colour["accent"] in style


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: "rubbish [",
        lambda text: text.replace('ink = "#1b2230"', 'ink = "blue"'),
        lambda text: text.replace('ink = "#1b2230"', "ink = 7"),
        lambda text: text.replace('gap = ["#9b1c1c", "#fdeaea"]', 'gap = ["#9b1c1c"]'),
        lambda text: text.replace("[strip]", "[stripe]"),
        lambda text: "",
    ],
)
def test_a_spoilt_theme_is_refused_in_words(spoil: object, tmp_path: Path) -> None:
    good = resource("themes", "light.toml").read_text("utf-8")
    bad = tmp_path / "bad.toml"
    bad.write_text(spoil(good), "utf-8")  # type: ignore[operator]
    with pytest.raises(BadFile, match=r"bad\.toml"):
        read_theme(bad)


def test_a_theme_that_is_no_text_is_refused_in_words(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadFile):
        read_theme(bad)
    with pytest.raises(BadFile):
        read_theme(tmp_path / "none.toml")


def test_a_theme_nobody_knows_is_the_light_one() -> None:
    assert theme_called("../../passwords").name == "Light"
