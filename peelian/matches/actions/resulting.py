"""What a judgement leads to, from the fixed list: an intake item with an owner and a day, or no further action."""

from datetime import date

from django.db import transaction

from peelian.intake import actions as intake
from peelian.matches.actions.judging import held, note, write
from peelian.matches.actions.raising import GROUND
from peelian.matches.models import Pair, Result
from peelian.matches.results import choices_for
from peelian.matches.seeing import latest
from peelian.matches.sources import Titles
from peelian.matches.wall import pair_of
from peelian.people import queries as people
from peelian.terms.known_dates import date_words
from peelian.terms.matches import PairState
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotValid
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer, system
from peelian.walls.powers import must_hold


@transaction.atomic
def give_result(*, by: Viewer, pair_ref: str, result: str, reasons: str, on: date) -> str:
    """Say what follows from a pair judged to be one person; returns the intake item's reference, or nothing.

    `result`: a key of washing.toml that the pair may lead to: a victim's or witness's record leads to their support or
    to nothing, an associate's to no investigation of the person. The item goes to whoever answers for findings, hidden
    from the person and those tied to them, with the day it is to be acted on. No further action makes no item, but on
    the record of a serious kind, which intake logs with a second reader (LES-04).

    Needs JUDGE_MATCHES. Raises NotFound; NotAllowed; NotValid (result, reasons, on).
    """
    must_hold(by, Permission.JUDGE_MATCHES)
    pair = held(pair_of(by, pair_ref))
    said = sound("reasons", reasons, needed="Say why this follows.")
    not_ahead(by, on)
    judgement = pair.judgements.order_by("pk").last()
    if pair.state != PairState.YES or judgement is None:
        raise NotValid("result", "First judge that the record is about them.")
    if Result.objects.filter(judgement=judgement).exists():
        raise NotValid("result", "What follows from this judgement was recorded already.")
    kind = next((one for one in choices_for(pair.purpose, pair.link) if one.key == result), None)
    if kind is None:
        raise NotValid("result", "Choose what follows.")
    if on < judgement.on:
        raise NotValid("on", "The judgement was made after this day.")
    due_on = kind.due_on(on)
    goes = kind.to_intake or pair.stake > 0  # nobody puts the record of a serious kind away alone
    item = _to_intake(by, pair, kind.title, said, due_on, on) if goes else ""
    write(by, pair, Result(judgement=judgement, result=kind.key, due_on=due_on, item_ref=item), on, reasons=said)
    what = f"recorded what follows from a pair of the wash{f'; intake item {item}' if item else ''}"
    note(by, pair, what, {"result": kind.title, "reasons": said}, on)
    return item


def _to_intake(by: Viewer, pair: Pair, title: str, reasons: str, due_on: date, on: date) -> str:
    """The item. The system takes it in, since whoever judges need not be one who receives."""
    everybody = system("matches", at=by.at, because="to hand what follows from a judged match to intake")
    names = people.refs_on_record(everybody, [pair.person_id or 0])
    ref, name = names.get(pair.person_id or 0, ("", ""))
    (_, seen), source = latest(pair), Titles().of(pair.workforce, pair.source)
    associate = (
        f" It is the record of an associate ({seen.relation or 'how is not said'})." if pair.link != "person" else ""
    )
    words = (
        f"{title}. To be acted on by {date_words(due_on)}.\n"
        f"The wash put {name or pair.person_key} ({ref or pair.person_key}) and record {pair.record_key} of"
        f" {source} together ({seen.category or 'no category'}; {seen.part or 'no part'}), and {by.name}"
        f" judged that the record is about them.{associate}\nWhy this follows: {reasons}"
    )
    return intake.receive_finding(
        by=everybody,
        heading=f"Wash: {title}"[:200],
        words=words,
        received_on=on,
        about_key=pair.ref,
        never_show_to=[(pair.person_id, GROUND)] if pair.person_id else [],
    )
