"""Where one has been: pages and what they were on, so that "back" goes to the same person again."""

from __future__ import annotations

Place = tuple[str, object]
"""A page's name, and the subject it was opened on (None for none)."""


class Trail:
    """The way to where one is now."""

    def __init__(self) -> None:
        self._way: list[Place] = []
        self._subjects: dict[str, object] = {}

    def go(self, name: str, subject: object) -> None:
        """One has gone to a page; without a subject it stands on the one that it had."""
        subject = self._subjects.get(name) if subject is None else subject
        self._subjects[name] = subject
        if not self._way or self._way[-1] != (name, subject):
            self._way.append((name, subject))

    @property
    def before(self) -> Place | None:
        """Where one came from; None at the beginning."""
        return self._way[-2] if len(self._way) > 1 else None

    def go_back(self) -> None:
        """One has gone back to there."""
        self._way.pop()
        name, subject = self._way[-1]
        self._subjects[name] = subject
