"""The board as a table: what each of its columns says of a person, or of a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from supervise import strips, wording
from supervise.doing.looking_person import year_to
from supervise.today import BoardRow, LeftOut
from supervise.ui.pages.person_parts import as_tip
from supervise.ui.pages.person_strips import YearStrips
from supervise.ui.pages.person_words import booked_said, is_too_late, short_day, weekday
from supervise.ui.tables import Column, Table
from supervise.workdays import FOREVER, Day

if TYPE_CHECKING:
    from supervise.exchange.tables_out import Cell

PERSON, TEAM, SUPERVISOR, LAST, DUE, STATUS, BOOKED, YEAR = range(8)
"""The columns, by where they stand."""

NOT_IN_POST = "not_in_post"
_WORST_FIRST = {status: -n for n, status in enumerate(wording.STATUS)}


class BoardTable(Table):
    """The rows of a board as at a day.

    To sort by the twelve months every strip has to be read: until `strips` has them, it says by
    `years_wanted` in which order they would be sorted, and sorts nothing.
    """

    years_wanted = Signal(Qt.SortOrder)

    def __init__(self, strips: YearStrips, parent: QObject | None = None) -> None:
        self.day: Day = 1
        self.is_case = False
        self._months = ""
        self._strips = strips
        super().__init__(self._columns(), _key, parent)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("Person", self._who, second=self._phase, bold=True, tip=self._tip, width=43),
            Column("Team", _team, width=20),
            Column("Supervisor", _supervisor, tip=lambda row: as_tip(_supervisor(row)), width=20),
            Column("Last held", self._last_held, _held_key, second=_since, spoken=_last_held, width=14),
            Column("Due", self._due, _due_key, second=_late, spoken=_due, width=17),
            Column("Status", _status, seriousness, status=lambda row: row.status, width=15),
            Column("Booked", self._booked, _booked_key, second=self._time, spoken=booked_said, width=15),
            Column("Twelve months", lambda _: "", self._gaps_key, spoken=self._year, tip=self._year),
        )

    def look_at(self, day: Day, *, is_case: bool) -> None:
        """Say everything as at that day, of people or of cases."""
        self.day, self.is_case = day, is_case
        self._months = f"{_month(year_to(day)[0])} – {_month(day)}"
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The titles; that of the picture names its months."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            if section == YEAR and self._months:
                return self._months
            if section == PERSON and self.is_case:
                return "Case"
        return super().headerData(section, orientation, role)

    # What a row says where that depends on the day, or on whether it is a case

    def _who(self, row: BoardRow) -> str:
        return row.subject if self.is_case else row.name

    def _phase(self, row: BoardRow) -> str:
        return f"{row.name} · {row.phase}" if self.is_case else row.phase

    def _tip(self, row: BoardRow) -> str:
        return as_tip(f"{self._who(row)}: {self._phase(row)}")

    def _last_held(self, row: BoardRow) -> str:
        return "–" if row.last_held is None else short_day(row.last_held, self.day)

    def _due(self, row: BoardRow) -> str:
        return "–" if row.due is None else short_day(row.due, self.day)

    def _booked(self, row: BoardRow) -> str:
        on = row.booked_on
        return "–" if on is None else f"{weekday(on)} {short_day(on, self.day)}"

    def _time(self, row: BoardRow) -> str:
        start = row.booking.start if row.booking else None
        return ", ".join(filter(None, (start, "too late" if is_too_late(row) else "")))

    def _gaps_key(self, row: BoardRow) -> tuple[int, int]:
        """Most days late in the year first."""
        strip = self._strips.known(row)
        return (-strip.days_late, -strip.gaps) if strip else (1, 0)

    def _year(self, row: BoardRow) -> str:
        strip = self._strips.of(row)
        return strips.words(strip) if strip else ""

    def _spoken(self, column: Column, record: Any) -> str:
        if column.second == self._time:  # the words for the day name the time already
            return f"{column.title}: {booked_said(record) or 'nothing'}"
        return super()._spoken(column, record)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By that column; by the twelve months once all of them have been read."""
        if column == YEAR and not self._strips.has_all(self.records):
            self._sorted_by = (column, order)
            self.years_wanted.emit(order)
        else:
            super().sort(column, order)

    def _arrange(self) -> None:
        super()._arrange()
        by = self._sorted_by
        if by is not None and by[0] == YEAR and not self._strips.has_all(self.records):
            self.years_wanted.emit(by[1])  # others are shown now than those it was sorted by

    # For a file

    def titles(self, shown: Sequence[int]) -> list[str]:
        """The titles of a file's columns for those shown here."""
        return [title for at in shown for title in _FILE_TITLES[at]]

    def cells(self, row: BoardRow, shown: Sequence[int]) -> list[Cell]:
        """A row's cells below these titles: days as days, numbers as numbers."""
        return [cell for at in shown for cell in self._file_cells(row, at)]

    def _file_cells(self, row: BoardRow, at: int) -> list[Cell]:
        from supervise.wording import OnDay

        def on(day: Day | None) -> OnDay | None:
            return None if day is None else OnDay(day)

        made: dict[int, Callable[[], list[Cell]]] = {
            PERSON: lambda: [self._who(row), self._phase(row)],
            TEAM: lambda: [row.team],
            SUPERVISOR: lambda: [row.supervisor_name],
            LAST: lambda: [on(row.last_held), row.days_since],
            DUE: lambda: [on(row.due), on(row.late_by), row.days_late or None],
            STATUS: lambda: [_status(row)],
            BOOKED: lambda: [on(row.booked_on), self._time(row)],
            YEAR: lambda: [self._year(row)],
        }
        return made[at]()


_FILE_TITLES = {
    PERSON: ("Name", "Role and phase"), TEAM: ("Team",), SUPERVISOR: ("Supervisor",),
    LAST: ("Last held", "Days since"), DUE: ("Due", "Not late until", "Days late"), STATUS: ("Status",),
    BOOKED: ("Booked", "Time of booking"), YEAR: ("Twelve months",),
}  # fmt: skip


def worst_first(rows: Iterable[BoardRow]) -> list[BoardRow]:
    """Gaps first, the longest before the others, then by what is due first, then by name."""
    return sorted(rows, key=lambda row: (*seriousness(row), row.name.casefold()))


def seriousness(row: BoardRow) -> tuple[int, int, Day]:
    """A key by which the worst comes first."""
    return _WORST_FIRST[row.status], -row.days_late, row.due or FOREVER


def not_in_post(left: LeftOut) -> BoardRow:
    """Somebody who is not on the board, as a row that says why."""
    return BoardRow(
        subject=left.subject, person=left.subject, name=left.name, team="", role="", basis=None,
        phase=left.why, supervisor=None, supervisor_name=None, last_held=None, days_since=None, due=None,
        late_by=None, status=NOT_IN_POST, days_late=0, rule=None, every=None, away=False, booked_on=None,
        booked_in_time=None, booking=None,
    )  # fmt: skip


def _key(row: BoardRow) -> str:
    return row.subject


def _team(row: BoardRow) -> str:
    return row.team


def _supervisor(row: BoardRow) -> str:
    return row.supervisor_name or ("" if row.status == NOT_IN_POST else "nobody named")


def _last_held(row: BoardRow) -> str:
    return "none held yet" if row.last_held is None else wording.day(row.last_held)


def _since(row: BoardRow) -> str:
    return "" if row.days_since is None else wording.days(row.days_since)


def _due(row: BoardRow) -> str:
    return "nothing due" if row.due is None else wording.day(row.due)


def _late(row: BoardRow) -> str:
    return f"{wording.days(row.days_late)} late" if row.days_late else ""


def _status(row: BoardRow) -> str:
    return wording.STATUS[row.status].word


def _held_key(row: BoardRow) -> Day:
    return FOREVER if row.last_held is None else row.last_held


def _due_key(row: BoardRow) -> Day:
    return FOREVER if row.due is None else row.due


def _booked_key(row: BoardRow) -> tuple[Day, str]:
    start = row.booking.start if row.booking else None
    return (FOREVER, "") if row.booked_on is None else (row.booked_on, start or "")


def _month(day: Day) -> str:
    """ "Mar 17"."""
    return f"{wording.day(day).split()[1]} {date.fromordinal(day).year % 100:02}"
