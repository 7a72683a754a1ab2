"""Reading second looks: what waits for one person, the blind page, two decisions side by side, figures."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import F, QuerySet

from peelian.clocks.law import law
from peelian.decisions import queries as decisions
from peelian.decisions.queries import TakenRow
from peelian.decisions.rows import Asking
from peelian.evidence import queries as evidence
from peelian.matters import queries as matters
from peelian.matters.rows import MatterLine
from peelian.rules.agreement import agreement
from peelian.rules.sampling import samples
from peelian.rules.steps import asked
from peelian.sampling.models import Draw, Drawn, Redecision
from peelian.sampling.queries.reviewing import reviews
from peelian.sampling.rows import Blind, Compared, DrawRow, Mine, ReviewRow, Task, ThingThen
from peelian.terms.acts import RecordKind
from peelian.terms.matters import Part
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotFound, Refusal
from peelian.terms.viewer import Viewer, system
from peelian.walls.actions.many_places import open_to
from peelian.walls.managed import is_open, is_visible
from peelian.walls.powers import must_hold
from peelian.walls.queries import actor_names

MATTER = RecordKind.MATTER
BLIND_PAGES = ("page second-look", "page matter-sign")  # in a look: pages that show nothing of the first decision
SOON = timedelta(days=7)
LOCKED = "What you decided again is locked, and stays as it is."
LAW = "Local rule (LES-27)"


def mine(viewer: Viewer) -> Mine:
    """What waits for the viewer, by day. Two statements for whoever has nothing; more for those who supervise."""
    blind, differ = _to_decide(viewer), _to_compare(viewer)
    if not (viewer.may(Permission.COUNTERSIGN) and viewer.may(Permission.INVESTIGATE)):
        return Mine(blind, differ)
    due = [one for one in reviews(viewer) if one.is_mine and one.next_on <= viewer.today + SOON]
    return Mine(
        blind,
        differ,
        tuple(
            _task(viewer, "", one.matter_ref, _why(one), "matter-decide", one.next_on)
            for one in sorted(due, key=lambda one: (one.next_on, one.matter_ref))
        ),
    )


def blind_matters(viewer: Viewer) -> frozenset[str]:
    """References of the matters on which the viewer decides again, and which are closed to them until they have."""
    given = _given(viewer).filter(is_open(MATTER, viewer, F("matter_id")))
    return frozenset(given.exclude(decision_ref="").values_list("matter__ref", flat=True))


def blind(viewer: Viewer, drawn_ref: str) -> Blind:
    """What the viewer reads who decides again: the same matter, without the first decision and what followed it.

    Raises NotFound for what fell to somebody else; NotAllowed once it is locked.
    """
    drawn = held_task(viewer, drawn_ref)
    everything = system("sampling", at=viewer.at, because="somebody decides again without seeing the first decision")
    first = _first(everything, drawn)
    whole, step = matters.matter(everything, first.matter_ref), law().steps[first.step]
    before = decisions.decisions(everything, first.matter_ref)
    concerned = [
        one.person.id for one in whole.involvements if one.part is Part.OFFICER_CONCERNED and one.person is not None
    ]
    return Blind(
        ref=drawn.ref,
        due_on=drawn.due_on,
        matter=whole,
        asking=Asking(
            ref=first.matter_ref,
            heading=first.heading,
            step=step,
            person=first.person,
            person_key=first.person_key,
            refusal=None,
            questions=asked(step, first.kind),
            options=tuple(one for one in step.options if not one.editions or first.edition in one.editions),
            closed=(),
            before=None,
            needs_joint_view=False,
        ),
        known=_known(viewer, concerned, first.matter_ref),
        before=tuple(row for row in before if row.ref in first.before),
        evidence=_evidence(everything, first),
    )


def compared(viewer: Viewer, drawn_ref: str) -> Compared:
    """Both decisions, once the second is locked: for whoever took it, was asked to look, or signs for others.

    Raises NotFound, also for somebody who may not see the matter.
    """
    found = Redecision.objects.select_related("drawn", "looked").filter(drawn__ref=drawn_ref).first()
    if found is None or not (found.recorded_by == viewer.actor or viewer.may(Permission.COUNTERSIGN)):
        raise NotFound(f"second look {drawn_ref}")
    first = decisions.taken_by_ref(viewer, [found.drawn.decision_ref]).get(found.drawn.decision_ref)
    if first is None:
        raise NotFound(f"second look {drawn_ref}")
    rows = decisions.decisions(viewer, first.matter_ref)
    first_row = next(row for row in rows if row.ref == first.ref)
    looked = getattr(found, "looked", None)
    names = actor_names({found.recorded_by, *([looked.recorded_by] if looked else [])})
    second = first_row.step.option(found.option)
    took = viewer.actor in first.hands | {found.recorded_by}
    return Compared(
        ref=drawn_ref,
        matter_ref=first.matter_ref,
        step=first_row.step.words,
        person=first.person,
        first=first_row.option.words,
        second=second.words if second else found.option,
        second_reasons=found.reasons,
        second_by=names.get(found.recorded_by, ""),
        second_on=found.on,
        first_row=first_row,
        agrees=found.agrees,
        was_blind=found.was_blind,
        looked=looked.words if looked else "",
        looked_by=names.get(looked.recorded_by, "") if looked else "",
        may_look=not found.agrees
        and looked is None
        and not took
        and viewer.may(Permission.COUNTERSIGN)
        and found.looker_id in (None, viewer.user_id),
    )


def draws(viewer: Viewer) -> tuple[DrawRow, ...]:
    """Every draw in figures, the latest month first, of the matters that the viewer may see. Needs COUNTERSIGN.

    Three statements, and those of reading the first decisions.
    """
    must_hold(viewer, Permission.COUNTERSIGN)
    made = list(Draw.objects.order_by("-month", "sample"))
    members = list(
        Drawn.objects.filter(is_visible(MATTER, viewer, F("matter_id"))).select_related(
            "redecision", "declined", "redecision__looked"
        )
    )
    wanted = [one.decision_ref for one in members if getattr(one, "redecision", None)]
    firsts = decisions.taken_by_ref(viewer, wanted) if wanted else {}
    of: dict[int, list[Any]] = {}
    for one in members:
        of.setdefault(one.draw_id, []).append(one)
    return tuple(_figures(viewer, one, of.get(one.pk, []), firsts) for one in made)


def held_task(viewer: Viewer, drawn_ref: str) -> Any:
    """A decision that fell to the viewer to take again. Raises NotFound; NotAllowed once it is locked."""
    drawn = (
        Drawn.objects.select_related("draw", "redecision").filter(ref=drawn_ref, owner_id=viewer.user_id or 0).first()
    )
    if drawn is None or not drawn.decision_ref or getattr(drawn, "declined", None):
        raise NotFound(f"second look {drawn_ref}")
    everything = system("sampling", at=viewer.at, because="to ask whether a wall keeps somebody out")
    if drawn.matter_id not in open_to(viewer.user_id or 0, MATTER, [drawn.matter_id], everything):
        raise NotFound(f"second look {drawn_ref}")
    if getattr(drawn, "redecision", None):
        raise NotAllowed(Refusal(LOCKED, LAW))
    return drawn


def _given(viewer: Viewer) -> QuerySet[Any]:
    """What fell to the viewer and awaits them, behind no wall."""
    return Drawn.objects.filter(owner_id=viewer.user_id or 0, redecision__isnull=True, declined__isnull=True)


def _to_decide(viewer: Viewer) -> tuple[Task, ...]:
    given = _given(viewer).exclude(decision_ref="")
    if not given.exists():
        return ()  # nearly always, and My work asks each time
    seen = given.filter(is_open(MATTER, viewer, F("matter_id"))).order_by("due_on", "ref")
    titles = samples(law())
    return tuple(
        _task(viewer, ref, matter_ref, f"Decide again: {titles[sample].title}", "second-look", due_on)
        for ref, matter_ref, sample, due_on in seen.values_list("ref", "matter__ref", "draw__sample", "due_on")
    )


def _to_compare(viewer: Viewer) -> tuple[Task, ...]:
    differing = Redecision.objects.filter(looker_id=viewer.user_id or 0, looked__isnull=True)
    if not differing.exists():
        return ()  # nearly always, and My work asks each time
    columns = ("drawn__ref", "drawn__matter__ref", "look_due_on")
    seen = differing.filter(is_visible(MATTER, viewer, F("drawn__matter_id"))).order_by("look_due_on", "drawn__ref")
    return tuple(
        _task(viewer, ref, matter_ref, "Look at two decisions that differ", "second-look-compare", due_on)
        for ref, matter_ref, due_on in seen.values_list(*columns)
    )


def _first(everything: Viewer, drawn: Any) -> TakenRow:
    found = decisions.taken_by_ref(everything, [drawn.decision_ref]).get(drawn.decision_ref)
    if found is None:
        raise NotFound(f"second look {drawn.ref}")
    return found


def _evidence(everything: Viewer, first: TakenRow) -> tuple[ThingThen, ...]:
    """Exhibits by mark, then files by day, as far as they were there before the first decision was recorded."""
    exhibits = [one for one in evidence.exhibits_of(everything, first.matter_ref) if one.booked_at < first.recorded_at]
    files = [one for one in evidence.files_of(everything, first.matter_ref) if one.kept_at < first.recorded_at]
    return tuple(ThingThen(one.mark, one.shown, "Exhibit", one.found_on) for one in exhibits) + tuple(
        ThingThen(one.shown_name, one.about, one.kind.words, one.on) for one in reversed(files)
    )


def _known(viewer: Viewer, person_ids: Iterable[int], but: str) -> tuple[MatterLine, ...]:
    found = {line.ref: line for lines in matters.of_people(viewer, person_ids).values() for line in lines}
    return tuple(line for ref, line in sorted(found.items()) if ref != but)


def _figures(viewer: Viewer, one: Any, members: list[Any], firsts: dict[str, TakenRow]) -> DrawRow:
    sample = samples(law())[one.sample]
    answers = [member.redecision for member in members if getattr(member, "redecision", None)]
    missing = [member for member in members if member.owner_id is None or getattr(member, "declined", None)]
    done = {answer.drawn_id for answer in answers} | {member.pk for member in missing}
    waiting = [member for member in members if member.pk not in done] if sample.of_decisions else []
    pairs = tuple(
        (firsts[member.decision_ref].option, member.redecision.option)
        for member in members
        if getattr(member, "redecision", None) and member.redecision.was_blind and member.decision_ref in firsts
    )
    differ = [answer for answer in answers if not answer.agrees]
    return DrawRow(
        ref=one.ref,
        sample=one.sample,
        title=sample.title,
        month=one.month,
        seed=one.seed,
        share=one.share,
        law=one.law,
        on=one.on,
        drawn=len(members),
        answered=len(answers),
        waiting=len(waiting),
        missing=len(missing),
        late=sum(member.due_on < viewer.today for member in waiting),
        not_blind=sum(not answer.was_blind for answer in answers),
        differ=len(differ),
        looked=sum(getattr(answer, "looked", None) is not None for answer in differ),
        agreement=agreement(pairs) if sample.of_decisions and pairs else None,
        pairs=pairs,
    )


def _why(one: ReviewRow) -> str:
    return "Supervisor's review, by lot" if one.drawn_by == one.next_on else "Supervisor's review, by rule"


def _task(viewer: Viewer, ref: str, matter_ref: str, what: str, page: str, due_on: date) -> Task:
    return Task(ref, matter_ref, what, page, due_on, due_on < viewer.today)
