"""The picture of the schema: what is committed in tests/kept and may only grow."""

from __future__ import annotations

from typing import Any

from supervise.store.database import Database

Picture = dict[str, dict[str, Any]]

#: Tables that belong to others: SQLite's own, the migrations' and the full-text index's inside.
_OTHERS = (
    "sqlite_",
    "_sqlite_",
    "search_config",
    "search_content",
    "search_data",
    "search_docsize",
    "search_idx",
)


def schema_picture(database: Database) -> Picture:
    """Tables with their columns and types, indexes, triggers and views, by name."""
    sql = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name"
    picture: Picture = {"tables": {}, "indexes": {}, "triggers": {}, "views": {}}
    for type, name, table, text in database.execute(sql).fetchall():
        if name.startswith(_OTHERS):
            continue
        if type == "table":
            picture["tables"][name] = _columns(database, name)
        elif type == "index":
            picture["indexes"][name] = _columns_of_index(database, name, table)
        else:
            picture[f"{type}s"][name] = table if type == "trigger" else " ".join(text.split())
    return picture


def removed_or_changed(was: Picture, now: Picture) -> list[str]:
    """What an older copy relies on and no longer finds as it was: anything gone, any column whose type is
    another. Empty if the schema has only grown."""
    lost: list[str] = []
    for part, things in was.items():
        for name, thing in things.items():
            present = now.get(part, {}).get(name)
            if part == "tables" and present is not None:
                lost += [
                    f"{name}.{column}" for column, type in thing.items() if present.get(column) != type
                ]
            elif present != thing:
                lost.append(f"{part}: {name}")
    return lost


def _columns(database: Database, table: str) -> dict[str, str]:
    """Each column's type, with what it must be."""
    found = database.execute(f"PRAGMA table_xinfo({table})").fetchall()
    return {
        name: f"{type}{' NOT NULL' if required else ''}{' PRIMARY KEY' if key else ''}"
        for _, name, type, required, _, key, _ in found
    }


def _columns_of_index(database: Database, index: str, table: str) -> str:
    """Table and columns; an expression is "(…)"."""
    found = database.execute(f"PRAGMA index_info({index})").fetchall()
    return f"{table}: {', '.join(name or '(…)' for _, _, name in found)}"
