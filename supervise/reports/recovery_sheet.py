"""The recovery sheet: the one paper that opens a store when its passphrase is lost.

It is made in memory and never as a file: whoever found the file would have the records.
"""

from __future__ import annotations

from io import BytesIO

from supervise.reports.page import Printed, Story, printing
from supervise.wording import long_day

_NAME = "Recovery sheet"


def recovery_sheet(key: str, store_name: str, keeper: str, printed: Printed) -> bytes:
    """The sheet as a PDF: `key` is the recovery key in groups with dashes between, `store_name` says where the
    store is, `keeper` who keeps the sheet ("" if nobody is named yet). The same arguments make the same bytes."""
    story = Story()
    story.title(_NAME, "Opens the supervision records kept with Supervise if the passphrase is lost")
    story.sentence(
        "Without the passphrase or this key nobody can read the records again, and nobody can make another key."
    )
    story.groups(key.split("-"))
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
