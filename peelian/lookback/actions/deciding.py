"""The panel: who sits on it, what they say of each case, what a case comes to; and the sign-off of a cohort."""

from datetime import date, timedelta

from django.db import transaction

from peelian.intake.actions import receive_finding
from peelian.lookback.actions.held import enter, enter_cohort, followers, locked_case, make_tasks, owner_among
from peelian.lookback.actions.reviewing import give_panel_places
from peelian.lookback.independence import (
    LAW,
    from_here,
    must_come_afresh,
    must_come_from_outside,
    panel_readers,
    panellists,
)
from peelian.lookback.models import Case, Decision, Note, Seat, SignOff
from peelian.lookback.queries.cohorts import board, held_cohort
from peelian.lookback.states import CaseState, seen_cases, states_of
from peelian.matters.queries.past import kept_from
from peelian.rules.lookback import CHECK, OUTSIDE, must_be_from_outside, panel_agrees, proposed
from peelian.terms.acts import Act
from peelian.terms.lookback import Reading, ReviewCategory, Stage, TaskKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer, system
from peelian.walls import queries as users
from peelian.walls.powers import must_hold

RISK = "Manage the risk that the review of this past matter found. The reasons are on the page of the case."


@transaction.atomic
def give_seat(*, by: Viewer, cohort_ref: str, user_ref: str, on: date) -> None:
    """Give somebody a seat on the panel of a cohort. Needs LOOK_BACK; they hold REVIEW_PAST or SIT.

    They may read each case of which they wrote no review, once it comes before the panel and they have signed. Raises
    NotAllowed for whoever chose the cohort, or for somebody of this force in a look-back at how it dealt with
    something (LES-33); NotValid, NotFound.
    """
    must_hold(by, Permission.LOOK_BACK)
    held = held_cohort(by, cohort_ref)
    user = next((one for one in panellists(by.today, Reading.CONDUCT) if one.ref == user_ref), None)
    if user is None:
        raise NotValid("user", "Choose somebody who may review past matters or sit on a panel.")
    if from_here(Reading(held.reading), [user], by.today):
        raise NotAllowed(Refusal(f"{user.name} cannot sit on this panel: comes from this force.", OUTSIDE))
    if user.id == held.leader_id:
        raise NotAllowed(Refusal(f"{user.name} chose the cohort, so does not sit on its panel.", LAW))
    if Seat.objects.filter(cohort=held, user_id=user.id, to_on__isnull=True).exists():
        raise NotValid("user", f"{user.name} sits on this panel already.")
    Seat.objects.create(cohort=held, user_id=user.id, from_on=on, given_by=by.actor)
    enter_cohort(by, held, Act.GRANTED, f"gave {user.ref} a seat on the panel", on=on)
    cases = list(seen_cases(by).filter(cohort=held, decision__isnull=True))
    waiting = [state for state in states_of(cases) if state.stage is Stage.WITH_PANEL]
    give_panel_places(by, held, waiting, [user], on=on)


@transaction.atomic
def take_seat(*, by: Viewer, cohort_ref: str, user_ref: str, reason: str, on: date) -> None:
    """End somebody's seat on a panel; what they wrote stays. Needs LOOK_BACK. Raises NotFound, NotValid."""
    must_hold(by, Permission.LOOK_BACK)
    held = held_cohort(by, cohort_ref)
    reason = sound("reason", reason, needed="Say why they leave the panel.", most=2000)
    user = users.user_by_ref(user_ref)
    if not Seat.objects.filter(cohort=held, user_id=user.id, to_on__isnull=True).update(to_on=on):
        raise NotFound("no such seat")
    enter_cohort(by, held, Act.WITHDRAWN, f"ended the seat of {user.ref} on the panel", on=on, reason=reason)


@transaction.atomic
def note(*, by: Viewer, cohort_ref: str, matter_ref: str, agrees: bool, words: str, on: date) -> None:
    """Say for the panel that one agrees with what is proposed, or send the case back to a third reviewer. LES-31.

    Once two agree the case is decided: a new assessment opens an intake item with an owner, risk management a task
    with an owner and a day. Needs REVIEW_PAST or SIT, and a seat. Raises MustSign, NotFound, NotAllowed, NotValid.
    """
    must_hold(by, Permission.REVIEW_PAST, Permission.SIT)
    case, state = locked_case(by, cohort_ref, matter_ref)
    must_come_afresh(by, state)
    must_come_from_outside(by, case.cohort)
    if by.user_id not in {user.id for user in panel_readers(by, state)}:
        raise NotFound(f"case {cohort_ref} {matter_ref}")
    if state.stage is not Stage.WITH_PANEL:
        raise NotAllowed(Refusal("This case is not before the panel.", LAW))
    if by.user_id in state.noted:
        raise NotAllowed(Refusal("You wrote of this case already. What you wrote stays.", LAW))
    not_ahead(by, on)
    words = sound("words", words, needed="Write your note." if agrees else "Give the reasons for which it goes back.")
    Note.objects.create(
        case=case, round=state.facts.round, user_id=by.user_id, agrees=agrees, words=words, on=on, at=by.at
    )
    summary = "agreed with it for the panel" if agrees else "sent it back to a third reviewer"
    enter(by, case, Act.ALTERED, summary, on=on, texts={"note": words})
    now = states_of([case])[0]
    if now.stage is Stage.WITH_PANEL and panel_agrees(now.facts):
        _decide(by, case, now, on)


def _decide(by: Viewer, case: Case, state: CaseState, on: date) -> None:
    category = proposed(state.facts)
    if category is None:
        raise NotValid("case", "Nothing is proposed for this case.")
    intake_ref = _open_assessment(by, case, on) if category is ReviewCategory.NEW_ASSESSMENT else ""
    Decision.objects.create(case=case, category=category, decided_on=on, decided_at=by.at, intake_ref=intake_ref)
    enter(by, case, Act.ALTERED, "decided, as two of the panel agreed", on=on, decision=category.value)
    if category is ReviewCategory.RISK_MANAGEMENT:
        owner_id = owner_among(by, case, followers(case.cohort, by.today))
        due_on = on + timedelta(days=case.cohort.follow_up_days)
        make_tasks(by, case, [(TaskKind.RISK, RISK, owner_id, due_on)], on=on)


def _open_assessment(by: Viewer, case: Case, on: date) -> str:
    """Hand the case to intake, to be assessed afresh; whoever is kept out of the matter is kept out of the item."""
    everywhere = system("look-back", at=by.at, because=f"a panel agreed in look-back {case.cohort.ref}")
    kept = kept_from(everywhere, case.matter_id)
    outside = must_be_from_outside(Reading(case.cohort.reading))
    return receive_finding(
        by=everywhere,
        heading="A past matter to be assessed afresh",
        words=f"The look-back {case.cohort.ref} ({case.cohort.title}) read matter {case.matter_ref} again. Its reviews"
        " and its panel came to a new assessment. What they said is on the page of the case."
        + (
            f" It is about how this force dealt with it. {OUTSIDE}. Ask one of them for an assessor." if outside else ""
        ),
        received_on=on,
        about_key=case.matter_ref,
        never_show_to=kept.people,
        owner_id=owner_among(by, case, followers(case.cohort, by.today)),
        sensitive_reason=kept.sensitive_reason,
    )


@transaction.atomic
def sign_off(*, by: Viewer, cohort_ref: str, words: str, on: date) -> int:
    """Sign, as a second and independent person, that every case one may see has a result; returns how many. LES-31.

    Needs COUNTERSIGN and LOOK_BACK. Raises NotAllowed for whoever chose the cohort, while a case is not decided, and
    where the sum does not reconcile; NotFound, NotValid.
    """
    must_hold(by, Permission.COUNTERSIGN)
    held = held_cohort(by, cohort_ref)
    if by.user_id is None or by.user_id == held.leader_id:
        raise NotAllowed(Refusal("Whoever chose the cohort cannot sign it off.", LAW))
    words = sound("words", words, needed="Say what you looked at.", most=2000)
    found = board(by, cohort_ref).figures.partition
    if not found.reconciles:
        raise NotAllowed(Refusal(f"{CHECK}, fails: {found.words}.", LAW))
    if found.undecided or not found.total:
        raise NotAllowed(Refusal(f"{found.undecided:,} of {found.total:,} cases have no result yet.", LAW))
    SignOff.objects.create(cohort=held, user_id=by.user_id, cases=found.total, words=words, on=on, at=by.at)
    enter_cohort(by, held, Act.ALTERED, f"signed off: {found.words}", on=on, reason=words)
    return found.total
