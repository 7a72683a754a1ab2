"""What somebody has to do, and what a unit has. Importing this module registers the whole journey."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpResponseBase

from peelian.calibration import queries as calibration
from peelian.clocks import queries
from peelian.clocks.rows import DutyRow, WorkFilters
from peelian.decisions import queries as decisions
from peelian.decisions.rows import ToSign
from peelian.evidence import queries as evidence
from peelian.intake import queries as intake
from peelian.intake.rows import ItemFilters
from peelian.investigations import queries as investigations
from peelian.lookback import queries as lookback
from peelian.lookback.queries.mine import WORKERS
from peelian.matches import queries as matches
from peelian.matters import queries as matters
from peelian.people import queries as people
from peelian.people.rows import UnitRow
from peelian.publish.tables import Cell
from peelian.recommendations import queries as recommendations
from peelian.returns import queries as returns
from peelian.sampling import queries as sampling
from peelian.terms.pages import Sort
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer
from peelian.vetting import queries as vetting
from peelian.walls.queries import has_calendar
from peelian.web.exports import exported
from peelian.web.lists import Column, list_state
from peelian.web.pages import Looked, PageRequest, admits, page, shown
from peelian.web.work import calendar
from peelian.web.work.forms import ChooseUnitForm, UnitWorkFilterForm, WorkFilterForm, filters_of

__all__ = ["calendar", "my_work", "unit_work"]

READERS = (Permission.READ_MATTERS, Permission.READ_PLACED_MATTERS)
COLUMNS = (Column("due", "By when"),)  # the order is fixed: by urgency, then by day
EXPORTED = ("Urgency", "Due", "Days left", "What", "Limit", "Matter", "Heading", "Owned by", "To whom", "Provision")
ITEMS = 25


@page("work/", name="my-work", needs=READERS, lists="my work", menu="My work")
def my_work(request: PageRequest) -> HttpResponseBase:
    """The viewer's duties by urgency; before them what only they can sign, and what waits for them to assess."""
    state = list_state(request, COLUMNS, default="due")
    filters = filters_of(request.GET)
    if state.export:
        return _export(request, state.export, "my work", queries.export_my_work(request.viewer, filters))
    board = queries.my_board(request.viewer, filters, state.page)
    outside = matters.my_outside_requests(request.viewer)
    enquiries = investigations.my_lines(request.viewer)
    second = sampling.mine(request.viewer)
    signs, (reads, followed) = _for_others(request.viewer), _of_look_backs(request.viewer)
    blind = {one.matter_ref for one in second.blind}  # closed to the viewer until they have decided again
    signing = [one for one in matters.to_sign(request.viewer) if one.ref not in blind]
    joint = matters.my_joint_reviews(request.viewer)
    accepting = evidence.to_accept(request.viewer)
    of_the_force = returns.mine(request.viewer)
    vets = vetting.board(request.viewer)
    waiting = intake.items(
        request.viewer, ItemFilters(state="awaiting", owner_id=request.viewer.user_id), Sort("received_on"), size=ITEMS
    )
    raised = queries.raised(request.viewer)
    unassessed = intake.unassessed(request.viewer)
    late = matches.late_assessments(request.viewer)
    context = {
        "board": board,
        "raised": raised,
        "unassessed": unassessed,
        "late": late,
        "sections": [(group.words, list(rows)) for group, rows in groupby(board.found.rows, lambda row: row.group)],
        "signing": signing,
        "second": second,
        "calibrating": calibration.mine(request.viewer),
        "recommended": recommendations.mine(request.viewer),
        "of_the_force": of_the_force,
        "signs": signs,
        "reads": reads,
        "followed": followed,
        "outside": outside,
        "enquiries": enquiries,
        "joint": joint,
        "accepting": accepting,
        "vets": vets,
        "waiting": waiting,
        "state": state,
        "form": WorkFilterForm(request.GET, board=board),
        "is_narrowed": filters != WorkFilters(),
        "has_feed": has_calendar(request.viewer),
        "opens_matters": admits(request.viewer, "matters"),
        "opens_intake": admits(request.viewer, "intake-item"),
        "opens_people": admits(request.viewer, "people"),
    }
    seen = [row.matter_ref for row in (*raised, *board.found.rows)] + [row.ref for row in unassessed.rows]
    seen += [row.ref for row in late]
    seen += [one.matter_ref for one in outside] + [one.matter_ref for one in enquiries]
    seen += [one.matter_ref for one in (*second.blind, *second.differ, *second.reviews)]
    seen += [one.matter_ref for one in joint] + [one.matter_ref for one in signs.decisions]
    seen += [one.matter_ref for one in accepting] + [*vets.person_refs]
    seen += [one.key for one in of_the_force]
    seen += [one.ref for one in signing] + [row.ref for row in waiting.rows]
    return shown(request, "work/mine.html", context, listed=dict.fromkeys(seen))


@page("unit/", name="unit-work", needs=Permission.READ_UNIT_WORK, lists="unit work", menu="Unit")
def unit_work(request: PageRequest) -> HttpResponseBase:
    """The duties of a unit and the units within it, by owner; what nobody owns yet comes first."""
    units = people.units(request.viewer)
    unit = _asked_for(request, units)
    if unit is None:
        form = ChooseUnitForm(units=units)
        return shown(request, "work/choose.html", {"form": form, "units": units}, listed=[])
    state = list_state(request, COLUMNS, default="due")
    filters = filters_of(request.GET, unit_ref=unit.ref)
    if state.export:
        rows = queries.export_unit_work(request.viewer, unit.ref, filters)
        return _export(request, state.export, "unit work", rows)
    board = queries.unit_board(request.viewer, unit.ref, filters, state.page)
    sections = groupby(board.found.rows, lambda row: (row.owner_is_nobody, row.owner))
    context = {
        "unit": unit,
        "board": board,
        "sections": [(is_nobody, owner, list(rows)) for (is_nobody, owner), rows in sections],
        "state": state,
        "form": UnitWorkFilterForm({**request.GET.dict(), "unit": unit.ref}, board=board, units=units),
        "is_narrowed": filters != WorkFilters(),
    }
    return shown(request, "work/unit.html", context, listed=dict.fromkeys(row.matter_ref for row in board.found.rows))


@dataclass(frozen=True, slots=True)
class ForOthers:
    """What waits for the viewer's signature: decisions, items to be logged, readings nobody answered."""

    decisions: tuple[ToSign, ...] = ()
    logs: int = 0
    readings: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.decisions or self.logs or self.readings)


def _for_others(viewer: Viewer) -> ForOthers:
    if not viewer.may(Permission.COUNTERSIGN):
        return ForOthers()
    unread = sum(one.answered_on is None for one in decisions.readings(viewer))
    unread += sum(one.answered_on is None for one in vetting.readings(viewer))
    return ForOthers(decisions.to_sign(viewer), len(intake.logs_to_answer(viewer)), unread)


def _of_look_backs(viewer: Viewer) -> tuple[int, int]:
    """How many past matters wait to be read by the viewer, for a review or a panel; how many tasks of look-backs."""
    if not any(viewer.may(one) for one in WORKERS):
        return 0, 0
    tasks = lookback.open_tasks(viewer)
    if not (viewer.may(Permission.REVIEW_PAST) or viewer.may(Permission.SIT)):
        return 0, tasks
    mine = lookback.my_reviews(viewer)
    return mine.reviews_in_all + mine.panel_in_all, tasks


def _asked_for(request: PageRequest, units: Iterable[UnitRow]) -> UnitRow | None:
    """The unit in the address, else the viewer's own, else none. Raises NotFound for one that is none."""
    if asked := request.GET.get("unit", ""):
        return people.unit(request.viewer, asked)
    return next((unit for unit in units if unit.id == request.viewer.unit_id), None)


def _export(request: PageRequest, kind: str, key: str, rows: Iterable[DutyRow]) -> Looked:
    return exported(request, kind, key, EXPORTED, ((row.matter_ref, _cells(row)) for row in rows))


def _cells(row: DutyRow) -> list[Cell]:
    return [
        row.group.words,
        row.due_on or row.due_words,
        row.days_left,
        row.name,
        row.clock,
        row.matter_ref,
        row.matter_heading,
        row.owner,
        row.person or row.owed_to,
        row.provision + (" (unverified)" if row.unverified else ""),
    ]
