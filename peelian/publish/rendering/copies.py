"""An editable copy of a letter as DOCX, with its styles and its language; what was served is the PDF."""

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Pt

from peelian.publish.rendering.page import Sheet
from peelian.publish.wording import BlockKind


def docx_of(sheet: Sheet) -> bytes:
    """The DOCX: title, headings, lists and paragraphs in the styles of Word, so that a reader can move through it."""
    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(12)
    _speaks_english(normal)
    day = sheet.issued_on
    said = document.core_properties
    said.title, said.author, said.language = sheet.title, sheet.force, "en-GB"
    said.created = said.modified = datetime(day.year, day.month, day.day, tzinfo=UTC).replace(tzinfo=None)
    said.last_modified_by, said.comments = sheet.force, ""
    document.add_paragraph(sheet.force).runs[0].bold = True
    for line in (sheet.department, *sheet.address):
        document.add_paragraph(line)
    for line in sheet.lines:
        document.add_paragraph(line)
    document.add_heading(sheet.title, level=1)
    for block in sheet.blocks:
        if block.kind is BlockKind.HEADING:
            document.add_heading(block.text, level=2)
        elif block.kind is BlockKind.ITEM:
            document.add_paragraph(block.text, style="List Bullet")
        else:
            document.add_paragraph(block.text)
    for style in ("Heading 1", "Heading 2"):
        document.styles[style].font.name = "Arial"
    out = BytesIO()
    document.save(out)
    return _undated(out, sheet)


def _undated(made: BytesIO, sheet: Sheet) -> bytes:
    """The same parts, all dated on the day of the letter, so that the same letter gives the same bytes."""
    out, day = BytesIO(), sheet.issued_on
    with ZipFile(made) as parts, ZipFile(out, "w", ZIP_DEFLATED) as again:
        for part in parts.infolist():
            again.writestr(ZipInfo(part.filename, (day.year, day.month, day.day, 0, 0, 0)), parts.read(part))
    return out.getvalue()


def _speaks_english(style: object) -> None:
    """Mark the words as British English, so that a screen reader says them as such."""
    words = style.element.get_or_add_rPr()  # type: ignore[attr-defined]  # python-docx gives no types
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), "en-GB")
    words.append(spoken)
