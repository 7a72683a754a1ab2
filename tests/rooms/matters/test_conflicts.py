"""Who is proposed for a place, who is refused one, what may be set aside, and another force where nobody is left."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from peelian.matters import actions, queries
from peelian.matters.rows import InvolvedDraft, Proposed
from peelian.people import actions as people
from peelian.rules.outside import OutsideGround
from peelian.terms.matters import Capacity
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from peelian.walls import actions as walls
from tests import worlds
from tests.statements import counted

pytestmark = pytest.mark.django_db
CAME = date(2026, 10, 5)
LONG_AGO = date(2020, 1, 1)
INVESTIGATOR = Capacity.INVESTIGATOR


class Stage:
    """A supervisor, an appropriate authority, two investigators; an officer concerned of Response, and their matter."""

    def __init__(self, at: datetime) -> None:
        self.at, self.today = at, worlds.peelian(at).today
        self.unit, self.response = worlds.unit(at), worlds.unit(at, "Response")
        self.supervisor = worlds.user(at, "Sue Pervisor", "supervisor", unit_ref=self.unit)
        self.authority = worlds.user(at, "Ann Authority", "appropriate_authority", unit_ref=self.unit)
        self.iva = worlds.user(at, "Iva Stigator", "investigator", unit_ref=self.unit)
        self.ivo = worlds.user(at, "Ivo Stigator", "investigator", unit_ref=self.unit)
        self.officer = worlds.officer(at, "Shaw", "Ada")
        self.post(self.officer, self.response)
        self.matter = worlds.open_complaint(worlds.peelian(at), CAME, officers=[self.officer])

    def post(self, person_ref: str, unit_ref: str, on: date = LONG_AGO) -> None:
        people.post_to(by=worlds.peelian(self.at), person_ref=person_ref, unit_ref=unit_ref, on=on)

    def proposed(self, by: worlds.Someone | None = None, capacity: Capacity = INVESTIGATOR) -> dict[str, Proposed]:
        viewer = (by or self.supervisor).viewer
        found = queries.proposal(viewer, self.matter, capacity, self.today)
        return {one.user.name: one for one in found.candidates}

    def why_not(self, name: str, **asked: Any) -> list[str]:
        return [one.reason for one in self.proposed(**asked)[name].refusals]

    def allocate(self, user: worlds.Someone, *, by: worlds.Someone | None = None, **more: Any) -> None:
        actions.allocate(
            **{"by": (by or self.supervisor).viewer, "matter_ref": self.matter, "user_ref": user.user_ref}
            | {"capacity": INVESTIGATOR, "on": self.today}
            | more
        )


@pytest.fixture
def stage(at: datetime) -> Stage:
    return Stage(at)


def test_the_eligible_come_first_and_whoever_has_least_in_hand_before_the_others(stage: Stage, at: datetime) -> None:
    other = worlds.open_complaint(worlds.peelian(at), CAME)
    stage.allocate(stage.iva, matter_ref=other)
    stage.post(stage.supervisor.ref, stage.response)
    assert [(name, one.load, one.is_eligible) for name, one in stage.proposed().items()] == [
        ("Ivo Stigator", 0, True),
        ("Iva Stigator", 1, True),
        ("Sue Pervisor", 0, False),
    ]


def test_a_shared_unit_is_named_refused_and_set_aside_with_reasons_that_stand_on_the_matter(stage: Stage) -> None:
    """LES-25."""
    stage.post(stage.iva.ref, stage.response)
    assert stage.why_not("Iva Stigator") == ["Shares a unit with a person concerned."]
    with pytest.raises(NotAllowed, match="Shares a unit") as refused:
        stage.allocate(stage.iva)
    assert refused.value.refusal.law.startswith("Local rule CI-4")
    with pytest.raises(NotAllowed, match="does not let you decide for the appropriate authority"):
        stage.allocate(stage.iva, set_aside="Nobody else.")
    stage.allocate(stage.iva, by=stage.authority, set_aside="Nobody else holds the accreditation.")
    row = queries.matter(stage.supervisor.viewer, stage.matter)
    assert [(one.name, one.reasons, one.by) for one in row.set_aside] == [
        ("Iva Stigator", "Nobody else holds the accreditation.", "Ann Authority")
    ]
    assert [place.user.name for place in row.places if place.capacity is INVESTIGATOR] == ["Iva Stigator"]


def test_nothing_lets_in_somebody_tied_and_the_tie_is_not_told(stage: Stage) -> None:
    by = worlds.peelian(stage.at)
    one, other = stage.iva, stage.officer
    walls.tie(
        by=by,
        person_id=one.person_id,
        person_ref=one.ref,
        other_id=worlds.key(stage.at, other),
        other_ref=other,
        ground="declared_relationship",
        on=LONG_AGO,
    )
    assert stage.why_not("Iva Stigator") == ["Not eligible."]
    with pytest.raises(NotAllowed):
        stage.allocate(stage.iva)
    with pytest.raises(NotAllowed, match="cannot be set aside"):
        stage.allocate(stage.iva, by=stage.authority, set_aside="All the same.")


def test_nobody_sets_a_rule_aside_for_themselves(stage: Stage) -> None:
    stage.post(stage.authority.ref, stage.response)
    given = {"by": stage.authority, "capacity": Capacity.APPROPRIATE_AUTHORITY, "set_aside": "I can be fair."}
    with pytest.raises(NotAllowed, match="of their own"):
        stage.allocate(stage.authority, **given)


def test_whoever_investigates_does_not_decide(stage: Stage, at: datetime) -> None:
    """CI-6."""
    both = worlds.user(at, "Bo Both", "supervisor", "appropriate_authority", unit_ref=stage.unit)
    stage.allocate(both)
    with pytest.raises(NotAllowed, match="Whoever investigates a matter does not decide"):
        stage.allocate(both, capacity=Capacity.APPROPRIATE_AUTHORITY)
    with pytest.raises(NotAllowed, match="cannot be set aside"):
        stage.allocate(both, by=stage.authority, capacity=Capacity.APPROPRIATE_AUTHORITY, set_aside="We are few.")


def test_another_matter_together_is_told_to_whoever_may_see_it_and_to_nobody_else(stage: Stage, at: datetime) -> None:
    """A ground behind a wall reads as a tie does: two words, and no more."""
    system = worlds.peelian(at)
    worlds.open_complaint(
        system,
        CAME,
        officers=[stage.officer],
        witnesses=(InvolvedDraft(stage.iva.ref),),
        sensitive_reason="A colleague",
    )
    assert stage.why_not("Iva Stigator") == ["Not eligible."]
    with pytest.raises(NotAllowed, match="Not eligible") as refused:
        stage.allocate(stage.iva)
    assert "another matter" not in refused.value.refusal.reason
    with pytest.raises(NotAllowed, match="cannot be set aside"):
        stage.allocate(stage.iva, by=stage.authority, set_aside="Why not?")
    worlds.open_complaint(system, CAME, officers=[stage.officer], witnesses=(InvolvedDraft(stage.ivo.ref),))
    assert stage.why_not("Ivo Stigator") == ["Plays a part in another matter together with a person concerned."]


def test_the_load_counts_no_matter_that_the_viewer_may_not_see(stage: Stage, at: datetime) -> None:
    hidden = worlds.open_complaint(worlds.peelian(at), CAME, sensitive_reason="A colleague")
    stage.allocate(stage.iva, by=worlds.Someone("", 0, worlds.peelian(at), ""), matter_ref=hidden)
    assert stage.proposed()["Iva Stigator"].load == 0


def test_a_chief_officer_is_investigated_by_another_force(stage: Stage) -> None:
    """CI-3."""
    people.hold_rank(by=worlds.peelian(stage.at), person_ref=stage.officer, rank="Chief Constable", on=LONG_AGO)
    found = queries.proposal(stage.supervisor.viewer, stage.matter, INVESTIGATOR, stage.today)
    assert found.needs_another_force
    assert found.eligible == ()
    with pytest.raises(NotAllowed, match="same force"):
        stage.allocate(stage.iva)


def test_an_accreditation_is_asked_for_on_the_day(stage: Stage, settings: Any) -> None:
    settings.PEELIAN_INVESTIGATORS_HOLD = frozenset({"PIP 2"})
    people.accredit(
        by=worlds.peelian(stage.at), person_ref=stage.iva.ref, title="PIP 2", on=LONG_AGO, to_on=stage.today
    )
    people.accredit(by=worlds.peelian(stage.at), person_ref=stage.ivo.ref, title="PIP 2", on=LONG_AGO)
    assert stage.proposed()["Ivo Stigator"].is_eligible
    assert "accreditation" in stage.why_not("Iva Stigator")[0]


def test_a_proposal_costs_the_same_however_many_there_are(stage: Stage, at: datetime) -> None:
    costs = []
    for _ in range(2):
        with counted() as asked:
            stage.proposed()
        costs.append(len(asked))
        for number in range(6):
            extra = worlds.user(at, f"Extra Person{len(costs)}{number}", "investigator", unit_ref=stage.unit)
            stage.post(extra.ref, stage.response)
    assert costs == [21, 21]


def test_another_force_is_asked_followed_up_and_answers_once(stage: Stage) -> None:
    given = {"by": stage.supervisor.viewer, "matter_ref": stage.matter}
    asked = given | {
        "capacity": INVESTIGATOR,
        "ground": OutsideGround.NOBODY,
        "force": "Westshire Police",
        "reasons": "All of us know her.",
        "owner_ref": stage.authority.user_ref,
        "due_on": stage.today + timedelta(days=14),
        "on": stage.today,
    }
    with pytest.raises(NotValid, match="may see this matter"):
        actions.ask_another_force(**(asked | {"owner_ref": stage.iva.user_ref}))
    ref = actions.ask_another_force(**asked)
    assert [one.ref for one in queries.my_outside_requests(stage.authority.viewer)] == [ref]
    answer = given | {"request_ref": ref, "agreed": True, "words": "DCI Lee will lead it.", "on": stage.today}
    actions.record_outside_answer(**answer)
    with pytest.raises(NotValid, match="recorded already"):
        actions.record_outside_answer(**answer)
    assert queries.my_outside_requests(stage.authority.viewer) == ()
    assert queries.outside_request(stage.supervisor.viewer, stage.matter, ref).answer.words == "DCI Lee will lead it."
    with pytest.raises(NotFound):
        queries.outside_request(stage.iva.viewer, stage.matter, ref)
