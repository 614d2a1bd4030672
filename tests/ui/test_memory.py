"""What this computer remembers of looks and habits; rubbish in its file is told and does no harm."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from supervise.ui.memory import SETTINGS, Memory


def test_what_is_remembered_is_there_the_next_time(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.json"
    memory = Memory(path)
    memory["theme"] = "dark"
    memory["steps_done"] = ["a"]
    again = Memory(path)
    assert again["theme"] == "dark" and again["steps_done"] == ["a"]
    assert again["lock_minutes"] == 10 and not again.notes


@pytest.mark.parametrize(
    "rubbish", [b"", b"{", b"[]", b"\xff\xfe", b"null", b"7", b'"theme"', b"[" * 100_000]
)
def test_rubbish_gives_the_usual_settings_and_a_note(rubbish: bytes, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(rubbish)
    memory = Memory(path)
    assert [memory[name] for name in SETTINGS] == [setting.default for setting in SETTINGS.values()]
    (note,) = memory.notes
    assert "settings.json" in note


def test_one_spoilt_setting_leaves_the_others_alone(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"theme": "pink", "text_percent": 1_000_000, "lock_minutes": 5}), "utf-8")
    memory = Memory(path)
    assert memory["theme"] == "system" and memory["text_percent"] == 100
    assert memory["lock_minutes"] == 5
    assert "theme" in memory.notes[0] and "text_percent" in memory.notes[0]


def test_what_a_newer_version_remembered_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"from the future": [1, 2]}), "utf-8")
    Memory(path)["theme"] = "dark"
    assert json.loads(path.read_text("utf-8")) == {"from the future": [1, 2], "theme": "dark"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "pink"),
        ("text_percent", True),
        ("text_percent", 300),
        ("lock_minutes", 0),
        ("columns", []),
    ],
)
def test_a_setting_cannot_become_what_it_cannot_be(name: str, value: object) -> None:
    with pytest.raises(ValueError, match=name):
        Memory(None)[name] = value


def test_a_file_that_cannot_be_written_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "in the way").write_text("a file", "utf-8")
    memory = Memory(tmp_path / "in the way" / "settings.json")
    memory["theme"] = "dark"
    memory["theme"] = "light"
    assert memory["theme"] == "light" and len(memory.notes) == 1
