"""How large a demonstration is."""

from dataclasses import dataclass

from peelian.terms.refusals import NotValid


@dataclass(frozen=True, slots=True)
class Size:
    """`people`: in the register. `years`: of loaded history. `days_here`: since when matters are recorded here.

    `open_here`, `closed_here`: matters made through the acts, by how they end up. `extracts`: of the staff register.
    `supervised`: postings made through the acts, with their supervisor. `accredited`: accreditations.
    """

    name: str
    people: int
    boroughs: int
    years: float
    days_here: int
    open_here: int
    closed_here: int
    waiting: int
    extracts: int
    supervised: int
    accredited: int


SIZES = {
    "tiny": Size("tiny", 160, 1, 0.4, 420, 4, 3, 3, 2, 40, 8),
    "small": Size("small", 500, 3, 1.5, 420, 44, 22, 9, 3, 60, 24),
    "medium": Size("medium", 5_000, 10, 6, 420, 160, 140, 24, 3, 300, 200),
    "full": Size("full", 50_000, 30, 19, 420, 320, 200, 40, 2, 400, 300),
}


def size_named(name: str) -> Size:
    """Raises NotValid for a size there is not."""
    if name not in SIZES:
        raise NotValid("size", f"Choose one of: {', '.join(SIZES)}.")
    return SIZES[name]
