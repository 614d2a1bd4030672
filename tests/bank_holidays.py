"""Writes the list of bank holidays in England again, from the `holidays` library.

`python -m tests.bank_holidays` rewrites `resources/bank-holidays.txt`; a test compares the two.
"""

from __future__ import annotations

from datetime import date

import holidays

from supervise.places import resource

FIRST_YEAR, LAST_YEAR = 1990, 2060

HEADER = f"""\
# Bank holidays in England, {FIRST_YEAR} to {LAST_YEAR}. Made by `dev.py bank-holidays` from the `holidays` library,
# and compared with it in tests/test_workdays.py. Proclaimed days still to come cannot be known.
"""


def from_the_library() -> dict[date, str]:
    """The bank holidays of those years, in order, with the library's names for them."""
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    return dict(sorted(holidays.country_holidays("GB", subdiv="ENG", years=years).items()))


def text() -> str:
    """The whole file."""
    lines = (f"{when.isoformat()} {name}\n" for when, name in from_the_library().items())
    return HEADER + "".join(lines)


if __name__ == "__main__":
    resource("bank-holidays.txt").write_text(text(), "utf-8", newline="\n")
