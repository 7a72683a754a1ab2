"""What is to be blacked out, what was, and why it could not be."""

from dataclasses import dataclass, field

HUNDRED = 100.0


class CannotRedact(ValueError):
    """Why no copy was made, in a sentence for a person."""


class StandsElsewhere(CannotRedact):
    """Words that are blacked out in one place stand in others too. `where`: the words, and their pages from 1."""

    def __init__(self, where: dict[str, tuple[int, ...]]) -> None:
        self.where = where
        said = "; ".join(f"“{words}” on page {', '.join(map(str, pages))}" for words, pages in where.items())
        super().__init__(f"What you black out also stands elsewhere: {said}. Say what is to be done with it there.")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page or picture in hundredths of its width and height, from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def __post_init__(self) -> None:
        if not (0 <= self.left < self.right <= HUNDRED and 0 <= self.top < self.bottom <= HUNDRED):
            raise CannotRedact("A rectangle is left, top, right and bottom, each from 0 to 100, left before right.")


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing to black out: `words` wherever they stand (on `pages` alone, where given), or a `box` on a page, or a
    span of a plain text (`start`, `end`; from 0, the end not included). `label` is what the block says."""

    label: str
    words: str = field(default="", repr=False)
    pages: tuple[int, ...] = ()
    box: Box | None = None
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Place:
    """Something that was blacked out. `mark`: which mark, from 0. `page`: from 1; 0 for a plain text. `box` in
    hundredths; for a text `start` and `length` in characters of the original."""

    mark: int
    page: int
    box: Box | None = None
    start: int = -1
    length: int = 0


@dataclass(frozen=True, slots=True)
class Redacted:
    """The copy. `pictured`: pages that are pictures now, from 1. `unread`: pages of which some part is a picture, in
    which no words are looked for. `dropped`: what was left out beside the words, in words."""

    content: bytes = field(repr=False)
    media: str
    places: tuple[Place, ...]
    pages: int = 1
    pictured: tuple[int, ...] = ()
    unread: tuple[int, ...] = ()
    dropped: tuple[str, ...] = ()
