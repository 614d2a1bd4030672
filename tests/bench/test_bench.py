"""The benchmark makes its table, and compares only what is the same. Nothing is timed here."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from bench.measuring import Line, Size
from bench.run import Differ, refuse_different, run
from bench.table import BEGIN, END, Held, Report, figures, put_between_marks, seconds

NOW = datetime(2026, 3, 2, 9)


def test_a_tiny_run_makes_the_table(tmp_path: Path) -> None:
    said: list[str] = []
    report = run(tmp_path, Size(people=60, sessions=3_000, rounds=1, records=4), NOW, said.append)
    assert "60 people, 3,000 sessions; rounds: 1." in report.circumstances
    assert any(
        sentence.startswith("Ours and pandas found the same ") for sentence in report.circumstances
    )
    missing = [each for each in report.circumstances if each.startswith("WeasyPrint was NOT MEASURED")]
    weasyprint = [] if missing else [("WeasyPrint", 1, "< 1")]
    assert [(line.against, len(line.ours), line.promised and line.promised[0]) for line in report.lines] == [
        ("fetch", 1, "≤ 0.3"), ("fetch", 1, "≤ 0.3"), ("fetch", 1, "≤ 2"), ("fetch", 1, "≤ 2"),
        ("pandas", 1, "< 1"), ("pandas", 1, "< 1"), ("", 1, "≤ 10 ms"), ("", 1, "≤ 10 ms"),
        ("import click", 4, "≤ 3"), ("openpyxl", 1, "≤ 2"), ("an empty window", 4, "≤ 2"), ("", 1, "≤ 500 ms"),
        ("", 1, "≤ 100 ms"), ("", 1, "≤ 100 ms"), ("", 1, "≤ 16 ms"), ("", 1, "≤ 16 ms"),
        ("bare reportlab", 1, "≤ 1.33"), ("fpdf2", 1, "< 1"), *weasyprint, ("its measures", 1, "≤ 3"),
    ]  # fmt: skip
    assert report.lines[9].what == "A tracker of 50 rows"
    assert [(line.what, line.against) for line in report.others[-11:]] == [
        ("A tracker: reading the cells", "openpyxl"), ("A tracker: understanding", "openpyxl"),
        ("A tracker: planning", "openpyxl"), ("A tracker of 50 rows", "openpyxl, collector off"),
        ("A tracker of 50 rows", "openpyxl, no defusedxml"), ("The same with shared texts", "openpyxl"),
        ("The same with shared texts", "openpyxl, no defusedxml"), ("A matrix of 5 × 24", "openpyxl"),
        ("Window: its door", "an empty window"), ("1 records, a file each", "bare reportlab"),
        ("A pack of 8 records", "one of 1"),
    ]  # fmt: skip
    timed = [*report.lines, *report.others]
    assert all(taken > 0 for line in timed for taken in (*line.ours, *line.theirs))
    assert {held.what for held in report.memory if held.ours} >= {
        "everyone’s status",
        "every gap",
        "import",
        "trackers",
    }
    # The words alone: how wide the figures are depends on what was measured.
    assert max(len(line.what) + len(line.against) for line in timed) <= 60
    assert report.verdict in report.plain() and report.verdict in report.markdown()
    assert said[0] == "Making 60 people and 3,000 sessions …"


def test_a_broken_promise_is_said_plainly() -> None:
    lines = [
        Line("status", [0.9, 3.2, 1.0], "fetch", [3.0, 10.0, 2.0], ("≤ 0.3", 0.3)),
        Line("gaps", [4.0], "fetch", [2.0], ("≤ 2", 2)),
        Line("team", [0.02, 0.004, 0.003], promised=("≤ 10 ms", 0.01)),
    ]
    others = [Line("import", [83.4], "bare tables", [8.0])]
    memory = [
        Held("import", 1_200_000_000, True),
        Held("fetch", 2_000_000_000, False),
        Held("gaps", 0, True),
        Held("window", 120_000_000, True, ("≤ 2 × empty", 100_000_000)),
    ]
    report = Report(["Small."], lines, others, memory)
    assert [line.kept for line in lines] == [False, True, True]
    assert others[0].kept is None
    assert report.verdict == "3 of 5 promises were NOT kept."
    rows = report.markdown().splitlines()
    assert "| status | fetch | 1.00 s | 3.00 s | 0.320 | 0.300–0.500 | ≤ 0.3 | NO |" in rows
    assert "| team |  | 4.00 ms |  |  |  | ≤ 10 ms | yes |" in rows
    assert "| import | bare tables | 83.4 s | 8.00 s | 10.4 |  |" in rows
    assert "| import | 1200 | ≤ 1 GB | NO |" in rows
    assert "| window | 120 | ≤ 2 × empty | NO |" in rows
    assert "| gaps | not told |  |  |" in rows
    assert Report([], lines[1:], [], []).verdict == "All 2 promises were kept."


def test_other_gaps_than_the_peers_are_refused() -> None:
    row = {"person_id": "W1", "due": "2019-01-07", "team": "Team 1"}
    peers = {"person_id": "W1", "due": "2019-01-07"}
    refuse_different([row], [peers])
    for theirs in ([], [peers, peers], [{**peers, "due": "2019-01-08"}]):
        with pytest.raises(Differ, match=r"^Gap [01]: ours is "):
            refuse_different([row], theirs)


@pytest.mark.parametrize(
    ("taken", "words"),
    [(0.00812, "8.12 ms"), (0.0996, "99.6 ms"), (0.34, "340 ms"), (1.257, "1.26 s"), (126.4, "126 s")],
)
def test_times_have_three_figures(taken: float, words: str) -> None:
    assert seconds(taken) == words


def test_ratios_have_three_figures() -> None:
    assert [figures(number) for number in (0.3, 0.3049, 2, 10.42, 1234.5)] == [
        "0.300", "0.305", "2.00", "10.4", "1234",
    ]  # fmt: skip


def test_the_table_takes_the_place_of_the_last_one(tmp_path: Path) -> None:
    document = tmp_path / "benchmarks.md"
    document.write_text(f"Before.\n\n{BEGIN}\nold\n{END}\n\nAfter — “so”.\n", "utf-8")
    for text in ("first", "second"):
        put_between_marks(document, text)
    assert document.read_text("utf-8") == f"Before.\n\n{BEGIN}\n\nsecond\n\n{END}\n\nAfter — “so”.\n"
    document.write_text(f"{END} the wrong way round {BEGIN}", "utf-8")
    with pytest.raises(ValueError, match="lost its marks"):
        put_between_marks(document, "third")
    assert document.read_text("utf-8") == f"{END} the wrong way round {BEGIN}"


def test_the_document_has_its_marks() -> None:
    text = (Path(__file__).parents[2] / "docs" / "benchmarks.md").read_text("utf-8")
    assert text.count(BEGIN) == text.count(END) == 1
    assert text.index(BEGIN) < text.index(END)
