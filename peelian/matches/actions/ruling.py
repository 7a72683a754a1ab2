"""Never the same: a rule that one person makes for pairs of no serious kind, and that two people lift."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from peelian.matches.actions.judging import held, note, second_word, stand, write
from peelian.matches.models import Lift, LiftAnswer, Never, Pair
from peelian.matches.seeing import last_seen, latest
from peelian.matches.wall import pair_of
from peelian.matches.words import opened
from peelian.terms.matches import PairState
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotValid, Refusal
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold

LIFTED_BY_TWO = "Local rule: a rule of never the same is lifted by two people"


def standing() -> QuerySet[Never]:
    """The rules that nobody lifted."""
    rules: QuerySet[Never] = Never.objects.exclude(lifts__answer__agreed=True)
    return rules


@transaction.atomic
def never_the_same(*, by: Viewer, pair_ref: str, mark: str, reasons: str, on: date) -> int:
    """Rule that whoever bears a number of this record is never this person; how many open pairs it ruled out.

    `mark`: one of the record's numbers. The pair must be judged to be somebody else. No pair of a serious kind is ruled
    out, now or later. Needs JUDGE_MATCHES. Raises NotFound; NotAllowed; NotValid (mark, reasons).
    """
    must_hold(by, Permission.JUDGE_MATCHES)
    pair = held(pair_of(by, pair_ref))
    said = sound("reasons", reasons, needed="Say how you know that they are two people.")
    not_ahead(by, on)
    if pair.state != PairState.NO:
        raise NotValid("mark", "First judge that this record is about somebody else.")
    if mark not in latest(pair)[1].marks:
        raise NotValid("mark", "Choose a number that the record bears.")
    if mark in marks_of(standing_beside(pair)).values():
        raise NotValid("mark", "This rule stands already.")
    write(by, pair, Never(pair=pair), on, mark=mark, reasons=said)
    open_now = Pair.objects.filter(
        workforce=pair.workforce,
        person_key=pair.person_key,
        stake=0,
        state__in=(PairState.WAITING, PairState.UNSURE),
    )
    others = list(open_now.order_by("ref"))
    seen, count = last_seen(others), 0
    for other in others:
        if mark in seen[other.pk].marks:
            stand(other, PairState.RULED_OUT)
            count += 1
    note(by, pair, f"ruled that two are never the same; {count} open pairs ruled out", {"reasons": said}, on)
    return count


@transaction.atomic
def ask_to_lift(*, by: Viewer, pair_ref: str, mark: str, reasons: str, on: date) -> None:
    """Ask that a rule is lifted; it stands until somebody else agrees.

    `pair_ref`: the pair on which the rule rests. Needs JUDGE_MATCHES. Raises NotFound, NotAllowed, NotValid (mark,
    reasons, on).
    """
    must_hold(by, Permission.JUDGE_MATCHES)
    pair = held(pair_of(by, pair_ref))
    said = sound("reasons", reasons, needed="Say why the rule no longer holds.")
    not_ahead(by, on)
    rule = _rule(pair, mark, on)
    if waiting(rule) is not None:
        raise NotValid("mark", "Somebody asked to lift this rule already. It waits for a second person.")
    write(by, pair, Lift(rule=rule), on, reasons=said)
    note(by, pair, "asked to lift a rule of never the same", {"reasons": said}, on, LIFTED_BY_TWO)


@transaction.atomic
def answer_lift(*, by: Viewer, pair_ref: str, mark: str, agreed: bool, reasons: str, on: date) -> int:
    """Agree that a rule is lifted, or that it stands; how many pairs wait to be judged again for it.

    What another rule that stands still rules out stays ruled out. Needs JUDGE_MATCHES. Raises NotFound; NotAllowed for
    whoever asked; NotValid (mark, reasons, on).
    """
    must_hold(by, Permission.JUDGE_MATCHES)
    pair = held(pair_of(by, pair_ref))
    asked = waiting(_rule(pair, mark, on))
    if asked is None:
        raise NotValid("mark", "Nobody asked to lift this rule.")
    mine = Refusal("You asked to lift this rule. Somebody else must agree.", LIFTED_BY_TWO)
    said = second_word(by, asked, reasons, on, mine=mine, early="It was asked after this day.")
    write(by, pair, LiftAnswer(lift=asked, agreed=agreed), on, reasons=said)
    count = _open_again(pair) if agreed else 0
    what = (
        f"lifted a rule of never the same; {count} pairs wait again" if agreed else "let a rule of never the same stand"
    )
    note(by, pair, what, {"reasons": said}, on, LIFTED_BY_TWO)
    return count


def waiting(rule: Never) -> Lift | None:
    """What was asked of a rule and nobody answered."""
    found: Lift | None = rule.lifts.filter(answer__isnull=True).first()
    return found


def standing_beside(pair: Pair) -> QuerySet[Never]:
    """The rules that nobody lifted about the person of this pair."""
    return standing().filter(pair__workforce=pair.workforce, pair__person_key=pair.person_key)


def marks_of(rules: QuerySet[Never]) -> dict[Never, str]:
    """The number of each rule, the oldest first. Two statements."""
    listed = list(rules.select_related("pair").order_by("pk"))
    words = opened((one.pair.ref, one) for one in listed)
    return {one: str(words[one].get("mark", "")) for one in listed}


def _rule(pair: Pair, mark: str, on: date) -> Never:
    marks = marks_of(standing().filter(pair=pair))
    rule = next((one for one, held in marks.items() if held == mark), None)
    if rule is None:
        raise NotValid("mark", "No rule that stands rests on this pair and this number.")
    if on < rule.on:
        raise NotValid("on", "The rule was made after this day.")
    return rule


def _open_again(pair: Pair) -> int:
    same = {"workforce": pair.workforce, "person_key": pair.person_key}
    still = set(marks_of(standing_beside(pair)).values())
    away = list(Pair.objects.filter(**same, state=PairState.RULED_OUT).order_by("ref"))
    seen, count = last_seen(away), 0
    for other in away:
        if not still & set(seen[other.pk].marks):
            stand(other, PairState.WAITING)
            count += 1
    return count
