"""Booking, moving, cancelling and missing: the reason, who, and the new date, at that moment."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from supervise import wording
from supervise.doing.next_date import next_date, supervisors
from supervise.ui.desk import Desk
from supervise.ui.dialogs.booking_altered import REASON, OfBooking, when
from supervise.ui.dialogs.booking_parts import DiaryDialog, ForCalendar, chosen_whole, readable, seen
from supervise.ui.forms import Field, Form
from supervise.workdays import Day, iso

_TIME = Field(name="at", label="&Time", kind="time")
_PLACE = Field(name="place", label="&Place")


class BookDialog(DiaryDialog):
    """Books a supervision with a person: on the day given, or on one that is proposed."""

    def __init__(self, desk: Desk, parent: QWidget, person: str, on: Day | None = None) -> None:
        here = desk.workspace.here
        self._person, self._name = person, here.name(person)
        next_one = next_date(here, person)
        title = f"Book supervision with {self._name}"
        filled = "the day you chose" if on is not None else next_one.why
        said = f"{next_one.sentence} Filled in to begin with is {filled}."
        super().__init__(desk, parent, title, said, does="Book")
        value = next_one.on if on is None else on
        its_day = Field(name="on", label="&Day", kind="day", required=True, value=value)
        self.form = Form([its_day, _TIME, _PLACE], desk.workspace.today)
        self.who: Form | None = None
        self.body.addWidget(self.form)
        self.lay_out_rest()
        self.watch(self.form)
        self.look()

    def start_here(self) -> QWidget | None:
        """In the day, what is in it chosen, so that typing replaces it."""
        return chosen_whole(self.form, "on")

    def sees(self) -> Sequence[str]:
        """What to look at on that day; who is asked for, where no supervisor is known."""
        on = readable(self.form, "on")
        if on is None:
            return ()
        self._ask_who(on)
        supervisor, at = self._supervisor(), readable(self.form, "at")
        return seen(partial(self.diary.warnings, self._person, on, at, supervisor=supervisor))

    def _ask_who(self, on: Day) -> None:
        """Ask for the supervisor where the post of the day names none."""
        nobody = self.diary.supervisor_on(self._person, on) is None
        if nobody and self.who is None:
            field = Field(
                name="supervisor", label="&Supervisor", kind="choice", choices=supervisors(self.desk.workspace.here),
                hint="Nobody is named in the post of that day.",
            )  # fmt: skip
            self.who = Form([field], self.desk.workspace.today)
            self.body.insertWidget(1, self.who)
            self.watch(self.who)
        if self.who is not None:
            self.who.setVisible(nobody)

    def _supervisor(self) -> str | None:
        """The supervisor chosen, where one is asked for."""
        asked = self.who is not None and not self.who.isHidden()
        chosen: str | None = self.who.value("supervisor") if self.who and asked else None
        return chosen

    def submit(self) -> bool:
        """Book it."""
        values = self.form.values()
        if values is None:
            return False
        self.refuse_what_cannot_be()
        if self.must_look_again(self._person, values["on"], values["at"]):
            return False
        on, unseen = values["on"], self.not_yet_seen()
        booked = self.diary.book(
            self._person, on, values["at"], place=values["place"], supervisor=self._supervisor()
        )
        said = f"Booked {wording.long_day(on)} with {self._name}."
        self.tell(booked.change, " ".join([said, *unseen]), ForCalendar(booked.session, iso(on)))
        return True


class MoveDialog(OfBooking):
    """Moves a booking: to another day, with its reason, or to another time or place."""

    def __init__(self, desk: Desk, parent: QWidget, session_id: str, on: Day | None = None) -> None:
        super().__init__(desk, parent, session_id, "Move supervision", does="Move")
        self._given = on
        if not self.stands:
            return
        next_one = next_date(self.desk.workspace.here, self.person, self.session_id)
        fields = (
            Field(
                name="on", label="New &day", kind="day", required=True, value=on or self.planned_on,
                hint=next_one.sentence,
            ),
            Field(name="at", label="&Time", kind="time", value=self.old["planned_start"]),
            Field(name="place", label="&Place", value=self.old["place"]),
        )  # fmt: skip
        self.form = Form(fields, desk.workspace.today)
        self.why = Form([REASON, self.by_field()], desk.workspace.today)
        self.body.addWidget(self.form)
        self.body.addWidget(self.why)
        self.lay_out_rest()
        self.watch(self.form)
        self.look()

    def start_here(self) -> QWidget | None:
        """In the day; in the reason if the day was given."""
        if not self.stands:
            return self.close_button
        return self.why.inputs["reason"] if self._moves() else chosen_whole(self.form, "on")

    def _moves(self) -> bool:
        """Whether it goes to another day, which asks for a reason."""
        on = readable(self.form, "on")
        return on is not None and on != self.planned_on

    def sees(self) -> Sequence[str]:
        """What to look at on the new day; the reason is asked for once the day is another."""
        self.why.setVisible(self._moves())
        on = readable(self.form, "on") if self._moves() or readable(self.form, "at") else None
        return self.sees_on(on, readable(self.form, "at"))

    def alter(self) -> bool:
        """Move it."""
        values = self.form.values()
        if values is None:
            return False
        self.why.setVisible(self._moves())
        why = self.asked(self.why) if self._moves() else {"reason": None, "by": None}
        if why is None:
            self.fit()
            return False
        if self._moves() and self.must_look_again(
            self.person, values["on"], values["at"], self.session_id
        ):
            return False
        on, unseen = values["on"], self.not_yet_seen()
        at, place = values["at"] or "", values["place"] or ""
        booked = self.diary.move(self.session_id, on, at, place=place, **why)
        said = f"Moved {self.name} to {wording.long_day(on)}{f' at {at}' if at else ''}."
        gone = [ForCalendar(self.session_id, "cancelled")] if booked.session != self.session_id else []
        self.tell(booked.change, " ".join([said, *unseen]), ForCalendar(booked.session, iso(on)), *gone)
        return True


class LostDialog(OfBooking):
    """Cancels a booking, or says that it was missed: the reason, who, and the new date if there is one."""

    def __init__(self, desk: Desk, parent: QWidget, session_id: str, *, missed: bool) -> None:
        self._missed = missed
        kept = f"It is kept as {'missed' if missed else 'cancelled'}, with its reason."
        doing = "Missed supervision" if missed else "Cancel supervision"
        does = "Record as missed" if missed else "Cancel the supervision"
        super().__init__(desk, parent, session_id, doing, kept, does=does)
        if not self.stands:
            return
        self.close_button.setText("Close" if missed else "Keep the booking")
        fields = (
            REASON,
            *(() if missed else (self.by_field(),)),
            Field(name="on", label="New &day", kind="day", hint=self._without()),
            Field(name="at", label="&Time", kind="time", value=self.old["planned_start"]),
        )
        self.form = Form(fields, desk.workspace.today)
        self.body.addWidget(self.form)
        self.lay_out_rest()
        self.watch(self.form)

    def refusal(self, today: Day) -> str:
        """What is still to come was not missed."""
        on = self.planned_on if self.old.get("status") == "planned" else None
        if self._missed and on is not None and on > today:
            return f"The supervision on {when(self.old)} is still to come. Move or cancel it instead."
        return super().refusal(today)

    def _without(self) -> str:
        """What it means to give no new date."""
        left = next_date(self.desk.workspace.here, self.person, self.session_id)
        booked = (
            f"is still booked for {wording.day(left.booked)}" if left.booked else "has no booking then"
        )
        return f"It may be left empty: {self.name} {booked}. {left.sentence}"

    def start_here(self) -> QWidget | None:
        """In the reason."""
        return self.form.inputs["reason"] if self.stands else self.close_button

    def sees(self) -> Sequence[str]:
        """What to look at on the new day."""
        return self.sees_on(readable(self.form, "on"), readable(self.form, "at"))

    def alter(self) -> bool:
        """Give it up, and book the new day."""
        values = self.asked(self.form)
        if values is None:
            return False
        on, at = values["on"], values["at"]
        if on is not None and self.must_look_again(self.person, on, at, self.session_id):
            return False
        unseen = self.not_yet_seen()
        again = {"rebook_on": values["on"], "rebook_at": values["at"] or ""}
        give_up = self.diary.miss if self._missed else self.diary.cancel
        by = {} if self._missed else {"by": values["by"]}
        lost = give_up(self.session_id, reason=values["reason"], **by, **again)
        said = f"{'Missed' if self._missed else 'Cancelled'}: {when(self.old)} with {self.name}."
        events = [ForCalendar(self.session_id, "cancelled")]
        if lost.rebooked:
            said += f" Booked {wording.long_day(values['on'])}."
            events.insert(0, ForCalendar(lost.rebooked, iso(values["on"])))
            unseen += self.left_behind()
        self.tell(lost.change, " ".join([said, *unseen]), *events)
        return True
