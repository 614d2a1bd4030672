"""What files are that are no spreadsheets, told by what is in them: people choose a PDF, a Word document or
a photograph under a spreadsheet's name, and then need to hear that, and what to do."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from supervise.errors import BadFile

ANOTHER = "Choose an Excel, OpenDocument or CSV file."
_SAVE_AGAIN = "Open it in Excel, save it as an .xlsx workbook, and try again."
_UNPACK = "Unpack it, and choose the spreadsheet in it."
_WORD, _SLIDES = ("a Word document", ANOTHER), ("a PowerPoint presentation", ANOTHER)
_PAGE = ("a web page", _SAVE_AGAIN)  # many case systems export one under the name of .xls

#: What other files begin with (pages and XML perhaps after blanks, and in capitals).
_BEGINNINGS = {
    b"%PDF": ("a PDF", "Choose the spreadsheet that it was made from."),
    b"\xff\xd8\xff": ("a photograph", ANOTHER),
    b"\x89PNG": ("a picture", ANOTHER),
    b"GIF8": ("a picture", ANOTHER),
    b"{\\rtf": _WORD,
    b"\x1f\x8b": ("a packed file", _UNPACK),
    b"7z\xbc\xaf": ("a packed file", _UNPACK),
    b"Rar!": ("a packed file", _UNPACK),
    b"<html": _PAGE,
    b"<!doctype": _PAGE,
    b"<table": _PAGE,
    b"mime-version:": _PAGE,
    b"<?xml": ("an XML file", _SAVE_AGAIN),
}

#: What is in zip files and OLE containers that are other documents.
_PARTS = {
    "word/document.xml": _WORD,
    "ppt/presentation.xml": _SLIDES,
    # Its reader could not be kept from its traps as it is for .xlsx, and few people have one.
    "xl/workbook.bin": ("a binary workbook (.xlsb)", _SAVE_AGAIN),
    "Index/Document.iwa": ("a Numbers document", "Export it from Numbers to Excel, and try again."),
    "WordDocument": _WORD,
    "PowerPoint Document": _SLIDES,
}


def refuse_beginning(path: Path, raw: bytes) -> None:
    """BadFile if a file begins as one that is no spreadsheet."""
    start = raw[:256].removeprefix(b"\xef\xbb\xbf").lstrip()
    for mark, (what, remedy) in _BEGINNINGS.items():
        if start.startswith(mark) or start.lower().startswith(mark):
            raise BadFile(f"{path.name} is {what}, not a spreadsheet.", remedy)


def refuse_parts(path: Path, parts: Collection[str]) -> None:
    """BadFile if a zip file's parts, or a container's streams, are those of another document."""
    for part, (what, remedy) in _PARTS.items():
        if part in parts:
            raise BadFile(f"{path.name} is {what}, not a spreadsheet that can be read.", remedy)


def is_packed(path: Path) -> BadFile:
    """The refusal of a zip file that is no document at all."""
    return BadFile(f"{path.name} is a packed file, not a spreadsheet.", _UNPACK)


def is_other_document(path: Path) -> BadFile:
    """The refusal of an OpenDocument text, presentation or drawing."""
    return BadFile(f"{path.name} is an OpenDocument file, but not a spreadsheet.", ANOTHER)


def is_too_old(path: Path) -> BadFile:
    """The refusal of a workbook from before Excel 97."""
    return BadFile(f"{path.name} is a workbook of Excel 95 or older.", _SAVE_AGAIN)


def is_locked(path: Path) -> BadFile:
    """The refusal of a workbook that has a password."""
    return BadFile(
        f"{path.name} is protected with a password.",
        "Open it, save it without the password, and try again.",
    )
