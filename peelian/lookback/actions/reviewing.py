"""Reviewing a case: the signature, the draft, the review that is locked, and what its locking sets going."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from peelian.lookback.actions.allocating import end
from peelian.lookback.actions.held import MATTER, enter, locked_case, make_tasks, owner_named
from peelian.lookback.independence import LAW, independence, must_come_afresh, must_come_from_outside
from peelian.lookback.models import Allocation, Case, Cohort, ConsentSaid, Draft, Enquiry, Review, Seat, Task
from peelian.lookback.queries.cases import may_write
from peelian.lookback.rows import ReviewDraft, Said
from peelian.lookback.states import CaseState, open_cases, states_of
from peelian.matters import actions as matters
from peelian.terms.acts import Act
from peelian.terms.lookback import Consent, Position, Recontact, Stage, TaskKind
from peelian.terms.matters import Capacity
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer
from peelian.walls.actions.many_places import give_places
from peelian.walls.powers import must_hold
from peelian.walls.queries import users_by_id
from peelian.walls.rows import UserRow

MOST_ENQUIRIES = 20
READS = "reads a case of a look-back for its panel"
Planned = tuple[TaskKind, str, int, date]


@transaction.atomic
def sign(*, by: Viewer, cohort_ref: str, matter_ref: str, on: date) -> None:
    """Sign that one has no conflict of interest, before opening a case. Raises NotFound with nothing to sign."""
    case = _to_sign(by, cohort_ref, matter_ref)
    matters.sign(by=by, matter_ref=matter_ref, on=on)
    enter(by, case, Act.ALTERED, "signed before opening the case", on=on)


@transaction.atomic
def declare_conflict(*, by: Viewer, cohort_ref: str, matter_ref: str, reason: str, on: date) -> None:
    """Declare a conflict: the matter is closed to one for good, and one's position on the case goes back.

    A review that one has locked stays. Raises NotFound, NotValid without a reason.
    """
    case = _to_sign(by, cohort_ref, matter_ref)
    state = states_of([case])[0]
    matters.declare_conflict(by=by, matter_ref=matter_ref, reason=reason, on=on)
    for position, one in state.held.items():
        if one.user_id == by.user_id and not state.locked(position):
            end(by, case, one.allocation_id, reason="Declared a conflict of interest.", on=on)


@transaction.atomic
def save_draft(*, by: Viewer, cohort_ref: str, matter_ref: str, said_so_far: Said) -> None:
    """Keep what the form of one's own review holds so far. Nobody else reads it. Needs REVIEW_PAST.

    Raises MustSign, NotFound, NotAllowed for whoever has no review to write.
    """
    case, _, mine = _mine(by, cohort_ref, matter_ref)
    Draft.objects.update_or_create(allocation=mine, defaults={"said": said_so_far, "saved_at": by.at})
    enter(by, case, Act.ALTERED, f"saved a draft of the review of the {_words(mine)}", on=by.today)


@transaction.atomic
def lock_review(*, by: Viewer, cohort_ref: str, matter_ref: str, draft: ReviewDraft, on: date) -> None:
    """Lock one's review of a case; from then on it stays as it is. Needs REVIEW_PAST. LES-31.

    Of the first two, neither is open to anybody but its author until both are locked; then their lines of enquiry
    become tasks, and the case goes to the panel, or to a third reviewer where they differ. Raises MustSign, NotFound;
    NotAllowed for whoever has no review to write; NotValid (category, reasons, enquiries, recontact_…, consent…, on).
    """
    case, state, mine = _mine(by, cohort_ref, matter_ref)
    not_ahead(by, on)
    reasons = sound("reasons", draft.reasons, needed="Give your reasons.")
    how, contact_owner = _contact(by, case, draft, on)
    enquiries = _enquiries(by, case, draft, on)
    position = Position(mine.position)
    review = Review.objects.create(
        case=case,
        position=position,
        round=state.facts.round + 1 if position is Position.THIRD else 0,
        user_id=mine.user_id,
        category=draft.category,
        reasons=reasons,
        recontact=draft.recontact,
        recontact_how=how,
        recontact_owner_id=contact_owner,
        recontact_due_on=draft.recontact_due_on if contact_owner else None,
        consent=draft.consent,
        consent_on=draft.consent_on,
        locked_on=on,
        locked_at=by.at,
    )
    Enquiry.objects.bulk_create(
        Enquiry(review=review, number=number, words=words, owner_id=owner_id, due_on=due_on)
        for number, (words, owner_id, due_on) in enumerate(enquiries, start=1)
    )
    Draft.objects.filter(allocation=mine).delete()
    texts = {"category": draft.category.value, "reasons": reasons, "enquiries": [words for words, _, _ in enquiries]}
    enter(by, case, Act.ALTERED, f"locked the review of the {_words(mine)}", on=on, texts=texts)
    _settle(by, case, review, on)


def _settle(by: Viewer, case: Case, review: Review, on: date) -> None:
    """What the lock sets going: tasks and consent of reviews now open to each other, and the panel's places."""
    state = states_of([case])[0]
    if not state.facts.both_locked:
        return
    is_third = review.position == Position.THIRD
    opened = [review] if is_third else list(Review.objects.filter(case=case, round=0).order_by("position"))
    for one in opened:
        if one.consent != Consent.NOT_ASKED:
            ConsentSaid.objects.create(
                case=case,
                consent=one.consent,
                on=one.consent_on or one.locked_on,
                words="As said in a review.",
                recorded_at=by.at,
                recorded_by=f"user:{users_by_id([one.user_id])[one.user_id].ref}",
            )
    make_tasks(by, case, [*_enquiry_tasks(opened), *_contact_tasks(case, opened)], on=on)
    if state.stage is Stage.WITH_PANEL:
        seats = Seat.objects.filter(cohort=case.cohort, to_on__isnull=True).values_list("user_id", flat=True)
        members = [user for user in users_by_id(seats).values() if user.is_active]
        give_panel_places(by, case.cohort, [state], members, on=on)


def give_panel_places(
    by: Viewer, cohort: Cohort, states: Sequence[CaseState], members: Sequence[UserRow], *, on: date
) -> None:
    """Let those of the panel who come afresh read cases, once each has signed. Part of the caller's act."""
    who = independence(by, cohort, states, members)
    afresh = [(state, user) for state in states for user in members if who.may(state, user)]
    give_places(
        by=by,
        kind=MATTER,
        given=[(state.matter_id, state.matter_ref, user.id) for state, user in afresh],
        capacity=Capacity.REVIEWER,
        on=on,
        because=READS,
    )


def _enquiry_tasks(reviews: Sequence[Review]) -> list[Planned]:
    rows = Enquiry.objects.filter(review__in=reviews).order_by("review__position", "number")
    return [(TaskKind.ENQUIRY, row.words, row.owner_id, row.due_on) for row in rows]


def _contact_tasks(case: Case, reviews: Sequence[Review]) -> list[Planned]:
    """At most one task of contact is open on a case: nobody is to be contacted twice because two people wrote so."""
    planned = [one for one in reviews if one.recontact == Recontact.PLANNED]
    if not planned or Task.objects.filter(case=case, kind=TaskKind.RECONTACT, done_on__isnull=True).exists():
        return []
    first = min(planned, key=lambda one: (one.recontact_due_on or date.max, one.position))
    words = "\n\n".join(f"{Position(one.position).words}: {one.recontact_how}" for one in planned)
    if first.recontact_owner_id is None or first.recontact_due_on is None:
        raise NotFound("a planned contact without an owner")
    return [(TaskKind.RECONTACT, words, first.recontact_owner_id, first.recontact_due_on)]


def _contact(by: Viewer, case: Case, draft: ReviewDraft, on: date) -> tuple[str, int | None]:
    """How contact is planned and who makes it. Consent that was refused or withdrawn is a reason to plan none."""
    if draft.consent is Consent.NOT_ASKED and draft.consent_on is not None:
        raise NotValid("consent", "Say what they said on that day, or leave the day out.")
    if draft.consent is not Consent.NOT_ASKED:
        if draft.consent_on is None:
            raise NotValid("consent_on", "Say on which day they said so.")
        not_ahead(by, draft.consent_on, field="consent_on")
    if draft.recontact is not Recontact.PLANNED:
        return sound("recontact_how", draft.recontact_how), None
    if draft.consent in (Consent.REFUSED, Consent.WITHDRAWN):
        raise NotValid(
            "recontact", "They do not want to be contacted. Plan none, and say in your reasons what follows."
        )
    how = sound("recontact_how", draft.recontact_how, needed="Say how they are contacted safely, and about what.")
    if draft.recontact_due_on is None or draft.recontact_due_on < on:
        raise NotValid("recontact_due_on", "Give a day, today or later, by which they are contacted.")
    return how, owner_named(by, case, draft.recontact_owner_ref, "recontact_owner")


def _enquiries(by: Viewer, case: Case, draft: ReviewDraft, on: date) -> list[tuple[str, int, date]]:
    if len(draft.enquiries) > MOST_ENQUIRIES:
        raise NotValid("enquiries", f"Use at most {MOST_ENQUIRIES} lines of enquiry.")
    found = []
    for number, one in enumerate(draft.enquiries, start=1):
        words = sound("enquiries", one.words, needed=f"Say what line of enquiry {number} is.")
        if one.due_on is None or one.due_on < on:
            raise NotValid("enquiries", f"Give line of enquiry {number} a day, today or later.")
        found.append((words, owner_named(by, case, one.owner_ref, "enquiries"), one.due_on))
    return found


def _mine(by: Viewer, cohort_ref: str, matter_ref: str) -> tuple[Case, CaseState, Allocation]:
    must_hold(by, Permission.REVIEW_PAST)
    case, state = locked_case(by, cohort_ref, matter_ref)
    must_come_afresh(by, state)
    must_come_from_outside(by, case.cohort)
    mine = next((place for place, one in state.held.items() if one.user_id == by.user_id), None)
    if mine is None:
        raise NotFound(f"review of {cohort_ref} {matter_ref}")
    if not may_write(state, mine):
        raise NotAllowed(Refusal("Your review of this case is locked, and stays as it is.", LAW))
    return case, state, Allocation.objects.get(pk=state.held[mine].allocation_id)


def _to_sign(by: Viewer, cohort_ref: str, matter_ref: str) -> Case:
    wanted = open_cases(by).filter(cohort__ref=cohort_ref, matter_ref=matter_ref).select_related("cohort").first()
    if wanted is None:
        raise NotFound(f"case {cohort_ref} {matter_ref}")
    return wanted


def _words(mine: Allocation) -> str:
    return Position(mine.position).words.lower()
