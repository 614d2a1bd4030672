"""What goes into the packed program: looked at without packing it, which takes minutes (`dev.py build`)."""

from __future__ import annotations

import ast
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from packing import building, icon, needed, windows
from packing.contents import (
    DATA,
    LATE,
    LATE_PACKAGES,
    LEFT_OUT,
    QT_LIBRARIES,
    QT_PLUGINS,
    ROOT,
    TERMINAL,
    WINDOW,
    is_wanted,
)
from supervise import __version__

SPEC = (ROOT / "build.spec").read_text("utf-8")
SOURCES = sorted((ROOT / "supervise").rglob("*.py"))


@cache
def asked_for() -> set[str]:
    """Every module that ours import, wherever in a module they do."""
    found = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {each.name for each in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found |= {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
    return found


def test_the_description_takes_everything_from_the_list() -> None:
    for name in (
        "DATA",
        "LATE",
        "LATE_PACKAGES",
        "LEFT_OUT",
        "described",
        "is_wanted",
        "WINDOW",
        "TERMINAL",
    ):
        assert f"contents.{name}" in SPEC
    ast.parse(SPEC)


def test_every_folder_of_resources_and_of_sql_goes_in() -> None:
    """Whatever is not Python in the package, and all of the resources."""
    taken = [ROOT / source for source, _ in DATA]
    assert all(each.exists() for each in taken)
    others = [
        path
        for folder in ("resources", "supervise")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"}
    ]
    assert others
    assert not [path for path in others if not any(path.is_relative_to(each) for each in taken)]


def test_every_module_of_ours_goes_in_however_it_is_imported() -> None:
    assert LATE_PACKAGES == ("supervise",)


def test_every_module_that_nobody_names_exists_under_that_name() -> None:
    assert [name for name in LATE if find_spec(name) is None] == []


def test_nothing_that_ours_import_is_left_out() -> None:
    left_out = [
        each for each in asked_for() if any(f"{each}.".startswith(f"{out}.") for out in LEFT_OUT)
    ]
    assert left_out == []


def test_the_modules_of_qt_that_ours_import_have_their_libraries() -> None:
    modules = {each.split(".")[1] for each in asked_for() if each.startswith("PySide6.")}
    assert {each.removeprefix("Qt") for each in modules} <= QT_LIBRARIES


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6\\plugins\\platforms\\qwindows.dll", True),
        ("PySide6/Qt/plugins/platforms/libqvnc.so", False),
        ("PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so", False),
        ("PySide6/Qt/plugins/tls/libqopensslbackend.so", False),
        ("PySide6/Qt/plugins/networkinformation/libqglib.so", False),
        ("PySide6/Qt/lib/libQt6Widgets.so.6", True),
        ("PySide6\\Qt6Widgets.dll", True),
        ("PySide6/Qt/lib/libQt6Quick.so.6", False),
        ("libQt6VirtualKeyboard.so.6", False),
        ("PySide6/Qt/lib/libicudata.so.73", True),
        ("PySide6/QtWidgets.abi3.so", True),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("PySide6\\opengl32sw.dll", False),
        ("supervise/resources/themes/light.toml", True),
        ("libxcb-cursor.so.0", True),
    ],
)
def test_of_qt_only_what_is_used_goes_in(place: str, wanted: bool) -> None:
    assert is_wanted(place) is wanted


def test_the_window_can_be_shown_on_each_system_and_tried_on_none() -> None:
    assert {"qxcb", "qwayland", "qwindows", "qcocoa", "qoffscreen"} <= set(QT_PLUGINS["platforms"])


def test_only_libraries_that_something_asks_for_go_along() -> None:
    """What the printing plug-in asks for is the system's own affair."""
    asks = {
        "/site/a.so": ["libone.so"],
        "/lib/libone.so": ["libtwo.so"],
        "/site/libcupsprintersupport.so": ["libcups.so"],
    }
    entries = [
        ("a.so", "/site/a.so", "EXTENSION"),
        ("plugins/libcupsprintersupport.so", "/site/libcupsprintersupport.so", "BINARY"),
        *(
            (name, f"/lib/{name}", "BINARY")
            for name in ("libone.so", "libtwo.so", "libcups.so", "libgtk.so")
        ),
    ]
    kept = needed.without_unneeded(
        entries,
        lambda path: [(name, None) for name in asks.get(path, ())],
        lambda path: path[:6] == "/site/",
    )
    assert [Path(place).name for place, _, _ in kept] == [
        "a.so", "libcupsprintersupport.so", "libone.so", "libtwo.so",
    ]  # fmt: skip


# --- Windows


def test_the_two_ways_to_start_differ_where_case_does_not_count() -> None:
    assert WINDOW.casefold() != TERMINAL.casefold()


def test_windows_is_asked_for_no_rights_for_sharp_letters_and_for_long_paths() -> None:
    tree = ElementTree.fromstring(windows.MANIFEST.encode())
    said = {each.tag.split("}")[1]: each for each in tree.iter()}
    assert said["requestedExecutionLevel"].attrib == {"level": "asInvoker", "uiAccess": "false"}
    assert said["longPathAware"].text == "true"
    assert said["dpiAwareness"].text == "PerMonitorV2, PerMonitor"
    assert "uac_admin=False" in SPEC


@pytest.mark.parametrize(
    ("version", "numbers"),
    [
        ("0.1.0", (0, 1, 0, 0)),
        ("12.3", (12, 3, 0, 0)),
        ("1.2.3.4.5", (1, 2, 3, 4)),
        ("2.0.0rc1", (2, 0, 0, 0)),
    ],
)
def test_a_version_as_windows_compares_them(version: str, numbers: tuple[int, ...]) -> None:
    assert windows.four_numbers(version) == numbers


def test_the_file_says_who_it_is_with_the_version_of_the_package(tmp_path: Path) -> None:
    written = windows.write_version(tmp_path, WINDOW).read_text("utf-8")
    call = ast.parse(written, mode="eval").body
    assert isinstance(call, ast.Call) and ast.unparse(call.func) == "VSVersionInfo"
    assert f"StringStruct('ProductVersion', '{__version__}')" in written
    assert "supervise-window.exe" in written


def test_the_picture_is_there_in_every_size(tmp_path: Path) -> None:
    made = icon.make(ROOT / "resources" / "icons" / "supervise.svg", tmp_path)
    with Image.open(made.png) as png, Image.open(made.ico) as ico:
        assert png.size == (256, 256) and png.getchannel("A").getextrema() == (0, 255)
        assert ico.info["sizes"] == {(size, size) for size in icon.SIZES}


# --- Measuring


def test_pressed_and_unpacked_it_is_the_same_and_counts_each_file_once(tmp_path: Path) -> None:
    folder = tmp_path / building.NAME
    (folder / "in").mkdir(parents=True)
    (folder / "a").write_bytes(b"x" * 1000)
    (folder / "b").write_bytes(b"x" * 1000)
    building._linked(folder / "a", folder / "b")
    (folder / "in" / "c").write_bytes(b"y" * 10)
    assert building.bytes_in(folder) == 1010
    again = building.unpacked(building.press(folder, tmp_path / "made"), tmp_path / "elsewhere")
    assert {each.name: each.read_bytes() for each in again.rglob("*") if each.is_file()} == {
        "a": b"x" * 1000, "b": b"x" * 1000, "c": b"y" * 10,
    }  # fmt: skip


def test_a_broken_promise_is_told_in_the_table() -> None:
    lines = [
        building.Line("unpacked", "185.0 MB", "≤ 190 MB", True),
        building.Line("x", "2.00 ×", "≤ 1.3 ×", False),
    ]
    told = building.table(lines).splitlines()
    assert told[1].endswith("yes") and told[2].endswith("NO")
