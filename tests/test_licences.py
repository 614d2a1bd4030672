"""Every library that is shipped is pinned, hashed, known, and under a licence that may be shipped."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from importlib import metadata

import pytest
from cyclonedx.model.bom import Bom
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from packing import bill, licences
from packing.bill import Part
from packing.contents import ROOT, described, run_requirements
from packing.licences import ALLOWED, DOCUMENT, ELSEWHERE, NOT_PACKED, READ, WHY, libraries, licence_of

HERE = [each for each in run_requirements() if not each.marker or each.marker.evaluate()]


def test_the_document_is_what_the_command_writes() -> None:
    assert DOCUMENT.read_text("utf-8") == licences.with_table(DOCUMENT.read_text("utf-8")), (
        "run `python3 dev.py licences`"
    )


@pytest.mark.parametrize("asked", HERE, ids=lambda asked: asked.name)
def test_a_pinned_library_is_installed_in_that_version_and_listed(asked: Requirement) -> None:
    version = metadata.version(asked.name)
    assert [f"=={version}"] == [str(pin) for pin in asked.specifier]
    assert f"| {asked.name} | {version} | {licence_of(asked.name)} |" in DOCUMENT.read_text("utf-8")


def test_every_licence_is_one_that_may_be_shipped_and_every_library_has_its_reason() -> None:
    assert [each for each in libraries() if each.licence not in ALLOWED or not each.why] == []


def test_nothing_is_explained_that_is_not_there() -> None:
    asked = {each.name for each in run_requirements()}
    assert set(WHY) == asked
    assert set(ELSEWHERE) | set(READ) | NOT_PACKED <= asked


def test_what_is_said_of_other_systems_agrees_with_what_is_installed_here() -> None:
    here = {each.name for each in HERE}
    assert {name: licence_of(name) for name in ELSEWHERE if name in here} == {
        name: licence for name, licence in ELSEWHERE.items() if name in here
    }


def test_every_direct_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    direct = {canonicalize_name(Requirement(each).name) for each in project["dependencies"]}
    assert direct <= {each.name for each in run_requirements()}


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_every_pin_is_exact_and_has_the_hashes_of_its_files(name: str) -> None:
    lines = (ROOT / "requirements" / name).read_text("utf-8").splitlines()
    pins = [at for at, line in enumerate(lines) if line[:1].isalnum()]
    assert len(pins) > 30
    for at in pins:
        assert re.match(r"[a-z0-9-]+==[\w.]+( ; .+)? \\$", lines[at]), lines[at]
        assert lines[at + 1].startswith("    --hash=sha256:"), lines[at]


def test_the_libraries_left_out_of_the_program_are_those_that_the_list_says() -> None:
    assert {each.name for each in HERE} - set(described()) == NOT_PACKED


# --- The bill of parts


def test_a_bill_names_every_part_with_version_and_licence() -> None:
    made_of = [
        Part("pypi", "click", "8.1", "BSD-3-Clause"),
        Part("generic", "python", "3.12.1", "PSF-2.0"),
        Part("deb", "libx11-6", "2:1.8.4-2+deb12u2"),
    ]
    told = json.loads(bill.bill(made_of))
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.6")
    assert told["metadata"]["component"]["name"] == "supervise"
    said = {each["name"]: each for each in told["components"]}
    assert said["click"]["purl"] == "pkg:pypi/click@8.1"
    assert said["click"]["licenses"] == [{"expression": "BSD-3-Clause"}]
    assert said["libx11-6"]["purl"].startswith("pkg:deb/debian/libx11-6@2")
    (root,) = (each for each in told["dependencies"] if "supervise" in each["ref"])
    assert set(root["dependsOn"]) == {each["bom-ref"] for each in told["components"]}
    assert len(Bom.from_json(told).components) == len(made_of)  # type: ignore[attr-defined]


def test_a_part_is_told_by_the_files_that_went_in() -> None:
    def file_of(name: str, ending: str) -> str:
        return next(
            str(each.locate()) for each in metadata.files(name) or () if str(each).endswith(ending)
        )

    found = [
        (file_of("click", "click/__init__.py"), "PYMODULE"),
        (file_of("sqlcipher3", ".pyd" if sys.platform == "win32" else ".so"), "EXTENSION"),
        (file_of("tabulate", "METADATA"), "DATA"),
    ]
    names = {each.name for each in bill.parts(found)}
    assert {"click", "sqlcipher3", "sqlcipher", "sqlite", "openssl", "python", "pyinstaller"} == names


def test_a_library_that_nothing_asks_for_is_noticed() -> None:
    made_of = [Part("pypi", "click", "8.1"), Part("pypi", "pandas", "3"), Part("generic", "python", "3")]
    assert bill.unasked(made_of) == ["pandas"]
