"""What follows from a review: tasks done or given to somebody else, and consent as it was said."""

from datetime import date

from django.db import transaction

from peelian.investigations import actions as investigations
from peelian.lookback.actions.held import enter, let_see, line_key, locked_case, owner_named
from peelian.lookback.models import Allocation, Case, ConsentSaid, Task
from peelian.terms.acts import Act
from peelian.terms.lookback import Consent, TaskKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer
from peelian.walls import queries as users
from peelian.walls.powers import must_hold

CONTACT = "Local rule (LES-08, LES-31): nobody is contacted about a past matter without their consent"
ASKED = (Consent.GIVEN, Consent.REFUSED, Consent.WITHDRAWN)


@transaction.atomic
def finish_task(
    *, by: Viewer, cohort_ref: str, matter_ref: str, number: int, words: str, on: date, contacted: bool = False
) -> None:
    """Say what was done about a task. By its owner, or whoever leads look-backs.

    `contacted`: of a task of contact, that the person was contacted; it needs their consent on the record. Raises
    NotAllowed without it, NotValid without words or for a task that is done, MustSign, NotFound.
    """
    case, task = _task(by, cohort_ref, matter_ref, number)
    words = sound("words", words, needed="Say what was done, and what came of it.")
    not_ahead(by, on)
    if task.done_on is not None:
        raise NotValid("words", "This task is done already.")
    if task.kind == TaskKind.RECONTACT:
        if contacted and _last_said(case) != Consent.GIVEN:
            raise NotAllowed(Refusal("No consent to be contacted is on the record. Record it first.", CONTACT))
        words = f"{'They were contacted.' if contacted else 'They were not contacted.'} {words}"
    task.done_on, task.done_words = on, words
    task.save(update_fields=["done_on", "done_words"])
    enter(by, case, Act.ALTERED, f"finished task {number}", on=on, texts={"done": words})
    investigations.follow_handed_line(
        by=by,
        matter_id=case.matter_id,
        matter_ref=case.matter_ref,
        came_from=line_key(case, number),
        words=words,
        on=on,
        is_done=True,
    )


@transaction.atomic
def change_task(
    *, by: Viewer, cohort_ref: str, matter_ref: str, number: int, owner_ref: str, due_on: date, reason: str, on: date
) -> None:
    """Give a task to another owner, another day, or both, with a reason. Needs LOOK_BACK.

    Raises NotValid for a day that is gone, somebody who cannot take it, or where nothing changes; NotFound.
    """
    must_hold(by, Permission.LOOK_BACK)
    case, task = _task(by, cohort_ref, matter_ref, number)
    reason = sound("reason", reason, needed="Say why it changes.", most=2000)
    if task.done_on is not None:
        raise NotValid("owner", "This task is done already.")
    owner_id = owner_named(by, case, owner_ref, "owner")
    if due_on < on:
        raise NotValid("due_on", "Give a day, today or later.")
    if (owner_id, due_on) == (task.owner_id, task.due_on):
        raise NotValid("due_on", "Nothing changes: choose another owner or another day.")
    before = {"owner": users.users_by_id([task.owner_id])[task.owner_id].ref, "due": task.due_on.isoformat()}
    task.owner_id, task.due_on = owner_id, due_on
    task.save(update_fields=["owner_id", "due_on"])
    let_see(by, case, owner_id, on=on)
    texts = {"before": before, "after": {"owner": owner_ref, "due": due_on.isoformat()}, "reason": reason}
    enter(by, case, Act.ALTERED, f"changed task {number}", on=on, texts=texts)
    investigations.follow_handed_line(
        by=by,
        matter_id=case.matter_id,
        matter_ref=case.matter_ref,
        came_from=line_key(case, number),
        words=reason,
        on=on,
        owner_id=owner_id,
        due_on=due_on,
    )


@transaction.atomic
def record_consent(
    *, by: Viewer, cohort_ref: str, matter_ref: str, consent: Consent, words: str, said_on: date, on: date
) -> None:
    """Record what the complainant or victim said of being contacted. What they said before stays beside it.

    By whoever leads look-backs, reviews cases or owns a task of this one. Raises NotValid, MustSign, NotFound.
    """
    case, _ = locked_case(by, cohort_ref, matter_ref)
    key = by.user_id or 0
    owns = Task.objects.filter(case=case, owner_id=key).exists()
    if not (owns or Allocation.objects.filter(case=case, user_id=key).exists()):
        must_hold(by, Permission.LOOK_BACK)
    if consent not in ASKED:
        raise NotValid("consent", "Say what they said.")
    not_ahead(by, said_on, field="said_on")
    words = sound("words", words, needed="Say how they said it, and to whom.", most=2000)
    ConsentSaid.objects.create(
        case=case, consent=consent, on=said_on, words=words, recorded_at=by.at, recorded_by=by.actor
    )
    summary = f"recorded consent to be contacted: {consent.words.lower()}"
    enter(by, case, Act.ALTERED, summary, on=on, texts={"words": words})


def _last_said(case: Case) -> str:
    found = ConsentSaid.objects.filter(case=case).order_by("-recorded_at", "-pk").first()
    return found.consent if found else Consent.NOT_ASKED


def _task(by: Viewer, cohort_ref: str, matter_ref: str, number: int) -> tuple[Case, Task]:
    case, _ = locked_case(by, cohort_ref, matter_ref)
    found = Task.objects.filter(case=case, number=number).first()
    if found is None or not (by.may(Permission.LOOK_BACK) or found.owner_id == by.user_id):
        raise NotFound(f"task {number} of {cohort_ref} {matter_ref}")
    return case, found
