"""Exhibits on a schedule: with a file they go as other items, without one they are listed by their description."""

import io
import zipfile

import pytest

from peelian.disclosure import actions, queries
from peelian.disclosure.rows import SourceRow
from peelian.disclosure.states import Decision, How, ItemKind
from peelian.evidence import actions as evidence
from peelian.terms.refusals import NotFound
from tests import worlds
from tests.rooms.disclosure.conftest import Desk
from tests.rooms.disclosure.documents import everything_in, typed


@pytest.fixture
def booked(desk: Desk) -> Desk:
    """A notebook of which a file shows a page, and a knife of which none does."""
    for mark, what in (("AB/1", "A notebook"), ("AB/2", "A knife")):
        desk.files[mark] = evidence.book_in(
            **desk.on(), mark=mark, description=what, where="The yard", found_by="A searcher", found_on=desk.today
        )
    page = desk.keep("Page of the notebook", typed("Willow wrote this."))
    evidence.attach(by=desk.decides, exhibit_ref=desk.files["AB/1"], file_ref=page, on=desk.today)
    return desk


def waiting(desk: Desk) -> dict[str, SourceRow]:
    return {one.name: one for one in queries.unscheduled(desk.decides, desk.matter)}


def test_exhibits_wait_for_the_schedule_and_the_file_that_shows_one_goes_with_it(booked: Desk) -> None:
    found = waiting(booked)
    assert set(found) == {"Exhibit AB/1: A notebook", "Exhibit AB/2: A knife"}
    assert {one.kind for one in found.values()} == {ItemKind.EXHIBIT}
    assert found["Exhibit AB/1: A notebook"].may_be_redacted
    assert not found["Exhibit AB/2: A knife"].may_be_redacted
    more = booked.keep("The cover", b"Its cover.")
    evidence.attach(by=booked.decides, exhibit_ref=booked.files["AB/1"], file_ref=more, on=booked.today)
    assert "The cover" in waiting(booked)


def test_an_exhibit_with_a_file_is_redacted_and_packed_and_one_without_is_listed(booked: Desk) -> None:
    for mark in ("AB/1", "AB/2"):
        booked.schedule(mark)
    booked.redact("AB/1", "Willow")
    booked.decide("AB/1", Decision.REDACT, ["protected_identity"])
    booked.decide("AB/2", Decision.DISCLOSE)
    pack = booked.pack("officer_concerned")
    assert [(one.item.kind, one.chosen) for one in booked.read(pack).held] == [
        (ItemKind.EXHIBIT, How.REDACTED),
        (ItemKind.EXHIBIT, How.WHOLE),
    ]
    booked.submit(pack)
    booked.approve(pack)
    booked.give(pack)
    given = queries.given_file(booked.decides, booked.matter, pack)
    with zipfile.ZipFile(io.BytesIO(given.content)) as parts:
        assert parts.namelist() == ["000 index.pdf", "001 item 4, redacted.pdf"]
        assert "Willow" not in everything_in(parts.read("001 item 4, redacted.pdf"))
    row = booked.read(pack).given
    assert row is not None
    assert "Item 5: Exhibit AB/2: A knife. To be looked at where it is kept; ask for a day." in row.index


def test_a_file_attached_after_approval_stops_the_pack(booked: Desk) -> None:
    booked.schedule("AB/2")
    booked.decide("AB/2", Decision.DISCLOSE)
    pack = booked.pack("officer_concerned")
    booked.submit(pack)
    booked.approve(pack)
    picture = booked.keep("The knife", b"It is a knife.")
    evidence.attach(by=booked.decides, exhibit_ref=booked.files["AB/2"], file_ref=picture, on=booked.today)
    assert booked.read(pack).changed


def test_a_copy_of_a_file_that_was_erased_stands_for_nobody(booked: Desk) -> None:
    booked.schedule("AB/1")
    booked.redact("AB/1", "Willow")
    assert booked.item("AB/1").copy_for("officer_concerned")
    other = booked.keep("Another page", typed("Carla wrote this."))
    evidence.attach(by=booked.decides, exhibit_ref=booked.files["AB/1"], file_ref=other, on=booked.today)
    evidence.erase_file(
        by=worlds.peelian(booked.at), file_ref=booked.files["Page of the notebook"], reason="An order.", on=booked.today
    )
    item = booked.item("AB/1")
    assert item.source.file_ref == other
    assert item.copy_for("officer_concerned") is None


def test_an_exhibit_without_a_file_has_no_page_to_look_at(booked: Desk) -> None:
    [ref] = actions.schedule_sources(**booked.on(), sources=[booked.files["AB/2"]])
    with pytest.raises(NotFound):
        queries.page_picture(booked.decides, booked.matter, ref, 1)
