"""Today: who needs me now? One sentence, then short lists, gaps first, with one obvious button a row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from supervise import wording
from supervise.doing.kept import Kept, Unfinished
from supervise.doing.looking import Looking
from supervise.doing.looking_words import about_gap
from supervise.store.safe_keeping import backed_up_state
from supervise.today import (
    ActionNow,
    AwayNow,
    BoardRow,
    Booking,
    DueNow,
    GapNow,
    Passed,
    Today,
    Unevidenced,
)
from supervise.ui.cards import Card, CardList, Cards, Deed
from supervise.ui.desk import Desk
from supervise.ui.pages.page import FACTS, ScrollPage
from supervise.ui.pages.person_why_not import why_not
from supervise.workdays import Day

NEW = 6 * 7
"""Days for which a manager is new in post (a domain fact: managers under six weeks in post are reported)."""

LONG = 7
"""Days without a copy of what is new, off this computer, that are no trouble."""


class TodayPage(ScrollPage):
    """Who needs me now."""

    name, title = "today", "Today"
    cares_about = FACTS | {"action", "explanation", "draft"}

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._person: str | None = None
        self._forbidden = ""  # why nothing can be changed now: the same for hundreds of cards
        self.cards = CardList(desk)
        self.cards.entered.connect(self._entered)
        self.body.addWidget(self.cards)

    def _entered(self, card: Card) -> None:
        self._person = card.person

    def chosen_person(self) -> str | None:
        """Whose card the keyboard is on, or was on last."""
        return self._person

    def start_here(self) -> QWidget | None:
        """On the first card."""
        return self.cards.first()

    def refresh(self) -> None:
        """Read who needs somebody."""
        view = self.desk.view
        looking = Looking(self.desk.workspace.here)
        today = looking.today(view.day, view.team)
        self._forbidden = why_not(self.desk)
        self.say(today.sentence, self._greeting(looking))
        self.cards.show_lists(self._lists(today))
        self.desk.counted.emit("today", len(today.gaps) + sum(due.this_week for due in today.due))
        self.desk.counted.emit("actions", len(today.overdue_actions))

    def _greeting(self, looking: Looking) -> str:
        """Who the team's manager is and for how long, and where a new one finds the guide."""
        view = self.desk.view
        if view.team is None or (managed := looking.manager_of(view.team, view.day)) is None:
            return ""
        if view.day - managed.since >= NEW:
            return f"{view.team}, supervised by {managed.name}."
        who = f"{view.team}, supervised by {managed.name}, {managed.how_long} in post."
        return f"{who} F1 opens the guide for the first weeks."

    def _lists(self, today: Today) -> Iterator[tuple[str, Sequence[Card]]]:
        yield (
            "Unfinished writing",
            [self._draft(each) for each in Kept(self.desk.workspace.store).list()],
        )
        yield "Gaps", [self._gap(each, at == 0) for at, each in enumerate(today.gaps)]
        yield "Planned, and nothing entered", Cards(today.passed, self._passed)
        yield "Booked today", [self._booked(each, today) for each in today.booked_today]
        now = {each.person for each in today.booked_today}
        yield "Due", [self._due(each, today) for each in today.due if each.row.person not in now]
        later = [each for each in today.booked if each.on != today.day]
        told = {each.row.person for each in today.due}
        yield "Booked", [self._booked(each, today) for each in later if each.person not in told]
        yield "Held, not evidenced", Cards(today.unevidenced, self._unevidenced)
        yield "Actions overdue", Cards(today.overdue_actions, self._action)
        yield "Away now", Cards(today.away, self._away)
        yield "Without a named supervisor", Cards(today.no_supervisor, self._nobody)
        yield "Safe keeping", self._safe_keeping()

    def _why(self, person: str) -> Callable[[], object]:
        return partial(self.desk.deeds.why, person)

    def _book(self, row: BoardRow, *, main: bool = False) -> Deed:
        if row.booking is not None and row.booking.on <= self.desk.view.day:
            return Deed("Write up…", partial(self.desk.go, "session", row.booking.session), main)
        if row.booking is not None:
            return Deed("Open agenda", partial(self.desk.go, "session", row.booking.session), main)
        return self._changing("Book…", partial(self.desk.deeds.book, row.person), main)

    def _changing(self, text: str, does: Callable[[], object], main: bool = False) -> Deed:
        """Something that alters the records, which only today and in a team's own store can be done."""
        return Deed(text, does, main, self._forbidden)

    def _gap(self, gap: GapNow, first: bool) -> Card:
        row = gap.row
        said, give = about_gap(gap), partial(self.desk.deeds.explain_gap, row.person, gap.late_from)
        explained = f"Reason: {wording.joined(gap.explained)}." if gap.explained else ""
        more = f"{'; '.join(said[3:])}." if said[3:] else ""
        return Card(
            name=row.name, words=" · ".join(said[:3]), person=row.person, status="gap",
            why=self._why(row.person), deed=self._book(row, main=first),
            more=() if gap.explained else (self._changing("Give the reason…", give),),
            second=" ".join(filter(None, (wording.capital(more), explained, _under(gap)))),
        )  # fmt: skip

    def _due(self, due: DueNow, today: Today) -> Card:
        row = due.row
        said = [f"due {_short(row.due)}"] if row.due else []
        if row.booking is not None:
            said.append(f"booked {_short(row.booking.on)}{_at(row.booking)}")
        said += [due.then] if due.then else []
        if due.open_actions:
            most = f", one carried {wording.times(due.carried)}" if due.carried else ""
            said.append(wording.counted(due.open_actions, "open action") + most)
        before = _weekday(row.booking.on) if row.booking else ""
        return Card(
            before=before, name=row.name, words=" · ".join(said), person=row.person, status=row.status,
            why=self._why(row.person), deed=self._book(row, main=not today.gaps and not before),
        )  # fmt: skip

    def _booked(self, booking: Booking, today: Today) -> Card:
        said = [wording.words(booking.kind)] + ([booking.place] if booking.place else [])
        rows = [*(gap.row for gap in today.gaps), *(due.row for due in today.due)]
        stands = {row.person: row.status for row in rows}
        return Card(
            status=stands.get(booking.person),
            before=f"{_weekday(booking.on)}{_at(booking)}", name=booking.name, words=" · ".join(said),
            person=booking.person,
            deed=Deed("Open agenda", partial(self.desk.go, "session", booking.session), booking.on == today.day),
        )  # fmt: skip

    def _passed(self, passed: Passed) -> Card:
        booking = passed.booking
        return Card(
            before=_weekday(booking.on), name=booking.name, person=booking.person,
            words=f"planned {wording.days(passed.days)} ago · was it held?",
            deed=Deed("Write up…", partial(self.desk.go, "session", booking.session)),
            more=(
                self._changing("It was missed…", partial(self.desk.deeds.miss, booking.session)),
                self._changing("Cancelled…", partial(self.desk.deeds.cancel, booking.session)),
            ),
        )  # fmt: skip

    def _unevidenced(self, each: Unevidenced) -> Card:
        step = each.missing[0]
        if step == "recorded":
            deed = Deed("Write up…", partial(self.desk.go, "session", each.session))
        elif "shared" in step:
            deed = self._changing("Share…", partial(self.desk.deeds.share, each.session))
        else:
            deed = self._changing("Record signature…", partial(self.desk.deeds.sign, each.session))
        return Card(
            name=each.name, person=each.person, deed=deed,
            words=f"{wording.day(each.held_on)} · {each.said} · {wording.days(each.days)}",
            more=(Deed("Open", partial(self.desk.go, "session", each.session)),),
        )  # fmt: skip

    def _action(self, action: ActionNow) -> Card:
        said = [action.name] + ([f"due {wording.day(action.due_on)}"] if action.due_on else [])
        said += [f"carried {wording.times(action.carried)}"] if action.carried else []
        return Card(
            name=action.text, words=" · ".join(said), person=action.person,
            deed=self._changing("Done", partial(self._done, action.id)),
        )  # fmt: skip

    def _away(self, away: AwayNow) -> Card:
        return Card(
            name=away.row.name, words=away.said, person=away.row.person, status=away.row.status,
            why=self._why(away.row.person),
            deed=Deed("Open", partial(self.desk.go, "person", away.row.person)),
        )  # fmt: skip

    def _nobody(self, row: BoardRow) -> Card:
        return Card(
            name=row.name, words=f"{row.phase or wording.words(row.role)} · nobody is named as supervisor",
            person=row.person, status=row.status, why=self._why(row.person),
            deed=Deed("Open", partial(self.desk.go, "person", row.person)),
        )  # fmt: skip

    def _draft(self, draft: Unfinished) -> Card:
        kept = draft.kept_at.astimezone()
        said = (
            f"begun, and kept {wording.moment(kept)}"
            if draft.readable
            else "a draft that cannot be read here"
        )
        return Card(
            name=draft.name or "A supervision", words=said, person=draft.person,
            deed=Deed("Go on writing", partial(self.desk.go, "session", ("draft", draft.session)), main=True),
        )  # fmt: skip

    def _safe_keeping(self) -> list[Card]:
        """Whether there is a copy off this computer, for a week or more without one."""
        store = self.desk.workspace.store
        if self.desk.is_practice or not store.is_on_disk or not self.desk.view.is_today:
            return []
        without = backed_up_state(store, self.desk.now()).days_without_copy_elsewhere
        if without is not None and without < LONG:
            return []
        said = "yet" if without is None else f"for {wording.days(without)}"
        go = Deed("Backups…", partial(self.desk.go, "settings", "backups"))
        return [
            Card(
                name=f"No copy off this computer {said}",
                words="choose a second place, or see why",
                deed=go,
            )
        ]

    def _done(self, action_id: str) -> None:
        from supervise.doing.writing import Writing

        with self.desk.trying():
            self.desk.refuse_if_not_today()
            self.desk.did(Writing(self.desk.workspace.here).add_action_done(action_id, self.desk.today))


def _weekday(day: Day) -> str:
    """ "Wed 15"."""
    return " ".join(wording.long_day(day).split()[:2])[:3] + " " + wording.day(day).split()[0]


def _short(day: Day | None) -> str:
    """ "Wed 15 Mar"."""
    return "" if day is None else f"{_weekday(day)} {wording.day(day).split()[1]}"


def _at(booking: Booking) -> str:
    return f" {booking.start}" if booking.start else ""


def _under(gap: GapNow) -> str:
    """Whose supervision the late days fell to: a new manager does not inherit the blame."""
    if len(gap.late_under) < 2 and all(under.person == gap.row.supervisor for under in gap.late_under):
        return ""
    said = [
        f"{wording.days(under.days)} under {under.name}"
        if under.name
        else f"{wording.days(under.days)} without a named supervisor"
        for under in gap.late_under
    ]
    return f"Of the late days {wording.joined(said)}."
