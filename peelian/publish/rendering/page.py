"""What stands around the words of a letter, and the one text that is kept of both."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from peelian.publish.templates import Letterhead
from peelian.publish.wording import Block, blocks_of, text_of
from peelian.rules.words import day_words

RULE = "----"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A letter as it is laid out: the letterhead, the lines above its title, the title and the blocks below it."""

    force: str
    department: str
    address: tuple[str, ...]
    lines: tuple[str, ...]
    title: str
    blocks: tuple[Block, ...]
    issued_on: date
    footer: str


def kept_text(head: Letterhead, *, lines: Iterable[str], title: str, text: str) -> str:
    """Everything that stands on the letter, in the order in which it stands there; what `sheet_of` reads back."""
    above = [head.force, head.department, *head.address, RULE, *lines, RULE, f"# {title}", ""]
    return "\n".join(above) + "\n" + text_of(blocks_of(text))


def sheet_of(kept: str, *, issued_on: date) -> Sheet:
    """The layout of a kept text."""
    before, _, rest = kept.partition(f"\n{RULE}\n")
    middle, _, after = rest.partition(f"\n{RULE}\n")
    title, _, text = after.partition("\n")
    force, department, *address = before.split("\n")
    lines = tuple(middle.split("\n"))
    return Sheet(
        force=force,
        department=department,
        address=tuple(address),
        lines=lines,
        title=title.removeprefix("# "),
        blocks=blocks_of(text),
        issued_on=issued_on,
        footer=lines[-1],
    )


def lines_above(*, on: date, to: str, matter_ref: str, letter_ref: str) -> tuple[str, ...]:
    """The lines between the letterhead and the title: the day, to whom, and the references (these last)."""
    return (day_words(on), f"To: {to}", f"Our reference: {matter_ref}, letter {letter_ref}")
