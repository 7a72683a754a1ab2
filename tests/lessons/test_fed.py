"""Records of crimes and incidents that come in about people who serve: assessed, on the chronology, serious."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from peelian.clocks import queries as clocks
from peelian.clocks.law import law
from peelian.decisions import queries as decisions
from peelian.intake import actions as intake
from peelian.intake import queries as items
from peelian.matches import queries
from peelian.matters import queries as matters
from peelian.matters.actions import record_matter
from peelian.matters.rows import AllegationDraft, InvolvedDraft, Recording
from peelian.rules.steps import asked
from peelian.terms.known_dates import KnownDate
from peelian.terms.matters import MatterKind
from peelian.terms.refusals import NotValid
from tests import worlds
from tests.lessons.cases import conduct_case
from tests.washed import Washed, found, washed

pytestmark = pytest.mark.django_db


def came(made: Washed, **said: Any) -> list[str]:
    """References of the intake items that wait once a record was taken in."""
    made.take_in(found(**{"recorded_on": (made.on - timedelta(days=1)).isoformat(), "category": "Assault", **said}))
    return [row.ref for row in items.items(worlds.peelian(made.at)).rows]


def test_les_02_a_crime_record_about_somebody_who_serves_is_assessed_by_a_named_owner_until_it_is_decided(
    at: datetime,
) -> None:
    """A suspect who probably serves: the same day, an owner in professional standards, whatever becomes of it."""
    made = washed(at)
    (ref,) = came(made, band="probable")
    item = items.item(made.head.viewer, ref)
    assert (item.row.received_on, item.row.state) == (made.on, "awaiting")
    assert item.row.owner is not None
    assert item.row.owner.name == "Hedda Head"
    assert "whatever becomes of the crime (LES-02)" in item.words

    assert came(made, band="probable", resolved_on=made.on.isoformat()) == [ref], "loaded again, and the crime ended"
    made.take_in()
    made.judged("no")
    assert items.item(made.head.viewer, ref).row.state == "awaiting", "neither a later run nor a judgement ends it"

    early, late = (replace(made.head.viewer, at=at + timedelta(hours=hours)) for hours in (23, 25))
    assert queries.late_assessments(early) == ()
    (raised,) = queries.late_assessments(late)
    assert (raised.item_ref, raised.owner, raised.person) == (ref, "Hedda Head", "Ada Shaw")
    with pytest.raises(NotValid):
        intake.log_with_reasons(by=made.head.viewer, item_ref=ref, reasons=" ", on=made.on)
    intake.log_with_reasons(by=made.head.viewer, item_ref=ref, reasons="Another Ada Shaw, seen.", on=made.on)
    assert queries.late_assessments(late) == ()


def test_les_03_a_domestic_incident_without_a_crime_stands_on_the_chronology_and_counts_and_makes_no_matter(
    at: datetime,
) -> None:
    """An incident log that names a worker as an involved party; loaded again it changes nothing."""
    made = washed(at)
    case = conduct_case(at, officer=made.officer)
    decider = case.by("appropriate_authority")
    case.read(decider)
    incident = {
        "record": "INC/4",
        "part": "involved party",
        "category": "Domestic incident, no crime",
        "band": "probable",
    }
    for _ in range(2):
        assert came(made, **incident) == [], "no matter, and nothing to assess"
        told = clocks.chronology(decider, made.officer)
        entries = [one for one in told.dated if one.kind == "record"]
        assert [one.title for one in entries] == ["Domestic incident, no crime: INC/4"]
        assert "probable match, not judged yet" in entries[0].words
        assert (told.matters, told.records, told.pattern) == (1, 1, 2)
    joint = decisions.joint(decider, case.ref)
    assert [row.record_key for row in joint.people[0].records] == ["INC/4"]
    assert joint.last is None, "what was read before it came no longer stands"
    (repeated,) = matters.repeat_subjects(decider).found.rows
    assert (repeated.person.ref, repeated.matters, repeated.records) == (made.officer, 1, 1)

    victim = {"record": "INC/5", "part": "victim", "category": "Domestic incident", "purpose": "welfare"}
    came(made, **victim)
    assert clocks.chronology(decider, made.officer).pattern == 1, "a victim's record never counts, and the other went"


def test_les_10_exposure_however_minor_is_serious_and_raises_the_question_of_referral(at: datetime) -> None:
    """By a name or by a vehicle alone."""
    made = washed(at)
    by_vehicle = {"words_for": ("same registration mark",), "sides": (("vehicle marks", "AB12CDE", "AB12CDE"),)}
    (ref,) = came(made, band="probable", category="Exposure", serious=True, same_day=True, **by_vehicle)
    item = items.item(made.head.viewer, ref)
    (why,) = item.serious
    assert (why.label, why.law, why.criterion) == ("Exposure", "Sexual Offences Act 2003 s66", "MR05")

    assert not intake.log_with_reasons(by=made.head.viewer, item_ref=ref, reasons="Only a prank.", on=made.on)
    assert items.item(made.head.viewer, ref).row.state == "awaiting", "a second person must agree, whatever is ticked"

    recording = Recording(
        kind=MatterKind.CONDUCT_MATTER,
        came_to_attention=KnownDate(made.on),
        heading="Exposure reported",
        narrative=item.words,
        reasons="An indication of a crime.",
        no_conflict=True,
        intake_ref=ref,
        officers=(InvolvedDraft(person_ref=made.officer),),
        allegations=(AllegationDraft(category="K", text="Seen in a car park.", against=(0,)),),
    )
    with pytest.raises(NotValid, match="counts as serious") as refused:
        record_matter(by=made.head.viewer, recording=recording, on=made.on)
    assert refused.value.field == "allegations"
    coded = (AllegationDraft(category="J3", text="Seen in a car park.", against=(0,)),)
    matter = record_matter(by=made.head.viewer, recording=replace(recording, allegations=coded), on=made.on)
    assert [one.criterion for one in matters.came_as_serious(made.head.viewer, matter)] == ["MR05"]
    questions = {one.key for one in asked(law().steps["referral"], MatterKind.CONDUCT_MATTER)}
    assert "MR05" in questions
