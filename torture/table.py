"""What was found, as a table between two marks of docs/reliability.md and for a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from torture.found import Found, Tally

_HEAD = ("What was tried", "how often", "nothing came of it", "told in a sentence", "lost")


def told(found: Mapping[str, Found], failed: Mapping[str, str], circumstances: str) -> str:
    """The whole report as Markdown: `failed` are parts that ended with a traceback, and its last line."""
    tried, lost = (sum(getattr(each, name) for each in found.values()) for name in ("tried", "lost"))
    verdict = f"**{tried:,} attempts; lost: {lost or 'nothing'}.**"
    if failed:
        verdict += " NOT ENDED: " + ", ".join(f"{part} ({why})" for part, why in failed.items()) + "."
    parts = [circumstances, verdict]
    for title, each in found.items():
        parts.append(f"### {title}\n\n{_table(each.tallies)}")
        parts += [f"{' '.join(each.remarks)} {_minutes(each.seconds)}".strip()]
        parts += ["\n".join(f"* {sentence}" for sentence in each.wrong[:20])] if each.wrong else []
    missing = [sentence for each in found.values() for sentence in each.not_tried]
    if missing:
        parts.append("Not tried in this run: " + "; ".join(missing) + ".")
    return "\n\n".join(parts)


def _table(tallies: Mapping[str, Tally]) -> str:
    lines = [_line(_HEAD), "| --- | ---: | ---: | ---: | ---: |"]
    lines += [
        _line((what, *(f"{n:,}" for n in (tally.tried, tally.harmless, tally.detected, tally.lost))))
        for what, tally in tallies.items()
    ]
    return "\n".join(lines)


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _minutes(seconds: float) -> str:
    return f"It took {seconds:.0f} seconds." if seconds < 100 else f"It took {seconds / 60:.0f} minutes."


def circumstances(now: datetime, seed: int) -> str:
    """When and with what, in general words."""
    import platform

    from supervise import __version__

    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"Run on {now.day} {now:%B %Y} with Supervise {__version__}, {python} on {platform.system()}; seed {seed}."
