"""Person: the whole story of one worker, each gap with a one-line reason that one can add."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QScrollArea, QTabWidget, QVBoxLayout, QWidget

from supervise.doing.looking import Looking
from supervise.doing.looking_person import PersonStory
from supervise.errors import BadQuestion
from supervise.ui.bits import column, scrolling
from supervise.ui.desk import Desk
from supervise.ui.pages.page import FACTS, Page
from supervise.ui.pages.person_actions import ActionsPanel
from supervise.ui.pages.person_facts import AgreementPanel, CasesPanel, DetailsPanel, PostsPanel
from supervise.ui.pages.person_head import PersonHead
from supervise.ui.pages.person_parts import Panel
from supervise.ui.pages.person_story import StoryPanel

_PANELS: tuple[type[Panel], ...] = (
    StoryPanel, ActionsPanel, PostsPanel, AgreementPanel, CasesPanel, DetailsPanel,
)  # fmt: skip
_ELSEWHERE = {
    "Change &post, time away, left…": _PANELS.index(PostsPanel),
    "&Agreement and frequency…": _PANELS.index(AgreementPanel),
}


class PersonPage(Page):
    """One person: where they stand and why above, their story in tabs below. A tab is made and filled when it
    is first looked at."""

    name, title, guide = "person", "Person", "help-person"
    cares_about = FACTS | {"action", "explanation", "agreement", "draft"}

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.person_id: str | None = None
        self.story: PersonStory | None = None
        self.head = PersonHead(desk, _ELSEWHERE)
        self.tabs = QTabWidget()
        self.tabs.tabBar().setAccessibleName("Parts of the story")
        self.panels: dict[int, Panel] = {}
        self._shown: dict[int, PersonStory] = {}
        self.area = scrolling()
        self._lay_out()
        self.head.tab_wanted.connect(self.tabs.setCurrentIndex)
        self.tabs.currentChanged.connect(self._show_tab)
        self._add_keys()

    def _lay_out(self) -> None:
        inner = QWidget()
        whole = QVBoxLayout(inner)
        whole.setContentsMargins(18, 12, 18, 8)
        whole.setSpacing(4)
        whole.addWidget(self.head)
        whole.addWidget(self.tabs, 1)
        whole.addStretch(0)
        for each in _PANELS:
            self.tabs.addTab(scrolling(), each.title)
        self.area.setWidget(inner)
        self.setLayout(column(self.area))

    def _add_keys(self) -> None:
        for keys, does in (
            ("Ctrl+Tab", partial(self._turn, 1)),
            ("Ctrl+Shift+Tab", partial(self._turn, -1)),
            ("F2", self.edit_chosen),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(does)

    # What it shows

    def open_on(self, subject: object) -> None:
        """Show that person, from the beginning of their story."""
        if subject != self.person_id:
            self.person_id, self.story = str(subject), None
            self.tabs.setCurrentIndex(0)
            self.head.close_reasons()
        self._stale = True

    def refresh(self) -> None:
        """Read their story. Who is not here any more is said so."""
        self.story = None
        if self.person_id is not None:
            try:
                self.story = Looking(self.desk.workspace.here).person(self.person_id, self.desk.view.day)
            except BadQuestion:
                self.person_id = None
        self.head.show_story(self.story)
        self.tabs.setMinimumHeight(self.fontMetrics().height() * 14)
        self.tabs.setVisible(self.story is not None)
        if self.story is not None:
            self._name_tabs(self.story)
            self._show_tab()

    def _name_tabs(self, story: PersonStory) -> None:
        """How much there is in each."""
        counts = {ActionsPanel: len(story.open_actions), CasesPanel: len(story.cases)}
        for at, each in enumerate(_PANELS):
            many = counts.get(each)
            self.tabs.setTabText(at, f"{each.title} · {many}" if many else each.title)

    def _show_tab(self) -> None:
        """Show the story in the tab at the front, if it does not show this one already."""
        at = self.tabs.currentIndex()
        if self.story is None or at < 0:
            return
        if at not in self.panels:
            self.panels[at] = _PANELS[at](self.desk)
            area = self.tabs.widget(at)
            assert isinstance(area, QScrollArea)
            area.setWidget(self.panels[at])
        if self._shown.get(at) is not self.story:
            self.panels[at].show_story(self.story)
            self._shown[at] = self.story

    # What one does

    def why(self) -> None:
        """Open the reasons in place, or close them."""
        self.head.why()

    def chosen_person(self) -> str | None:
        """Whose page it is."""
        return self.person_id

    def start_here(self) -> QWidget | None:
        """In the tab at the front."""
        panel = self.panels.get(self.tabs.currentIndex())
        return (panel.start_here() if panel else None) or self.tabs.tabBar()

    def edit_chosen(self) -> None:
        """Edit the row that the keyboard is on."""
        panel = self.panels.get(self.tabs.currentIndex())
        if panel is not None and self.story is not None:
            with self.desk.trying():
                panel.edit_chosen()

    def _turn(self, by: int) -> None:
        """The next tab, or the one before; the keyboard goes along."""
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % self.tabs.count())
        if (start := self.start_here()) is not None:
            start.setFocus(Qt.FocusReason.TabFocusReason)
