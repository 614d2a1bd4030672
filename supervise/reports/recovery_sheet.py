"""The recovery sheet: the one paper that opens a store when its passphrase is lost.

It is made in memory and never as a file: whoever found the file would have the records.
"""

from __future__ import annotations

from io import BytesIO

from reportlab.platypus import Table

from supervise.reports.lettering import BOLD, REGULAR
from supervise.reports.page import GREY, INK, WIDTH, Block, Printed, Story, printing
from supervise.wording import long_day

_NAME = "Recovery sheet"
_ACROSS = 4
"""Groups of the key on one line."""

_NUMBER, _GROUP = 7.0, 25.0
"""The sizes of a group's number and of the group itself, in points."""


def recovery_sheet(key: str, store_name: str, keeper: str, printed: Printed) -> bytes:
    """The sheet as a PDF: `key` is the recovery key in groups with dashes between, `store_name` says where the
    store is, `keeper` who keeps the sheet ("" if nobody is named yet). The same arguments make the same bytes."""
    story = Story()
    story.title(_NAME, "Opens the supervision records kept with Supervise if the passphrase is lost")
    story.sentence(
        "Without the passphrase or this key nobody can read the records again, and nobody can make another key."
    )
    story.blocks.append(_groups(key.split("-")))
    story.quiet(
        "Eight groups of four. The key has the letters A to Z and the figures 2 to 7; it has no nought, one "
        "or eight. Capitals, dashes and spaces make no difference."
    )
    story.heading(1, "This sheet")
    story.facts(
        [
            ("Kept by", keeper or "Nobody is named yet"),
            ("Records", store_name),
            ("Printed", f"{long_day(printed.at.toordinal())}, by {printed.by}"),
        ]
    )
    for heading, told in (("Keeping it", _KEEPING), ("Using it", _USING)):
        story.heading(1, heading)
        for said, more in told:
            story.bullet(said, more)
    if keeper:
        remark = "I keep this sheet, and will tell the manager if it is ever out of my hands."
        story.signing(keeper, remark)
    out = BytesIO()
    for _ in printing(story, _NAME, printed, out):
        pass
    return out.getvalue()


_KEEPING = (
    (
        "Put it in a sealed envelope, in a locked place that is not the manager’s.",
        "Somebody must be able to come to it when the manager is ill or has left.",
    ),
    (
        "Keep it apart from the computer and from the backups.",
        "Whoever has this sheet and either of them can read everything.",
    ),
    (
        "Do not copy, photograph or scan it.",
        "Supervise saves no file of this page.",
    ),
)

_USING = (
    (
        "Open Supervise and type the key where it asks for the passphrase.",
        "The same key opens every backup made while it was in force.",
    ),
    (
        "Then choose a new passphrase in the settings.",
        "If somebody may have seen this sheet, give the store a new key there, and print a new sheet.",
    ),
)


def _groups(groups: list[str]) -> Block:
    """The key, large, four groups to a line, each under its number."""
    rows: list[list[str]] = []
    for at in range(0, len(groups), _ACROSS):
        line = groups[at : at + _ACROSS]
        line += [""] * (_ACROSS - len(line))
        rows += [[str(at + n) if group else "" for n, group in enumerate(line, 1)], line]
    look: list[tuple[object, ...]] = [
        ("ALIGN", (0, 0), (-1, -1), "CENTER"),
        ("BOX", (0, 0), (-1, -1), 1.2, INK),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
    ]
    for row in range(0, len(rows), 2):
        look += [
            ("FONT", (0, row), (-1, row), REGULAR, _NUMBER),
            ("TEXTCOLOR", (0, row), (-1, row), GREY),
            ("TOPPADDING", (0, row), (-1, row), 9),
            ("FONT", (0, row + 1), (-1, row + 1), BOLD, _GROUP, _GROUP * 1.2),
            ("TEXTCOLOR", (0, row + 1), (-1, row + 1), INK),
            ("TOPPADDING", (0, row + 1), (-1, row + 1), 0),
            ("BOTTOMPADDING", (0, row + 1), (-1, row + 1), 10),
        ]
    return Block(Table(rows, [WIDTH / _ACROSS] * _ACROSS, style=look, spaceBefore=10, spaceAfter=8))
