"""What a paper says, from top to bottom, in the few kinds of thing that papers are told in.

A report is told to a `Story`; nothing else makes pieces of a page. What is told is printed as it is, never
read as markup. Each piece knows what it is in the structure tree: a heading, a paragraph, a part of a list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from supervise import strips
from supervise.reports.blocks import Block, KeyFigure, Telling, spaced
from supervise.reports.figures import Drawn
from supervise.reports.items import Groups, KeyBox, Labelled
from supervise.reports.lettering import lines, plain
from supervise.reports.paper import LABEL, STYLES, WIDTH
from supervise.reports.strip_picture import key_drawing, strip_drawing
from supervise.reports.tables import Column, Setting, TableTold, Value
from supervise.reports.tags import Element, figure
from supervise.reports.words import lines_of_words, words
from supervise.wording import counted

__all__ = ["KeyFigure", "Story"]


class Story(Telling):
    """What a paper says. `foot` are lines of its own for the foot of its pages; `tables` and `meanings` are
    what it told in tables and in notes, for a workbook.

    `with_next` keeps a piece on the page of the one after it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._under = ""
        self.foot: list[str] = []
        self.tables: list[TableTold] = []
        self.meanings: list[tuple[str, str]] = []

    def title(self, text: str, under: str = "") -> None:
        """The name of the paper, its one heading of the first level, and a line under it."""
        self._heading("title", 0, text)
        if under:
            self._paragraph("under", under, with_next=True)

    def heading(self, level: int, text: str) -> None:
        """A heading of level 1, 2 or 3 below the title. It never stands alone at the foot of a page.

        ValueError if it skips a level: a heading of level 2 needs one of level 1 above it.
        """
        if not 1 <= level <= min(3, self._level + 1):
            raise ValueError(f"a heading of level {level} below one of level {self._level}")
        self._heading(f"heading {level}", level, text)
        self._under = text

    def prose(
        self, text: str | None, empty: str = "Nothing written.", *, with_next: bool = False
    ) -> None:
        """What somebody wrote, with its line breaks; empty lines become a space between paragraphs."""
        if text is None or not text.strip():
            self._paragraph("quiet", empty, with_next=with_next)
            return
        for style, line in spaced("text", text):
            self._paragraph(style, line, with_next=with_next)

    def sentence(self, text: str, *, with_next: bool = False) -> None:
        """One statement of the paper's own, a little apart from the next."""
        self._paragraph("sentence", text, with_next=with_next)

    def quiet(self, text: str, with_next: bool = False) -> None:
        """A remark in small grey letters."""
        self._paragraph("quiet", text, with_next=with_next)

    def facts(self, pairs: Iterable[tuple[str, str]], *, indent: float = LABEL) -> None:
        """Labels and values, one pair under the other, of any length: a list. `indent` is how far the values
        stand in from the labels, in points."""
        self._list("fact", pairs, indent, 6)

    def notes(self, pairs: Iterable[tuple[str, str]], *, indent: float = 128.0) -> None:
        """What figures or words mean, in small letters: names and definitions."""
        told = list(pairs)
        self.meanings += told
        self._list("note", told, indent, 8)

    def bullet(self, text: str, under: str = "") -> None:
        """One thing of a list, and a grey line that says more about it. Those that follow each other are one
        list."""
        last = self.blocks[-1].path if self.blocks else ()
        whole = last[0] if last and last[0].tag == "L" and len(last) > 2 else Element("L")
        label, body = Element("Lbl"), Element("LBody")
        path = (whole, Element("LI", [label]), body)
        told = [self.lettering.runs(line) for line in lines(text)]
        element = Element("P")
        piece = Labelled(
            words(self.lettering.runs("•"), STYLES["text"], label),
            lines_of_words(told, STYLES["bullet"], element), 14, before_label=2,
        )  # fmt: skip
        self.blocks.append(Block(piece, (element,), path, with_next=bool(under)))
        if under:
            more = Element("P")
            said = words(self.lettering.runs(under), STYLES["under a bullet"], more)
            self.blocks.append(Block(Labelled(None, said, 14), (more,), path))

    def signing(self, name: str, remark: str = "", *, with_next: bool = False) -> None:
        """A line for somebody to sign on, and one for the date."""
        self._paragraph("name", name, with_next=True)
        if remark:
            self._paragraph("quiet", remark, with_next=True)
        self._ruled(("Signature", 0, 300), ("Date", 320, WIDTH - 320), with_next=with_next)

    def writing_line(self, caption: str) -> None:
        """An empty line across the page to write on."""
        self._ruled((caption, 0, WIDTH))

    def table(
        self,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Value]],
        *,
        caption: str = "",
        empty: str = "Nothing to list.",
        with_next: bool = False,
    ) -> None:
        """Rows below a head that comes again on each page; without a row the sentence `empty`."""
        setting, whole, rows = Setting(columns, self.lettering), Element("Table"), list(rows)
        made = [setting.row(row) for row in rows]
        self.tables.append(TableTold(caption.strip() or self._under, columns, rows))
        if not made:
            self._paragraph("quiet", empty, with_next=with_next)
            return
        if caption.strip():
            element = Element("Caption")
            said = words(self.lettering.runs(caption), STYLES["caption"], element)
            self.blocks.append(Block(said, (element,), (whole,), with_next=True))
        (head, names), (again, _) = setting.head(), setting.head(again=True)
        head.spaceBefore = 0 if caption.strip() else 4
        made[-1][0].spaceAfter = 10
        self.blocks.append(Block(head, (names,), (whole,), with_next=True))
        self.blocks += [Block(row, (element,), (whole,), again=again) for row, element in made]
        # Neither the first nor the last row stands alone on a page; the last stays with what explains the table.
        if len(made) > 1:
            self.blocks[-2].with_next = self.blocks[-len(made)].with_next = True
        self.blocks[-1].with_next = with_next

    def figure(self, drawing: Any, alt: str, *, with_next: bool = False) -> None:
        """A drawing of reportlab's, and what it shows for whoever does not see it. ValueError without words."""
        element = figure(plain(alt))
        self.blocks.append(Block(Drawn(drawing, element), (element,), with_next=with_next))

    def strip(self, strip: strips.Strip, *, with_next: bool = False) -> None:
        """The picture of somebody's months, and the same in words for whoever does not see it."""
        self.figure(strip_drawing(strip), strips.words(strip), with_next=with_next)

    def strip_key(self) -> None:
        """What the shapes of a strip mean."""
        self.figure(*key_drawing())

    def key_figures(self, figures: Iterable[KeyFigure]) -> None:
        """Large figures in two columns, each with what it is of and what it counts: a list."""
        whole, row = Element("L"), list[tuple[KeyBox, Element]]()
        for one in figures:
            row.append(self._key_box(one))
            if len(row) == 2:
                self._key_row(row, whole)
                row = []
        if row:
            self._key_row(row, whole)

    def groups(self, groups: Iterable[str]) -> None:
        """Groups of letters to be read off one by one, large and numbered: a list."""
        whole, made = Element("L"), []
        for number, group in enumerate(groups, 1):
            label, body = Element("Lbl"), Element("LBody")
            whole.kids.append(Element("LI", [label, body]))
            made.append(
                (
                    words(self.lettering.runs(str(number)), STYLES["group number"], label),
                    words(self.lettering.runs(group), STYLES["group"], body),
                )
            )
        self.blocks.append(Block(Groups(made), (whole,)))

    def page_break(self) -> None:
        """What comes next begins on a new page."""
        self.blocks.append(Block(None))

    def about_letters(self) -> None:
        """What to know of letters that were printed otherwise than they were typed, if there are any. The last
        thing that is told."""
        told = list(self._about_letters())
        if told:
            self.heading(1, "About the letters on these pages")
        for sentence in told:
            self.quiet(sentence)

    def _about_letters(self) -> Iterator[str]:
        if n := self.lettering.coded:
            are, they = ("is", "it is") if n == 1 else ("are", "they are")
            code = "its code number" if n == 1 else "their code numbers"
            yield (
                f"{counted(n, 'character')} {are} outside the printing font and {are} shown by {code};"
                f" {they} kept unchanged in the store."
            )
        if self.lettering.right_to_left:
            yield (
                "Words in a script written from right to left are printed letter by letter from left to"
                " right, in the order they were typed."
            )
