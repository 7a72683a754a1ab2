"""Giving cases to reviewers, one by one or evenly, and taking one back."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date

from django.db import transaction

from peelian.lookback.actions.held import MATTER, enter, enter_cohort, locked_case
from peelian.lookback.independence import LAW, free_positions, independence, must_come_afresh, reviewers
from peelian.lookback.models import Allocation, Case, Draft
from peelian.lookback.queries.choosing import share_of
from peelian.lookback.queries.cohorts import held_cohort
from peelian.lookback.rows import EvenShare
from peelian.lookback.states import CaseState, seen_cases, states_of
from peelian.terms.acts import Act
from peelian.terms.lookback import Position, Stage
from peelian.terms.matters import Capacity
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.typed import sound
from peelian.terms.viewer import Viewer
from peelian.walls import actions as walls
from peelian.walls import queries as users
from peelian.walls.actions.many_places import give_places
from peelian.walls.powers import must_hold

BATCH = 500
BECAUSE = "reviews a past matter for a look-back"


@transaction.atomic
def allocate(*, by: Viewer, cohort_ref: str, matter_ref: str, position: Position, user_ref: str, on: date) -> None:
    """Give a position on a case to a reviewer, who signs that they have no conflict before opening it.

    Needs LOOK_BACK. A third reviewer is given once the first two differ or the panel sent the case back. Raises
    NotAllowed for somebody who does not come afresh, or of this force in a look-back at how it dealt with something
    (LES-33); NotValid for a position that is held or not wanted, NotFound.
    """
    must_hold(by, Permission.LOOK_BACK)
    case, state = locked_case(by, cohort_ref, matter_ref)
    must_come_afresh(by, state)
    _must_be_wanted(state, position)
    user = next((one for one in reviewers(by.today) if one.ref == user_ref), None)
    if user is None:
        raise NotValid("user", "Choose somebody who may review past matters.")
    if Allocation.objects.filter(case=case, user_id=user.id).exists():
        raise NotAllowed(Refusal(f"{user.name} holds another position on this case, or did.", LAW))
    if refusal := independence(by, case.cohort, [state], [user]).refusal(state, user, "cannot review this case"):
        raise NotAllowed(refusal)
    _give(by, [(case, position, user.id)], on)
    enter(by, case, Act.ALTERED, f"gave the position of {position.words.lower()} to {user.ref}", on=on)


@transaction.atomic
def allocate_evenly(*, by: Viewer, cohort_ref: str, user_refs: Sequence[str], on: date) -> EvenShare:
    """Share out first and second reviews that nobody holds, so that loads stay even; says what was given.

    Needs LOOK_BACK. `user_refs`: among whom. Cases for which too few of them come afresh are left short and named.
    Raises NotValid without anybody, or where nothing is left to give; NotFound.
    """
    must_hold(by, Permission.LOOK_BACK)
    held = held_cohort(by, cohort_ref)
    among = [user for user in reviewers(by.today) if user.ref in set(user_refs)]
    if len(among) < 2:
        raise NotValid("users", "Name at least two people: each case needs two reviewers.")
    cases = list(Case.objects.select_for_update(of=("self",)).filter(pk__in=seen_cases(by).filter(cohort=held)))
    states = states_of(cases)
    share = share_of(by, held, states, among)
    if not share.filled:
        raise NotValid("users", "There is no first or second review that these people may take.")
    by_ref = {case.matter_ref: (case, state) for case, state in zip(cases, states, strict=True)}
    keys = {user.ref: user.id for user in among}
    given = [
        (by_ref[ref][0], position, keys[user_ref])
        for ref, chosen in share.given.items()
        for position, user_ref in zip(free_positions(by_ref[ref][1]), chosen, strict=False)
    ]
    _give(by, given, on)
    summary = f"gave {len(given):,} reviews of the cohort to {len(among)} reviewers evenly"
    enter_cohort(by, held, Act.ALTERED, summary, on=on)
    return share


@transaction.atomic
def replace(*, by: Viewer, cohort_ref: str, matter_ref: str, position: Position, reason: str, on: date) -> None:
    """Take a position back from a reviewer who has not written, so that somebody else can do it. Needs LOOK_BACK.

    Raises NotValid without a reason or for a review that is locked, NotFound where nobody holds it.
    """
    must_hold(by, Permission.LOOK_BACK)
    case, state = locked_case(by, cohort_ref, matter_ref)
    must_come_afresh(by, state)
    reason = sound("reason", reason, needed="Say why somebody else must do it.", most=2000)
    if position not in state.held:
        raise NotFound("nobody holds this position")
    if state.locked(position):
        raise NotValid("position", "This review is locked, and stays.")
    end(by, case, state.held[position].allocation_id, reason=reason, on=on)


def end(by: Viewer, case: Case, allocation_id: int, *, reason: str, on: date) -> None:
    """End an allocation, its draft and the place that it gave, if that stands. Part of the caller's act."""
    row = Allocation.objects.get(pk=allocation_id)
    Draft.objects.filter(allocation=row).delete()
    row.ended_on, row.ended_reason = on, reason
    row.save(update_fields=["ended_on", "ended_reason"])
    user = users.users_by_id([row.user_id])[row.user_id]
    with suppress(NotFound):  # they declared a conflict, or somebody ended the place on the matter itself
        walls.end_place(
            by=by,
            kind=MATTER,
            record_id=case.matter_id,
            record_ref=case.matter_ref,
            user_id=row.user_id,
            capacity=Capacity.REVIEWER,
            on=on,
            reason=reason,
            because=BECAUSE,
        )
    words = Position(row.position).words.lower()
    enter(by, case, Act.WITHDRAWN, f"took the position of {words} from {user.ref}", on=on, texts={"reason": reason})


def _must_be_wanted(state: CaseState, position: Position) -> None:
    if position in state.held:
        raise NotValid("position", "Somebody holds this position. Take it back from them first.")
    if position is Position.THIRD:
        if state.stage is not Stage.TO_THIRD:
            raise NotValid(
                "position", "A third reviewer is wanted once the first two differ or the panel sent it back."
            )
    elif position not in free_positions(state):
        raise NotValid("position", "This review is locked already.")


def _give(by: Viewer, given: Iterable[tuple[Case, Position, int]], on: date) -> None:
    rows = list(given)
    Allocation.objects.bulk_create(
        [
            Allocation(case=case, position=position, user_id=user_id, given_on=on, given_by=by.actor)
            for case, position, user_id in rows
        ],
        batch_size=BATCH,
    )
    give_places(
        by=by,
        kind=MATTER,
        given=[(case.matter_id, case.matter_ref, user_id) for case, _, user_id in rows],
        capacity=Capacity.REVIEWER,
        on=on,
        because=BECAUSE,
    )
