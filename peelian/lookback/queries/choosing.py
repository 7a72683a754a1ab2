"""Choosing: what criteria would take in, who could review a case, how cases would be shared out evenly."""

from collections.abc import Sequence

from peelian.lookback.criteria import Criteria
from peelian.lookback.independence import (
    Independence,
    free_positions,
    from_here,
    in_hand,
    independence,
    must_come_afresh,
    reviewers,
    stands_apart,
)
from peelian.lookback.models import Case, Cohort
from peelian.lookback.queries.cohorts import held_cohort
from peelian.lookback.rows import Candidate, EvenShare, Preview
from peelian.lookback.states import CaseState, seen_cases, states_of
from peelian.matters import queries as matters
from peelian.rules.lookback import evenly
from peelian.terms.lookback import Reading
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold
from peelian.walls.rows import UserRow

MOST = 5_000  # cases of one cohort
FIRST = 25
HOLDS_ANOTHER = "Holds another position on this case, or did"


def preview(viewer: Viewer, asked: Criteria) -> Preview:
    """What the criteria would choose today, of what the viewer may see. Needs LOOK_BACK."""
    must_hold(viewer, Permission.LOOK_BACK)
    but = Case.objects.values_list("matter_id", flat=True) if asked.fresh else ()
    chosen = matters.past_matters(viewer, asked.past, but=but, most=MOST + 1)
    lines = matters.lines_by_id(viewer, [one.id for one in chosen[:FIRST]])
    return Preview(
        count=min(len(chosen), MOST),
        first=tuple(lines[one.id] for one in chosen[:FIRST]),
        undated=matters.past_undated(viewer, asked.past),
        too_many=len(chosen) > MOST,
        chosen=chosen[:MOST],
    )


def candidates(viewer: Viewer, cohort_ref: str, matter_ref: str) -> tuple[Candidate, ...]:
    """Everybody who could review a case, those who may first and least laden first. Needs LOOK_BACK.

    Why somebody may not is said where the viewer may know it; what a wall keeps is *not eligible*, whichever it is.
    Raises NotFound, NotAllowed for somebody who worked on the matter.
    """
    held = held_cohort(viewer, cohort_ref)
    found = seen_cases(viewer).filter(cohort=held, matter_ref=matter_ref).first()
    if found is None:
        raise NotFound(f"case {cohort_ref} {matter_ref}")
    state = states_of([found])[0]
    must_come_afresh(viewer, state)
    users = reviewers(viewer.today)
    who = independence(viewer, held, [state], users)
    had = set(found.allocations.values_list("user_id", flat=True))
    load = in_hand(viewer)
    rows = [
        Candidate(
            user, load.get(user.id, 0), HOLDS_ANOTHER if user.id in had else who.why_not.get((state.id, user.id), "")
        )
        for user in users
    ]
    return tuple(sorted(rows, key=lambda one: (bool(one.why_not), one.in_hand, one.user.name, one.user.ref)))


def even_share(viewer: Viewer, cohort_ref: str, user_refs: Sequence[str] = ()) -> EvenShare:
    """How first and second reviews that nobody holds would be shared out evenly. Needs LOOK_BACK.

    `user_refs`: among whom; everybody who may review if none is named. Raises NotFound.
    """
    held = held_cohort(viewer, cohort_ref)
    everybody = reviewers(viewer.today)
    inside = from_here(Reading(held.reading), everybody, viewer.today)
    afresh = [user for user in everybody if user.id != held.leader_id and user.id not in inside]
    users = [user for user in afresh if not user_refs or user.ref in user_refs]
    states = states_of(list(seen_cases(viewer).filter(cohort=held)))
    return share_of(viewer, held, states, users)


def share_of(viewer: Viewer, held: Cohort, states: Sequence[CaseState], users: Sequence[UserRow]) -> EvenShare:
    """The proposal for these cases and people. A case that the viewer worked on is left for somebody else."""
    free = {state.matter_ref: state for state in states if free_positions(state)}
    apart = stands_apart(viewer, [state.matter_id for state in free.values()])
    who = independence(viewer, held, tuple(free.values()), users)
    able = {ref: _able(who, state, users) if state.matter_id not in apart else [] for ref, state in free.items()}
    wanted = {ref: len(free_positions(state)) for ref, state in free.items()}
    load = in_hand(viewer)
    proposal = evenly(wanted, able, {user.ref: load.get(user.id, 0) for user in users})
    taken = [ref for given in proposal.given.values() for ref in given]
    return EvenShare(
        shares=tuple((user, taken.count(user.ref), load.get(user.id, 0)) for user in users),
        wanted=sum(wanted.values()),
        short=proposal.short,
        given=proposal.given,
    )


def _able(who: Independence, state: CaseState, users: Sequence[UserRow]) -> list[str]:
    return [user.ref for user in users if who.may(state, user)]
