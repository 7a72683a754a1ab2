"""Lessons of vetting: what was known and not weighed, not asked, not answered, or set aside by one person."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from peelian.rules.vetting import Weighing
from peelian.terms.refusals import NotAllowed, NotValid
from peelian.terms.vetting import Said
from peelian.vetting import actions, queries
from peelian.vetting.models import Decision
from tests import worlds
from tests.vettings import PLAIN, Vetted, vetted

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(at: datetime) -> Vetted:
    return vetted(at)


def a_matter(made: Vetted, came: date, category: str = "A1") -> str:
    handler = worlds.user(made.at, "Hans Handler", "assessor").viewer
    said = (worlds.allegation("He hit his partner.", category, against=(0,)),)
    return worlds.open_complaint(handler, came, officers=[made.person], allegations=said)


def test_les_01_no_decision_while_an_allegation_whatever_became_of_it_is_not_weighed(made: Vetted) -> None:
    matter = a_matter(made, date(2012, 3, 1))
    made.asks()
    informed = made.informs()
    made.answered()
    assert [one.key for one in made.row.against] == [f"allegation:{matter}/1", f"information:{informed}"]
    with pytest.raises(NotAllowed, match="Not weighed yet: They were violent at home") as refused:
        made.recommends(weights={f"allegation:{matter}/1": PLAIN})
    assert "LES-01" in refused.value.refusal.law
    made.recommends("grant_controls")
    later = made.informs()
    assert made.row.unread is not None
    with pytest.raises(NotAllowed, match="Not weighed yet"):
        made.decides("grant_controls")
    made.recommends("grant_controls")
    assert made.decides("grant_controls")
    weights = made.row.recommendation.weights if made.row.recommendation else ()
    assert len(weights) == 3
    assert later in {one.key.partition(":")[2] for one in made.row.against}


def test_les_06_a_renewal_is_not_decided_by_one_person_while_a_serious_matter_is_recent_or_open(
    made: Vetted,
) -> None:
    a_matter(made, made.on - timedelta(days=365 * 9), "J1")
    made.asks("renewal")
    made.answered()
    with pytest.raises(NotAllowed, match="second person") as refused:
        actions.renew_alone(by=made.officer.viewer, application_ref=made.ref, reasons="Nothing new.", on=made.on)
    assert "LES-06" in refused.value.refusal.law
    assert made.row.not_routine == refused.value.refusal
    made.recommends("grant_controls")
    assert made.decides("grant_controls")


def test_les_06_a_renewal_against_which_nothing_stands_is_decided_by_one_person(made: Vetted) -> None:
    made.asks("renewal")
    made.answered()
    ref = actions.renew_alone(by=made.officer.viewer, application_ref=made.ref, reasons="Nothing.", on=made.on)
    assert queries.clearance(made.officer.viewer, ref).state.is_in_force
    assert made.row.decision is not None
    assert made.row.decision.is_routine


def test_les_12_a_recommendation_is_overridden_by_a_chief_officer_alone_with_controls_and_shows_for_good(
    made: Vetted,
) -> None:
    made.asks()
    made.informs()
    made.answered()
    made.recommends("refuse")
    with pytest.raises(NotAllowed, match="chief officer") as refused:
        made.decides("grant")
    assert "LES-12" in refused.value.refusal.law
    with pytest.raises(NotValid, match="only with controls"):
        made.decides("grant", made.chief)
    with pytest.raises(NotValid, match="which controls"):
        made.decides("grant_controls", made.chief)
    controls = [("No key to the cash office.", made.on + timedelta(days=90))]
    ref = made.decides("grant_controls", made.chief, reasons="The debts were paid.", controls=controls)
    held = queries.clearance(made.officer.viewer, ref)
    assert (held.overridden, held.state.words) == (True, "Held, with controls")
    listed = queries.overrides(made.manager.viewer)
    assert [(one.application_ref, one.decided, one.by) for one in listed] == [
        (made.ref, "Grant clearance, with controls", made.chief.viewer.name)
    ]
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        Decision.objects.update(is_override=False)


def test_les_13_a_transfer_is_not_cleared_while_an_area_has_not_answered(made: Vetted) -> None:
    made.asks("transfer")
    made.answered(but=("local_intel", "Southby"))
    made.says("local_intel", Said.ASKED, "Southby")
    with pytest.raises(NotAllowed, match="Not answered: Local intelligence"):
        made.recommends()
    made.says("local_intel", Said.EXPLAINED, "Southby")
    with pytest.raises(NotAllowed, match="a reason is not enough") as refused:
        made.recommends()
    assert "LES-13" in refused.value.refusal.law
    made.says("local_intel", area="Southby")
    made.recommends()
    assert made.decides()


@pytest.mark.parametrize("reasons", [("one_off",), ("passage_of_time",), ("one_off", "passage_of_time")])
def test_les_28_one_off_or_long_ago_alone_is_no_reason_and_a_second_person_decides(
    made: Vetted, reasons: tuple[str, ...]
) -> None:
    made.asks()
    key = f"information:{made.informs()}"
    made.answered()
    with pytest.raises(NotValid, match="alone is no reason"):
        made.recommends(weights={key: Weighing("little", reasons, "It was once.", "The file")})
    with pytest.raises(NotValid, match="Name the evidence"):
        made.recommends(weights={key: Weighing("little", (*reasons, "disproved"), "It was not so.")})
    made.recommends(weights={key: Weighing("little", (*reasons, "disproved"), "It was not so.", "CCTV, exhibit 4")})
    both = worlds.user(made.at, "Bo Both", "vetting_officer", "vetting_manager")
    made.officer = both
    made.recommends()
    with pytest.raises(NotAllowed, match="somebody else decides") as refused:
        made.decides(by=both)
    assert "LES-28" in refused.value.refusal.law


def test_les_29_a_transfer_is_not_cleared_without_the_last_force_and_the_lists(made: Vetted) -> None:
    for missing in (("psd", "Northbeck"), ("barred_advisory", "")):
        made.person = worlds.officer(made.at, f"Moved {missing[0]}")
        made.asks("transfer")
        made.answered(but=missing)
        with pytest.raises(NotAllowed, match="Not answered") as refused:
            made.recommends()
        assert refused.value.refusal.law
        made.says(*missing[:1], area=missing[1])
        made.recommends()


def test_les_32_clearance_is_not_withdrawn_without_notice_and_reply_nor_by_whoever_took_part(made: Vetted) -> None:
    clearance = made.cleared()
    start = made.on
    second = worlds.user(made.at, "Sela Second", "vetting_manager")
    ref = actions.open_withdrawal(
        by=made.officer.viewer, clearance_ref=clearance, words="A caution was found.", on=start
    )

    def take(by: worlds.Someone, step: str, days: int) -> None:
        viewer = worlds.later(by, made.at + timedelta(days=days))
        on = start + timedelta(days=days)
        actions.take(by=viewer, withdrawal_ref=ref, step=step, words="Done, for the reasons given.", on=on)

    take(second, "assessment", 0)
    take(second, "appointed", 0)
    third = worlds.user(made.at, "Thea Third", "vetting_manager")
    with pytest.raises(NotAllowed, match="Notice and material supplied"):
        take(third, "withdrawn", 1)
    take(made.officer, "notice", 1)
    with pytest.raises(NotAllowed, match="They may reply until"):
        take(third, "withdrawn", 2)
    with pytest.raises(NotAllowed, match="independent"):
        take(second, "withdrawn", 60)
    with pytest.raises(NotAllowed, match="You granted this clearance"):
        take(made.manager, "withdrawn", 60)
    take(third, "withdrawn", 60)
    take(made.officer, "supplied", 61)
    with pytest.raises(NotAllowed, match="They may appeal until"):
        take(made.chief, "dismissed", 62)
    take(made.officer, "appeal", 65)
    take(made.chief, "appeal_allowed", 90)
    later = worlds.later(made.officer, made.at + timedelta(days=90))
    assert queries.clearance(later, clearance).state.is_in_force
    assert [one.clock for one in queries.withdrawal(later, ref).windows] == ["VET-03", "VET-04"]


def test_les_21_whoever_assesses_severity_sees_clearance_interests_and_associations_or_that_there_are_none(
    made: Vetted,
) -> None:
    assessor = worlds.user(made.at, "Asa Assessor", "assessor").viewer
    assert queries.clearances_of(assessor, made.person) == queries.declarations_of(assessor, made.person) == ()
    made.cleared()
    said: dict[str, Any] = {
        "about": "A cousin who deals",
        "words": "They live together.",
        "by_self": True,
        "arose_on": made.on,
    }
    actions.declare(by=made.officer.viewer, person_ref=made.person, kind="association_criminal", on=made.on, **said)
    [clearance] = queries.clearances_of(assessor, made.person)
    [association] = queries.declarations_of(assessor, made.person)
    assert (clearance.level, association.about) == ("RV", "A cousin who deals")
    with pytest.raises(NotAllowed):
        queries.clearances_of(worlds.user(made.at, "Hal Handler", "complaint_handler").viewer, made.person)
