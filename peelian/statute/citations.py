"""Reading a `law` field: which instruments and which provisions it cites.

Parts are separated by `;`. A part names an instrument in one of its forms, or carries on with the one before.
"""

import re
from collections.abc import Mapping

from peelian.statute.rows import Citation

_CARRIES_ON = re.compile(r"^(?:for [a-z ]+ )?(?:regs?|rules?|ss?|paras?|art|Sch|Part|ch)(?=[\s\d])")
_LOOKS_LIKE_AN_INSTRUMENT = re.compile(r"SI \d{4}/\d+|\b(?:Act|Order|Regulations|Rules|Measure|Bill|Code)\b")
_JOINS = re.compile(r"^(?:as amended by|inserted by|exceptions for [a-z ]+|same wording in|amends|and|,|\(|\))+")
_TAIL = re.compile(
    r"(?:[ ,(]|as amended by|inserted by|19A as substituted by|exceptions for complainants and interested persons"
    r"|same wording in|amends|replaced by 22A-22D under the|prosecution disclosure of police misconduct)+$"
)
_UNIT = re.compile(r"\b(regs?|rules?|ss?|paras?|arts?|Sch|Part|ch|Right)\s*(?=\d|$)|\b(Sch)\b")
_NUMBER = re.compile(r"(\d+[A-Z]{0,2})(?:\.\d+)*(?:-(\d+[A-Z]{0,2}))?")
_SUB_PARAGRAPH = re.compile(r"\((?:\d+[A-Z]{0,2}|[a-z]{1,4})\)")
_PLURAL = {"regs": "reg", "rules": "rule", "ss": "s", "paras": "para", "arts": "art"}


class UnknownInstrument(ValueError):
    """A citation names nothing in `instruments.toml`. `part` is the piece that could not be placed."""

    def __init__(self, part: str) -> None:
        super().__init__(f"cites an instrument that instruments.toml does not hold: {part!r}")
        self.part = part


class Forms:
    """All the ways of writing all instruments, compiled once."""

    def __init__(self, forms: Mapping[str, str]) -> None:
        """`forms`: from each written form to the key of its instrument."""
        self._forms = dict(forms)
        longest_first = sorted(self._forms, key=len, reverse=True)
        written = "|".join(re.escape(form) for form in longest_first)
        self._pattern = re.compile(rf"(?<![\w/])(?:{written})(?![\w/])")

    def read(self, law: str) -> tuple[Citation, ...]:
        """The provisions that `law` cites, in order. Raises UnknownInstrument."""
        found: list[Citation] = []
        current = ""
        for part in (piece.strip() for piece in law.split(";")):
            hits = list(self._pattern.finditer(part))
            rest = self._pattern.sub(" ", part)
            if stray := _LOOKS_LIKE_AN_INSTRUMENT.search(rest):
                raise UnknownInstrument(f"{stray.group()} in {part}")
            if not hits:
                if not (current and _CARRIES_ON.match(part)):
                    raise UnknownInstrument(part)
                found.append(Citation(current, part))
                continue
            for number, hit in enumerate(hits):
                current = self._forms[hit.group()]
                end = hits[number + 1].start() if number + 1 < len(hits) else len(part)
                found.append(Citation(current, _bare(_TAIL.sub("", part[hit.end() : end]))))
        return tuple(found)


def _bare(text: str) -> str:
    """Without the punctuation around it; a bracket stays only with its partner."""
    text = text.strip(" ,")
    while text.startswith(")"):
        text = text[1:].strip(" ,")
    while text.endswith(")") and text.count(")") > text.count("("):
        text = text[:-1].strip(" ,")
    while text.startswith("(") and text.count("(") > text.count(")"):
        text = text[1:].strip(" ,")
    return text


def provisions(citation: Citation) -> tuple[str, ...]:
    """The provisions of a citation at the level coverage counts: `reg 34`, `Sch 3 para 2`, `s 88A`.

    Sub-paragraphs are dropped and ranges of plain numbers are opened out; `88A-88H` stays a range.
    """
    schedule, unit, out = "", "", []
    text = _SUB_PARAGRAPH.sub("", citation.provision)
    for token in re.finditer(rf"(?P<unit>{_UNIT.pattern})|(?P<number>{_NUMBER.pattern})", text):
        if token.group("unit"):
            word = token.group("unit").strip()
            unit = _PLURAL.get(word, word)
            continue
        first, last = re.match(_NUMBER, token.group("number")).groups()  # type: ignore[union-attr]  # same pattern
        names = _opened(first, last)
        if unit == "Sch":
            schedule = f"Sch {first} "
            out.append(schedule.strip())
            continue
        if not unit:
            continue
        if schedule and unit == "para" and out and out[-1] == schedule.strip():
            out.pop()
        prefix = schedule if unit in {"para", "Part"} else ""
        out.extend(f"{prefix}{unit} {name}" for name in names)
    return tuple(dict.fromkeys(out))


def _opened(first: str, last: str | None) -> list[str]:
    if last is None:
        return [first]
    if first.isdigit() and last.isdigit():
        return [str(number) for number in range(int(first), int(last) + 1)]
    stem = first.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    if last.startswith(stem) and len(first) == len(last) == len(stem) + 1:
        return [f"{stem}{chr(letter)}" for letter in range(ord(first[-1]), ord(last[-1]) + 1)]
    return [f"{first}-{last}"]


def opened(listed: str) -> tuple[str, ...]:
    """A line of an instrument's `provisions` opened out: `reg 1-3` gives `reg 1`, `reg 2`, `reg 3`."""
    return provisions(Citation("", listed))
