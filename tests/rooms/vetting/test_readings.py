"""What stands behind a wall for those who decide on clearance is read by somebody else, and they never learn of it."""

from datetime import date, datetime

import pytest

from peelian.intake import queries as intake
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from peelian.vetting import actions, queries
from tests import worlds
from tests.vettings import Vetted, vetted

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(at: datetime) -> Vetted:
    """Somebody about whom a complaint is open that the manager who decides made: the wall keeps the manager out."""
    made = vetted(at)
    handler = worlds.user(at, "Hans Handler", "assessor").viewer
    made.asks()
    worlds.open_complaint(handler, date(2024, 1, 1), officers=[made.person], complainants=[made.manager.ref])
    return made


def test_a_reader_is_asked_where_somebody_who_may_decide_cannot_see_a_matter(made: Vetted) -> None:
    assert queries.readings(made.chief.viewer) == ()
    actions.ask_all(by=made.officer.viewer, application_ref=made.ref, on=made.on)
    [asked] = queries.readings(made.chief.viewer)
    assert (asked.application_ref, asked.deciders, len(asked.matters)) == (made.ref, ("Mona Manager",), 1)
    assert queries.readings(made.manager.viewer) == ()
    assert queries.readings(made.officer.viewer) == ()
    with pytest.raises(NotFound):
        queries.reading(made.manager.viewer, asked.ref)
    made.answered()
    made.recommends("grant_controls")
    assert len(queries.readings(made.chief.viewer)) == 1, "what was asked before is not asked again"


def test_what_a_reader_shares_comes_in_at_intake_and_must_be_weighed(made: Vetted) -> None:
    actions.ask_all(by=made.officer.viewer, application_ref=made.ref, on=made.on)
    made.answered()
    made.recommends("grant_controls")
    before = repr(queries.application(made.manager.viewer, made.ref))
    [asked] = queries.readings(made.chief.viewer)
    given = {"by": made.chief.viewer, "reading_ref": asked.ref, "on": made.on}
    with pytest.raises(NotValid, match="Say why"):
        actions.answer_reading(shares="She was violent.", reasons=" ", **given)
    item = actions.answer_reading(shares="She was violent.", reasons="They must know.", **given)
    assert item.startswith("PI-")
    assert intake.words_by_ref(worlds.user(made.at, "Ines Intake", "assessor").viewer, [item]) == {
        item: "She was violent."
    }
    shown = queries.application(made.manager.viewer, made.ref)
    assert before != repr(shown)
    assert [one.kind for one in shown.against] == ["Shared by an independent reader"]
    with pytest.raises(NotAllowed, match="Not weighed yet: She was violent"):
        made.decides("grant_controls")
    with pytest.raises(NotValid, match="answered already"):
        actions.answer_reading(shares="", reasons="Again.", **given)


def test_nothing_shared_leaves_no_trace_for_those_who_decide(made: Vetted) -> None:
    actions.ask_all(by=made.officer.viewer, application_ref=made.ref, on=made.on)
    before = repr(queries.application(made.manager.viewer, made.ref))
    [asked] = queries.readings(made.chief.viewer)
    given = {"by": made.chief.viewer, "reading_ref": asked.ref, "on": made.on}
    assert actions.answer_reading(shares="", reasons="It is of no weight.", **given) == ""
    assert repr(queries.application(made.manager.viewer, made.ref)) == before
    [answered] = queries.readings(made.chief.viewer)
    assert (answered.answered_on, answered.shared) == (made.on, False)


def test_where_all_see_all_nobody_is_asked(at: datetime) -> None:
    made = vetted(at)
    worlds.open_complaint(worlds.user(at, "Hans Handler", "assessor").viewer, date(2024, 1, 1), officers=[made.person])
    made.asks()
    actions.ask_all(by=made.officer.viewer, application_ref=made.ref, on=made.on)
    assert queries.readings(made.chief.viewer) == ()
