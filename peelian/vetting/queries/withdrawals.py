"""Withdrawals of clearance: one, whole, with what can come next; and those that are open."""

from typing import Any

from django.db.models import Q

from peelian.clocks.law import law
from peelian.people import queries as people
from peelian.rules import vetting as rules
from peelian.rules.disclosure import ground
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound, Refusal
from peelian.terms.viewer import Viewer
from peelian.vetting import facts
from peelian.vetting.independence import Places, deciders, places, why_not
from peelian.vetting.kept_rows import NextRow, StepRow, WindowRow, WithdrawalRow
from peelian.vetting.models import WithdrawalStep
from peelian.walls.powers import LAW, must_hold
from peelian.walls.queries import actor_names

WINDOWS = (("VET-03", "notice", "reply"), ("VET-04", "supplied", "appeal"))
MOST = 100


def withdrawal(viewer: Viewer, withdrawal_ref: str) -> WithdrawalRow:
    """One withdrawal. Needs READ_VETTING. Raises NotFound, also behind the wall of what raised it."""
    must_hold(viewer, Permission.READ_VETTING)
    held = (
        facts.withdrawals(viewer)
        .select_related("clearance__decision", "application")
        .filter(ref=withdrawal_ref)
        .first()
    )
    if held is None:
        raise NotFound(f"withdrawal {withdrawal_ref}")
    return _rows(viewer, [held])[0]


def withdrawals(viewer: Viewer) -> tuple[WithdrawalRow, ...]:
    """The latest 100 withdrawals, the latest first, ended ones too. Needs READ_VETTING."""
    must_hold(viewer, Permission.READ_VETTING)
    found = facts.withdrawals(viewer).select_related("clearance__decision", "application").order_by("-on", "ref")
    return _rows(viewer, list(found[:MOST]))


def withdrawals_of(viewer: Viewer, application_ref: str) -> tuple[WithdrawalRow, ...]:
    """Withdrawals that an application led to, or of the clearance it granted, the oldest first. Needs READ_VETTING.

    Raises NotFound, also behind a wall.
    """
    must_hold(viewer, Permission.READ_VETTING)
    held = facts.held(viewer, application_ref)
    of_it = Q(application=held) | Q(clearance__decision__recommendation__application=held)
    found = (
        facts.withdrawals(viewer)
        .filter(of_it)
        .select_related("clearance__decision", "application")
        .order_by("on", "ref")
    )
    return _rows(viewer, list(found))


def _rows(viewer: Viewer, listed: list[Any]) -> tuple[WithdrawalRow, ...]:
    steps: dict[int, list[WithdrawalStep]] = {}
    for one in WithdrawalStep.objects.filter(withdrawal__in=listed).order_by("recorded_at", "pk"):
        steps.setdefault(one.withdrawal_id, []).append(one)
    names = actor_names({one.recorded_by for found in steps.values() for one in found})
    lines = people.lines(viewer, [one.clearance.person_id for one in listed])
    taken = {
        key: tuple(rules.StepTaken(one.key, one.on, one.recorded_by) for one in done) for key, done in steps.items()
    }
    before = deciders(law().table("vetting_withdrawal"), (one for found in taken.values() for one in found))
    known = places(viewer, before)
    return tuple(
        _row(viewer, one, steps[one.pk], taken[one.pk], lines[one.clearance.person_id], names, known) for one in listed
    )


def _row(
    viewer: Viewer,
    held: Any,
    done: list[Any],
    taken: tuple[rules.StepTaken, ...],
    person: Any,
    names: dict[str, str],
    known: Places,
) -> WithdrawalRow:
    rows = {row.key: row for row in law().table("vetting_withdrawal")}
    ended = any(rows[one.key].get("ends") for one in taken)
    nexts = []
    for row in () if ended else rows.values():
        refusal = rules.may_take(law(), row, taken, person.kind, viewer.actor, viewer.today)
        refusal = refusal or why_not(viewer, row, held.clearance, taken, known, viewer.today)
        if refusal is None and not viewer.may(Permission(row["needs"])):
            refusal = Refusal(f"Your role does not let you {Permission(row['needs']).words}.", LAW)
        if refusal is None or _is_near(row, taken):
            nexts.append(NextRow(row, refusal))
    return WithdrawalRow(
        ref=held.ref,
        person=person,
        clearance_ref=held.clearance.ref,
        level=held.clearance.level,
        application_ref=held.application.ref if held.application else "",
        on=held.on,
        steps=tuple(_step(rows[one.key], one, names) for one in done),
        windows=_windows(viewer, taken),
        warnings=rules.warnings(law(), person.kind, _decided_on(taken)),
        nexts=tuple(nexts),
        has_ended=ended,
    )


def _step(row: Any, one: Any, names: dict[str, str]) -> StepRow:
    kept = tuple(ground(law(), key, one.on) for key in one.grounds)
    return StepRow(row, one.on, names[one.recorded_by], one.words, one.withheld, kept)


def _decided_on(taken: tuple[rules.StepTaken, ...]) -> Any:
    """The day that settles which law governs: of the decision to withdraw, else of the information."""
    return next((one.on for one in taken if one.key == "withdrawn"), taken[0].on)


def _is_near(row: Any, taken: tuple[rules.StepTaken, ...]) -> bool:
    """Whether an act comes right after what was done, so that the page says why it must wait."""
    keys = {one.key for one in taken}
    return row.key not in keys and bool(keys & set(row.get("after", ()))) and not keys & set(row.get("unless", ()))


def _windows(viewer: Viewer, taken: tuple[rules.StepTaken, ...]) -> tuple[WindowRow, ...]:
    found = []
    keys = {one.key for one in taken}
    for clock, starts, meets in WINDOWS:
        for one in taken:
            if one.key == starts:
                answer = rules.window_ends(law(), clock, one.on)
                over = meets in keys or (answer.value is not None and answer.value < viewer.today)
                what = "Reply to the notice" if meets == "reply" else "Internal appeal"
                found.append(WindowRow(clock, what, answer.value, over, answer.because, answer.law, answer.unverified))
    return tuple(found)
