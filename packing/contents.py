"""What goes into the packed program, and what is left out of it. `build.spec` asks here."""

from __future__ import annotations

import sys
from importlib import metadata
from pathlib import Path, PurePosixPath

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent

WINDOW = "supervise-window"
"""The program without a terminal, for a double click."""

TERMINAL = "supervise"
"""The same program in a terminal. The names differ by more than case, which Windows does not see."""

DATA = (
    ("resources", "supervise/resources"),
    ("supervise/store/sql", "supervise/store/sql"),
    ("docs/licences.md", "licences"),
    ("packing/texts", "licences"),
    ("LICENSE", "licences"),
)
"""Files and folders of ours, and where they go."""

LATE = (
    "keyring.backends.SecretService",
    "keyring.backends.Windows",
    "keyring.backends.macOS",
    "keyring.backends.kwallet",
    "keyring.backends.chainer",
    "tzdata",  # time zones, where the system has none
)
"""Modules that nobody names in an import statement, besides those of `LATE_PACKAGES`."""

LATE_PACKAGES = ("supervise",)
"""Packages of which every module goes in: some are imported by a name that is made when it is wanted."""

LEFT_OUT = (
    # What a library would take if it were there, and none of ours asks for.
    "lxml", "matplotlib", "numpy", "pandas", "pyphen", "tkinter", "_tkinter", "IPython", "chardet",
    # Of Pillow, which reportlab cannot be imported without: what reads photographs, letters and colour profiles.
    *(f"PIL.{name}" for name in (
        "_avif", "_webp", "_imagingcms", "_imagingft", "_imagingtk", "AvifImagePlugin", "WebPImagePlugin",
        "ImageCms", "ImageFont", "ImageTk", "ImageQt",
    )),
    # Of sqlite-utils: its own command line, which installs plug-ins by pip.
    "pip", "setuptools", "pkg_resources", "_distutils_hack", "wheel", "sqlite_utils.cli", "click_default_group",
    # Of the standard library: what helps to write programs.
    "pdb", "pydoc", "doctest", "unittest", "test", "lib2to3", "idlelib", "ensurepip", "venv", "turtle",
    # Of the standard library: other processes. There are none, and preparing for them would slow every start.
    "multiprocessing", "concurrent.futures.process",
    # What speaks to the network: the program never does.
    "ssl", "_ssl", "ftplib", "smtplib", "xmlrpc",
    # Of cffi: its compiler. cryptography needs only the part that calls.
    "pycparser",
    # Of Qt: everything but these five modules.
    *(f"PySide6.{name}" for name in (
        "QtDesigner", "QtHelp", "QtOpenGL", "QtOpenGLWidgets", "QtQml", "QtQuick", "QtQuickControls2",
        "QtQuickTest", "QtQuickWidgets", "QtSql", "QtSvgWidgets", "QtTest", "QtUiTools", "QtXml", "QtConcurrent",
    )),
)  # fmt: skip
"""Modules that stay out."""

SLOW_STARTS = ("pyi_rth_pyside6", "pyi_rth_inspect") if sys.platform.startswith("linux") else ()
"""What PyInstaller would run before the program, and need not. The one loads a part of Qt, also for those who only ask
the terminal something, to say where Qt is: the wheels of PySide6 know that by themselves. The other reads an archive,
to show sources that a packed program does not have. They are left in where we cannot try it."""

QT_PLUGINS = {
    "platforms": ("qxcb", "qwayland", "qoffscreen", "qwindows", "qcocoa"),
    "platforminputcontexts": ("composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"),
    "platformthemes": ("qxdgdesktopportal",),
    "wayland-shell-integration": ("xdg-shell",),
    "wayland-decoration-client": ("adwaita", "bradient"),
    "iconengines": ("qsvgicon",),
    "imageformats": ("qsvg",),
    "printsupport": ("cupsprintersupport", "windowsprintersupport"),
    "styles": (),
}
"""The plug-ins of Qt that go in, by folder, as they are called without “lib” and ending: screens (and none,
for trying it), accents, print, the small pictures of the style. Nothing that draws by a graphics card,
connects to a network or reads photographs."""

QT_LIBRARIES = frozenset(
    {"Core", "Gui", "Widgets", "Network", "PrintSupport", "DBus", "Svg", "XcbQpa", "WaylandClient"}
)
"""The libraries of Qt that go in, as they are called after “Qt6”."""


def run_requirements() -> list[Requirement]:
    """What the program asks for to run, pinned: every line of requirements/run.txt."""
    lines = (ROOT / "requirements" / "run.txt").read_text("utf-8").splitlines()
    pins = (line.removesuffix("\\").strip() for line in lines if line[:1].isalnum())
    return [Requirement(pin) for pin in pins]


def is_wanted(place: str) -> bool:
    """Whether a file that PyInstaller found goes in. `place` is where it would stand, whichever strokes are
    in it."""
    path = PurePosixPath(place.replace("\\", "/"))
    if path.parts[:1] != ("PySide6",) and not path.name.startswith(("libQt6", "Qt6")):
        return True
    if "translations" in path.parts or "qml" in path.parts or path.name == "opengl32sw.dll":
        return False
    if "plugins" in path.parts:
        return _plain(path.name) in QT_PLUGINS.get(path.parent.name, ())
    name = _plain(path.name)
    return not name.startswith("Qt6") or name.removeprefix("Qt6") in QT_LIBRARIES


def _plain(name: str) -> str:
    """The name of a library without what each system puts before and after it."""
    return name.removeprefix("lib").split(".")[0]


def described() -> list[str]:
    """The libraries whose description, with their licences, goes in: all that are installed here of what the
    program asks for, and are not left out."""
    names = [each.name for each in run_requirements() if not each.marker or each.marker.evaluate()]
    modules: dict[str, set[str]] = {}
    for module, owners in metadata.packages_distributions().items():
        for owner in owners:
            modules.setdefault(canonicalize_name(owner), set()).add(module)
    return [name for name in names if not modules[canonicalize_name(name)] <= set(LEFT_OUT)]
