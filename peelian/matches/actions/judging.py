"""Whether a record is about somebody who works here: one person says so with reasons; two clear a serious one."""

from datetime import date

from django.db import transaction

from peelian.journal import actions as journal
from peelian.matches.models import Judgement, Pair, Said, Second
from peelian.matches.seeing import latest
from peelian.matches.wall import pair_of
from peelian.matches.words import seal, subject
from peelian.terms.acts import Act, RecordKind
from peelian.terms.known_dates import date_words
from peelian.terms.matches import PairState, Verdict
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotValid, Refusal
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold

TWO = "Local rule: a record of a serious kind is cleared by two people (LES-04, LES-11)"
DISPOSED = "Local rule on retention: nothing is added to what was disposed of"
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
    sighting, _ = latest(pair)
    judgement = Judgement(pair=pair, sighting=sighting, verdict=verdict, needs_second=needs_second)
    write(by, pair, judgement, on, reasons=said)
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
    waiting = pair.judgements.order_by("pk").last()
    if pair.state != PairState.SECOND or waiting is None:
        raise NotValid("agreed", "Nothing of this pair waits for a second person.")
    mine = Refusal("You judged this pair. Somebody else must agree.", TWO)
    said = second_word(by, waiting, reasons, on, mine=mine, early="The judgement was made after this day.")
    write(by, pair, Second(judgement=waiting, agreed=agreed), on, reasons=said)
    state = PairState.NO if agreed else PairState.WAITING
    stand(pair, state)
    what = "agreed that a record is about somebody else" if agreed else "sent a pair back to be judged again"
    note(by, pair, what, {"reasons": said}, on, TWO)
    return state


def second_word(by: Viewer, asked: Said, reasons: str, on: date, *, mine: Refusal, early: str) -> str:
    """What a second person says, where they may answer what one person said or asked.

    Raises NotAllowed with `mine` for whoever asked; NotValid (reasons, on), with `early` on a day before it was asked.
    """
    said = sound("reasons", reasons, needed="Say why you agree, or why not.")
    not_ahead(by, on)
    if asked.recorded_by == by.actor:
        raise NotAllowed(mine)
    if on < asked.on:
        raise NotValid("on", early)
    return said


def write(by: Viewer, pair: Pair, row: Said, on: date, **words: str) -> None:
    """Keep what somebody said of a pair, its words sealed."""
    row.on, row.recorded_at, row.recorded_by = on, by.at, by.actor
    seal([(pair.ref, row, words)])
    row.save(force_insert=True)


def held(pair: Pair) -> Pair:
    """The same pair, held until the end of the transaction, so that two who judge at once do so in turn.

    Raises NotAllowed where it was disposed of.
    """
    held: Pair = Pair.objects.select_for_update().get(pk=pair.pk)
    if held.disposed_on is not None:
        raise NotAllowed(Refusal(f"This pair was disposed of on {date_words(held.disposed_on)}.", DISPOSED))
    return held


def stand(pair: Pair, state: PairState) -> None:
    """How a pair stands from now on; for the acts of this room."""
    pair.state = state
    pair.save(update_fields=["state"])


def note(by: Viewer, pair: Pair, summary: str, texts: dict[str, str], on: date, decision: str = "") -> None:
    """One entry about a pair; what was said goes under the pair's own key, as its words do."""
    journal.record(
        by=by,
        act=Act.ALTERED,
        kind=RecordKind.PAIR,
        key=pair.ref,
        summary=summary,
        decision=decision,
        on=on,
        texts=[(subject(pair.ref), texts)],
    )
