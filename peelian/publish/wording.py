"""From a template's text to the blocks of a letter, and from a letter's kept text back to its blocks.

A text is made of blocks with an empty line between them: `## ` a heading, `- ` items of a list, anything else a
paragraph. Nothing else has a meaning, so that what is kept reads as it was sent.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from peelian.publish.placeholders import FIELDS_OF_PLACEHOLDERS, FOUND, LIST_NAMES, Facts, NotKnown, value_of
from peelian.statute import Register

_ONE = re.compile(r"^\{\{\s*([^{}]*?)\s*\}\}$")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
_SENTENCE = re.compile(r"[.!?:]+(?:\s|$)")
_VOWELS = re.compile(r"[aeiouy]+")


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph or item of a list. The text holds no markup."""

    kind: BlockKind
    text: str


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a text. Lines of one paragraph are joined."""
    found: list[Block] = []
    for piece in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        lines = [line.strip() for line in piece.split("\n") if line.strip()]
        plain: list[str] = []
        for line in lines:
            if not line.startswith(("## ", "- ")):
                plain.append(line)
                continue
            found += _paragraph(plain)
            plain = []
            kind = BlockKind.HEADING if line.startswith("## ") else BlockKind.ITEM
            found.append(Block(kind, line.removeprefix("## ").removeprefix("- ").strip()))
        found += _paragraph(plain)
    return tuple(found)


def text_of(blocks: Iterable[Block]) -> str:
    """The text of blocks: what `blocks_of` gives back as they are."""
    lines: list[str] = []
    before: BlockKind | None = None
    for block in blocks:
        if lines and not (block.kind is BlockKind.ITEM and before is BlockKind.ITEM):
            lines.append("")
        mark = {BlockKind.HEADING: "## ", BlockKind.ITEM: "- ", BlockKind.PARAGRAPH: ""}[block.kind]
        lines.append(f"{mark}{block.text}")
        before = block.kind
    return "\n".join(lines) + "\n"


def filled(
    text: str,
    facts: Facts,
    written: Mapping[str, str],
    law: Register,
    *,
    withheld: frozenset[str] = frozenset(),
    fields: Mapping[str, str] | None = None,
) -> tuple[tuple[Block, ...], tuple[NotKnown, ...]]:
    """The blocks of a letter, and every fact that is missing (its place then shows what is missing, in brackets).

    `written`: the writer's paragraphs by key; an empty one is left out. `withheld`: fields that the chair does not let
    be published: a block that would give one away is left out. `fields`: the field of each paragraph of the writer's.
    The heading right above a block that is left out goes with it.
    """
    missing: dict[str, NotKnown] = {}
    given = fields or {}
    out: list[Block] = []
    for block in blocks_of(text):
        names = FOUND.findall(block.text)
        if _is_left_out(names, written, given, withheld):
            if out and out[-1].kind is BlockKind.HEADING:
                out.pop()
            continue
        alone = _ONE.match(block.text)
        if alone and alone[1].startswith("write."):
            out += _written(block.kind, written[alone[1][6:]])
        elif alone and alone[1] in LIST_NAMES and block.kind is BlockKind.ITEM:
            out += [Block(BlockKind.ITEM, one) for one in _values(alone[1], facts, law, missing)]
        else:
            words = FOUND.sub(lambda found: _words(found[1], facts, written, law, missing), block.text)
            out.append(Block(block.kind, words))
    return _without_empty_headings(out), tuple(missing.values())


def reading_ease(text: str) -> int:
    """How easy English is to read: Flesch's measure, near 100 for very easy, 60 for plain, under 30 for hard."""
    joined = " ".join(f"{block.text}." for block in blocks_of(FOUND.sub("name", text)))
    words = _WORD.findall(joined)
    if not words:
        return 100
    sentences = max(1, len(_SENTENCE.findall(joined)))
    syllables = sum(_syllables(word) for word in words)
    return round(206.835 - 1.015 * len(words) / sentences - 84.6 * syllables / len(words))


def _syllables(word: str) -> int:
    bare = word.lower().strip("'’")
    count = len(_VOWELS.findall(bare))
    if bare.endswith("e") and not bare.endswith(("le", "ee")) and count > 1:
        count -= 1
    return max(1, count)


def _is_left_out(
    names: list[str], written: Mapping[str, str], fields: Mapping[str, str], withheld: frozenset[str]
) -> bool:
    if any(_field(name, fields) in withheld for name in names):
        return True
    return any(name.startswith("write.") and not written.get(name[6:], "").strip() for name in names)


def _field(name: str, fields: Mapping[str, str]) -> str:
    if name.startswith("write."):
        return fields.get(name[6:], "")
    return "date" if name.startswith("event.") else FIELDS_OF_PLACEHOLDERS.get(name, "")


def _paragraph(lines: list[str]) -> list[Block]:
    return [Block(BlockKind.PARAGRAPH, " ".join(lines))] if lines else []


def _written(kind: BlockKind, text: str) -> list[Block]:
    """What somebody wrote: paragraphs and items. A heading is the template's alone, so its mark goes."""
    return [
        Block(kind if kind is not BlockKind.PARAGRAPH else _demoted(block.kind), block.text.lstrip("# "))
        for block in blocks_of(text)
    ]


def _demoted(kind: BlockKind) -> BlockKind:
    return BlockKind.PARAGRAPH if kind is BlockKind.HEADING else kind


def _values(name: str, facts: Facts, law: Register, missing: dict[str, NotKnown]) -> tuple[str, ...]:
    try:
        return value_of(facts, name, law)
    except NotKnown as unknown:
        missing[name] = unknown
        return (f"[{unknown.why}]",)


def _words(name: str, facts: Facts, written: Mapping[str, str], law: Register, missing: dict[str, NotKnown]) -> str:
    if name.startswith("write."):
        return " ".join(written[name[6:]].split())
    found = _values(name, facts, law, missing)
    return found[0] if len(found) == 1 else ", ".join(found[:-1]) + " and " + found[-1]


def _without_empty_headings(blocks: list[Block]) -> tuple[Block, ...]:
    kept = [
        block
        for at, block in enumerate(blocks)
        if block.kind is not BlockKind.HEADING
        or (at + 1 < len(blocks) and blocks[at + 1].kind is not BlockKind.HEADING)
    ]
    return tuple(kept)
