"""Names as people write them, and who may be whom."""

from __future__ import annotations

import pytest

from supervise.exchange.tracker.names import Likenesses, _traces, key_of, legend, named

WRITTEN = [
    ("Głowacka, Lowri", "Lowri Głowacka"),
    (" Sinéad  Głowacka ", "Sinéad Głowacka"),
    ("OKONKWO, ADAEZE", "Adaeze Okonkwo"),
    ("O’Rourke ,  Maeve", "Maeve O'Rourke"),
    ("Tom\u00a0Reed", "Tom Reed"),
    ("Jo Bloggs (agency)", "Jo Bloggs"),
    ("Ms Ada Quill - ASYE", "Ada Quill"),
    ("MCDONALD, Ian", "Ian McDonald"),
    ("R. Okafor", "R. Okafor"),
    ("Anna-Marie  du Plessis", "Anna-Marie du Plessis"),
    ("Sue Held", "Sue Held"),
    ("Key, Jane", "Jane Key"),
    ("Tess Total-Smith", "Tess Total-Smith"),
    ("Mary Ann van den Heuvel de la Cruz", "Mary Ann van den Heuvel de la Cruz"),
    ("Юлія Коваль", "Юлія Коваль"),
    ("3. Bo Diaz", "Bo Diaz"),
    ("Agency - Tim Poe", "Tim Poe"),
    ("NQSW: Una Rae", "Una Rae"),
    ("Tim Poe, Social Worker", "Tim Poe"),
]
NOBODY = [
    "VACANT POST", "Vacancy", "Total held", "% of team", "Agency - TBC", "", "—", "n/a",
    "Please keep this sheet up to date", "A/L = annual leave",
]  # fmt: skip


@pytest.mark.parametrize(("cell", "name"), WRITTEN)
def test_a_name_is_forename_and_surname_with_single_spaces(cell: str, name: str) -> None:
    found = named(cell)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("cell", NOBODY)
def test_what_is_nobodys_name_is_nobody(cell: str) -> None:
    assert named(cell) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [("Sinead Byrne", "Sinéad Byrne"), ("Ada Quil", "Ada Quill"), ("R. Okafor", "Rita Okafor"), ("RO", "Rita Okafor"),
     ("Jon Smith", "John Smith"), ("Rita Okafro", "Rita Okafor")],
)  # fmt: skip
def test_names_that_may_be_one_persons_are_found_either_way(one: str, other: str) -> None:
    assert Likenesses({"x": one, "y": "Gethin Fitzgerald"}).of(other) == ["x"]
    assert Likenesses({"x": other, "y": "Gethin Fitzgerald"}).of(one) == ["x"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ada Quill", "ada quill"), ("Ada Quill", "Bo Quill"), ("Gethin Taylor", "Gethin Fitzgerald")],
)
def test_the_same_name_and_another_are_not_nearly_the_same(one: str, other: str) -> None:
    assert Likenesses({"x": one}).of(other) == []


def test_a_name_is_known_again_whatever_its_capitals() -> None:
    assert key_of("Maeve O’ROURKE") == key_of("maeve o'rourke")


def test_initials_are_explained_only_by_a_name_that_they_fit() -> None:
    pairs = [
        ("RO", "Rosalind Okafor"),
        ("JMc", "Joan McAllister"),
        ("XX", "Rosalind Okafor"),
        ("A/L", "Annual Leave"),
    ]
    assert legend(pairs) == {"RO": "Rosalind Okafor", "JMc": "Joan McAllister"}


@pytest.mark.parametrize("sign", ["?", "-", ".", "…", "’", "☺", ""])
def test_a_name_without_letters_is_like_no_other(sign: str) -> None:
    others = {"x": sign, "y": "?!", "z": "A", "a": "Ada Quill"}
    assert Likenesses(others).of(sign) == []
    assert Likenesses(others).of("Ada Quil") == ["a"]
    assert Likenesses(others).of("B") == []


@pytest.mark.parametrize("length", [78, 79, 80, 81, 82, 150])
@pytest.mark.parametrize("place", [0.05, 0.5, 0.95])
def test_long_names_that_differ_by_a_letter_are_found_either_way(length: int, place: float) -> None:
    letters = "abcdefghijklmnopqrstuvwxy"
    name = "".join(letters[at * at % 23] for at in range(length))
    at = int(length * place)
    for other in (
        name[:at] + name[at + 1 :],
        f"{name[:at]}z{name[at + 1 :]}",
        f"{name[:at]}z{name[at:]}",
    ):
        assert Likenesses({"x": name}).of(other) == ["x"]
        assert Likenesses({"x": other}).of(name) == ["x"]


def test_a_very_long_name_leaves_few_traces_for_its_length() -> None:
    traces = _traces("letter " * 10_000, "is", "has")
    assert sum(map(len, traces)) < 100_000
