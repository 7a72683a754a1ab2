"""The words of a matter erased, wherever loads kept them; a later extract of the source does not bring them back."""

import json
from dataclasses import replace

import pytest

from peelian.feeds.fields import FIELDS, Shape
from peelian.intake.erasing import LONG_TEXTS
from peelian.intake.models import HeldRow, PendingChange, SetAsideRow
from peelian.loads import actions, files, queries
from peelian.matters.models import Allegation, Matter, Narrative
from peelian.search.queries import matching
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed
from peelian.terms.viewer import Viewer
from tests.rooms.loads.conftest import HISTORY

pytestmark = pytest.mark.django_db
WHY = "a test looks at everything"
TOLD = (
    HISTORY
    + """
[[column]]
name = "story"
field = "narrative"
[[column]]
name = "alleged"
field = "allegation_text"
"""
)
HEADER = ("case", "officer", "category", "finding", "received", "closed", "story", "alleged")
WORDS = ("wyvern", "grimoire", "basilisk")
FIRST = (
    ("C1", "A", "Delay", "", "2021-03-01", "", "The wyvern was kept.", "He hid a grimoire."),
    ("C1", "A", "Delay", "", "2021-02-30", "", "The basilisk was kept.", ""),  # no such day: set aside
    ("C2", "B", "Delay", "", "2022-05-04", "", "Another story.", ""),
    ("C2", "D", "Delay", "", "2022-02-30", "", "Set aside as well.", ""),
)
SECOND = (
    ("C1", "A", "Delay", "Upheld", "2021-03-01", "", "The wyvern was kept.", "He hid a grimoire, twice."),
    ("C1", "E", "Delay", "", "2021-03-01", "", "The wyvern was kept.", ""),  # a new row of the same matter
    *FIRST[2:3],
)


@pytest.fixture
def head(by: Viewer) -> Viewer:
    powers = {Permission.ERASE, Permission.READ_MATTERS, Permission.READ_LOADS, Permission.LOAD}
    return Viewer(actor="user:head", at=by.at, user_id=990, permissions=frozenset(powers))


def matter(key: str = "C1") -> Matter:
    return Matter.objects.as_system(because=WHY).get(source_key=key)


def erase(by: Viewer) -> None:
    held = matter()
    given = {"matter_ref": held.ref, "version": held.version, "reason": "Upheld request", "on": by.today}
    actions.erase_words_of_matter(by=by, **given)


def everything_kept() -> str:
    texts = [*HeldRow.objects.values_list("said", flat=True), *SetAsideRow.objects.values_list("raw", flat=True)]
    texts += PendingChange.objects.values_list("fields", flat=True)
    texts += [*Narrative.objects.values_list("text", flat=True), *Allegation.objects.values_list("text", flat=True)]
    return json.dumps([*texts, *SetAsideRow.objects.values_list("reason", flat=True)])


def test_nothing_a_load_kept_of_the_words_is_left_and_the_rest_stays(load, write, head) -> None:
    row = load(write("a.csv", HEADER, FIRST), TOLD)
    assert all(word in everything_kept() for word in WORDS)
    file = files.beside(row.ref, files.SET_ASIDE)
    assert file
    assert "basilisk" in file.read_text(encoding="utf-8-sig")
    erase(head)
    assert not [word for word in WORDS if word in everything_kept()]
    said = file.read_text(encoding="utf-8-sig")
    assert "basilisk" not in said
    assert "Set aside as well." in said
    assert "Another story." in everything_kept()
    found = Matter.objects.as_system(because=WHY).filter(pk__in=matching(RecordKind.MATTER, "wyvern"))
    assert not found.exists()
    assert matter().came_to_attention_on.isoformat() == "2021-03-01"
    (kept,) = queries.said_of(head, RecordKind.MATTER, matter().pk)
    assert ("date of the complaint", "2021-03-01") in kept.values
    assert queries.load(head, row.ref).adds_up


def test_changes_of_an_earlier_load_lose_the_words_too(load, write, head) -> None:
    load(write("a.csv", HEADER, FIRST), TOLD)
    row = load(write("b.csv", HEADER, SECOND), TOLD)
    assert "twice" in repr(queries.changes(head, row.ref).rows)
    erase(head)
    assert not [word for word in (*WORDS, "twice") if word in everything_kept()]
    (change,) = queries.changes(head, row.ref).rows
    assert change.fields == (("final finding", "", "Upheld"),)


def test_a_later_extract_does_not_bring_the_words_back(load, write, head) -> None:
    load(write("a.csv", HEADER, FIRST), TOLD)
    erase(head)
    load(write("b.csv", HEADER, SECOND), TOLD)
    assert matter().narrative.text == ""
    assert Allegation.objects.filter(finding_words="Upheld").get().text == ""
    assert "grimoire" not in everything_kept()


def test_words_are_erased_only_by_those_who_may(load, write, head) -> None:
    load(write("a.csv", HEADER, FIRST), TOLD)
    with pytest.raises(NotAllowed):
        erase(replace(head, permissions=head.permissions - {Permission.ERASE}))
    assert "wyvern" in everything_kept()


def test_every_long_text_that_a_map_may_fill_is_one_that_is_erased() -> None:
    shapes = [field for known in FIELDS.values() for field in known.values() if field.shape is Shape.LONG_TEXT]
    of_a_person = {"complainant_contact"}  # how to reach somebody, which stays with them
    assert {field.name for field in shapes} - of_a_person == LONG_TEXTS
