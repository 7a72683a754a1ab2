"""A pack as one ZIP: an index as PDF, and a file for each item. The same pack gives the same bytes."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from peelian.disclosure.contents import Going
from peelian.disclosure.queries.lines import to_words
from peelian.disclosure.rows import ChoiceRow
from peelian.disclosure.states import Decision
from peelian.matters.queries import MatterParts
from peelian.publish.rendering import CannotPrint, kept_text, lines_above, pdf_of, sheet_of
from peelian.publish.templates import letterhead
from peelian.rules.disclosure import Audience
from peelian.terms.refusals import NotValid
from peelian.terms.viewer import Viewer
from peelian.walls import queries as users

TITLE = "Material given"
INDEX = "000 index.pdf"
NO_RECALL = (
    "This copy is for you and for the purpose named above. Do not pass it on. A black box or a block in brackets stands"
    " where something was kept back, with the ground."
)


@dataclass(frozen=True, slots=True)
class Index:
    """The index of a pack: its words, and the PDF made of them."""

    text: str
    pdf: bytes = field(repr=False)


def index_of(
    by: Viewer,
    matter: MatterParts,
    pack: Any,
    to: Audience,
    goes: Sequence[Going],
    choices: Sequence[ChoiceRow],
    approver: str,
    on: date,
) -> Index:
    """What stands before the files: to whom, on what basis, by whom, each file with its hash and what is blacked out.

    What is kept back is listed for those to whom the law shows the whole schedule. Raises NotValid.
    """
    names = users.actor_names({by.actor, approver})
    paragraphs = [
        f"Basis: {_one_line(pack.basis)}.",
        f"Purpose: {_one_line(pack.purpose)}",
        f"Put together by {names[by.actor]}. Approved by {names[approver]}.",
        NO_RECALL,
        "## Material",
        "\n".join(f"- {_line(one)}" for one in goes),
    ]
    if to.lists_withheld and (kept := [one for one in choices if not one.chosen]):
        paragraphs += ["## Not in this pack", "\n".join(f"- {_kept_back(one)}" for one in kept)]
    text = kept_text(
        letterhead(),
        lines=lines_above(on=on, to=to_words(pack, matter), matter_ref=matter.ref, letter_ref=pack.ref),
        title=TITLE,
        text="\n\n".join(paragraphs),
    ).replace(f"letter {pack.ref}", f"pack {pack.ref}")
    try:
        return Index(text, pdf_of(sheet_of(text, issued_on=on)))
    except CannotPrint as refused:
        raise NotValid("pack", str(refused)) from refused


def assembled(index: Index, goes: Sequence[Going], on: date) -> bytes:
    """The ZIP. Every part is dated on the day it is given."""
    out, files = io.BytesIO(), [(one.name, one.content) for one in goes if one.content is not None]
    with ZipFile(out, "w", ZIP_DEFLATED) as parts:
        for name, content in [(INDEX, index.pdf), *files]:
            part = ZipInfo(name, (on.year, on.month, on.day, 0, 0, 0))
            part.compress_type, part.external_attr = ZIP_DEFLATED, 0o600 << 16
            parts.writestr(part, content)
    return out.getvalue()


def _line(one: Going) -> str:
    title = _one_line(one.item.now.title)
    if one.content is None:
        return f"Item {one.item.number}: {title}. {one.item.source.where}"
    how = "whole"
    if one.copy:
        by_ground: dict[str, int] = {}
        for mark in one.copy.marks:
            by_ground[mark.ground] = by_ground.get(mark.ground, 0) + mark.places
        how = "redacted: " + ", ".join(f"{ground} {_places(count)}" for ground, count in by_ground.items())
    return f"{one.name}: {title}; {how}. SHA-256 {one.sha256}"


def _kept_back(one: ChoiceRow) -> str:
    now = one.item.now
    why = ", ".join(ground.label.lower() for ground in now.grounds) if now.decision is Decision.WITHHOLD else ""
    used = "used" if now.is_used else "unused"
    about = f"{used}, {'sensitive' if now.is_sensitive else 'not sensitive'}"
    return f"Item {one.item.number}: {_one_line(now.title)} ({about}){f'; withheld: {why}' if why else ''}"


def _places(count: int) -> str:
    return "in 1 place" if count == 1 else f"in {count} places"


def _one_line(text: str) -> str:
    return " ".join(text.split())
