"""`supervise --self-check`: whether all that the program stands on is there, and works, on this computer.

It is for a program that was packed as one folder and runs where there is no Python, so that a part that was
left out shows at once and not on the day it is wanted. It says the words that a person would type, in a
temporary folder, with the sample tracker that ships with the program, as on a fixed day. Nobody's records,
settings or keyring are touched.
"""

from __future__ import annotations

import io
import json
import pkgutil
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import click

import supervise
from supervise.cli import World, main
from supervise.crash_log import short
from supervise.errors import SuperviseError
from supervise.places import Places, resource

NOW = datetime(2026, 9, 30, 9, 30, tzinfo=UTC)
ME = "the self-check"
PASSPHRASE = "violin glacier turnip"
GAPS = 5
"""How many gaps the sample tracker has on that day, with the policy that a new store begins with."""

TEAM, PERSON = "Duty team", "Bo Marsh"

ShowToday = Callable[[Places, str, Callable[[], datetime], str], str]
"""Opens the window on a store with its passphrase at a moment as somebody, lets it be painted and closes it;
says what was seen."""

_TROUBLE = (SuperviseError, ImportError, OSError)
"""What a part that is missing comes as: its words are enough. Of anything else the place is told too."""


@dataclass(slots=True)
class Trial:
    """The temporary folder, what opens the window (None: it is not tried), and the tracker that is taken in."""

    folder: Path
    show_today: ShowToday | None = None
    tracker: Path = field(default_factory=lambda: resource("trackers", "duty-team.xlsx"))
    secret: str = field(default=PASSPHRASE, repr=False)

    @property
    def places(self) -> Places:
        """Those of the store that is made."""
        return Places(self.folder / "self-check.store")

    def says(self, *words: object) -> str:
        """What those words print on the store; SuperviseError with what they complain of."""
        status, out, err = self.ends(*words)
        if status:
            raise SuperviseError(err.strip() or f"“{words[0]}” ended with {status}.")
        return out

    def ends(self, *words: object) -> tuple[int, str, str]:
        """The same with their exit status, whatever comes of them."""
        out, err = io.StringIO(), io.StringIO()
        world = World(now=lambda: NOW, me=ME, take_passphrase=lambda: self.secret)
        with redirect_stdout(out), redirect_stderr(err):
            status = main(world, ["--store", str(self.places.store), *map(str, words)])
        return status, out.getvalue(), err.getvalue()


Step = tuple[str, Callable[[Trial], str]]
"""What is tried, in a few words, and what tries it and says what it saw."""


def check_itself(show_today: ShowToday | None) -> int:
    """Try everything in a temporary folder, and give the exit status: see `went`."""
    with TemporaryDirectory(prefix="supervise-self-check-", ignore_cleanup_errors=True) as folder:
        return went(Trial(Path(folder), show_today))


def went(trial: Trial, steps: Sequence[Step] | None = None) -> int:
    """Try the steps (all, if none are given) and say how they went: 0 if all is well, 1 after a sentence about
    the first that is not."""
    for what, step in STEPS if steps is None else steps:
        try:
            seen = step(trial)
        except Exception as error:  # noqa: BLE001 - whatever it is, the step is named and nothing is hidden
            click.echo(f"The self-check stopped at “{what}”: {_said(error)}", err=True)
            return 1
        click.echo(f"ok       {what}: {seen}")
    click.echo("All is well.")
    return 0


def _said(error: Exception) -> str:
    if isinstance(error, _TROUBLE):
        return str(error)
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {short(place.filename)}, line {place.lineno} ({error})."


def _expect(is_so: object, otherwise: str) -> None:
    if not is_so:
        raise SuperviseError(otherwise)


# --- The steps, in order: each does one thing and says what it saw


def every_part(trial: Trial) -> str:
    """Each module of the program, with what it asks for at once; those of the window if that is tried."""
    parts = [each.name for each in pkgutil.walk_packages(supervise.__path__, "supervise.")]
    _expect(__name__ in parts, "The parts of the program cannot be listed.")
    parts.remove("supervise.__main__")
    if trial.show_today is None:
        parts = [part for part in parts if not part.startswith("supervise.ui")]
    for part in parts:
        try:
            import_module(part)
        except ImportError as error:
            raise SuperviseError(f"{part} cannot be loaded ({error}).") from error
    return f"{len(parts)} modules"


def a_new_store(trial: Trial) -> str:
    """A store whose file cannot be read by others."""
    trial.says("new")
    begins = trial.places.store.read_bytes()[:16]
    _expect(not begins.startswith(b"SQLite format"), "The store is not encrypted.")
    return "encrypted, with a passphrase and a recovery key"


def a_tracker(trial: Trial) -> str:
    """The sample tracker, read and taken in."""
    trial.says("import", trial.tracker, "--yes")
    people = json.loads(trial.says("status", "--format", "json"))["people"]
    _expect(PERSON in {each["name"] for each in people}, f"{PERSON} is not in the store.")
    return f"{len(people)} people"


def gaps(trial: Trial) -> str:
    """As many as there are, and why."""
    found = json.loads(trial.says("gaps", "--format", "json"))["gaps"]
    _expect(len(found) == GAPS, f"There are {GAPS} gaps in the sample, and {len(found)} were found.")
    _expect("Policy:" in trial.says("explain", PERSON), "The reasons name no policy.")
    return f"{len(found)}, with their reasons"


def paper(trial: Trial) -> str:
    """A team's compliance as a PDF, and its words read back."""
    import pypdfium2

    path = trial.folder / "team.pdf"
    trial.says("print", "team", TEAM, "--from", "2026-04-01", "--to", "2026-09-30", "-o", path)
    with pypdfium2.PdfDocument(path.read_bytes()) as document:
        pages = len(document)
        words = " ".join(page.get_textpage().get_text_range() for page in document)
    _expect(PERSON in words, f"{PERSON} cannot be read on the paper.")
    return f"{pages} page{'s' if pages > 1 else ''}, read back"


def a_workbook(trial: Trial) -> str:
    """Everything as a workbook, and nothing new in it when it is read."""
    import_module(
        "defusedxml.ElementTree"
    )  # without it openpyxl would read XML with less care, and not say so
    path = trial.folder / "all.xlsx"
    trial.says("export", path)
    _expect("Nothing was stored." in trial.says("import", path, "--dry-run"), "It reads back otherwise.")
    return f"{path.stat().st_size // 1024} KB, read back"


def a_calendar_entry(trial: Trial) -> str:
    """An .ics file, and its time read back."""
    from icalendar import Calendar

    from supervise.exchange.calendar import Appointment, write_event

    path, day = trial.folder / "supervision.ics", date(2026, 10, 14)
    write_event(path, Appointment(session="S1", on=day.toordinal(), at="10:00"), stamp=NOW)
    (event,) = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    begins = event.decoded("dtstart")
    _expect((begins.date(), begins.hour) == (day, 10), "It reads back with another time.")
    return "written and read back"


def a_passphrase_judged(_: Trial) -> str:
    """The list of passphrases that are tried first."""
    from supervise.passphrases import strength

    _expect(strength(PASSPHRASE).is_enough, "A good passphrase is called weak.")
    _expect(not strength("password123456").is_enough, "A weak passphrase is called good.")
    return "good and weak told apart"


def the_keyring(_: Trial) -> str:
    """The parts that speak to the system's own keyring are there. Nothing is asked of it."""
    parts = {
        "win32": ("keyring.backends.Windows", "win32ctypes.core"),
        "darwin": ("keyring.backends.macOS", "keyring.backends.macOS.api"),
    }.get(sys.platform, ("keyring.backends.SecretService", "secretstorage", "jeepney.io.blocking"))
    for part in ("keyring", *parts):
        import_module(part)
    return "its parts are there, and were not asked"


def a_backup(trial: Trial) -> str:
    """A backup, opened again and verified with everything else."""
    trial.says("backup")
    checked = trial.says("check").splitlines()
    _expect(any("Backup" in line for line in checked), "The backup was not found again.")
    return f"verified with everything else, {len(checked)} checks"


def opening_again(trial: Trial) -> str:
    """Another passphrase opens nothing."""
    trial.secret = "not the passphrase"
    status, _, _ = trial.ends("status")
    trial.secret = PASSPHRASE
    _expect(status == 1, "Another passphrase opens the store.")
    _expect(PERSON in trial.says("status"), "The store does not open again.")
    return "with its passphrase, and with no other"


def the_window(trial: Trial) -> str:
    """Today, and every other page."""
    if trial.show_today is None:
        return "not tried here"
    return trial.show_today(trial.places, PASSPHRASE, lambda: NOW, ME)


STEPS: tuple[Step, ...] = (
    ("every part", every_part),
    ("a new store", a_new_store),
    ("a tracker taken in", a_tracker),
    ("gaps", gaps),
    ("a paper", paper),
    ("a workbook", a_workbook),
    ("a calendar entry", a_calendar_entry),
    ("a passphrase judged", a_passphrase_judged),
    ("the keyring", the_keyring),
    ("a backup", a_backup),
    ("opening again", opening_again),
    ("the window", the_window),
)
"""What is tried, in order."""
