"""The PDF of a letter, built to PDF/UA-1 rules: typst refuses a document without a title or with a skipped heading."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import typst

from peelian.publish.rendering.page import Sheet

HERE = Path(__file__).parent
FONTS = HERE.parent / "fonts"


class CannotPrint(RuntimeError):
    """The words of a letter cannot be laid out as an accessible PDF."""


def pdf_of(sheet: Sheet) -> bytes:
    """The PDF: the same bytes for the same sheet. Raises CannotPrint."""
    day = sheet.issued_on
    given = {**asdict(sheet), "issued_on": [day.year, day.month, day.day]}
    try:
        made = typst.compile(
            (HERE / "letter.typ").read_bytes(),
            font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)]),
            sys_inputs={"letter": json.dumps(given)},
            pdf_standards="ua-1",
            timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
        )
    except typst.TypstError as refused:
        raise CannotPrint(f"The letter cannot be laid out as an accessible PDF: {refused}") from refused
    assert isinstance(made, bytes)  # one PDF, not a page an image
    return made
