"""`python -m tests.manual_keys` writes the tables of keys in docs/manual.md from the actions themselves."""

from __future__ import annotations

from pathlib import Path

from supervise.ui.actions import ACTIONS, MENUS, PAGE_KEYS

BEGIN, END = "<!-- keys: begin -->", "<!-- keys: end -->"


def key_tables() -> str:
    """A table for each menu, and one for the keys of single pages, as Markdown."""
    parts = []
    for menu in MENUS:
        rows = [
            (action.text.replace("&", ""), action.keys, action.what)
            for action in ACTIONS
            if action.menu == menu
        ]
        parts.append(_table(menu.replace("&", ""), ("do", "keys", "what it does"), rows))
    parts.append(_table("On single pages", ("page", "keys", "what they do"), list(PAGE_KEYS)))
    return "\n\n".join(parts)


def _table(title: str, head: tuple[str, ...], rows: list[tuple[str, str, str]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return f"### {title} menu\n\n".replace("pages menu", "pages") + "\n".join(
        f"| {' | '.join(line)} |" for line in lines
    )


def main() -> None:
    """Put them in their place."""
    path = Path(__file__).resolve().parent.parent / "docs" / "manual.md"
    before, _, rest = path.read_text("utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    path.write_text(f"{before}{BEGIN}\n\n{key_tables()}\n\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
