"""Everything a person, or the automatic check, does with this project. Standard library only.

python3 dev.py run [WORDS…]   set everything up, then open the window (without a screen: walk through the
                              practice service); or run `supervise WORDS…`
python3 dev.py test [WORDS…]  set everything up, then run every test (WORDS go to pytest)
python3 dev.py check          lint, types, imports, dead code, dependencies, known vulnerabilities
python3 dev.py bench          the benchmark table, as ratios measured side by side
python3 dev.py torture        kills, full disks, damage, bad files, hostile words; --quick for a minute of it
python3 dev.py build          the one-folder program: packed, tried where there is no Python, measured, listed
python3 dev.py licences       write the table of libraries and their licences again
python3 dev.py shots [FOLDER] a picture of every page and dialog of the window
python3 dev.py samples        write the sample of every paper, in docs/samples, and the pictures of their pages
python3 dev.py schema         write the picture of the store's schema that a test compares
python3 dev.py bank-holidays  write the list of bank holidays again
python3 dev.py lock           pin the dependencies again (needs uv)
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOCK = ROOT / "requirements" / "dev.txt"
OUT = ROOT / "out"

#: A signed record of the practice service, with a late entry and a statement.
RECORD = "PS0030"

#: What Qt's wheels need of Debian or Ubuntu, beyond a bare system.
QT_LIBRARIES = (
    "libegl1", "libgl1", "libxkbcommon0", "libxkbcommon-x11-0", "libdbus-1-3", "libfontconfig1",
    "libglib2.0-0", "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1",
    "libxcb-randr0", "libxcb-render-util0", "libxcb-shape0", "libxcb-xinerama0", "libxcb-xkb1", "xvfb",
)  # fmt: skip
_QT_PROBE = "from PySide6.QtWidgets import QApplication; QApplication([])"


def say(words: str) -> None:
    print(words, flush=True)


def sh(*command: str | Path, **extra: str) -> None:
    """Run a command in the project's folder; stop with its exit status if it fails."""
    done = subprocess.run(
        [str(part) for part in command], cwd=ROOT, env=environment(**extra), check=False
    )
    if done.returncode:
        sys.exit(done.returncode)


def quietly(*command: str | Path) -> None:
    """Run a command and show what it prints only if it fails."""
    words = [str(part) for part in command]
    done = subprocess.run(
        words, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(done.stdout + done.stderr)


def environment(**extra: str) -> dict[str, str]:
    return {"QT_QPA_PLATFORM": "offscreen", **on_screen(), **extra}


def on_screen() -> dict[str, str]:
    """The environment as it is, so that windows come to the screen that there is."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def setup(*, screen: bool = False) -> None:
    """The virtual environment with the pinned dependencies, and what Qt needs of the system, also for a
    window on a screen if `screen` says so."""
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        sys.exit(
            f"Supervise needs Python 3.11, 3.12 or 3.13; this is {sys.version.split()[0]}. "
            "Run dev.py with one of those, for example: python3.12 dev.py run"
        )
    stamp = VENV / "ready"
    wanted = hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    wanted += f" {sys.version_info[:2]} {ROOT}"
    if not (stamp.exists() and stamp.read_text() == wanted):
        say("Setting up: a virtual environment and the pinned dependencies (a few minutes, once) …")
        if VENV.exists():
            shutil.rmtree(VENV)
        venv.create(VENV, with_pip=True)
        pip = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        sh(*pip, "--require-hashes", "-r", LOCK)
        quietly(*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT)
        stamp.write_text(wanted)
    qt_libraries(on_screen() if screen else environment())


def qt_libraries(about: dict[str, str]) -> None:
    """Install Qt's system libraries if Qt does not start without them, or say what to type."""
    if qt_starts(about) or not sys.platform.startswith("linux"):
        return
    install = ["apt-get", "install", "-y", "--no-install-recommends", *QT_LIBRARIES]
    if shutil.which("apt-get") and os.geteuid() == 0:
        say("Setting up: system libraries for Qt …")
        for command in (["apt-get", "update"], install):
            subprocess.run(
                command,
                check=False,
                stdout=subprocess.DEVNULL,
                env=environment(DEBIAN_FRONTEND="noninteractive"),
            )
        if qt_starts(about):
            return
    say("Qt does not start yet; it needs some system libraries. On Debian or Ubuntu type:")
    sys.exit("  sudo " + " ".join(install))


def qt_starts(about: dict[str, str]) -> bool:
    probe = [str(PYTHON), "-c", _QT_PROBE]
    return subprocess.run(probe, capture_output=True, env=about, check=False).returncode == 0


def has_screen() -> bool:
    """Whether a window can be shown."""
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in screens)


def run(words: Sequence[str]) -> None:
    """The program itself: its window, or, without a screen, a walk through the practice service."""
    setup(screen=has_screen() and not words)
    if words or has_screen():
        command = [str(PYTHON), "-m", "supervise", *words]
        sys.exit(subprocess.run(command, cwd=ROOT, env=on_screen(), check=False).returncode)
    OUT.mkdir(exist_ok=True)
    store, record = OUT / "practice.store", OUT / "supervision-record.pdf"
    for old in OUT.glob("practice.store*"):
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    here = (PYTHON, "-m", "supervise", "--store", store)
    say("A made-up practice service, whose dates follow today:\n")
    sh(*here, "practice")
    say("\nThe board of one team (supervise status):\n")
    sh(*here, "status", "--team", "Safeguarding East")
    say("\nWho has a gap now or had one lately, and since when (supervise gaps):\n")
    sh(*here, "gaps", "--from", days_ago(92))
    say("\nWhy (supervise explain):\n")
    sh(*here, "explain", "W05")
    say("\nA supervision record on paper (supervise print record):\n")
    sh(*here, "print", "record", RECORD, "-o", record)
    say(f"\nThe practice store is {store.relative_to(ROOT)} and the record {record.relative_to(ROOT)}.")
    say("Ask it more: python3 dev.py run --store out/practice.store measures --help")


def days_ago(days: int) -> str:
    from datetime import date, timedelta

    return (date.today() - timedelta(days=days)).isoformat()


def test(words: Sequence[str]) -> None:
    """Every test, on all cores; those that are named, one after the other."""
    setup()
    together = () if words else ("-n", "logical", "--dist", "loadfile")
    sh(PYTHON, "-m", "pytest", *together, *words)


def check(_: Sequence[str]) -> None:
    """Lint, format, types, floors, dead code, dependencies, licences, vulnerabilities."""
    setup()
    sh(BIN / "ruff", "check", ".")
    sh(BIN / "ruff", "format", "--check", ".")
    sh(BIN / "mypy")
    sh(BIN / "lint-imports")
    sh(BIN / "vulture")
    sh(BIN / "deptry", ".")
    audit()


def audit() -> None:
    """Known vulnerabilities of what is shipped. What cannot be looked up from here is said, not failed."""
    command = [
        "pip-audit",
        "--require-hashes",
        "--disable-pip",
        "-f",
        "json",
        "-r",
        "requirements/run.txt",
    ]
    command[0] = str(BIN / command[0])
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    try:
        found = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        say("pip-audit: NOT CHECKED, the service that lists vulnerabilities cannot be reached from here")
        return
    holes = [f"{each['name']}: {hole['id']}" for each in found for hole in each.get("vulns", ())]
    if holes:
        sys.exit("pip-audit: " + ", ".join(holes))
    skipped = [each["name"] for each in found if "skip_reason" in each]
    if skipped:
        say(
            f"pip-audit: NOT CHECKED for {len(skipped)} of {len(found)}, which cannot be looked up from here"
        )
    if len(skipped) < len(found):
        say(f"pip-audit: no known vulnerabilities in {len(found) - len(skipped)} of {len(found)}")


def bench(words: Sequence[str]) -> None:
    """The benchmark table."""
    setup()
    sh(PYTHON, "-m", "bench", *words)


def torture(words: Sequence[str]) -> None:
    """Everything that was thought of to destroy what is kept."""
    setup()
    sh(PYTHON, "-m", "torture", *words)


def build(words: Sequence[str]) -> None:
    """The one-folder program, in dist/, with all that is promised of it."""
    setup()
    sh(PYTHON, "-m", "packing", *words)


def licences(_: Sequence[str]) -> None:
    """The table in docs/licences.md, from what is installed."""
    setup()
    sh(PYTHON, "-m", "packing", "licences")


def shots(words: Sequence[str]) -> None:
    """A picture of every page and dialog."""
    setup()
    sh(PYTHON, "-m", "tests.ui.shots", *(words or [OUT / "shots"]))


def samples(_: Sequence[str]) -> None:
    """A sample of every paper, and pictures of their pages."""
    setup()
    sh(PYTHON, "-m", "tests.reports.making_samples")


def schema(_: Sequence[str]) -> None:
    """The picture of the schema that a test compares."""
    setup()
    sh(PYTHON, "-m", "tests.store.picture")


def bank_holidays(_: Sequence[str]) -> None:
    """The list of bank holidays, from the `holidays` library."""
    setup()
    sh(PYTHON, "-m", "tests.bank_holidays")


def lock(_: Sequence[str]) -> None:
    """Pin every dependency again, with hashes and without naming where they come from."""
    compile_ = ("uv", "pip", "compile", "pyproject.toml", "--universal", "--python-version", "3.11",
                "--generate-hashes", "--no-header", "--no-emit-index-url", "--no-emit-find-links",
                "--upgrade")  # fmt: skip
    sh(*compile_, "--group", "dev", "-o", LOCK)
    sh(*compile_, "-c", LOCK, "-o", ROOT / "requirements" / "run.txt")


COMMANDS: dict[str, Callable[[Sequence[str]], None]] = {
    "run": run, "test": test, "check": check, "bench": bench, "torture": torture, "build": build,
    "licences": licences, "shots": shots, "samples": samples, "schema": schema,
    "bank-holidays": bank_holidays, "lock": lock,
}  # fmt: skip


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        sys.exit((__doc__ or "").strip())
    COMMANDS[sys.argv[1]](sys.argv[2:])
