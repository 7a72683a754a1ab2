"""What is typed into an act, made sound: words and days. The acts of every room ask here, so that all refuse alike."""

from datetime import date

from peelian.terms.refusals import NotValid
from peelian.terms.viewer import Viewer

LONGEST = 20_000  # characters of one text


def sound(field: str, text: str, *, most: int = LONGEST, needed: str = "") -> str:
    """The text stripped, lines kept. Raises NotValid where it is empty though needed, too long or holds NUL.

    `needed`: the sentence that asks for it; empty where it may be left out.
    """
    stripped = text.replace("\r\n", "\n").strip()
    if needed and not stripped:
        raise NotValid(field, needed)
    if len(stripped) > most:
        raise NotValid(field, f"Use {most:,} characters or fewer.")
    if "\x00" in stripped:
        raise NotValid(field, "This holds a character that cannot be kept.")
    return stripped


def not_ahead(by: Viewer, on: date, *, field: str = "on") -> None:
    """Raises NotValid for a day that has not come yet."""
    if on > by.today:
        raise NotValid(field, "This day has not come yet.")
