"""What a clock of the Conduct Regulations cites where everybody concerned is staff, whom they do not reach."""

from dataclasses import replace
from datetime import date

import pytest

from peelian.rules import DutyState
from peelian.terms.matters import MatterKind, Part
from peelian.terms.people import PersonKind
from tests.regulations.facts import ANA, OLE, event, matter, of, one

CAME = date(2026, 3, 2)
LATER = date(2026, 3, 9)
STAFF = replace(OLE, kind=PersonKind.STAFF)
OFFICER = replace(OLE, key="pia", kind=PersonKind.OFFICER)
REACHED = event("assessment_reached_assessor", CAME)
NOTICE = event("notice_of_investigation_given", CAME, "ole")


@pytest.mark.parametrize("kind", [PersonKind.STAFF, PersonKind.VOLUNTEER, PersonKind.CONTRACTOR])
def test_the_severity_of_a_member_of_staff_is_assessed_under_the_forces_own_rule(kind: PersonKind) -> None:
    duty = one("INV-01", matter(REACHED, people=(ANA, replace(OLE, kind=kind))), LATER)
    assert (duty.law, duty.unverified, duty.state) == ("Local rule", False, DutyState.OPEN)
    assert "do not reach staff" in duty.because[-1]


@pytest.mark.parametrize("kind", [PersonKind.OFFICER, PersonKind.SPECIAL_CONSTABLE, PersonKind.NOT_STATED, None])
def test_whoever_is_not_known_to_be_staff_is_under_the_regulations(kind: PersonKind | None) -> None:
    duty = one("INV-01", matter(REACHED, people=(ANA, replace(OLE, kind=kind))), LATER)
    assert "SI 2020/4 reg 14" in duty.law
    assert not any("do not reach" in words for words in duty.because)


def test_an_officer_beside_a_member_of_staff_keeps_the_matter_under_the_regulations() -> None:
    assert "SI 2020/4 reg 14" in one("INV-01", matter(REACHED, people=(STAFF, OFFICER)), LATER).law


def test_what_is_owed_to_each_is_cited_for_each() -> None:
    other = event("notice_of_investigation_given", CAME, "pia")
    facts = matter(NOTICE, other, people=(STAFF, OFFICER))
    cited = {duty.person_key: duty.law for duty in of("INV-03", facts, LATER)}
    assert cited["ole"] == "Local rule"
    assert "SI 2020/4 reg 18" in cited["pia"]


def test_a_report_that_is_owed_by_period_is_cited_alike() -> None:
    appointed = event("investigator_appointed", CAME)
    facts = matter(appointed, kind=MatterKind.CONDUCT_MATTER, people=(STAFF,))
    assert one("INV-06", facts, LATER).law == "Local rule"


def test_a_complaint_about_nobody_known_keeps_its_citation() -> None:
    assert ANA.part is not Part.OFFICER_CONCERNED
    assert "SI 2020/4 reg 14" in one("INV-01", matter(REACHED, people=(ANA,)), LATER).law
