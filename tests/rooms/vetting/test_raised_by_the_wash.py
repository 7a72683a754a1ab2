"""A judged record of the wash opens a review of clearance the same day, and stands on the page of the decision."""

from datetime import datetime
from typing import Any

import pytest

from peelian.cli import vetting as vetting_commands
from peelian.matches import actions as matches
from peelian.people import actions as people
from peelian.terms.people import IdentifierKind
from peelian.vetting import actions, queries
from tests import worlds
from tests.lessons.cases import conduct_case
from tests.vettings import Vetted, vetted
from tests.washed import RAPE, Washed, found

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(at: datetime) -> Vetted:
    return vetted(at)


@pytest.fixture
def wash(made: Vetted) -> Washed:
    """A wash of the same person, judged by the officer who vets."""
    people.add_identifier(
        by=worlds.peelian(made.at), person_ref=made.person, kind=IdentifierKind.STAFF_NUMBER, value="E100", on=made.on
    )
    other = worlds.user(made.at, "Otto Oak", "supervisor")
    head = worlds.user(made.at, "Hedda Head", "head_of_professional_standards")
    return Washed(made.at, made.person, made.officer, other, head)


def raised(made: Vetted) -> tuple[str, ...]:
    return actions.open_raised(by=worlds.peelian(made.at), on=made.on)


def test_a_hit_whose_result_is_a_vetting_review_opens_one_once(made: Vetted, wash: Washed) -> None:
    made.cleared()
    wash.take_in(found())
    wash.judged("yes")
    assert raised(made) == ()
    given = {"by": made.officer.viewer, "pair_ref": wash.ref(), "reasons": "It bears on the post.", "on": made.on}
    matches.give_result(result="vetting_review", **given)
    [made.ref] = raised(made)
    assert (made.row.purpose.key, made.row.trigger, made.row.line.on) == (
        "review",
        "Confirmed hit in a record wash",
        made.on,
    )
    assert made.row.pair_ref == wash.ref()
    [item] = made.row.against
    assert (item.kind, item.title) == ("Record found by the wash", "Harassment, suspect")
    assert raised(made) == ()


def test_a_serious_record_opens_a_review_whatever_follows(made: Vetted, wash: Washed) -> None:
    made.cleared()
    wash.take_in(found(**RAPE))
    wash.judged("yes")
    assert len(actions.open_raised(by=worlds.peelian(made.at), on=made.on, pair_ref=wash.ref())) == 1


@pytest.mark.parametrize("said", [{"purpose": "welfare"}, {"link": "association"}])
def test_a_victims_and_an_associates_record_open_nothing(made: Vetted, wash: Washed, said: dict[str, str]) -> None:
    made.cleared()
    wash.take_in(found(**RAPE | said))
    wash.judged("yes")
    assert raised(made) == ()


def test_whoever_holds_no_clearance_is_not_reviewed(made: Vetted, wash: Washed) -> None:
    wash.take_in(found(**RAPE))
    wash.judged("yes")
    assert raised(made) == ()
    made.asks()
    assert [one.kind for one in made.row.against] == ["Record found by the wash"]


def test_the_record_of_a_victim_never_stands_against_them(made: Vetted, wash: Washed) -> None:
    wash.take_in(found(purpose="welfare"))
    wash.judged("yes")
    made.asks()
    assert made.row.against == ()
    assert queries.board(made.officer.viewer).to_recommend == 1


def test_a_timer_opens_what_casework_asks_for_once_and_hidden_with_its_matter(
    made: Vetted, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made.cleared()
    case = conduct_case(made.at, officer=made.person)
    assessor = case.by("assessor")
    case.refer_or_not(assessor)
    case.read(assessor)
    given: dict[str, Any] = {
        "person_key": made.person,
        "yes": ["justifies_dismissal", "justifies_action", "below_expected"],
    }
    case.sign(case.by("supervisor"), case.decide(assessor, "severity", "gross_misconduct", **given))
    monkeypatch.setattr(vetting_commands, "command_line", lambda because: worlds.peelian(made.at))
    vetting_commands.open_reviews()
    vetting_commands.open_reviews()
    assert "0 reviews opened." in capsys.readouterr().err
    [row] = [one for one in queries.applications(made.officer.viewer).rows if one.person.ref == made.person]
    made.ref = row.ref
    assert (made.row.matter_ref, made.row.purpose.key) == (case.ref, "review")
    assert queries.raised(made.officer.viewer) == ()
