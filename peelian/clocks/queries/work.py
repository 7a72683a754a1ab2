"""My work, the work of a unit, and the calendar."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from peelian.clocks.queries.duties import by_due, open_rows
from peelian.clocks.queries.raised import raised
from peelian.clocks.rows import NOBODY, Board, DutyRow, OwnerCount, WorkFilters, WorkGroup
from peelian.matters.queries import MatterParts, parts_of_placed, parts_of_unit
from peelian.people import queries as people
from peelian.rules.facts import DutyState
from peelian.terms.pages import SIZE, Page
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold

EVERYTHING = WorkFilters()


def my_work(viewer: Viewer, filters: WorkFilters = EVERYTHING, number: int = 1, size: int = SIZE) -> Page[DutyRow]:
    """The duties the viewer owns on open matters on which they have a signed place: by group, overdue first, then by
    due day. What waits on somebody outside the force comes late, since the owner watches it. A fixed number of
    statements.
    """
    return _page(export_my_work(viewer, filters), number, size)


def export_my_work(viewer: Viewer, filters: WorkFilters = EVERYTHING) -> list[DutyRow]:
    """All rows of `my_work`, in its order."""
    placed = _of_unit(viewer, filters, parts_of_placed(viewer))
    mine = (row for row in open_rows(viewer, placed, viewer.today) if row.is_mine)
    return sorted(_filtered(mine, filters), key=by_group)


def unit_work(
    viewer: Viewer, unit_ref: str, filters: WorkFilters = EVERYTHING, number: int = 1, size: int = SIZE
) -> Page[DutyRow]:
    """What is owed on the open matters of a unit and of the units within it, of those the viewer may see.

    Needs READ_UNIT_WORK. Raises NotFound for no such unit. A fixed number of statements.
    """
    must_hold(viewer, Permission.READ_UNIT_WORK)
    unit = people.unit(viewer, unit_ref)
    within = people.keys_within(unit, people.units(viewer))
    rows = _filtered(open_rows(viewer, parts_of_unit(viewer, within), viewer.today), filters)
    return _page(sorted(rows, key=by_due), number, size)


def my_board(viewer: Viewer, filters: WorkFilters = EVERYTHING, number: int = 1, size: int = SIZE) -> Board:
    """`my_work` with what a page needs around it: how much stands in each group, and the choices of a filter."""
    mine = export_my_work(viewer, WorkFilters(unit_ref=filters.unit_ref))
    return _board(mine, _filtered(mine, filters), number, size)


def unit_board(
    viewer: Viewer, unit_ref: str, filters: WorkFilters = EVERYTHING, number: int = 1, size: int = SIZE
) -> Board:
    """`unit_work` by owner, what nobody owns yet first, then by group. Raises as `unit_work`."""
    rows = export_unit_work(viewer, unit_ref)
    return _board(rows, _filtered(rows, filters), number, size)


def export_unit_work(viewer: Viewer, unit_ref: str, filters: WorkFilters = EVERYTHING) -> list[DutyRow]:
    """All rows of `unit_board`, in its order. Raises as `unit_work`."""
    must_hold(viewer, Permission.READ_UNIT_WORK)
    within = people.keys_within(people.unit(viewer, unit_ref), people.units(viewer))
    rows = open_rows(viewer, parts_of_unit(viewer, within), viewer.today)
    return sorted(_filtered(rows, filters), key=by_owner)


def by_group(row: DutyRow) -> tuple[int, date, str, str, str]:
    """By group, then by due day."""
    return (row.group.place, row.due_on or date.max, row.clock, row.matter_ref, row.person)


def by_owner(row: DutyRow) -> tuple[bool, str, str, tuple[int, date, str, str, str]]:
    """What nobody owns first, then by owner, then by group."""
    return (not row.owner_is_nobody, row.owner, row.owner_ref, by_group(row))


def calendar(viewer: Viewer) -> tuple[DutyRow, ...]:
    """The viewer's own duties that have a day and what is raised to them, by that day; for the calendar feed."""
    rows = dict.fromkeys((*export_my_work(viewer), *raised(viewer)))
    dated = (row for row in rows if row.due_on is not None)
    return tuple(sorted(dated, key=lambda row: (row.due_on or date.max, row.clock, row.matter_ref, row.person)))


def _board(every: list[DutyRow], narrowed: list[DutyRow], number: int, size: int) -> Board:
    groups = Counter(row.group for row in every)
    owned: dict[str, list[DutyRow]] = {}
    for row in every:
        owned.setdefault(row.owner_ref or NOBODY, []).append(row)
    owners = (
        OwnerCount(
            ref, "Nobody yet" if ref == NOBODY else rows[0].owner, len(rows), sum(one.is_overdue for one in rows)
        )
        for ref, rows in sorted(owned.items(), key=lambda pair: by_owner(pair[1][0])[:3])
    )
    return Board(
        found=_page(narrowed, number, size),
        groups=tuple((group, groups[group]) for group in WorkGroup if groups[group]),
        owners=tuple(owners),
        clocks=tuple(sorted({(row.clock, row.name) for row in every})),
    )


def _page(rows: list[DutyRow], number: int, size: int) -> Page[DutyRow]:
    number = max(1, min(number, -(-len(rows) // size)))
    return Page(tuple(rows[(number - 1) * size : number * size]), len(rows), number, size)


def _filtered(rows: Iterable[DutyRow], filters: WorkFilters) -> list[DutyRow]:
    return [
        row
        for row in rows
        if (not filters.overdue_only or row.state == DutyState.OVERDUE)
        and (filters.until_on is None or (row.due_on is not None and row.due_on < filters.until_on))
        and (not filters.clock or row.clock == filters.clock)
        and (not filters.owner_ref or (row.owner_ref or NOBODY) == filters.owner_ref)
        and (filters.group is None or row.group is filters.group)
    ]


def _of_unit(viewer: Viewer, filters: WorkFilters, placed: tuple[MatterParts, ...]) -> tuple[MatterParts, ...]:
    if not filters.unit_ref:
        return placed
    unit = people.unit(viewer, filters.unit_ref)
    return tuple(one for one in placed if one.unit_id == unit.id)
