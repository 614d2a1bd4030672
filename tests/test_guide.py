"""The guide is whole: pages, links, sources, words and the checklist."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from supervise import guide
from supervise.errors import BadQuestion
from supervise.guide import Page
from supervise.places import resource
from supervise.wording import STATUS

PAGES = guide.pages()
HELP = [page for page in PAGES if page.id.startswith("help-")]
READING = [page for page in PAGES if not page.id.startswith("help-")]

WINDOW = (
    "today", "team", "person", "session", "calendar", "actions", "compliance", "reports", "history",
    "settings", "find", "bring-in", "guide",
)  # fmt: skip
KEYS = {
    "Alt+1": "Today", "Alt+8": "Settings", "Ctrl+F": "search", "Ctrl+B": "book",
    "Ctrl+R": "record a supervision", "Ctrl+Shift+N": "quick note", "Ctrl+N": "add a person",
    "Ctrl+I": "tracker", "Ctrl+Z": "undo", "Ctrl+Shift+Z": "redo", "F1": "guide", "F2": "edit",
    "F5": "look again", "Ctrl+/": "why", "Ctrl+L": "lock", "Ctrl+P": "print", "Ctrl+S": "draft",
    "Ctrl+Return": "finish", "Ctrl+Plus": "larger", "Ctrl+Minus": "smaller", "Ctrl+0": "usual",
    "Ctrl+D": "another day", "Esc": "back", "Delete": "nothing",
}  # fmt: skip

LINK = re.compile(r"\[[^\]]+\]\(([^)]+)\)")
SOURCES = "\nSources: "
#: What has a source: a percentage, a year, a length of time, a count of sessions or of councils.
FIGURE = re.compile(r"\d+%|\b(?:19|20)\d\d\b|\b\d+ (?:minutes|days|weeks|months|years|reports)\b")
NOT_HERE = re.compile(
    # blame, and what talks down to people
    r"\b(?:at fault|guilty|lazy|negligen\w+|breach\w*|non-?complian\w+|offend\w+|chase[ds]?"
    r"|simply|obviously|of course|just|easily|straightforward|please|leverage|seamless\w*|robust\w*"
    # words that a person in a council office would not say
    r"|database|SQL|cursor|modal|widget|daemon|schema|JSON|tuple|boolean|parameters?"
    # American spelling
    r"|\w+iz(?:e|es|ed|ing|ation|ations)|analy(?:ze|zed|zing)|behavior\w*|color\w*|favor\w*|labor"
    r"|center\w*|license[ds]?|practicing|practiced|canceled|canceling|traveled|fulfill|judgment"
    r"|toward|gotten|program (?:of|for))\b",
    re.IGNORECASE,
)
LAWFUL = {"size", "sized", "sizes"}


def words_of(text: str) -> int:
    """How many words somebody reads; the marks of Markdown and the addresses of links are none."""
    said = LINK.sub(lambda found: found[0].partition("]")[0], text)
    return len(re.findall(r"[\w’'+%–-]*\w[\w’'+%–-]*", said))


def named(page: Page) -> str:
    return page.id


every_page = pytest.mark.parametrize("page", PAGES, ids=named)


# --- Pages


def test_every_file_of_the_guide_is_a_page_and_stands_in_it_once() -> None:
    files = {path.stem for path in resource("guide").glob("*.md")}
    listed = re.findall(r'"([a-z-]+)"[,\]]', resource("guide", "pages.toml").read_text("utf-8"))
    assert Counter(listed) == Counter(page.id for page in PAGES) == Counter(files)


def test_pages_of_a_group_stand_together_with_titles_of_their_own() -> None:
    groups = [page.group for page in PAGES]
    assert list(dict.fromkeys(groups)) == [
        "The cadence", "Doing it well", "Being asked about it", "Supervise", "Help for each page",
    ]  # fmt: skip
    assert groups == sorted(groups, key=list(dict.fromkeys(groups)).index)
    assert len({page.title for page in PAGES}) == len(PAGES)
    assert PAGES[0].id == "cadence"


def test_each_page_of_the_window_has_its_help() -> None:
    assert {page.id for page in HELP} == {f"help-{name}" for name in WINDOW}
    assert {page.group for page in HELP} == {"Help for each page"}


@every_page
def test_a_page_has_one_title_and_its_headings_skip_no_level(page: Page) -> None:
    text = guide.text(page.id)
    levels = [len(mark) for mark in re.findall(r"^(#+) \S", text, re.MULTILINE)]
    assert text.startswith(f"# {page.title}\n\n")
    assert levels.count(1) == 1
    assert set(levels) <= {1, 2}
    assert page.path.read_text("utf-8") == text


@every_page
def test_a_page_can_be_read_in_one_look(page: Page) -> None:
    low, high = (60, 120) if page in HELP else (120, 260)
    assert low <= words_of(guide.text(page.id)) <= high


@every_page
def test_a_page_is_plain_text_with_lists_and_links_and_nothing_else(page: Page) -> None:
    text = guide.text(page.id)
    assert "![" not in text
    assert not re.search(r"<[a-z/]|^\||^```|https?:|\t| $", text, re.MULTILINE)
    assert text.endswith("\n") and not text.endswith("\n\n")


@every_page
def test_every_link_leads_to_another_page(page: Page) -> None:
    for address in LINK.findall(guide.text(page.id)):
        assert guide.linked(address) not in (None, page.id), address


def test_every_page_is_reached_from_another_or_from_the_window() -> None:
    reached = {guide.linked(address) for page in PAGES for address in LINK.findall(guide.text(page.id))}
    assert {page.id for page in READING} <= reached


@every_page
def test_words_are_kind_plain_and_british(page: Page) -> None:
    found = [word for word in NOT_HERE.findall(guide.text(page.id)) if word.lower() not in LAWFUL]
    assert found == []


@every_page
def test_where_figures_are_a_source_is_named(page: Page) -> None:
    body, _, sources = guide.text(page.id).partition(SOURCES)
    figures = FIGURE.findall(body)
    assert not figures or sources, figures
    assert "\n\n" not in sources.strip()  # it is the foot of the page


def test_what_was_not_read_at_first_hand_says_so() -> None:
    for page, doubtful in {
        "newly-qualified": "neither page read at first hand",
        "cadence": "not at first hand",
        "booking-ahead": "not read at first hand",
        "privacy": "to be checked",
    }.items():
        assert doubtful in guide.text(page).partition(SOURCES)[2]


def test_our_own_defaults_are_called_ours_on_the_pages_that_give_them() -> None:
    for page in ("cadence", "newly-qualified", "absence", "new-supervisor", "what-counts"):
        assert "our own default" in guide.text(page)


# --- What must be said


def test_the_cadence_shows_every_status_as_the_window_does() -> None:
    text = guide.text("cadence")
    for status in ("on_track", "due_soon", "overdue", "gap", "absent"):
        assert f"**{STATUS[status]}**" in text
    assert {mark for mark, _ in STATUS.values()} == set(re.findall("[●◔▲■⏸○]", text))


def test_norfolk_is_told_to_its_end() -> None:
    text = guide.text("inspectors")
    years = re.findall(r"\*\*(\d{4})", text)
    assert years == ["2013", "2015", "2018", "2023", "2026"]
    assert "**2026, rated outstanding in every judgement**" in text


def test_the_keyboard_page_names_every_key_and_what_it_does() -> None:
    lines = [line.casefold() for line in guide.text("keyboard").splitlines()]
    for key, does in KEYS.items():
        assert any(f"**{key}**".casefold() in line and does.casefold() in line for line in lines), key


@every_page
def test_no_page_names_a_key_that_the_keyboard_page_does_not_have(page: Page) -> None:
    keys = set(re.findall(r"\*\*((?:Ctrl|Alt)\+[^*]+|F\d+|Esc|Delete)\*\*", guide.text(page.id)))
    assert keys <= KEYS.keys() | {f"Alt+{number}" for number in range(1, 9)}


def test_help_names_the_key_that_leads_to_its_page() -> None:
    order = ("today", "team", "calendar", "actions", "compliance", "reports", "history", "settings")
    for page in HELP:
        for number in re.findall(r"\*\*Alt\+(\d)\*\* comes here", guide.text(page.id)):
            assert page.id == f"help-{order[int(number) - 1]}"


# --- Asking


def test_a_page_that_there_is_not_is_refused() -> None:
    for page_id in ("nothing", "", "../practice/README", "cadence.md"):
        with pytest.raises(BadQuestion, match="The guide has no page"):
            guide.text(page_id)


@pytest.mark.parametrize(
    "address", ["cadence", "nothing.md", "https://example.org/cadence.md", "", ".md"]
)
def test_an_address_elsewhere_is_no_page(address: str) -> None:
    assert guide.linked(address) is None


def test_an_address_in_the_guide_is_the_page() -> None:
    assert guide.linked("cadence.md") == "cadence"


# --- The checklist


def test_the_checklist_has_nine_steps_with_ids_of_their_own() -> None:
    steps = guide.checklist()
    assert len(steps) == 9
    assert len({step.id for step in steps}) == len({step.title for step in steps}) == 9
    assert all(re.fullmatch("[a-z-]+", step.id) for step in steps)


def test_each_step_says_what_to_do_in_a_line_and_leads_to_a_page() -> None:
    for step in guide.checklist():
        assert step.page in {page.id for page in PAGES}
        assert len(step.title) <= 45 and not step.title.endswith(".")
        assert 8 <= words_of(step.what) <= 26 and step.what.endswith(".")
        assert not NOT_HERE.findall(step.title + step.what)


def test_the_checklist_begins_with_looking_and_ends_with_the_rules() -> None:
    ids = [step.id for step in guide.checklist()]
    assert ids[:3] == ["last-supervision", "why-each-gap", "no-supervisor"]
    assert ids.index("book-everyone") < ids.index("meet-everyone") < ids.index("sign-agreements")
