"""Giving a test case to several people, answering it blind, resolving where they differ."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction

from peelian.calibration.held import knows, waiting_for
from peelian.calibration.models import Answer, Asked, Difference, Resolution, Round
from peelian.clocks.law import law
from peelian.journal import actions as journal
from peelian.rules.calibration import Guidance, differ, guidance
from peelian.terms.acts import Act, RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold
from peelian.walls.queries import users_holding

LAW = "Local rule (LES-22): the same test case is assessed by several people, and where they differ it is discussed"
FEWEST = 2


@transaction.atomic
def open_round(*, by: Viewer, case: str, user_refs: Iterable[str], on: date) -> str:
    """Give a test case to at least two people who assess severity; returns the reference of the round.

    Needs COUNTERSIGN. Whoever opens it answers for it and gives no answer. Nobody is asked who knows what the guidance
    says of the case from an earlier round. LES-22. Raises NotFound for no such case; NotValid (user_refs, on).
    """
    must_hold(by, Permission.COUNTERSIGN)
    held = guidance(law())
    if case not in held.cases:
        raise NotFound(f"test case {case}")
    not_ahead(by, on)
    able = {user.ref: user for user in users_holding(Permission.ASSESS_CONDUCT, by.today)}
    chosen = [able[ref] for ref in dict.fromkeys(user_refs) if ref in able]
    if len(chosen) < FEWEST:
        raise NotValid("user_refs", "Choose at least two people who assess severity.")
    if any(user.id == by.user_id for user in chosen):
        raise NotValid("user_refs", "You answer for this round, so you cannot answer the test case too.")
    knowing = knows(case)
    if told := [user.name for user in chosen if user.id in knowing]:
        raise NotValid("user_refs", f"{', '.join(told)}: has seen what the guidance says of this case.")
    what = held.cases[case]
    made = Round.objects.create(
        ref=new_reference("PX"),
        case=case,
        title=what.title,
        facts=what.facts,
        standards=list(what.standards),
        says=what.says,
        reasons=list(what.reasons),
        because=what.because,
        owner_id=by.user_id or 0,
        due_on=on + timedelta(days=held.within_days),
        on=on,
        recorded_at=by.at,
        recorded_by=by.actor,
    )
    Asked.objects.bulk_create([Asked(round=made, user_id=user.id) for user in chosen])
    _enter(by, made.ref, Act.COLLECTED, f"gave a test case to {len(chosen)} people, due {made.due_on.isoformat()}", on)
    return str(made.ref)


@transaction.atomic
def answer(
    *,
    by: Viewer,
    round_ref: str,
    option: str,
    standards: Iterable[str],
    codes: Iterable[str],
    reasons: str,
    on: date,
) -> bool:
    """Lock one's answer, before anybody else's is shown; returns whether the answers so far differ.

    `standards`: codes of the Standards engaged; `codes`: reason codes. The first answer that differs opens the
    difference, which its owner discusses within the days of the table. Needs ASSESS_CONDUCT. Raises NotFound for a
    round that one was not asked in; NotAllowed once it is locked or resolved; NotValid.
    """
    must_hold(by, Permission.ASSESS_CONDUCT)
    asked, held = waiting_for(by, round_ref), guidance(law())
    Round.objects.select_for_update().get(pk=asked.round_id)  # two who answer at once make one difference
    if option not in held.outcomes:
        raise NotValid("option", "Choose one of the outcomes.")
    given = _known(standards, held.standards, "standards", "Choose Standards from the list.")
    chosen = _known(codes, held.reasons, "codes", "Choose at least one reason code.")
    if not chosen:
        raise NotValid("codes", "Choose at least one reason code.")
    words = sound("reasons", reasons, needed="Give the reasons for this answer.")
    if not asked.round.on <= on <= by.today:
        raise NotValid("on", "Give a day from the one on which you were asked to today.")
    said = {"option": option, "standards": given, "codes": chosen, "reasons": words}
    Answer.objects.create(asked=asked, **said, on=on, recorded_at=by.at)
    _enter(by, round_ref, Act.ALTERED, "locked an answer to a test case", on)
    answers = Answer.objects.filter(asked__round_id=asked.round_id).values_list("option", flat=True)
    apart = differ(answers)
    if apart and not Difference.objects.filter(round_id=asked.round_id).exists():
        _goes_to_calibration(by, asked.round, held, on)
    return apart


@transaction.atomic
def resolve(*, by: Viewer, round_ref: str, option: str, reasons: str, follows: str, on: date) -> None:
    """Say what a difference was resolved to once it was discussed, with reasons, and what follows in the guidance.

    By whoever owns the round. No answer is taken after it. Raises NotFound; NotAllowed where it is resolved already;
    NotValid (option, reasons, on).
    """
    must_hold(by, Permission.COUNTERSIGN)
    found = Difference.objects.select_related("round").filter(round__ref=round_ref, owner_id=by.user_id or 0).first()
    if found is None:
        raise NotFound(f"difference {round_ref}")
    if Resolution.objects.filter(difference=found).exists():
        raise NotAllowed(Refusal("This was resolved already. What was said stays.", LAW))
    if option not in guidance(law()).outcomes:
        raise NotValid("option", "Choose one of the outcomes.")
    words = sound("reasons", reasons, needed="Say what was discussed and why it comes to this.")
    if not found.on <= on <= by.today:
        raise NotValid("on", "Give a day from that of the difference to today.")
    Resolution.objects.create(
        difference=found,
        option=option,
        reasons=words,
        follows=sound("follows", follows),
        on=on,
        recorded_at=by.at,
        recorded_by=by.actor,
    )
    _enter(by, round_ref, Act.ALTERED, "resolved where the answers to a test case differ", on)


def _goes_to_calibration(by: Viewer, made: Round, held: Guidance, on: date) -> None:
    due_on = on + timedelta(days=held.discuss_days)
    Difference.objects.create(round=made, owner_id=made.owner_id, due_on=due_on, on=on, recorded_at=by.at)
    _enter(by, made.ref, Act.COLLECTED, f"answers differ: to be discussed by {due_on.isoformat()}", on)


def _known(given: Iterable[str], held: Iterable[str], field: str, why: str) -> list[str]:
    """The keys given, in the order of the table. Raises NotValid for one that the table does not hold."""
    wanted, table = set(given), list(held)
    if wanted - set(table):
        raise NotValid(field, why)
    return [key for key in table if key in wanted]


def _enter(by: Viewer, ref: str, act: Act, summary: str, on: date) -> None:
    key = f"calibration {ref}"
    journal.record(by=by, act=act, kind=RecordKind.LIST, key=key, summary=summary, decision=LAW, on=on)
