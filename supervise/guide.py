"""The guide for a manager new in post: its pages and the checklist of the first weeks.

Pages are Markdown files under `resources/guide`. Which there are and in what order is said by `pages.toml`
there, the checklist by `checklist.toml`. A page's title is its first line; links between pages name the
file (`cadence.md`). The help for a page of the window is called `help-` and the page: `help-today`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from supervise.errors import BadQuestion
from supervise.places import resource

_HEADING = "# "
_ENDING = ".md"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the guide, and the title of the group that it stands in."""

    id: str
    title: str
    group: str
    path: Path


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do in the first weeks: in a few words, in a sentence or two, and the id of the page to
    read about it."""

    id: str
    title: str
    what: str
    page: str


def pages() -> tuple[Page, ...]:
    """Every page, in the order in which they are read."""
    return tuple(_page(page_id, group) for page_id, group in _contents().items())


def text(page_id: str) -> str:
    """A page as Markdown, its title as the only first-level heading. BadQuestion if there is none so
    called."""
    if page_id not in _contents():
        raise BadQuestion(f"The guide has no page “{page_id}”.", "Choose one from its list.")
    return _path(page_id).read_text("utf-8")


def linked(address: str) -> str | None:
    """The id of the page that a link in the guide leads to, or None if it leads elsewhere."""
    page_id, ending = address[: -len(_ENDING)], address[-len(_ENDING) :]
    return page_id if ending == _ENDING and page_id in _contents() else None


def checklist() -> tuple[Step, ...]:
    """What to do in the first weeks, in order."""
    return tuple(Step(**step) for step in _table("checklist.toml")["step"])


def _contents() -> dict[str, str]:
    """The ids of the pages in order, each with the title of its group."""
    groups = _table("pages.toml")["group"]
    return {page_id: group["title"] for group in groups for page_id in group["pages"]}


def _page(page_id: str, group: str) -> Page:
    path = _path(page_id)
    title = path.read_text("utf-8").partition("\n")[0].removeprefix(_HEADING).strip()
    return Page(page_id, title, group, path)


def _path(page_id: str) -> Path:
    return resource("guide", page_id + _ENDING)


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(resource("guide", name).read_text("utf-8"))
