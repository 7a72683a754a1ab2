"""Associations as a picture: the person in the middle, each association on a spoke. No query, no markup.

In: associations in the order in which they are drawn. Out: a frozen drawing that `people/_network.html` draws. Half of
them stand on each side, one below the other, so that no two names meet, whether there is one or forty. The same
associations are drawn the same way each time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi

WIDTH = 760
ROW = 44
MARGIN = 40
NEAR, FAR = 70.0, 150.0  # how far a node stands from the middle: at the ends of its side, and half-way down it
LETTER = (
    9.6  # width of one letter of a name, which is bold; a wider guess cuts a name sooner, and never outside the picture
)
MOST = 40
RADIUS = 8


@dataclass(frozen=True, slots=True)
class Association:
    """One association. `kind`: declared, found or vehicle. `person_ref`: of a colleague in the register; a mention
    has none. `label`: who or what. `says`: what the association is. `source`: where it is known from. `grade`: how
    sure, or what was decided. `to`, `key`: the page of its source record, where the viewer may open it.
    """

    kind: str
    label: str
    says: str
    source: str
    grade: str
    person_ref: str = ""
    to: str = ""
    key: str = ""

    @property
    def kind_words(self) -> str:
        return {"declared": "Declared", "found": "Found", "vehicle": "Same vehicle"}[self.kind]


@dataclass(frozen=True, slots=True)
class Node:
    """`number`: as in the list beside it. `kind`: how its spoke is drawn. `is_person`: filled, else an outline."""

    number: int
    x: float
    y: float
    label: str
    under: str
    label_x: float
    anchor: str
    kind: str
    is_person: bool
    says: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """`left_out`: how many found no room. `says`: the picture in words."""

    height: float
    x: float
    y: float
    nodes: tuple[Node, ...]
    left_out: int
    says: str
    width: int = WIDTH


def drawing_of(associations: Sequence[Association], name: str) -> Drawing | None:
    """The picture; None where there is nothing to draw."""
    if not associations:
        return None
    drawn = list(associations[:MOST])
    right = (len(drawn) + 1) // 2
    sides = ((1, drawn[:right], 0), (-1, drawn[right:], right))
    height = float(max(right * ROW + 2 * MARGIN, 160))
    middle = height / 2
    nodes = [
        _node(one, before + place + 1, side, _y(place, len(rows), middle), _reach(place, len(rows)))
        for side, rows, before in sides
        for place, one in enumerate(rows)
    ]
    left_out = len(associations) - len(drawn)
    return Drawing(height, WIDTH / 2, middle, tuple(nodes), left_out, _says(associations, name))


def _y(place: int, count: int, middle: float) -> float:
    return middle + (place - (count - 1) / 2) * ROW


def _reach(place: int, count: int) -> float:
    """The spokes are longest half-way down, so that the nodes stand on a curve about the middle."""
    if count == 1:
        return FAR
    bent = cos((place / (count - 1) - 0.5) * pi)
    return NEAR + (FAR - NEAR) * bent


def _node(one: Association, number: int, side: int, y: float, reach: float) -> Node:
    x = WIDTH / 2 + side * reach
    room = int((WIDTH / 2 - reach - RADIUS - 6) / LETTER)
    return Node(
        number=number,
        x=round(x, 1),
        y=round(y, 1),
        label=_cut(f"{number}. {one.label}", room),
        under=one.kind_words,
        label_x=round(x + side * (RADIUS + 6), 1),
        anchor="start" if side > 0 else "end",
        kind=one.kind,
        is_person=bool(one.person_ref),
        says=f"{one.label}: {one.kind_words.lower()}, {one.says}; {one.grade}",
    )


def _cut(words: str, room: int) -> str:
    return words if len(words) <= room else words[: room - 1].rstrip() + "…"


def _says(associations: Sequence[Association], name: str) -> str:
    parts = []
    for kind, words in (("declared", "declared"), ("found", "found"), ("vehicle", "through the same vehicle")):
        if number := sum(one.kind == kind for one in associations):
            parts.append(f"{words}: {number}")
    return (
        f"{name} in the middle, with one spoke for each association ({'; '.join(parts)}). Everything drawn stands in"
        " the list beside it, by its number, with its source and grade."
    )
