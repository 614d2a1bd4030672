"""Adding somebody, and entering or changing one fact about them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QWidget

from supervise.doing.entering import Problem, problems
from supervise.doing.staff import Staff
from supervise.errors import SuperviseError
from supervise.ui.bits import button, notice
from supervise.ui.desk import Desk
from supervise.ui.dialogs import people_fields as asked
from supervise.ui.dialogs.checked import (
    CheckedDialog,
    about_days,
    grow,
    refuse_if_not_ours,
    say_at,
    show_fields,
)
from supervise.ui.dialogs.people_fields import Row
from supervise.ui.dialogs.people_row import RowDialog
from supervise.ui.forms import Field, Form
from supervise.workdays import iso

__all__ = ["AddPersonDialog", "RowDialog"]

NEWLY_QUALIFIED = "nqsw"
"""The role whose rules are counted from the first day with the council."""

_MORE = ("employed_from", "records_from", "fte", "days", "staff_no", "email", "registration_no")


class AddPersonDialog(CheckedDialog):
    """Somebody new with their post. Name, team and role are enough; the rest is there for who needs it."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        refuse_if_not_ours(desk)
        super().__init__(
            desk,
            parent,
            "Add a person",
            "Name, team and role are enough to begin with. Everything can be changed later.",
            does="Add",
        )
        self.staff = Staff(desk.workspace.here)
        self._see_who_is_here()
        self._same_name_is_fine = ""
        self._more = False
        self._suggested: str | None = None
        self.check(Form(self._fields(), desk.workspace.today))
        self.more = button("&More…", self._show_more, link=True, name="Ask for more about this person")
        self.added = notice("")
        self.added.hide()
        self.body.insertWidget(0, self.added)
        self.another = button("Add, an&d another", self._add_another)
        self.buttons.insertWidget(0, self.more)
        self.buttons.insertWidget(self.buttons.count() - 1, self.another)
        self._show_asked()

    def _see_who_is_here(self) -> None:
        self._teams = self.desk.workspace.teams()
        self._people = self.staff.people()
        self._told: tuple[Row, list[Problem]] | None = None

    def _fields(self) -> list[Field]:
        desk, person = self.desk, {field.name: field for field in asked.ASKED["person"]}
        begun = {"team": desk.view.team, "from": iso(desk.today)}
        post = asked.fields_for(desk, "post", begun, self._people)
        by_name = {field.name: field for field in post}
        by_name["role"] = replace(by_name["role"], hint="")
        since = Field(
            name="from", label="&In this post since", kind="day", required=True, value=desk.today,
            hint="Supervision is counted from this day, or from when records begin.",
        )  # fmt: skip
        first = [person["name"], *(by_name[name] for name in ("team", "role", "basis", "supervisor_id"))]
        more = [person["employed_from"], person["records_from"], by_name["fte"], by_name["days"]]
        return [*first, since, *more, *(person[name] for name in _MORE[4:])]

    def start_here(self) -> QWidget | None:
        """On the name."""
        return self.form.inputs["name"]

    def written(self) -> list[str]:
        """Somebody whose name was typed, with all that was typed after it."""
        values = self.read_so_far()
        return [str(values)] if values["name"] else []

    # What follows from what is typed

    def _show_more(self) -> None:
        self._more = True
        self._show_asked()
        grow(self)
        self.form.inputs["employed_from"].setFocus()

    def _show_asked(self) -> None:
        is_new = self.read_so_far()["role"] == NEWLY_QUALIFIED
        show_fields(self.form, dict.fromkeys(_MORE[1:], self._more))
        show_fields(self.form, {"employed_from": self._more or is_new})
        self.more.setVisible(not self._more)

    def after_pause(self) -> None:
        """A newly qualified worker's first day is asked for; a team's usual supervisor is offered."""
        self._show_asked()
        supervisor = self.form.inputs["supervisor_id"]
        assert isinstance(supervisor, QComboBox)
        held = self.read_so_far()["supervisor_id"]
        usual = self._usual_supervisor(self.read_so_far()["team"])
        if held in (None, self._suggested) and usual != held and not supervisor.hasFocus():
            self._suggested = usual
            self.form.set_value("supervisor_id", usual)

    def _usual_supervisor(self, team: str | None) -> str | None:
        """Whom most of a team have as supervisor; None for a team that nobody is in yet."""
        if team is None:
            return None
        named = Counter(each.supervisor_id for each in self._people if each.team == team)
        del named[None]
        return named.most_common(1)[0][0] if named else None

    # What is wrong or worth a look

    def _rows(self) -> tuple[Row, Row]:
        values = self.read_so_far()
        return asked.as_row("person", values), asked.as_row("post", values)

    def problems(self) -> list[Problem]:
        """Of the person, then of the post."""
        person, post = self._rows()
        store = self.desk.workspace.store
        of_post = [each for each in problems("post", post, store) if each.field != "person_id"]
        if (
            self._told is None or self._told[0] != person
        ):  # in a large service, names take a while to compare
            self._told = person, problems("person", person, store)
        return [*self._told[1], *of_post, *about_days(post), *self._about_team(post)]

    def _about_team(self, post: Row) -> list[Problem]:
        found = []
        if post["team"] and self._teams and post["team"] not in self._teams:
            found.append(
                Problem("team", "Nobody is in a team of that name yet. Is it spelt right?", False)
            )
        if (
            post["from"]
            and post["from"] < iso(self.desk.today)
            and not self.read_so_far()["records_from"]
        ):
            sentence = (
                "Supervision since then that is not entered here will be missing. Under “More…” you can say "
                "from which day records are complete."
            )
            found.append(Problem("from", sentence, False))
        return found

    def hints(self) -> dict[str, str]:
        """Why somebody stands as the supervisor whom nobody chose."""
        values = self.read_so_far()
        suggested = self._suggested and values["supervisor_id"] == self._suggested
        return (
            {"supervisor_id": f"As for most in {values['team']}. Change it if that is wrong."}
            if suggested
            else {}
        )

    def submit(self) -> bool:
        """Add them. Somebody of nearly the same name is asked about once."""
        refuse_if_not_ours(self.desk)
        if not self.allowed() or self._must_ask_about_name():
            return False
        values = self.form.values()
        assert values is not None, "it was allowed"
        rows = asked.as_row("person", values) | asked.as_row("post", values)
        id, change = self.staff.add_person(
            values["name"], values["team"], values["role"], in_post_from=values["from"],
            basis=values["basis"], supervisor=values["supervisor_id"], fte=rows["fte"],
            days=values["days"], employed_from=values["employed_from"],
            records_from=values["records_from"], staff_no=values["staff_no"], email=values["email"],
            registration_no=values["registration_no"],
        )  # fmt: skip
        name = self.desk.workspace.here.name(id)
        self.desk.did(change, f"{name} was added to {values['team']}.")
        _choose_in_front(self.desk, id)
        return True

    def _must_ask_about_name(self) -> bool:
        name = self.read_so_far()["name"]
        near = [each for each in self.problems() if each.field == "name" and not each.forbids]
        if not near or self._same_name_is_fine == name:
            return False
        self._same_name_is_fine = name
        say_at(self.form, "name", near[0].sentence, worth_a_look=True)
        self.trouble(f"{near[0].sentence} If it is somebody else, choose “Add” again.")
        return True

    def _add_another(self) -> None:
        """Add this one and ask for the next: team, role and supervisor stay."""
        self.trouble("")
        name = self.read_so_far()["name"]
        try:
            if not self.submit():
                return
        except SuperviseError as error:
            self.trouble(str(error))
            return
        self._see_who_is_here()
        for field in ("name", "employed_from", *_MORE[4:]):
            self.form.set_value(field, None)
        self.added.setText(f"{name} was added.")
        self.added.show()
        self.form.inputs["name"].setFocus()


def _choose_in_front(desk: Desk, person: str) -> None:
    """Where people are edited, the new one is gone to; elsewhere the foot tells, with Undo."""
    front = desk.deeds.window.front
    if front is not None and front.name == "settings":
        front.open_on(("people", person))
