"""`python -m packing licences`: under which licence each library is used, and why it is there.

The licence is what the installed library says of itself. What a library says only in words, or in a file, is put
into the terms of SPDX here; what is not installed on this system, too.
"""

from __future__ import annotations

from importlib import metadata
from typing import NamedTuple

from packaging.requirements import Requirement

from packing.contents import ROOT, run_requirements

DOCUMENT = ROOT / "docs" / "licences.md"
BEGIN, END = "<!-- table: begin -->", "<!-- table: end -->"

ALLOWED = frozenset(
    {
        "Apache-2.0", "Apache-2.0 OR BSD-3-Clause", "BSD-2-Clause", "BSD-3-Clause", "BSD-3-Clause AND Apache-2.0",
        "LGPL-3.0-only", "LicenseRef-Public-Domain", "MIT", "MIT-0", "MIT-CMU", "PSF-2.0", "Zlib AND BSD-3-Clause",
    }
)  # fmt: skip
"""What may be shipped with a program under the MIT licence. A licence that is not here needs a decision."""

SAID = {
    "MIT License": "MIT",
    "Apache License, Version 2.0": "Apache-2.0",
    "PSFL": "PSF-2.0",
    "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only": "LGPL-3.0-only",  # the one of the three that is chosen
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
    "Public Domain": "LicenseRef-Public-Domain",
}
"""What libraries say in words of their own."""

READ = {
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",  # its LICENSE: what is new is under both
    "reportlab": "BSD-3-Clause",  # its LICENSE
    "sqlcipher3": "Zlib AND BSD-3-Clause",  # its LICENSE; SQLCipher inside it is BSD-3-Clause
}
"""Licences that were read in the library's own file, because its description does not name one."""

ELSEWHERE = {
    "backports-tarfile": "MIT",
    "importlib-metadata": "Apache-2.0",
    "jeepney": "MIT",
    "lazy-importer": "Apache-2.0",
    "pywin32-ctypes": "BSD-3-Clause",
    "secretstorage": "BSD-3-Clause",
    "typing-extensions": "PSF-2.0",
    "zipp": "MIT",
}
"""Those of libraries that only some systems or some versions of Python need."""

WHY = {
    "backports-tarfile": "jaraco-context asks for it on Python 3.11",
    "cffi": "cryptography calls C by it",
    "charset-normalizer": "reportlab asks for it",
    "click": "the command line",
    "click-default-group": "the command line of sqlite-utils, which is not used, asks for it",
    "cryptography": "keys out of passphrases, keys wrapped in keys",
    "defusedxml": "XML in workbooks without its traps",
    "et-xmlfile": "openpyxl writes by it",
    "icalendar": "dates for calendars",
    "importlib-metadata": "keyring asks for it on Python 3.11",
    "jaraco-classes": "keyring asks for it",
    "jaraco-context": "keyring asks for it",
    "jaraco-functools": "keyring asks for it",
    "jeepney": "keyring speaks to the system by it, on Linux",
    "keyring": "remembering a passphrase, if asked to",
    "lazy-importer": "importlib-metadata asks for it",
    "more-itertools": "jaraco-classes and -functools ask for it",
    "openpyxl": "writing workbooks",
    "pillow": "reportlab asks for it",
    "pip": "sqlite-utils asks for it, to install plug-ins, which is not used",
    "platformdirs": "where files belong",
    "pluggy": "sqlite-utils asks for it",
    "pycparser": "cffi asks for it, to compile, which is not used",
    "pypdfium2": "paper on the screen",
    "pyside6-essentials": "the window: Qt",
    "python-calamine": "reading workbooks of every age",
    "python-dateutil": "months added to a date",
    "pywin32-ctypes": "keyring speaks to the system by it, on Windows",
    "rapidfuzz": "names and words that are alike",
    "reportlab": "paper",
    "secretstorage": "keyring speaks to the system by it, on Linux",
    "shiboken6": "a part of PySide6",
    "six": "python-dateutil asks for it",
    "sqlcipher3": "the encrypted store",
    "sqlite-fts4": "sqlite-utils asks for it",
    "sqlite-utils": "tables and migrations",
    "tabulate": "tables in a terminal",
    "typing-extensions": "icalendar asks for it on older Pythons",
    "tzdata": "icalendar asks for it: time zones where the system has none",
    "uuid-utils": "ids in the order of making",
    "zipp": "importlib-metadata asks for it",
    "zxcvbn": "how hard a passphrase is to guess",
}


class Library(NamedTuple):
    """One that is asked for: its pinned version, its licence in the terms of SPDX ("" if nobody knows), why it
    is there, and whether the packed program has it."""

    name: str
    version: str
    licence: str
    why: str
    is_packed: bool


def libraries() -> list[Library]:
    """Every library that running the program asks for, on any system."""
    return [_library(each) for each in run_requirements()]


def _library(asked: Requirement) -> Library:
    (version,) = (pin.version for pin in asked.specifier)
    is_here = asked.marker is None or asked.marker.evaluate()
    licence = licence_of(asked.name) if is_here else ELSEWHERE.get(asked.name, "")
    return Library(asked.name, version, licence, WHY.get(asked.name, ""), asked.name not in NOT_PACKED)


def licence_of(name: str) -> str:
    """What an installed library says of its licence, in the terms of SPDX; "" if that cannot be told."""
    if name in READ:
        return READ[name]
    told = metadata.metadata(name).json
    named = [each.split(" :: ")[-1] for each in told.get("classifier", ()) if each.startswith("License")]
    said = str(told.get("license_expression") or told.get("license") or " and ".join(named))
    return SAID.get(said, said)


NOT_PACKED = frozenset({"click-default-group", "pip", "pycparser"})
"""Libraries that others ask for and the packed program leaves out, as `contents.described` finds by itself."""


def table() -> str:
    """The table of docs/licences.md."""
    rows = [
        f"| {each.name} | {each.version} | {each.licence} | {each.why} | {'yes' if each.is_packed else 'no'} |"
        for each in libraries()
    ]
    return "\n".join(
        ["| library | version | licence | why it is here | packed |", "|---|---|---|---|---|", *rows]
    )


def with_table(text: str) -> str:
    """The document with the table as it is now."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{table()}\n\n{END}{after}"


def write() -> None:
    """Write the table of docs/licences.md again."""
    DOCUMENT.write_text(with_table(DOCUMENT.read_text("utf-8")), "utf-8")
