"""A referral that comes too late to join anything up: it leaves with all that is known of each person concerned."""

from datetime import date, datetime

import pytest

from peelian.clocks import queries as told
from peelian.people import actions as people
from peelian.publish import actions as letters
from peelian.publish import queries
from peelian.terms.viewer import Viewer
from tests import worlds
from tests.lessons.cases import conduct_case

pytestmark = pytest.mark.django_db
SAID = {"happened": "A woman was followed home.", "criteria": "MR06 is met.", "secured": "The logs were copied."}


def referral(by: Viewer, case_ref: str, officer: str) -> str:
    ref = letters.draft(by=by, matter_ref=case_ref, template="referral-to-iopc", person_key=officer, on=by.today)
    version = queries.letter(by, case_ref, ref).version
    letters.write(by=by, matter_ref=case_ref, letter_ref=ref, version=version, paragraphs=SAID, on=by.today)
    return ref


def test_les_09_a_referral_holds_the_chronology_of_each_person_with_source_and_date(at: datetime) -> None:
    case = conduct_case(at, heading="Followed home")
    system = worlds.peelian(at)
    other = worlds.open_complaint(system, date(2020, 5, 6), officers=[case.officer], heading="Rude at the door")
    said = {"kind": "restricted duties", "words": "No contact with the public.", "reason": "A report.", "on": at.date()}
    people.restrict(by=system, person_ref=case.officer, **said)  # type: ignore[arg-type]  # as the action takes them
    writer = case.by("assessor")
    ref = referral(writer, case.ref, case.officer)
    found = queries.letter(writer, case.ref, ref)
    text = "\n".join(block.text for block in found.blocks)
    assert found.missing == ()
    assert "Jory Fenwright, Wednesday 6 May 2020: Rude at the door; Complaint recorded under Schedule 3" in text
    assert f"Source: matter {other}." in text
    assert "Source: the register of people." in text
    whole = told.chronology(writer, case.officer)
    items = [block.text for block in found.blocks if " Source: " in block.text]
    assert len(items) == len(whole.dated) + len(whole.undated)
    assert all(item.startswith("Jory Fenwright, ") for item in items)
