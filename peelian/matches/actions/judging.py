"""Whether a record is about somebody who works here: one person says so with reasons; two clear a serious one."""

from datetime import date

from django.db import transaction

from peelian.journal import actions as journal
from peelian.matches.models import Judgement, Pair, Second, Sighting
from peelian.matches.wall import pair_of
from peelian.people import queries as people
from peelian.terms.acts import Act, RecordKind
from peelian.terms.matches import PairState, Verdict
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotValid, Refusal
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer, system
from peelian.walls.powers import must_hold

TWO = "Local rule: a record of a serious kind is cleared by two people (LES-04, LES-11)"
WHY = "Say why: what agrees, what speaks against, and what you looked at."


@transaction.atomic
def judge(*, by: Viewer, pair_ref: str, verdict: str, reasons: str, on: date, last: int | None = None) -> PairState:
    """Say whether a pair is one person; returns how it stands then. What was said before stays and stands no more.

    No, of a record of a serious kind, waits for a second person. `last`: how many judgements the judge had seen, where
    known; another who judged meanwhile is not passed over. Needs JUDGE_MATCHES. Raises NotFound, also for a pair about
    the judge or somebody tied to them; NotAllowed; NotValid (verdict, reasons, on).
    """
    must_hold(by, Permission.JUDGE_MATCHES)
    pair = held(pair_of(by, pair_ref))
    if verdict not in [one.value for one in Verdict]:
        raise NotValid("verdict", "Choose yes, no or unsure.")
    said = sound("reasons", reasons, needed=WHY)
    not_ahead(by, on)
    if last is not None and pair.judgements.count() != last:
        raise NotValid("verdict", "Somebody judged this pair meanwhile. Read what they said, then judge again.")
    if pair.state == PairState.SECOND:
        raise NotValid("verdict", "This waits for a second person to agree or send it back.")
    needs_second = verdict == Verdict.NO and pair.stake > 0
    Judgement.objects.create(
        pair=pair,
        sighting=latest(pair),
        verdict=verdict,
        reasons=said,
        needs_second=needs_second,
        on=on,
        recorded_at=by.at,
        recorded_by=by.actor,
    )
    state = PairState.SECOND if needs_second else PairState(verdict)
    stand(pair, state)
    what = "judged a pair of the wash" + ("; a second person is asked" if needs_second else "")
    note(by, pair, what, {"verdict": verdict, "reasons": said}, on, TWO if needs_second else "")
    return state


@transaction.atomic
def answer(*, by: Viewer, pair_ref: str, agreed: bool, reasons: str, on: date) -> PairState:
    """Agree that a record of a serious kind is about somebody else, or send it back to be judged again.

    Needs JUDGE_MATCHES. Raises NotFound; NotAllowed for whoever judged it; NotValid where nothing waits.
    """
    must_hold(by, Permission.JUDGE_MATCHES)
    pair = held(pair_of(by, pair_ref))
    said = sound("reasons", reasons, needed="Say why you agree, or why not.")
    not_ahead(by, on)
    waiting = pair.judgements.order_by("pk").last()
    if pair.state != PairState.SECOND or waiting is None:
        raise NotValid("agreed", "Nothing of this pair waits for a second person.")
    if waiting.recorded_by == by.actor:
        raise NotAllowed(Refusal("You judged this pair. Somebody else must agree.", TWO))
    if on < waiting.on:
        raise NotValid("on", "The judgement was made after this day.")
    Second.objects.create(
        judgement=waiting, agreed=agreed, reasons=said, on=on, recorded_at=by.at, recorded_by=by.actor
    )
    state = PairState.NO if agreed else PairState.WAITING
    stand(pair, state)
    what = "agreed that a record is about somebody else" if agreed else "sent a pair back to be judged again"
    note(by, pair, what, {"reasons": said}, on, TWO)
    return state


def latest(pair: Pair) -> Sighting:
    """The last sighting that found the pair."""
    found: Sighting = pair.sightings.filter(is_gone=False).order_by("-pk")[0]
    return found


def held(pair: Pair) -> Pair:
    """The same pair, held until the end of the transaction, so that two who judge at once do so in turn."""
    held: Pair = Pair.objects.select_for_update().get(pk=pair.pk)
    return held


def stand(pair: Pair, state: PairState) -> None:
    """How a pair stands from now on; for the acts of this room."""
    pair.state = state
    pair.save(update_fields=["state"])


def note(by: Viewer, pair: Pair, summary: str, texts: dict[str, str], on: date, decision: str = "") -> None:
    """One entry about a pair; what was said goes under the key of the person it is about."""
    everybody = system("matches", at=by.at, because="to keep what was said under the person's own key")
    refs = people.refs_on_record(everybody, [pair.person_id or 0])
    subject = refs[pair.person_id][0] if pair.person_id in refs else pair.ref
    journal.record(
        by=by,
        act=Act.ALTERED,
        kind=RecordKind.PAIR,
        key=pair.ref,
        summary=summary,
        decision=decision,
        on=on,
        texts=[(subject, texts)],
    )
