"""Every action of the window, declared once: menus, keys, the manual and tests read this table."""

from typing import NamedTuple


class Action(NamedTuple):
    """One thing a person can do: `name` is the method of the window (or of the page at the front) that
    does it, `text` how a menu says it, `keys` its shortcut, `menu` where it stands. `needs` says when it
    can be used: "today" (nothing is changed while another day is looked at), "person" (somebody is chosen),
    "own" (not in a service store, whose facts come from exports)."""

    name: str
    text: str
    keys: str
    menu: str
    what: str
    needs: frozenset[str] = frozenset()


def _needs(*words: str) -> frozenset[str]:
    return frozenset(words)


_CHANGES = _needs("today", "own")
_ABOUT = _needs("today", "own", "person")

ACTIONS = (
    Action("bring_in", "&Bring in my tracker…", "Ctrl+I", "&File",
           "Read a spreadsheet or an export, and see what it would do before anything is stored.",
           _needs("today")),
    Action("export", "&Export everything…", "Ctrl+E", "&File", "Write everything to a folder or a workbook."),
    Action("print_record", "&Print the record…", "Ctrl+P", "&File", "Write a supervision record as a PDF."),
    Action("verify_paper", "&Verify a paper…", "", "&File",
           "Look whether a record here says what a printed one says, by the code at its foot."),
    Action("back_up", "Bac&k up now", "Ctrl+Shift+B", "&File", "Write a backup now, and try it."),
    Action("open_other", "&Open another store…", "Ctrl+O", "&File",
           "Close this store and choose another, or practise."),
    Action("lock", "&Lock", "Ctrl+L", "&File", "Hide everything until the passphrase is typed."),
    Action("quit", "&Quit", "Ctrl+Q", "&File", "Close the window. What you were writing is kept."),

    Action("undo", "&Undo", "Ctrl+Z", "&Edit", "Take back what was done last.", _needs("today")),
    Action("redo", "&Redo", "Ctrl+Shift+Z", "&Edit", "Do again what was undone last.", _needs("today")),
    Action("search", "&Find…", "Ctrl+F", "&Edit", "Search people, notes and actions."),
    Action("look_again", "&Look again", "F5", "&Edit", "Read the page anew."),
    Action("another_day", "Another &day…", "Ctrl+D", "&Edit", "Look at a day that is over, or come back to today."),

    Action("book", "&Book…", "Ctrl+B", "&Supervision", "Book the next supervision of the person chosen.", _ABOUT),
    Action("record", "&Record a supervision", "Ctrl+R", "&Supervision",
           "Write up a supervision with the person chosen.", _ABOUT),
    Action("quick_note", "Quick &note…", "Ctrl+Shift+N", "&Supervision",
           "Note a conversation in passing; it comes back on the next agenda.", _ABOUT),
    Action("why", "&Why?", "Ctrl+/", "&Supervision", "Say why the person chosen stands where they do.",
           _needs("person")),
    Action("explain_gap", "E&xplain a gap…", "Ctrl+G", "&Supervision", "Give a gap its reason, in one line.", _ABOUT),
    Action("propose", "&Propose dates…", "Ctrl+Shift+P", "&Supervision",
           "Propose dates for the next eight weeks that keep everyone in policy.", _CHANGES),
    Action("add_person", "&Add a person…", "Ctrl+N", "&Supervision", "Add somebody to the team.", _CHANGES),

    Action("go_today", "&Today", "Alt+1", "&Go", "Who needs me now?"),
    Action("go_team", "T&eam", "Alt+2", "&Go", "How are we doing?"),
    Action("go_calendar", "&Calendar", "Alt+3", "&Go", "When?"),
    Action("go_actions", "&Actions", "Alt+4", "&Go", "What was promised?"),
    Action("go_compliance", "Co&mpliance", "Alt+5", "&Go", "Could I show an inspector?"),
    Action("go_reports", "&Reports", "Alt+6", "&Go", "What goes on paper."),
    Action("go_history", "&History", "Alt+7", "&Go", "Who changed what, and when?"),
    Action("go_settings", "&Settings", "Alt+8", "&Go", "The rules, the people and this computer."),
    Action("go_back", "&Back", "Alt+Left", "&Go", "Back to the page before."),

    Action("larger", "&Larger text", "Ctrl++", "&View", "Make everything larger."),
    Action("smaller", "&Smaller text", "Ctrl+-", "&View", "Make everything smaller."),
    Action("usual_size", "&Usual size", "Ctrl+0", "&View", "Text in its usual size."),

    Action("guide", "&Guide to this page", "F1", "&Help", "What this page is for, and how the cadence works."),
    Action("keys", "&Keys", "Ctrl+F1", "&Help", "Everything the keyboard can do."),
    Action("about", "&About Supervise", "", "&Help", "The version, and what it is made with."),
)  # fmt: skip
BY_NAME = {action.name: action for action in ACTIONS}
MENUS = tuple(dict.fromkeys(action.menu for action in ACTIONS))

#: Keys that belong to one page, which handles them itself: page, keys, what they do.
PAGE_KEYS = (
    ("The first start", "Alt+S", "Start empty; later on, skip the second place for now."),
    ("The first start", "Alt+K", "Show the recovery key, to copy it by hand."),
    ("Today", "Up and Down", "Go from one row to the next."),
    ("Today", "Enter", "Do the one thing a row is for."),
    ("Team", "Enter", "Open the person."),
    ("Team", "Ctrl+C", "Copy the chosen rows, for a spreadsheet."),
    ("Team", "Ctrl+Shift+F", "Go to the filter."),
    ("Team", "Menu key", "What can be done about the person chosen."),
    ("Person", "Ctrl+Tab", "The next part of the story."),
    ("Person", "F2", "Change the entry chosen."),
    ("Compliance", "Enter", "Open the person of a gap or of a month."),
    ("Reports", "Ctrl+P", "Print what is shown."),
    ("Settings", "F2", "Change the details of the person chosen."),
    ("Actions", "Space", "Done; Undo takes it back."),
    ("Calendar", "Arrows, PgUp, PgDown", "Go through days and months."),
    ("Calendar", "Enter", "Go to what stands on the day."),
    ("Calendar", "Alt+Shift+Left and Right", "Move a booking a day."),
    ("Session", "Ctrl+S", "Keep the draft now; it is kept as you type anyway."),
    ("Session", "Ctrl+Return", "Finish."),
    ("Session", "Ctrl+Down and Ctrl+Up", "The next heading, and the one before."),
    ("Every page", "Esc", "Back to the page before, or out of a dialog."),
)
