"""Doing it in a process of its own: a file made to harm the reader of PDFs or pictures harms that process alone.

In: what to do, on standard input, as one line of JSON and then the bytes of the file. Out: the same way. The limits of
the process are those of `evidence.apart`.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from peelian.disclosure.redacting.documents import MEDIA as PDF
from peelian.disclosure.redacting.documents import picture_of, redact_pdf, words_of
from peelian.disclosure.redacting.marks import Box, CannotRedact, Mark, Place, Redacted, StandsElsewhere
from peelian.disclosure.redacting.pictures import opened, png, redact_picture, ruled
from peelian.disclosure.redacting.texts import MEDIA as TEXT
from peelian.disclosure.redacting.texts import redact_text
from peelian.evidence import apart

LIMITS = apart.Limits(seconds=150, wall=150, memory=3 << 30, most=1 << 30)
WIDEST = 900


def redact_apart(
    content: bytes, media: str, marks: Sequence[Mark], *, leave: Sequence[str] = (), whole: bool = False
) -> Redacted:
    """The redacted copy of a file. Raises CannotRedact, StandsElsewhere."""
    asked = {"do": "redact", "media": media, "marks": [asdict(mark) for mark in marks], "leave": list(leave)}
    answer, made = _in_a_process({**asked, "whole": whole}, content)
    places = tuple(
        Place(**{**place, "box": Box(**place["box"]) if place["box"] else None}) for place in answer["places"]
    )
    return Redacted(
        content=made,
        media=answer["media"],
        places=places,
        pages=answer["pages"],
        pictured=tuple(answer["pictured"]),
        unread=tuple(answer["unread"]),
        dropped=tuple(answer["dropped"]),
    )


def picture_apart(content: bytes, media: str, number: int) -> bytes:
    """A page, or a picture, as a PNG under a grid of tenths. Raises CannotRedact."""
    return _in_a_process({"do": "picture", "media": media, "number": number}, content)[1]


def words_apart(files: Sequence[tuple[bytes, str]]) -> tuple[tuple[str, ...], ...]:
    """For each file (its content and media) the words of each page; none for what holds no words that can be read.

    Raises CannotRedact.
    """
    listed = [{"media": media, "size": len(content)} for content, media in files]
    whole = b"".join(content for content, _ in files)
    answer = _in_a_process({"do": "words", "files": listed}, whole)[0] if files else {"words": []}
    return tuple(tuple(pages) for pages in answer["words"])


def _in_a_process(asked: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    try:
        said = apart.run(__package__, json.dumps(asked).encode() + b"\n" + content, LIMITS)
    except apart.Stopped as why:
        raise CannotRedact(f"The file could not be read: {why} Split it, or redact fewer pages.") from None
    head, _, made = said.partition(b"\n")
    answer: dict[str, Any] = json.loads(head)
    if where := answer.get("elsewhere"):
        raise StandsElsewhere({words: tuple(pages) for words, pages in where.items()})
    if refused := answer.get("refused"):
        raise CannotRedact(refused)
    return answer, made


def answered(asked: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    """What the process gives back. Raises CannotRedact."""
    if asked["do"] == "words":
        found, at = [], 0
        for one in asked["files"]:
            found.append(_words(content[at : at + one["size"]], one["media"]))
            at += one["size"]
        return {"words": found}, b""
    media = asked["media"]
    if asked["do"] == "picture":
        picture = picture_of(content, asked["number"]) if media == PDF else opened(content, media)
        picture.thumbnail((WIDEST, 4 * WIDEST))
        return {"seen": True}, png(ruled(picture))
    marks = [Mark(**{**mark, "box": Box(**mark["box"]) if mark["box"] else None}) for mark in asked["marks"]]
    if media == PDF:
        made = redact_pdf(content, marks, leave=asked["leave"], whole=asked["whole"])
    elif media == TEXT:
        made = redact_text(content, marks)
    else:
        made = redact_picture(content, media, marks)
    said = asdict(made)
    return {key: said[key] for key in said if key != "content"}, made.content


def _words(content: bytes, media: str) -> list[str]:
    if media == PDF:
        return list(words_of(content))
    return [content.decode("utf-8", "replace")] if media == TEXT else []
