"""What stands behind a wall for the one who decides is read by somebody who may see it."""

from datetime import date, datetime

import pytest

from peelian.decisions import queries
from peelian.decisions.actions import answer_reading
from peelian.decisions.models import Reading
from peelian.intake import queries as intake
from peelian.matters import actions as matters
from peelian.terms.refusals import NotFound, NotValid
from peelian.terms.viewer import Viewer
from tests import worlds
from tests.rooms.decisions.test_deciding import read_joint_view
from tests.statements import counted

pytestmark = pytest.mark.django_db
CAME = date(2026, 10, 5)


@pytest.fixture
def officer(at: datetime) -> str:
    return worlds.officer(at, "Shaw", "Ada")


@pytest.fixture
def assessor(at: datetime) -> Viewer:
    return worlds.user(at, "Aster Lee", "assessor").viewer


@pytest.fixture
def reader(at: datetime) -> Viewer:
    return worlds.user(at, "Rea Der", "supervisor").viewer


@pytest.fixture
def matter(at: datetime, officer: str, assessor: Viewer, reader: Viewer) -> str:
    """A matter of an officer about whom there is a sensitive one too, which the reader is named on."""
    hidden = worlds.open_complaint(reader, CAME, officers=[officer], sensitive_reason="The reporter is at risk.")
    assert not queries.decisions(reader, hidden)
    return worlds.open_complaint(worlds.peelian(at), CAME, officers=[officer])


def test_a_reader_is_asked_and_the_one_who_decides_does_not_learn_of_it(
    assessor: Viewer, reader: Viewer, matter: str
) -> None:
    read_joint_view(assessor, matter)
    assert queries.joint(assessor, matter).people[0].matters == ()
    assert queries.readings(assessor) == ()
    [asked] = queries.readings(reader)
    assert (asked.matter_ref, asked.decider, len(asked.matters)) == (matter, "Aster Lee", 1)
    read_joint_view(assessor, matter)
    assert len(queries.readings(reader)) == 1  # asked once for the same


def test_what_the_reader_shares_comes_back_through_intake(
    at: datetime, assessor: Viewer, reader: Viewer, matter: str, officer: str
) -> None:
    read_joint_view(assessor, matter)
    [asked] = queries.readings(reader)
    words = "A second report about the same behaviour is being looked into."
    ref = answer_reading(by=reader, reading_ref=asked.ref, share=words, reasons="They must know.", on=at.date())
    assert intake.item(assessor, ref).words == words
    assert intake.item(assessor, ref).about_key == matter
    assert queries.readings(reader)[0].shared
    with pytest.raises(NotValid, match="already"):
        answer_reading(by=reader, reading_ref=asked.ref, share="", reasons="Again.", on=at.date())


def test_nothing_may_be_shared_but_never_without_reasons(
    at: datetime, assessor: Viewer, reader: Viewer, matter: str
) -> None:
    read_joint_view(assessor, matter)
    [asked] = queries.readings(reader)
    with pytest.raises(NotValid):
        answer_reading(by=reader, reading_ref=asked.ref, share="", reasons=" ", on=at.date())
    assert answer_reading(by=reader, reading_ref=asked.ref, share="", reasons="Not alike.", on=at.date()) == ""
    assert not queries.readings(reader)[0].shared


def test_a_reading_is_nobody_elses(at: datetime, assessor: Viewer, reader: Viewer, matter: str) -> None:
    read_joint_view(assessor, matter)
    [asked] = queries.readings(reader)
    other = worlds.user(at, "Other Signer", "supervisor").viewer
    for viewer in (assessor, other):
        with pytest.raises(NotFound):
            queries.reading(viewer, asked.ref)


def test_where_nobody_could_read_it_waits_for_somebody_who_can(at: datetime, assessor: Viewer, officer: str) -> None:
    reader = worlds.user(at, "Handler Only", "supervisor")
    hidden = worlds.open_complaint(reader.viewer, CAME, officers=[officer], sensitive_reason="At risk.")
    matter = worlds.open_complaint(worlds.peelian(at), CAME, officers=[officer])
    matters.declare_conflict(by=reader.viewer, matter_ref=hidden, reason="A friend.", on=at.date())
    read_joint_view(assessor, matter)
    assert Reading.objects.get().reader_id is None
    assert queries.readings(reader.viewer) == ()


def test_nobody_is_asked_where_all_is_seen(at: datetime, assessor: Viewer, officer: str) -> None:
    read_joint_view(assessor, worlds.open_complaint(worlds.peelian(at), CAME, officers=[officer]))
    assert not Reading.objects.exists()


def test_more_readings_cost_no_more_statements(
    at: datetime, assessor: Viewer, reader: Viewer, matter: str, officer: str
) -> None:
    read_joint_view(assessor, matter)
    with counted() as one:
        assert len(queries.readings(reader)) == 1
    for number in range(3):
        worlds.open_complaint(reader, CAME, officers=[officer], sensitive_reason=f"Another, {number}.")
        read_joint_view(assessor, matter)
    with counted() as several:
        assert len(queries.readings(reader)) == 4
    assert len(several) == len(one)
