"""A page of a PDF as it is seen: its letters, where each stands, and the lines they make."""

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as raw

from peelian.disclosure.redacting.marks import HUNDRED, Box
from peelian.disclosure.redacting.words import find

PADDING = 0.4  # hundredths around the words, so that no stroke of a letter is left


@dataclass
class Leaf:
    """One page as it is seen: its letters in reading order, each with its box in hundredths, or none."""

    number: int
    text: str
    boxes: list[Box | None] = field(repr=False)
    has_pictures: bool


def leaf_of(document: Any, index: int) -> Leaf:
    page = document[index]
    held = page.get_textpage()
    try:
        count = held.count_chars()
        width, height = page.get_size()
        letters, boxes = [], []
        for place in range(count):
            code = raw.FPDFText_GetUnicode(held, place)
            letters.append(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " ")
            boxes.append(_box(page, held.get_charbox(place, loose=True), width, height))
        has_pictures = any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4))
        return Leaf(index + 1, "".join(letters), boxes, has_pictures)
    finally:
        held.close()
        page.close()


def _box(page: Any, at: tuple[float, float, float, float], width: float, height: float) -> Box | None:
    """Where a letter is seen: turned with its page and cut to it. None for one that has no size or lies outside."""
    left, bottom, right, top = at
    if right <= left or top <= bottom or width <= 0 or height <= 0:
        return None
    wide, tall = 100_000, 100_000
    corners = []
    for x, y in ((left, bottom), (right, top)):
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page, 0, 0, wide, tall, 0, x, y, across, down)
        corners.append((across.value * HUNDRED / wide, down.value * HUNDRED / tall))
    (x1, y1), (x2, y2) = corners
    return _cut(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def _cut(left: float, top: float, right: float, bottom: float) -> Box | None:
    left, top, right, bottom = max(left, 0.0), max(top, 0.0), min(right, HUNDRED), min(bottom, HUNDRED)
    return Box(left, top, right, bottom) if left < right and top < bottom else None


def hits(leaves: Sequence[Leaf], words: str) -> Iterator[tuple[Leaf, int, int]]:
    """Where words stand, page by page; words that a page end breaks give a part on each page."""
    whole = "\n".join(leaf.text for leaf in leaves)
    starts, at = [], 0
    for leaf in leaves:
        starts.append(at)
        at += len(leaf.text) + 1
    for start, end in find(whole, words):
        for leaf, begins in zip(leaves, starts, strict=True):
            first, last = max(start - begins, 0), min(end - begins, len(leaf.text))
            if first < last:
                yield leaf, first, last


def lines_of(boxes: Iterable[Box | None]) -> Iterator[Box]:
    """The boxes of letters as one box a line, lying or standing, with a little around them."""
    here: Box | None = None
    last: Box | None = None
    for box in boxes:
        if box is None:
            continue
        if here is not None and last is not None and (_beside(last, box) or _below(last, box)):
            left, top = min(here.left, box.left), min(here.top, box.top)
            here = Box(left, top, max(here.right, box.right), max(here.bottom, box.bottom))
        else:
            if here is not None:
                yield _padded(here)
            here = box
        last = box
    if here is not None:
        yield _padded(here)


def _beside(one: Box, other: Box) -> bool:
    """Whether two letters stand on one line."""
    return min(one.bottom, other.bottom) - max(one.top, other.top) > 0.3 * (other.bottom - other.top)


def _below(one: Box, other: Box) -> bool:
    """Whether two letters stand one below the other and close, as on a page that lies on its side."""
    near = max(one.top, other.top) - min(one.bottom, other.bottom) < other.bottom - other.top
    return near and min(one.right, other.right) - max(one.left, other.left) > 0.3 * (other.right - other.left)


def _padded(box: Box) -> Box:
    cut = _cut(box.left - PADDING, box.top - PADDING, box.right + PADDING, box.bottom + PADDING)
    assert cut is not None
    return cut
