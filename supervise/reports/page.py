"""Setting a story into pages: what fits on this one, what goes over, what belongs together.

`printing` draws as it sets, so that a page is let go when it is full. How many there are is only known at
the end; head and foot are drawn then, behind what each page says.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence, Sized
from pathlib import Path
from typing import Any, BinaryIO

from supervise.reports.blocks import Block
from supervise.reports.canvas import Sheets
from supervise.reports.describing import Description
from supervise.reports.furniture import Edges, Printed
from supervise.reports.lettering import plain
from supervise.reports.paper import SIDE, WIDTH
from supervise.reports.story import Story
from supervise.reports.tags import Element
from supervise.whole_files import fresh_file

__all__ = ["Printed", "Story", "printing", "writing"]

_LONG = 200.0
"""What is kept with the next may be cut all the same if it is higher than this: its end stays with it."""

_STORY = 100
"""Steps in which a story's setting is told."""


def printing(
    told: Story | Iterable[Story],
    name: str,
    printed: Printed,
    out: BinaryIO,
    *,
    stories: int | None = None,
) -> Generator[tuple[int, int], None, None]:
    """Set and draw a story as a tagged PDF into `out`; yields (steps done, steps in all).

    `name` is what the paper is called, in its description and at the head of each page. Several stories make
    one paper, each beginning on a new page; they may be told one by one while this goes on, and then `stories`
    says how many there will be. The same stories and `printed` make the same bytes.
    """
    each = (told,) if isinstance(told, Story) else told
    if stories is None:
        stories = len(each) if isinstance(each, Sized) else 1
    steps = (stories + 1) * _STORY
    canvas, first, starts, done = Sheets(out), Edges(name, printed), dict[int, Sequence[str]](), 0
    for at, story in enumerate(each):
        edges = first.with_foot(story.foot)
        if at:
            canvas.turn()
        else:
            first = edges
            first.read_head(canvas)
        starts[len(canvas.sheets)] = story.foot
        whole = (Element("Sect"),) if stories > 1 else ()
        for part in _setting(Pages(canvas, edges, whole), story):
            done = max(done, min(at, stories - 1) * _STORY + int(part * _STORY))
            yield done, steps
    canvas.tree.enter(())
    first.read_foot(canvas)
    canvas.close_sheet()
    for part in _finishing(canvas, first, starts):
        yield max(done, stories * _STORY + int(part * (_STORY - 1))), steps
    canvas.finish(Description(plain(name), plain(printed.by), plain(printed.marking), printed.at))
    yield steps, steps


def writing(
    told: Story | Iterable[Story], name: str, printed: Printed, to: Path, *, stories: int | None = None
) -> Generator[tuple[int, int], None, None]:
    """The same to a place, where a file appears with the last step; closing the generator before leaves none.
    DiskFull or FileTrouble if it cannot be written."""
    with fresh_file(to) as out:
        yield from printing(told, name, printed, out, stories=stories)


def _setting(pages: Pages, story: Story) -> Iterator[float]:
    """Set one story; yields how much of it is done."""
    for index in range(len(story.blocks)):
        for _ in pages.place(story.blocks, index):
            yield index / len(story.blocks)


def _finishing(canvas: Any, edges: Edges, starts: Mapping[int, Sequence[str]]) -> Iterator[float]:
    """Draw head and foot of every page; yields how much is done. `starts` has the lines for the foot of each
    story's pages, by the first of them."""
    pages = len(canvas.sheets)
    for number in range(1, pages + 1):
        if number in starts:
            edges = edges.with_foot(starts[number])
        canvas.go_back(number - 1)
        edges.draw(canvas, number, pages)
        canvas.close_sheet()
        yield number / pages


class Pages:
    """The blocks of one story, one under the other, page by page."""

    def __init__(self, canvas: Any, edges: Edges, whole: tuple[Element, ...] = ()) -> None:
        self._canvas, self._whole = canvas, whole
        self._foot, self._top = edges.foot, edges.top
        self._at, self._space_after, self._fresh = edges.top, 0.0, True
        self._heading: tuple[int, str] | None = None

    def place(self, blocks: Sequence[Block], index: int) -> Iterator[None]:
        """Set the block at that index, over as many pages as it takes; yields after each."""
        block = blocks[index]
        if block.flowable is None:
            if not self._fresh:
                self._turn(None)
            return
        self._canvas.tree.enter(self._whole + block.path)
        self._heading = block.heading
        rest, wanted = block.flowable, _wanted_after(blocks, index)
        while rest is not None:
            rest = self._place(rest, wanted, block.again)
            yield
        for element in block.elements:
            self._canvas.tree.add(element)

    def _place(self, flowable: Any, wanted: float, again: Any) -> Any | None:
        """Set what there is room for, if `wanted` points are left below it; give back what is left."""
        space = 0.0 if self._fresh else max(self._space_after, flowable.getSpaceBefore())
        room = self._at - space - self._foot
        _, height = flowable.wrap(WIDTH, room)
        if height + wanted <= room:
            self._put(flowable, space, height)
            return None
        may_cut = height > room and (self._fresh or not wanted or height > _LONG)
        parts = flowable.split(WIDTH, room) if may_cut else []
        if len(parts) == 2:
            self._put(parts[0], space, parts[0].wrap(WIDTH, room)[1])
            flowable = parts[1]
        elif self._fresh:  # there will never be more room than this
            self._put(flowable, space, height)
            return None
        self._turn(again)
        return flowable

    def _put(self, flowable: Any, space: float, height: float) -> None:
        if self._heading is not None:
            self._canvas.bookmark(*self._heading, self._at - space)
            self._heading = None
        self._at -= space + height
        self._space_after, self._fresh = flowable.getSpaceAfter(), False
        self._canvas.draw_at(flowable, SIDE, self._at)

    def _turn(self, again: Any) -> None:
        """Go to a new page, which begins with what is to come `again`."""
        self._canvas.turn()
        self._at, self._space_after, self._fresh = self._top, 0.0, True
        if again is not None:
            self._put(again, 0.0, again.wrap(WIDTH, self._top)[1])
            self._space_after, self._fresh = 0.0, True


def _wanted_after(blocks: Sequence[Block], index: int) -> float:
    """How much room below a block belongs with it: those it is kept with, and the last one's start."""
    wanted = 0.0
    while blocks[index].with_next and index + 1 < len(blocks):
        this, after = blocks[index : index + 2]
        if after.flowable is None:
            break
        index += 1
        wanted += max(this.flowable.getSpaceAfter(), after.flowable.getSpaceBefore())
        if not after.with_next or after.height() > _LONG:
            return float(wanted + after.least())
        wanted += after.height()
    return wanted
