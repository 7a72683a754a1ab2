"""The forms of one letter: its kept text, PDF built to PDF/UA-1 rules, and an editable DOCX copy."""

from peelian.publish.rendering.copies import docx_of
from peelian.publish.rendering.page import Sheet, kept_text, lines_above, sheet_of
from peelian.publish.rendering.print import CannotPrint, pdf_of

__all__ = ["CannotPrint", "Sheet", "docx_of", "kept_text", "lines_above", "pdf_of", "sheet_of"]
