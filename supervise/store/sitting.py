"""What has been done since the store was opened, for “Undo” and “Redo”.

A sitting may hold changes that can no longer be undone: the second signature under a record, a late entry
to it, and what was written in it before, or refers to it. They are passed over. The first undo after such a
change only says that it stays, and what would go instead; whoever undoes again means that, and gets it.
"""

from __future__ import annotations

from itertools import takewhile

from supervise.errors import NotAllowed
from supervise.store.changes import FOR_GOOD, Change, Now
from supervise.store.database import Database
from supervise.store.undo import refusal, touches_signed, undo_change


class Sitting:
    """What has been done since the store was opened, so that it can be undone and redone step by step."""

    def __init__(self, database: Database, now: Now) -> None:
        self._database = database
        self._now = now
        self._done: list[Change] = []
        self._undone: list[Change] = []
        self._sure: Change | None = None  # what is known to go, as things are now
        self._refused: dict[int, NotAllowed] = {}  # what stays, by number, and why
        self._told: set[int] = set()  # of which it was said

    @property
    def next_undo(self) -> str | None:
        """What `undo` would really undo, in the words of its line; None if there is nothing. Changes that
        stay (a signed record is never altered) are passed over."""
        last = self._reachable()
        return None if last is None else last.label

    @property
    def can_undo_last(self) -> bool:
        """Whether what `undo` would undo is the last change of this sitting, and not one before it."""
        return bool(self._done) and self._done[-1] is self._reachable()

    @property
    def next_redo(self) -> str | None:
        """What `redo` would do again; None if there is nothing."""
        return self._undone[-1].label if self._undone else None

    def made(self, change: Change) -> None:
        """Takes note of a new change: from now on there is nothing to redo."""
        if change.number is not None:
            self._done.append(change)
            self._undone.clear()
            self._sure = None

    def undo_change(self, number: int, by: str, *, with_later: bool = False) -> Change:
        """Undoes any change of the history, which is one of this sitting then. See the function."""
        change = undo_change(self._database, self._now, number, by, with_later=with_later)
        self.made(change)
        return change

    def undo(self, by: str) -> Change | None:
        """Undoes the last change of this sitting that can be; None if there is none. NotAllowed, once, if
        later ones stay: it says which, why, and what the next undo would undo."""
        last = self._reachable()
        over = [
            one for one in takewhile(lambda one: one is not last, reversed(self._done)) if one.number
        ]
        if untold := [one for one in over if one.number not in self._told]:
            self._told.update(one.number for one in over if one.number)
            why = self._refused[untold[0].number or 0]
            raise NotAllowed(
                f"“{untold[0].label}” cannot be undone. {why.sentence}",
                f"Undo again takes back the change before it, “{last.label}”." if last
                else "Nothing before it in this sitting can be undone either.",
            )  # fmt: skip
        return self._turn(last, self._done, self._undone, by, "undo")

    def redo(self, by: str) -> Change | None:
        """Does again what was undone last; None if there is nothing."""
        last = self._undone[-1] if self._undone else None
        return self._turn(last, self._undone, self._done, by, "redo")

    def _reachable(self) -> Change | None:
        """The last change that goes. What stays once does so for good: signatures and deletions, which hold
        it, are never taken back."""
        for one in reversed(self._done):
            assert one.number is not None
            if one is not self._sure and one.number not in self._refused:
                why = self._refusal(one)
                if why is not None:
                    self._refused[one.number] = why
                    continue
                self._sure = one
            if one is self._sure:
                return one
        return None

    def _refusal(self, change: Change) -> NotAllowed | None:
        """Why a change would not go. It is tried only where that is possible at all: below one that stays,
        and where it touches a signed record."""
        assert change.number is not None
        is_free = not self._refused and change.kind not in FOR_GOOD
        if is_free and not touches_signed(self._database, change.number):
            return None
        return refusal(self._database, self._now, change.number)

    def _turn(
        self, last: Change | None, come: list[Change], go: list[Change], by: str, kind: str
    ) -> Change | None:
        if last is None:
            return None
        assert last.number is not None
        turned = undo_change(self._database, self._now, last.number, by, kind=kind, label=last.label)
        turned.label = last.label  # a redo undoes the undo, but under the words of what is done again
        come.remove(last)
        go.append(turned)
        self._sure = None
        return turned
