"""The recovery sheet: one page, legible, and the key on it exactly."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from supervise.reports.recovery_sheet import recovery_sheet
from supervise.store import new_recovery_key
from supervise.store.keys import read_recovery_key
from tests.reports.papers import PRINTED

KEY = "QW2E-RT5Y-UIOP-A7SD-FGH3-JKLZ-XCV4-BNM6"


def words(key: str = KEY, store: str = "/home/o/a.store", keeper: str = "Bronwen Tŷ-Gwyn") -> str:
    """The words on the sheet, which must be one page."""
    (page,) = PdfReader(BytesIO(recovery_sheet(key, store, keeper, PRINTED))).pages
    assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
    return " ".join(page.extract_text().split())


def test_the_key_can_be_read_off_the_sheet_group_by_group() -> None:
    key = new_recovery_key()
    said = words(key)
    groups = key.split("-")
    assert f"1 2 3 4 {' '.join(groups[:4])} 5 6 7 8 {' '.join(groups[4:])} Eight groups" in said
    assert read_recovery_key("".join(group for group in groups if group in said)) is not None


def test_it_says_what_it_is_for_who_keeps_it_where_the_records_are_and_the_day() -> None:
    said = words()
    for told in (
        "Recovery sheet Opens the supervision records kept with Supervise if the passphrase is lost",
        "Kept by Bronwen Tŷ-Gwyn",
        "Records /home/o/a.store",
        "Printed Tuesday 4 April 2017, by R. Okafor",
        "type the key where it asks for the passphrase",
        "Signature Date",
        "OFFICIAL-SENSITIVE",
        "Page 1 of 1",
    ):
        assert told in said


def test_without_a_keeper_there_is_nobody_to_sign() -> None:
    said = words(keeper="")
    assert "Kept by Nobody is named yet" in said
    assert "Signature" not in said


@pytest.mark.parametrize("store", ["C:\\Users\\o\\" + "a very long folder\\" * 12 + "a.store", "漢 <b>"])
def test_long_and_odd_names_stay_on_the_one_page(store: str) -> None:
    said = words(store=store, keeper="Bronwen & <Ada> " * 4)
    assert "Bronwen & <Ada>" in said
    assert "Page 1 of 1" in said


def test_what_cannot_fit_goes_on_and_is_not_cut_and_the_key_is_first() -> None:
    sheet = PdfReader(BytesIO(recovery_sheet(KEY, "a very long folder/" * 200, "Bronwen", PRINTED)))
    said = [" ".join(page.extract_text().split()) for page in sheet.pages]
    assert "QW2E RT5Y UIOP A7SD" in said[0]
    assert " ".join(said).count("long") == 200


def test_the_same_sheet_is_the_same_bytes_and_describes_itself() -> None:
    first = recovery_sheet(KEY, "a.store", "Bronwen", PRINTED)
    assert recovery_sheet(KEY, "a.store", "Bronwen", PRINTED) == first
    assert recovery_sheet(KEY, "a.store", "Bronwen", replace(PRINTED, by="Ada")) != first
    reader = PdfReader(BytesIO(first))
    assert reader.metadata is not None
    assert reader.metadata.title == "Recovery sheet"
    assert KEY.encode() not in first
