"""The house keeps its shape: floors, sizes, words."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "supervise"
MODULES = sorted(PACKAGE.rglob("*.py"))
TREES = ("supervise", "resources", "docs", "tests", "bench", "packing", "torture")
BINARY = {".ttf", ".png", ".xlsx", ".pdf", ".pyc", ".store", ".keys"}

LONGEST_MODULE = 300
LONGEST_FUNCTION = 60

#: Written in halves, so that this file does not say them itself.
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX)\b")
ELSEWHERE = re.compile(
    r"(?<!\w)(?:sha" + r"red/|/wo" + r"rk/)|\bpypi\." + r"org\b|pythonhosted\." + r"org\b"
)

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def name_of(module: Path) -> str:
    return str(module.relative_to(ROOT))


def definitions(module: Path) -> Iterator[Definition]:
    tree = ast.parse(module.read_text("utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, Definition))


def texts() -> Iterator[tuple[str, str]]:
    """Every text of the project: its path, and what it says."""
    for tree in TREES:
        for path in sorted((ROOT / tree).rglob("*")):
            hidden = any(part.startswith((".", "__pycache__")) for part in path.relative_to(ROOT).parts)
            if path.is_file() and not hidden and path.suffix not in BINARY:
                yield name_of(path), path.read_text("utf-8", errors="replace")


# --- Floors


def contracts() -> list[dict[str, object]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    found: list[dict[str, object]] = settings["tool"]["importlinter"]["contracts"]
    return found


def test_imports_keep_every_contract() -> None:
    code = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"Contracts: {len(contracts())} kept, 0 broken." in done.stdout


def test_every_part_of_the_program_has_its_floor() -> None:
    (layers,) = [contract["layers"] for contract in contracts() if contract["type"] == "layers"]
    assert isinstance(layers, list)
    placed = {part.strip() for layer in layers for part in layer.split("|")}
    parts = {
        path.stem
        for path in PACKAGE.iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert {f"supervise.{part}" for part in parts - {"__init__"}} <= placed


# --- Sizes


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_module_can_be_read_in_one_go(module: Path) -> None:
    assert len(module.read_text("utf-8").splitlines()) <= LONGEST_MODULE


def test_a_function_fits_on_a_screen() -> None:
    too_long = [
        f"{name_of(module)}: {each.name}"
        for module in MODULES
        for each in definitions(module)
        if not isinstance(each, ast.ClassDef)
        and (each.end_lineno or 0) - each.lineno >= LONGEST_FUNCTION
    ]
    assert too_long == []


# --- Words


def undocumented(body: list[ast.stmt], before: str) -> Iterator[str]:
    """Public classes, functions and methods without a docstring, nested functions apart."""
    for each in body:
        if isinstance(each, Definition) and not each.name.startswith("_"):
            if not ast.get_docstring(each):
                yield before + each.name
            if isinstance(each, ast.ClassDef):
                yield from undocumented(each.body, f"{before}{each.name}.")


def test_everything_public_says_what_it_is() -> None:
    silent = []
    for module in MODULES:
        text = module.read_text("utf-8")
        tree = ast.parse(text)
        if text.strip() and not ast.get_docstring(tree):
            silent.append(name_of(module))
        silent += undocumented(tree.body, f"{name_of(module)}: ")
    assert silent == []


@pytest.mark.parametrize("word", [UNFINISHED, ELSEWHERE], ids=["unfinished", "elsewhere"])
def test_nothing_is_left_for_later_or_names_another_place(word: re.Pattern[str]) -> None:
    said = [f"{path}: {found[0]}" for path, text in texts() if (found := word.search(text))]
    assert said == []


def test_nobody_below_the_command_line_asks_the_clock_or_the_user() -> None:
    """Days, moments and names are arguments (architecture: nobody asks what today is)."""
    asking = re.compile(r"\b(?:date\.today|datetime\.now|datetime\.utcnow|time\.time|getpass|getuser)\(")
    allowed = ("supervise/__main__.py", "supervise/cli/", "supervise/ui/")
    found = [
        f"{name_of(module)}: {asked[0]}"
        for module in MODULES
        if not name_of(module).replace("\\", "/").startswith(allowed)
        and (asked := asking.search(module.read_text("utf-8")))
    ]
    assert found == []
