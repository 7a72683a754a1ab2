"""Decisions of many matters at once: those that took effect in some days, and the investigations that are open."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from peelian.decisions.facts import held_decisions, officers_of, signature_of, standing
from peelian.decisions.models import Decision
from peelian.matters.queries import key_of, parts_by_id
from peelian.terms.matters import MatterKind, MatterState
from peelian.terms.viewer import Viewer

APPOINTED, REVIEWED = "investigator", "supervisor_review"
REPORTED, DETERMINED, MORE_ENQUIRIES = ("report", "old_case_report"), "determination", "more_enquiries"
AT_ONCE = 300


@dataclass(frozen=True, slots=True)
class TakenRow:
    """A decision in effect. `hands`: who took and who signed it, as the journal names them. `before`: other decisions
    on the matter that were recorded earlier, by reference. `in_effect_at`: when it was recorded, or signed where it
    needed that. `concerned`: the keys of everybody known whom it is about, or whom its matter is where it was taken for
    the matter as a whole.
    """

    ref: str
    matter_id: int = field(repr=False)
    matter_ref: str
    heading: str
    kind: MatterKind
    step: str
    option: str
    person_key: str
    person: str
    edition: str
    on: date
    recorded_at: datetime
    in_effect_at: datetime
    hands: frozenset[str]
    before: frozenset[str]
    concerned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InvestigatedRow:
    """An open matter that somebody investigates. `reviewed_on`, `reviewed_at`: of the last review by a supervisor."""

    matter_id: int = field(repr=False)
    matter_ref: str
    heading: str
    since_on: date
    reviewed_on: date | None
    reviewed_at: datetime | None


def taken(
    viewer: Viewer, steps: Collection[str], from_on: date, to_on: date, matter_ref: str = ""
) -> tuple[TakenRow, ...]:
    """The decisions at these steps, taken in these days (the end not included) and in effect, on matters that the
    viewer may see; by reference. `matter_ref`: on this one alone; NotFound behind a wall."""
    asked = Decision.objects.filter(step__in=list(steps), on__gte=from_on, on__lt=to_on)
    if matter_ref:
        asked = asked.filter(matter_id=key_of(viewer, matter_ref))
    return _taken(viewer, asked.values_list("matter_id", "ref"))


def taken_by_ref(viewer: Viewer, refs: Iterable[str]) -> dict[str, TakenRow]:
    """Decisions by reference, those in effect on matters that the viewer may see."""
    asked = Decision.objects.filter(ref__in=sorted(set(refs)))
    return {one.ref: one for one in _taken(viewer, asked.values_list("matter_id", "ref"))}


def _taken(viewer: Viewer, asked: Iterable[tuple[int, str]]) -> tuple[TakenRow, ...]:
    pairs = list(asked)
    wanted, keys = {ref for _, ref in pairs}, sorted({key for key, _ in pairs})
    found = []
    for start in range(0, len(keys), AT_ONCE):
        seen = parts_by_id(viewer, keys[start : start + AT_ONCE])
        for key, decisions in held_decisions(seen).items():
            matter, people = seen[key], {one.id: (one.key, one.name) for one in seen[key].people}
            for one in standing(decisions).values():
                if one.ref in wanted:
                    signed = signature_of(one)
                    person = people.get(one.involvement_id, ("", "")) if one.involvement_id else ("", "")
                    found.append(
                        TakenRow(
                            ref=one.ref,
                            matter_id=key,
                            matter_ref=matter.ref,
                            heading=matter.heading or matter.kind.words,
                            kind=matter.kind,
                            step=one.step,
                            option=one.option,
                            person_key=person[0],
                            person=person[1],
                            edition=one.edition,
                            on=one.on,
                            recorded_at=one.recorded_at,
                            in_effect_at=signed.recorded_at if signed else one.recorded_at,
                            hands=frozenset({one.recorded_by, *([signed.recorded_by] if signed else [])}),
                            before=frozenset(
                                other.ref
                                for other in decisions
                                if other.recorded_at < one.recorded_at and other.step != one.step
                            ),
                            concerned=(person[0],) if one.involvement_id else tuple(sorted(officers_of(matter))),
                        )
                    )
    return tuple(sorted(found, key=lambda one: one.ref))


def investigated(viewer: Viewer) -> tuple[InvestigatedRow, ...]:
    """The open matters that somebody was appointed to investigate and that the viewer may see; by reference.

    The report ends an investigation, until more enquiries are asked for or somebody is appointed again.
    """
    steps = (APPOINTED, REVIEWED, *REPORTED, DETERMINED)
    rows = Decision.objects.filter(step__in=steps).order_by("recorded_at", "pk")
    since: dict[int, date] = {}
    last: dict[int, tuple[date, datetime]] = {}
    ended: set[int] = set()
    for matter_id, step, option, on, at in rows.values_list("matter_id", "step", "option", "on", "recorded_at"):
        if step in REPORTED:
            ended.add(matter_id)
        elif step == APPOINTED or option == MORE_ENQUIRIES:
            ended.discard(matter_id)
        if step == APPOINTED:
            since.setdefault(matter_id, on)
        elif step == REVIEWED:
            last[matter_id] = (on, at)
    found, keys = [], sorted(since.keys() - ended)
    for start in range(0, len(keys), AT_ONCE):
        for key, matter in parts_by_id(viewer, keys[start : start + AT_ONCE]).items():
            if matter.state is MatterState.OPEN:
                review = last.get(key)
                heading = matter.heading or matter.kind.words
                reviewed = review or (None, None)
                found.append(InvestigatedRow(key, matter.ref, heading, since[key], *reviewed))
    return tuple(sorted(found, key=lambda one: one.matter_ref))
