"""Lessons of reports handled by people too close: the line, the subject, and whoever is tied to them are kept out."""

from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from peelian.intake import queries as intake
from peelian.journal.models import Entry
from peelian.matters import actions as matters
from peelian.matters import queries as found
from peelian.matters.queries import MustSign, parts
from peelian.matters.rows import InvolvedDraft
from peelian.terms.matters import Capacity, Part
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from tests import worlds
from tests.lessons.cases import conduct_case
from tests.walls.cast import Cast

pytestmark = pytest.mark.django_db


def line_of(at: datetime, officer: str) -> list[worlds.Someone]:
    """Whoever manages the officer and whoever works under them; both may otherwise read and assess what arrives."""
    cast = Cast(at)
    manager = worlds.user(at, "Mabry Overend", "supervisor")
    under = worlds.user(at, "Tolly Underhay", "assessor")
    cast.tie(manager.person_id, worlds.key(at, officer))
    cast.tie(worlds.key(at, officer), under.person_id)
    return [manager, under]


def test_les_16_nobody_in_the_line_of_the_person_reported_sees_or_closes_the_report(at: datetime) -> None:
    officer = worlds.officer(at, "Fenwright", "Jory")
    about = [(worlds.key(at, officer), "reported")]
    item = worlds.item(at, channel="internal", words="He warned me off.", never_show_to=about)
    assessor = worlds.user(at, "Asa Quill", "assessor").viewer
    assert intake.item(assessor, item).words == "He warned me off."
    matter = worlds.open_complaint(assessor, at.date(), officers=[officer], intake_ref=item)
    for someone in line_of(at, officer):
        assert intake.items(someone.viewer).total == 0
        with pytest.raises(NotFound):
            intake.item(someone.viewer, item)
        with pytest.raises(NotFound):
            found.matter(someone.viewer, matter)
        with pytest.raises(NotFound):
            matters.mark_closed(by=someone.viewer, matter_ref=matter, version=1, on=at.date(), reasons="Dealt with.")


def test_les_25_somebody_tied_to_the_person_concerned_cannot_be_given_the_matter_and_everybody_signs(
    at: datetime,
) -> None:
    case = conduct_case(at)
    giver = case.by("supervisor")
    given = {"by": giver, "matter_ref": case.ref, "capacity": Capacity.INVESTIGATOR, "on": at.date()}
    friend = worlds.user(at, "Perrin Dell", "investigator")
    Cast(at).tie(friend.person_id, worlds.key(at, case.officer), "declared_relationship")
    with pytest.raises((NotAllowed, NotValid)):
        matters.allocate(user_ref=friend.user_ref, **given)
    other = worlds.user(at, "Ines Vestey", "investigator")
    matters.allocate(user_ref=other.user_ref, **given)
    with pytest.raises(MustSign):
        found.matter(other.viewer, case.ref)
    matters.sign(by=other.viewer, matter_ref=case.ref, on=at.date())
    assert found.matter(other.viewer, case.ref).line.ref == case.ref
    matters.add_person(
        by=giver,
        matter_ref=case.ref,
        version=parts(giver, case.ref).version,
        part=Part.OFFICER_CONCERNED,
        involved=InvolvedDraft(worlds.officer(at, "Tansley", "Bree")),
        on=at.date(),
    )
    with pytest.raises(MustSign):
        found.matter(other.viewer, case.ref)


def test_les_26_a_look_by_the_person_concerned_is_refused_and_written_down(at: datetime, settings: Any) -> None:
    settings.PEELIAN_SECOND_FACTOR = "optional"
    subject = worlds.user(at, "Jory Fenwright", "assessor")
    case = conduct_case(at, officer=subject.ref)
    manager = line_of(at, subject.ref)[0]
    for someone in (subject, manager):
        client = Client()
        client.force_login(get_user_model().objects.get(ref=someone.user_ref))
        assert client.get(f"/matters/{case.ref}/").status_code == 404
        entry = Entry.objects.order_by("-seq")[0]
        assert (entry.act, entry.kind, entry.key, entry.actor) == ("refused", "matter", case.ref, someone.viewer.actor)
