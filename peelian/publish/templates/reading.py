"""One file read into a template, or into every problem with its line and reason."""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from peelian.publish.placeholders import FOUND, problem_with
from peelian.publish.templates.rows import ADDRESSEES, BODY, COUNTS, FIELDS, PUBLIC, Paragraph, Problem, Template
from peelian.publish.wording import reading_ease
from peelian.statute import STAGES, Register
from peelian.statute.citations import UnknownInstrument
from peelian.statute.loading import forms_of
from peelian.terms.matters import MatterKind
from peelian.terms.people import PersonKind

FENCE = "+++"
_HEAD = frozenset(
    {
        "key",
        "title",
        "version",
        "law",
        "addressee",
        "body",
        "about",
        "records",
        "counts",
        "kinds",
        "workers",
        "in_post",
        "instead_of",
        "stage",
        "paragraph",
    }
)
_PARAGRAPH = frozenset({"label", "hint", "needed", "choices", "field"})


def read(path: Path, law: Register, *, is_local: bool = False) -> tuple[Template | None, list[Problem]]:
    """One template and everything that is wrong with it; no template where its head cannot be read."""
    reader = _Reader(path, law)
    return reader.template(is_local), reader.problems


class _Reader:
    """Reads one file, noting each problem with its line."""

    def __init__(self, path: Path, law: Register) -> None:
        self.path, self.law = path, law
        self.problems: list[Problem] = []
        self.lines: list[str] = []
        self.head: Mapping[str, Any] = {}

    def wrong(self, where: str | int, reason: str) -> None:
        line = where if isinstance(where, int) else self._line_of(where)
        self.problems.append(Problem(self.path.name, line, reason))

    def template(self, is_local: bool) -> Template | None:
        try:
            raw = self.path.read_bytes()
            self.lines = raw.decode("utf-8").replace("\r\n", "\n").split("\n")
        except UnicodeDecodeError:
            self.wrong(1, "is not UTF-8 text")
            return None
        ends = [number for number, line in enumerate(self.lines) if line.strip() == FENCE]
        if len(ends) < 2 or ends[0] != 0:
            self.wrong(1, f"must open with a head between two lines of {FENCE}")
            return None
        try:
            self.head = tomllib.loads("\n".join(self.lines[1 : ends[1]]))
        except tomllib.TOMLDecodeError as broken:
            at = re.search(r"line (\d+)", str(broken))
            self.wrong(int(at[1]) + 1 if at else 1, f"the head is not TOML: {broken}")
            return None
        for unknown in sorted(set(self.head) - _HEAD):
            self.wrong(unknown, f"{unknown}: the head has no such line; there are: {', '.join(sorted(_HEAD))}")
        body = "\n".join(self.lines[ends[1] + 1 :]).strip() + "\n"
        paragraphs = self._paragraphs()
        made = self._made(body, paragraphs, hashlib.sha256(raw).hexdigest(), is_local)
        self._check_records(made)
        self._check_reach(made)
        self._check_body(made, ends[1] + 1)
        return made

    def _made(self, body: str, paragraphs: tuple[Paragraph, ...], sha256: str, is_local: bool) -> Template:
        return Template(
            key=self._key(),
            title=self._text("title"),
            version=self._version(),
            law=self._law(),
            addressees=self._addressees(),
            body=self._text("body", needed=BODY in self._words("addressee")),
            about=self._truth("about"),
            records=self._words("records"),
            counts=self._counts(),
            kinds=self._words("kinds") or ("any",),
            workers=self._workers(),
            in_post=self._truth("in_post"),
            instead_of=self._text("instead_of", needed=False),
            stage=self._stage(),
            paragraphs=paragraphs,
            text=body,
            sha256=sha256,
            is_local=is_local,
            ease=reading_ease(body),
        )

    def _line_of(self, name: str) -> int:
        for number, line in enumerate(self.lines, start=1):
            if re.match(rf"\s*(\[paragraph\.)?{re.escape(name)}\b", line):
                return number
        return 1

    def _text(self, name: str, *, needed: bool = True) -> str:
        value = self.head.get(name, "")
        if not isinstance(value, str) or (needed and not value.strip()):
            self.wrong(name, f"{name} must be given as text")
            return ""
        return value.strip()

    def _key(self) -> str:
        key = self._text("key")
        if key and key != self.path.stem:
            self.wrong("key", f"key {key!r} must be the name of the file, {self.path.stem!r}")
        return key

    def _version(self) -> int:
        value = self.head.get("version")
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            self.wrong("version", "version must be a whole number from 1; raise it with each change of words")
            return 0
        return value

    def _truth(self, name: str) -> bool:
        value = self.head.get(name, False)
        if not isinstance(value, bool):
            self.wrong(name, f"{name} must be true or false")
        return value is True

    def _words(self, name: str) -> tuple[str, ...]:
        value = self.head.get(name, [])
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
            self.wrong(name, f"{name} must be text or a list of texts")
            return ()
        return tuple(listed)

    def _law(self) -> str:
        law = self._text("law")
        try:
            if law:
                forms_of(self.law.instruments).read(law)
        except UnknownInstrument as unknown:
            self.wrong("law", str(unknown))
        return law

    def _addressees(self) -> tuple[str, ...]:
        given = self._words("addressee")
        unknown = [one for one in given if one not in ADDRESSEES]
        if not given or unknown:
            self.wrong("addressee", f"addressee must be one or more of: {', '.join(sorted(ADDRESSEES))}")
        if len(given) > 1 and set(given) & {PUBLIC, BODY}:
            self.wrong("addressee", "a letter to the public or to a body has no other addressee")
        return tuple(one for one in given if one in ADDRESSEES)

    def _counts(self) -> str:
        value = self.head.get("counts", "sent")
        if value not in COUNTS:
            self.wrong("counts", "counts must be sent or served: the day on which its events happen")
            return "sent"
        return str(value)

    def _stage(self) -> str:
        stage = self._text("stage", needed=False)
        if stage and stage not in STAGES:
            self.wrong("stage", f"stage: casework has no stage {stage!r}; there are: {', '.join(STAGES)}")
        return stage

    def _workers(self) -> tuple[PersonKind, ...]:
        given = self._words("workers")
        serve = [one.value for one in PersonKind if one.serves]
        if unknown := [one for one in given if one not in serve]:
            self.wrong("workers", f"workers: no kind of worker {unknown[0]!r}; there are: {', '.join(serve)}")
        return tuple(PersonKind(one) for one in given if one in serve)

    def _paragraphs(self) -> tuple[Paragraph, ...]:
        given = self.head.get("paragraph", {})
        if not isinstance(given, dict):
            self.wrong("paragraph", "paragraphs of the writer's stand under [paragraph.<key>]")
            return ()
        found = []
        for key, row in given.items():
            if not isinstance(row, dict) or not str(row.get("label", "")).strip():
                self.wrong(key, f"paragraph {key} must have a label, the question its writer answers")
                continue
            for unknown in sorted(set(row) - _PARAGRAPH):
                self.wrong(
                    key, f"paragraph {key}: no such line {unknown!r}; there are: {', '.join(sorted(_PARAGRAPH))}"
                )
            field = str(row.get("field", ""))
            if field and field not in FIELDS:
                self.wrong(key, f"paragraph {key}: field must be one of: {', '.join(FIELDS)}")
            found.append(
                Paragraph(
                    key=key,
                    label=str(row["label"]).strip(),
                    hint=str(row.get("hint", "")).strip(),
                    needed=row.get("needed", True) is True,
                    choices=tuple(str(one) for one in row.get("choices", [])),
                    field=field,
                )
            )
        return tuple(found)

    def _check_records(self, made: Template) -> None:
        for key in made.kinds:
            if key != "any" and key not in set(MatterKind):
                self.wrong("kinds", f"kinds: no kind of matter {key!r}; there are: any, {', '.join(MatterKind)}")
        kinds = tuple(MatterKind) if "any" in made.kinds else made.kinds
        for key in made.records:
            event = self.law.events.get(key)
            if event is None:
                self.wrong("records", f"records: events.toml has no event {key!r}")
                continue
            unfit = [] if "any" in event.kinds else [kind for kind in kinds if kind not in event.kinds]
            if unfit:
                self.wrong("kinds", f"kinds: {key} is not recorded on {', '.join(unfit)}")

    def _check_reach(self, made: Template) -> None:
        try:
            cited = forms_of(self.law.instruments).read(made.law) if made.law else ()
        except UnknownInstrument:
            return  # `_law` has said so
        offered = made.workers or tuple(one for one in PersonKind if one.serves)
        for one in dict.fromkeys(citation.instrument for citation in cited):
            reaches = self.law.instruments[one].reaches
            beyond = [kind.words.lower() for kind in offered if reaches and kind not in reaches]
            if beyond:
                named = ", ".join(f'"{kind.value}"' for kind in reaches)
                self.wrong("workers", f"{one} does not reach {' or '.join(beyond)}: say workers = [{named}]")

    def _check_body(self, made: Template, first: int) -> None:
        paragraphs = {one.key: one for one in made.paragraphs}
        if not made.text.strip():
            self.wrong(first + 1, "the letter has no words")
        used = set()
        for number, line in enumerate(self.lines[first:], start=first + 1):
            if line.startswith("#") and not line.startswith("## "):
                self.wrong(number, "a heading is ## and a space: the title of the letter is its only first heading")
            for name in FOUND.findall(line):
                used.add(name)
                if reason := problem_with(name, self.law, paragraphs):
                    self.wrong(number, reason)
            if "{{" in FOUND.sub("", line) or "}}" in FOUND.sub("", line):
                self.wrong(number, "a placeholder opens with {{ and closes with }} on one line")
        for key in sorted(set(paragraphs) - {name[6:] for name in used if name.startswith("write.")}):
            self.wrong(key, f"paragraph {key} is asked for and stands nowhere in the letter")
