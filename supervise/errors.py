"""What can go wrong, as a person should hear it.

    SuperviseError                 one plain sentence, and a next step
    ├── BadFile                    a file that cannot be taken as it is
    │   └── BadPolicy              a policy file with something it may not say
    ├── BadQuestion                a question that has no answer (an inverted period, nobody of that name)
    ├── NotAllowed                 something the record's own rules forbid (a signed record, an undo in the way)
    │   └── LaterChanges           an undo that later changes stand in the way of
    ├── FileTrouble                a file or folder that cannot be read or written
    │   └── DiskFull
    └── StoreTrouble               the store cannot be used now
        ├── NoStore                there is none yet
        ├── StoreInUse             somebody has it open
        ├── StoreReadOnly          it cannot be written to
        ├── StoreIsNewer           a newer Supervise wrote it
        ├── StoreIsDamaged         it does not read back as it was written
        └── WrongPassphrase        neither secret opens it

Everything here is *not a fault of the program*: it is told in words with a remedy. Whatever else is
raised is a bug, and is written down without anyone's data before it is told.
"""

from __future__ import annotations

from collections.abc import Sequence


class SuperviseError(Exception):
    """One plain sentence saying what is the matter, and `remedy`, a sentence saying what to do next."""

    remedy = ""

    def __init__(self, sentence: str, remedy: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        if remedy is not None:
            self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.sentence} {self.remedy}".strip()


class BadFile(SuperviseError):
    """A file from outside that cannot be taken as it is. Nothing was stored."""


class BadPolicy(BadFile):
    """A policy file that says something a policy may not say: file, line and reason in words."""

    remedy = "Correct that line and try again."


class BadQuestion(SuperviseError):
    """A question without an answer, such as a period that ends before it begins."""


class NotAllowed(SuperviseError):
    """A change that the record's own rules forbid. Nothing was changed."""


class LaterChanges(NotAllowed):
    """An undo that later changes stand in the way of.

    `changes` are those later changes, newest first, as (number, label) pairs.
    """

    def __init__(self, sentence: str, remedy: str, changes: Sequence[tuple[int, str]]) -> None:
        super().__init__(sentence, remedy)
        self.changes = tuple(changes)


class FileTrouble(SuperviseError):
    """A file or folder that cannot be read or written."""

    remedy = "Check that it is there, that it is not open elsewhere, and that you may write to it."


class DiskFull(FileTrouble):
    """There is no room left where something had to be written."""

    remedy = "Free some space, or choose another place, and try again. Nothing was changed."


class StoreTrouble(SuperviseError):
    """The store cannot be used now; what is in it is as it was."""


class NoStore(StoreTrouble):
    """There is no store at the place named."""

    remedy = "Make one with “supervise new”, or name another with --store."


class StoreInUse(StoreTrouble):
    """The store is open in another program."""

    remedy = "Close it there, then try again."


class StoreReadOnly(StoreTrouble):
    """The store, or its folder, cannot be written to."""

    remedy = (
        "Ask for permission to change the file and its folder, or copy a backup to a place of your own."
    )


class StoreIsNewer(StoreTrouble):
    """A newer version of Supervise has written this store."""

    remedy = "Install the newer version; this one leaves the store as it is."


class StoreIsDamaged(StoreTrouble):
    """The store does not read back as it was written."""

    remedy = "Restore the newest good backup with “supervise restore”."


class WrongPassphrase(StoreTrouble):
    """Neither the passphrase nor the recovery key given opens this store."""

    remedy = "Try again, or use the recovery key from the recovery sheet."
