"""What the packed program is made of, as a CycloneDX 1.6 file: every library, with its version and licence.

It is told from what PyInstaller put in, file by file, and not from what was meant to go in.
"""

from __future__ import annotations

import ast
import csv
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.utils import canonicalize_name

from packing.contents import run_requirements
from packing.licences import licence_of
from supervise import __version__


class Part(NamedTuple):
    """One part of the program: where such parts are listed ("pypi", "deb", "generic"), and its licence, if known."""

    listed_in: str
    name: str
    version: str
    licence: str = ""


def sources(toc: Path) -> Iterator[tuple[str, str]]:
    """Where each file of one of PyInstaller's lists came from, and its kind."""
    told = ast.literal_eval(toc.read_text("utf-8"))
    entries = next(each for each in told if isinstance(each, list))
    for _, source, kind in entries:
        yield source, kind


def parts(found: Iterable[tuple[str, str]]) -> list[Part]:
    """The parts that those files belong to, each once, by name."""
    owners, libraries, of_the_system = _owners(), set[str](), set[str]()
    ours = (sys.prefix, sys.base_prefix)
    for source, kind in found:
        if ".dist-info" in source:  # what describes a library is not yet the library
            continue
        if owner := owners.get(os.path.normpath(source)):
            libraries.add(owner)
        elif kind == "BINARY" and not source.startswith(ours):
            of_the_system.add(source)
    libraries -= {"supervise", "pyinstaller", "pyinstaller-hooks-contrib"}
    made = [Part("pypi", name, metadata.version(name), licence_of(name)) for name in libraries]
    return sorted({*made, *_always(), *_inside(libraries), *_of_the_system(of_the_system)})


def _owners() -> dict[str, str]:
    """Which installed library each file belongs to."""
    found: dict[str, str] = {}
    for each in metadata.distributions():
        folder, name = str(each.locate_file("")), canonicalize_name(each.name)
        for file, *_ in csv.reader((each.read_text("RECORD") or "").splitlines()):
            found[os.path.join(folder, os.path.normpath(file))] = name
    return found


def _always() -> Iterator[Part]:
    yield Part("generic", "python", platform.python_version(), "PSF-2.0")
    starter = "GPL-2.0-or-later WITH Bootloader-exception"
    yield Part("pypi", "pyinstaller", metadata.version("pyinstaller"), starter)


def _inside(libraries: set[str]) -> Iterator[Part]:
    """What lies inside libraries, by its own name: the holes of these are listed under it."""
    if "pyside6-essentials" in libraries:
        from PySide6.QtCore import qVersion

        yield Part("generic", "qt", qVersion(), "LGPL-3.0-only")
    if "sqlcipher3" in libraries:
        from sqlcipher3 import dbapi2

        with closing(dbapi2.connect(":memory:")) as database:
            database.execute("PRAGMA key = 'none'")
            asked = ("cipher_version", "cipher_provider_version")
            cipher, provider = (database.execute(f"PRAGMA {each}").fetchone()[0] for each in asked)
        yield Part("generic", "sqlcipher", cipher.split()[0], "BSD-3-Clause")
        yield Part("generic", "sqlite", dbapi2.sqlite_version, "blessing")
        yield Part("generic", "openssl", provider.split()[1], "Apache-2.0")
    if "cryptography" in libraries:
        from cryptography.hazmat.backends.openssl.backend import backend

        yield Part("generic", "openssl", backend.openssl_version_text().split()[1], "Apache-2.0")
    if "pypdfium2" in libraries:
        from pypdfium2 import PDFIUM_INFO

        yield Part(
            "generic", "pdfium", ".".join(map(str, PDFIUM_INFO.api_tag)), "BSD-3-Clause AND Apache-2.0"
        )


def _of_the_system(files: Iterable[str]) -> Iterator[Part]:
    """Libraries of the machine it was packed on, by the package that brought them; by their file name where
    nobody knows that."""
    for file in files:
        package = _debian_package(file)
        yield Part("deb", *package) if package else Part("generic", Path(file).name, "unknown")


def _debian_package(file: str) -> tuple[str, str] | None:
    if not shutil.which("dpkg-query"):
        return None
    real = os.path.realpath(file)
    for path in (real, real.removeprefix("/usr"), file):
        found = _told("dpkg-query", "--search", path)
        if found:
            name = found.split(": ")[0].split(", ")[0]
            return name.split(":")[0], _told("dpkg-query", "--show", "--showformat=${Version}", name)
    return None


def _told(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def unasked(made_of: Iterable[Part]) -> list[str]:
    """Libraries that went in although running the program does not ask for them: whatever else is installed where
    it is packed must not ride along."""
    asked = {canonicalize_name(each.name) for each in run_requirements()} | {"pyinstaller"}
    return [each.name for each in made_of if each.listed_in == "pypi" and each.name not in asked]


def bill(made_of: Iterable[Part]) -> str:
    """The file itself. It is read back before it is given out, with everything in it."""
    made_of = list(made_of)
    bom = Bom()
    bom.metadata.component = root = _component(
        Part("generic", "supervise", __version__, "MIT"), ComponentType.APPLICATION
    )
    components = [_component(each) for each in made_of]
    bom.components.update(components)
    bom.register_dependency(root, components)
    text = JsonV1Dot6(bom).output_as_string(indent=1)
    read = Bom.from_json(json.loads(text))  # type: ignore[attr-defined]  # which a decorator makes
    if {each.bom_ref.value for each in read.components} != {each.bom_ref.value for each in components}:
        raise ValueError("The list of parts does not read back as it was written.")
    return f"{text}\n"


def _component(part: Part, kind: ComponentType = ComponentType.LIBRARY) -> Component:
    url = PackageURL(
        part.listed_in, "debian" if part.listed_in == "deb" else None, part.name, part.version
    )
    return Component(
        name=part.name,
        version=part.version,
        type=kind,
        purl=url,
        bom_ref=str(url),
        licenses=[LicenseExpression(part.licence)] if part.licence else (),
    )


def write(work: Path, to: Path) -> list[Part]:
    """Write the bill of what PyInstaller put together in its working folder, and give the parts."""
    found = [*sources(work / "PYZ-00.toc"), *sources(work / "COLLECT-00.toc")]
    made_of = parts(found)
    to.write_text(bill(made_of), "utf-8")
    return made_of
