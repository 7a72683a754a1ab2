"""Search: one box, results by kind of record. What a viewer may not see is neither shown nor counted."""

from dataclasses import dataclass

from django.http import HttpResponseBase

from peelian.intake import queries as intake
from peelian.intake.rows import ItemFilters, ItemRow
from peelian.matters import queries as matters
from peelian.matters.rows import MatterFilters, MatterLine
from peelian.people import queries as people
from peelian.people.rows import PeopleFilters, PersonLine
from peelian.search.excerpts import Pieces
from peelian.terms.pages import Page
from peelian.terms.permissions import Permission
from peelian.terms.references import read_reference
from peelian.terms.refusals import NotAllowed, NotFound
from peelian.terms.viewer import Viewer
from peelian.web.pages import PageRequest, admits, page, shown

TOP = 10
LONGEST = 200
MATTER_READERS = (Permission.READ_MATTERS, Permission.READ_PLACED_MATTERS)


@dataclass(frozen=True, slots=True)
class Found:
    """Results by kind; None where the viewer's roles do not reach that kind at all."""

    people: Page[PersonLine] | None
    matters: Page[MatterLine] | None
    items: Page[ItemRow] | None
    in_matters: dict[int, Pieces]
    in_items: dict[int, Pieces]

    @property
    def groups(self) -> tuple[Page[PersonLine] | Page[MatterLine] | Page[ItemRow], ...]:
        return tuple(group for group in (self.people, self.matters, self.items) if group is not None)

    @property
    def total(self) -> int:
        return sum(group.total for group in self.groups)

    @property
    def refs(self) -> list[str]:
        return [row.ref for group in self.groups for row in group.rows]


@page("search/", name="search", needs=Permission.SEARCH, lists="search", menu="Search")
def search(request: PageRequest) -> HttpResponseBase:
    typed = request.GET.get("q", "").strip()[:LONGEST]
    found = found_for(request.viewer, typed) if typed else None
    context = {
        "typed": typed,
        "found": found,
        "opens": {name: admits(request.viewer, name) for name in ("matter", "matters", "intake", "intake-item")},
        "top": TOP,
    }
    return shown(request, "search/search.html", context, listed=found.refs if found else [])


def found_for(viewer: Viewer, typed: str) -> Found:
    """What `typed` finds among the kinds of record that the viewer's roles reach, ten of each."""
    words = read_reference(typed) or typed
    lines = matters.matters(viewer, MatterFilters(words=words), size=TOP) if _reads(viewer, *MATTER_READERS) else None
    items = _items(viewer, words) if _reads(viewer, Permission.READ_INTAKE) else None
    return Found(
        people=_people(viewer, words) if _reads(viewer, Permission.READ_PEOPLE) else None,
        matters=lines,
        items=items,
        in_matters=matters.excerpts(viewer, [row.id for row in lines.rows], typed) if lines else {},
        in_items=intake.item_excerpts(viewer, [row.id for row in items.rows], typed) if items else {},
    )


def _reads(viewer: Viewer, *powers: Permission) -> bool:
    return any(viewer.may(power) for power in powers)


def _people(viewer: Viewer, words: str) -> Page[PersonLine]:
    found = people.people(viewer, PeopleFilters(words=words))
    return Page(found.rows[:TOP], found.total, 1, TOP)


def _items(viewer: Viewer, words: str) -> Page[ItemRow]:
    """Items by words, or one by its reference; an item that must first be signed for is not found here."""
    if not words.startswith("PI-"):
        return intake.items(viewer, ItemFilters(words=words), size=TOP)
    try:
        rows = (intake.item(viewer, words).row,)
    except (NotAllowed, NotFound):
        return Page((), 0, 1, TOP)
    return Page(rows, 1, 1, TOP)
