"""What waits for somebody, the answers side by side, and how agreement drifts."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Prefetch, QuerySet

from peelian.calibration.held import LAW, resolution_of, waiting_for
from peelian.calibration.models import Answer, Asked, Difference, Round
from peelian.calibration.rows import AnswerRow, CaseLine, DriftReport, Mine, RoundLine, RoundRow, ToAnswer, ToResolve
from peelian.clocks.law import law
from peelian.rules import calibration as rules
from peelian.rules.calibration import Example, Guidance, guidance
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotFound, Refusal
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold
from peelian.walls.queries import users_by_id, users_holding

SHOWN_ON = ("severity", "staff_severity")  # steps whose page shows the guidance
POWERS = (Permission.ASSESS_CONDUCT, Permission.COUNTERSIGN)


def mine(viewer: Viewer) -> Mine:
    """The test cases that wait for the viewer's answer, and the differences that are theirs to resolve."""
    answers, resolves = (viewer.user_id is not None and viewer.may(power) for power in POWERS)
    return Mine(_to_answer(viewer) if answers else (), _to_resolve(viewer) if resolves else ())


def rounds(viewer: Viewer) -> tuple[RoundLine, ...]:
    """The rounds that the viewer opened, or answered and locked; the latest first. Needs to assess or to sign."""
    must_hold(viewer, *POWERS)
    user = viewer.user_id or 0
    found = _whole(Round.objects.all()).order_by("-on", "title", "ref")
    return tuple(_line(one) for one in found if one.owner_id == user or _has_answered(one, user))


def answering(viewer: Viewer, round_ref: str) -> ToAnswer:
    """The test case that waits for the viewer: its facts, and nothing of what anybody answered or the guidance says.

    Raises NotFound where the viewer was not asked; NotAllowed once theirs is locked, or the round was resolved.
    """
    must_hold(viewer, *POWERS)
    return _task(viewer, waiting_for(viewer, round_ref))


def round_of(viewer: Viewer, round_ref: str) -> RoundRow:
    """A round with all its answers and what the guidance says. For its owner and whoever's answer is locked.

    Raises NotFound for anybody else; NotAllowed for who was asked and has not answered.
    """
    must_hold(viewer, *POWERS)
    user = viewer.user_id or 0
    found = _whole(Round.objects.filter(ref=round_ref)).first()
    if found is None or not (found.owner_id == user or any(one.user_id == user for one in found.asked.all())):
        raise NotFound(f"round {round_ref}")
    if found.owner_id != user and not _has_answered(found, user):
        raise NotAllowed(Refusal("Lock your own answer first. Then you see what others answered.", LAW))
    return _row(viewer, found)


def drift(viewer: Viewer) -> DriftReport:
    """How assessors agree with one another and with the guidance, by month and in all; figures only. Needs COUNTERSIGN.

    Cohen's kappa with its interval; the pair of a round is the first two answers that were locked.
    """
    must_hold(viewer, Permission.COUNTERSIGN)
    found = _whole(Round.objects.all()).order_by("on", "ref")
    held = [
        rules.Round(one.on, one.says, len(one.asked.all()), tuple(answer.option for answer in _answers(one)))
        for one in found
    ]
    apart = list(Difference.objects.select_related("resolution"))
    waiting = [one for one in apart if not hasattr(one, "resolution")]
    late = sum(one.due_on < viewer.today for one in waiting)
    return DriftReport(rules.drift(held), len(apart), len(waiting), late)


def cases(viewer: Viewer) -> tuple[CaseLine, ...]:
    """The test cases that the viewer may give to others: the facts alone, so that whoever reads them stays blind."""
    must_hold(viewer, Permission.COUNTERSIGN)
    return tuple(CaseLine(one.key, one.title, one.facts) for one in guidance(law()).cases.values())


def assessors(viewer: Viewer) -> tuple[tuple[str, str], ...]:
    """Who may be asked, by reference and name: whoever assesses severity, without the viewer."""
    must_hold(viewer, Permission.COUNTERSIGN)
    able = users_holding(Permission.ASSESS_CONDUCT, viewer.today)
    listed = ((one.ref, one.name) for one in able if one.id != viewer.user_id)
    return tuple(sorted(listed, key=lambda pair: (pair[1], pair[0])))


def severity_guidance(viewer: Viewer) -> Guidance:
    """The guidance with its worked examples, and without the test cases. Needs READ_LAW."""
    must_hold(viewer, Permission.READ_LAW)
    return replace(guidance(law()), cases={})


def _to_answer(viewer: Viewer) -> tuple[ToAnswer, ...]:
    found = Asked.objects.filter(
        user_id=viewer.user_id or 0, answer__isnull=True, round__difference__resolution__isnull=True
    ).select_related("round")
    return tuple(_task(viewer, one) for one in found.order_by("round__due_on", "round__ref"))


def _to_resolve(viewer: Viewer) -> tuple[ToResolve, ...]:
    found = Difference.objects.filter(owner_id=viewer.user_id or 0, resolution__isnull=True).select_related("round")
    return tuple(
        ToResolve(one.round.ref, one.round.title, one.due_on, one.due_on < viewer.today)
        for one in found.order_by("due_on", "round__ref")
    )


def _task(viewer: Viewer, asked: Any) -> ToAnswer:
    given = asked.round
    return ToAnswer(given.ref, given.title, given.facts, given.due_on, given.due_on < viewer.today)


def _whole(found: QuerySet[Any]) -> QuerySet[Any]:
    asked = Asked.objects.select_related("answer").order_by("user_id")
    return found.select_related("difference__resolution").prefetch_related(Prefetch("asked", queryset=asked))


def _answers(one: Any) -> list[Answer]:
    """In the order in which they were locked."""
    given = [asked.answer for asked in one.asked.all() if hasattr(asked, "answer")]
    return sorted(given, key=lambda answer: (answer.recorded_at, answer.asked.user_id))


def _has_answered(one: Any, user_id: int) -> bool:
    return any(asked.user_id == user_id and hasattr(asked, "answer") for asked in one.asked.all())


def _line(one: Any) -> RoundLine:
    answered, asked = len(_answers(one)), len(one.asked.all())
    if hasattr(one, "difference"):
        state = "Differed, resolved" if resolution_of(one) else "They differ"
    else:
        state = "They agree" if answered == asked else "Waits for answers"
    return RoundLine(one.ref, one.title, one.on, one.due_on, asked, answered, state)


def _row(viewer: Viewer, one: Any) -> RoundRow:
    held, resolution, apart = guidance(law()), resolution_of(one), getattr(one, "difference", None)
    names = {key: user.name for key, user in users_by_id({one.owner_id, *(a.user_id for a in one.asked.all())}).items()}
    answers = tuple(
        AnswerRow(
            name=names[answer.asked.user_id],
            option=held.outcomes[answer.option],
            standards=_standards(held, answer.standards),
            codes=_codes(held, answer.codes),
            reasons=answer.reasons,
            on=answer.on,
        )
        for answer in _answers(one)
    )
    case = Example(one.case, one.title, one.facts, tuple(one.standards), one.says, tuple(one.reasons), one.because)
    return RoundRow(
        ref=one.ref,
        line=_line(one),
        owner=names[one.owner_id],
        case=case,
        says=held.outcomes[one.says],
        standards=_standards(held, one.standards),
        codes=_codes(held, one.reasons),
        answers=answers,
        missing=tuple(sorted(names[a.user_id] for a in one.asked.all() if not hasattr(a, "answer"))),
        differs=apart is not None,
        discuss_by=apart.due_on if apart else None,
        resolved=held.outcomes[resolution.option] if resolution else "",
        reasons=resolution.reasons if resolution else "",
        follows=resolution.follows if resolution else "",
        resolved_on=resolution.on if resolution else None,
        may_resolve=apart is not None and resolution is None and apart.owner_id == viewer.user_id,
    )


def _standards(held: Guidance, keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(held.standards.get(key, key) for key in keys)


def _codes(held: Guidance, keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(held.reasons[key].words if key in held.reasons else key for key in keys)
