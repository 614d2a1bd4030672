"""Paper: what every page carries, text of any kind on it, and how it breaks into pages."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from supervise.records import Action, Discussion, LateEntry, Record, Section, Statement
from supervise.reports.lettering import Lettering, Run, printable
from supervise.reports.page import Story
from supervise.sessions import Entered
from supervise.wording import STATUS
from tests.reports.papers import ADA, HELD, PRINTED, made, pages, words, write_record

# --- what every page carries


def test_every_page_says_which_it_is_whose_and_how_to_handle_it(tmp_path):
    long = replace(ADA, session=HELD._replace(notes="A line of notes.\n" * 200))
    all_pages = pages(long, tmp_path, replace(PRINTED, service="Northmere Children’s Services"))
    assert len(all_pages) > 3
    for number, said in enumerate(all_pages, 1):
        assert f"Page {number} of {len(all_pages)}" in said
        assert "Printed Tue 4 April 2017 09:12 by R. Okafor · History code 0123456789abcdef" in said
        assert "0123456789abcdef0" not in said
        assert "OFFICIAL-SENSITIVE" in said
        assert "Northmere Children’s Services · Supervision record · Ada Brightwell · 2 Mar 2017" in said


def test_the_file_describes_itself(tmp_path):
    words(replace(ADA, worker="Ada 漢 \x07"), tmp_path)
    reader = PdfReader(tmp_path / "record.pdf")
    assert reader.metadata.title == "Supervision record · Ada 漢 [U+0007] · 2 Mar 2017"
    assert reader.metadata.author == "R. Okafor"
    assert reader.metadata.creation_date == PRINTED.at
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    assert all(
        abs(float(a) - b) < 1 for a, b in zip(reader.pages[0].mediabox[2:], (595, 842), strict=True)
    )


def test_the_same_record_makes_the_same_bytes_also_in_another_process(tmp_path):
    record = replace(ADA, worker="Ŵyn Żak 漢")
    words(record, tmp_path)
    first = (tmp_path / "record.pdf").read_bytes()
    words(record, tmp_path)
    assert (tmp_path / "record.pdf").read_bytes() == first
    program = (
        "import sys; from pathlib import Path; from dataclasses import replace;"
        "from tests.reports.papers import ADA, PRINTED, write_record;"
        "list(write_record(replace(ADA, worker='Ŵyn Żak 漢'), Path(sys.argv[1]), PRINTED))"
    )
    subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program, str(tmp_path / "other.pdf")], check=True
    )
    assert (tmp_path / "other.pdf").read_bytes() == first


# --- text of any kind


def test_nothing_typed_is_ever_markup(tmp_path):
    traps: list[str] = []

    def trap() -> str:
        traps.append(f'<b>&amp;</b><br/> & "{len(traps)}" &lt; <para>]]>')
        return traps[-1]

    record = Record(
        session=HELD._replace(place=trap(), notes=trap(), reason=trap()),
        worker=trap(), supervisor=trap(), team=trap(), role=trap(),
        sections=[Section(position=1, part="case", heading=trap(), text=trap())],
        actions=[Action(id="a", text=trap(), owner=trap())],
        discussions=[Discussion(case_ref=trap(), analysis=trap())],
        late_entries=[LateEntry(entered_on=1, text=trap(), by=trap())],
        statements=[Statement(text=trap(), by=trap())],
        sharing_entered=Entered(by=trap(), on=1),
    )  # fmt: skip
    printed = replace(PRINTED, by=trap(), service=trap(), marking=trap())
    said = words(record, tmp_path, printed)
    assert [one for one in traps if one not in said] == []


def test_letters_of_many_scripts_print_as_they_are(tmp_path):
    text = "ŵ ŷ Ŵ ł ż ę ế ữ Đ · Ωμέγα · Яна Ґ · “quoted” – … ● ◔ ▲ ■ ○"
    said = words(replace(ADA, session=HELD._replace(notes=text)), tmp_path)
    assert text in said and "U+" not in said


def test_accents_typed_apart_join_their_letter(tmp_path):
    assert Lettering().runs("Z\u0307ak e\u0301") == [Run("Żak é")]
    assert "ọ́" in words(replace(ADA, worker="Adébáyọ\u0301"), tmp_path).replace("ọ\u0301", "ọ́")


def test_letters_outside_the_font_are_coded_and_counted(tmp_path):
    said = words(
        replace(ADA, session=HELD._replace(notes="Met 漢字 and 😀; then \x07 and \u202e.")), tmp_path
    )
    assert "Met [U+6F22] [U+5B57] and [U+1F600]; then [U+0007] and [U+202E]." in said
    assert "5 characters are outside the printing font and are shown by their code numbers; they" in said
    one = words(replace(ADA, session=HELD._replace(notes="漢")), tmp_path)
    assert "1 character is outside the printing font and is shown by its code number; it is kept" in one


def test_text_without_such_letters_has_no_remark_about_them(tmp_path):
    assert "About the letters" not in words(ADA, tmp_path)


def test_words_from_right_to_left_are_kept_and_remarked_on(tmp_path):
    said = words(replace(ADA, session=HELD._replace(notes="Saw שלום today.")), tmp_path)
    assert set("שלום") <= set(said)
    assert "Words in a script written from right to left are printed letter by letter" in said


def test_the_pause_mark_is_drawn_from_two_bars():
    assert Lettering().line(str(STATUS["absent"])) == "❚❚ Absent"
    assert all(
        ord(mark) in printable() for status in STATUS.values() for mark in status.mark if mark != "⏸"
    )


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(exclude_categories=())))
def test_every_character_is_printed_as_itself_or_by_its_number(typed):
    lettering = Lettering()
    printed = lettering.line(typed)
    numbers = [int(code, 16) for code in re.findall(r"\[U\+([0-9A-F]{4,6})\]", printed)]
    kept = unicodedata.normalize("NFC", re.sub(r"\[U\+[0-9A-F]+\]", "", printed).replace("❚❚", "⏸"))
    kept_apart = set(numbers) | {0xAD}  # a soft hyphen is seen only where a line ends at it
    asked = unicodedata.normalize("NFC", "".join(one for one in typed if ord(one) not in kept_apart))
    assert "".join(kept.split()) == "".join(asked.split())
    assert len(numbers) == lettering.coded == sum(typed.count(chr(number)) for number in set(numbers))


def test_a_day_is_never_on_two_lines():
    for typed in ("7 Mar 2017", "21 September 2019", "31 May 2020"):
        bound = typed.replace(" ", "\u00a0")
        assert Lettering().line(f"on {typed}, and on {typed}") == f"on {bound}, and on {bound}"
    for typed in ("3 working days", "on 7 March, and then", "2017 Mar 7", "a 1 Junction 2000"):
        assert Lettering().line(typed) == typed
    story = Story()
    for lead in range(60):
        story.sentence("x" * lead + " said that it was on 31 October 2019. " * 3)
    assert not re.search(r"\b31( October)?\n", _text(made(story)))


def _text(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_a_name_of_200_letters_and_words_without_end_are_printed_whole(tmp_path):
    name = "Maximiliana-Wilhelmina " * 8 + "Featherstonehaugh"
    record = replace(ADA, worker=name, supervisor="y" * 200, session=HELD._replace(notes="q" * 9000))
    said = words(record, tmp_path, replace(PRINTED, by="R. " + "k" * 197))
    assert f"Worker {name} Role" in said
    assert said.count("q") - words(replace(record, session=HELD), tmp_path).count("q") == 9000
    assert "y" * 200 in said.replace(" ", "") and "k" * 197 in said.replace(" ", "")


def test_edges_that_go_on_for_ever_leave_the_page_to_the_record(tmp_path):
    endless = replace(PRINTED, by="k" * 5000, service="s" * 5000, marking="m" * 5000)
    said = pages(replace(ADA, worker="A" * 1000), tmp_path, endless)
    assert all("History code 0123456789abcdef" in one for one in said) and len(said) < 10
    assert "We ended early." in " ".join(said)


# --- pages


def test_a_hundred_pages_of_notes_are_all_there(tmp_path):
    notes = "\n\n".join(
        f"Paragraph {n}. " + "She spoke of the visits and the school. " * 20 for n in range(600)
    )
    record = replace(ADA, session=HELD._replace(notes=notes))
    steps = list(write_record(record, tmp_path / "long.pdf", PRINTED))
    assert steps == sorted(steps) and steps[-1][0] == steps[-1][1] and len(steps) > 500
    said = pages(record, tmp_path)
    assert len(said) > 100 and f"Page 51 of {len(said)}" in said[50]
    assert [int(n) for n in re.findall(r"Paragraph (\d+)\.", " ".join(said))] == list(range(600))


def test_one_line_over_many_pages_loses_no_word(tmp_path):
    notes = " ".join(f"word{n}" for n in range(3000))
    said = words(replace(ADA, session=HELD._replace(notes=notes)), tmp_path)
    assert [int(n) for n in re.findall(r"\bword(\d+)", said)] == list(range(3000))


@pytest.mark.parametrize("lines_above", range(30, 52))
def test_no_heading_stands_alone_at_the_foot_and_no_line_alone_at_either_edge(lines_above):
    story = Story()
    story.title("Title")
    for _ in range(lines_above):
        story.prose("Above.")
    story.heading(1, "Heading")
    story.heading(2, "Under it")
    story.prose("A sentence that goes on and on. " * 40)
    sheets = [page.extract_text().splitlines() for page in PdfReader(BytesIO(made(story))).pages]
    on = next(sheet for sheet in sheets if "Heading" in sheet)
    at = on.index("Heading")
    assert on[at + 1] == "Under it"
    assert all("goes on and on" in line for line in on[at + 2 : at + 4])
    assert all(sum("goes on" in line for line in sheet) != 1 for sheet in sheets)
