"""What was finished just now, so that Undo brings its words back to the screen and Redo the record."""

from __future__ import annotations

from supervise.doing.sheet import Sheet
from supervise.doing.writing import Writing
from supervise.ui.pages.session_opening import Opening
from supervise.ui.pages.session_writing import WritingView


class JustFinished:
    """The sheet that was finished last on this page, while the page stays with it."""

    def __init__(self, writing: Writing, opening: Opening) -> None:
        self._writing, self._opening = writing, opening
        self.forget()

    def forget(self) -> None:
        """The page has gone on to something else."""
        self._sheet: Sheet | None = None
        self._restored = ""

    def remember(self, view: WritingView) -> None:
        """That sheet has been finished. One that altered a record comes back by reading that."""
        self._sheet = None if view.is_held else view.sheet

    def bring_back(self) -> str | None:
        """If finishing has been undone, keep the words as a draft and give its session; else None."""
        sheet = self._sheet
        if sheet is None or self._opening.status(sheet.session) == "held":
            return None
        self._writing.keep(sheet)
        self._sheet, self._restored = None, sheet.to_json()
        return sheet.session

    def is_done_again(self, view: WritingView) -> bool:
        """Whether finishing was redone, and nothing was written since it was undone."""
        if not self._restored or view.keeper.is_dirty:
            return False
        is_held = self._opening.status(view.session) == "held"
        return is_held and view.sheet.to_json() == self._restored
