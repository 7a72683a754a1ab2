"""Exhibits from booking in to their end: who holds them, what seals them, and that nobody alone moves or ends one."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from peelian.evidence import actions, queries
from peelian.evidence.states import EndingKind, ExhibitState, SubmissionKind
from peelian.retention import actions as retention
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from peelian.walls import actions as walls
from tests import worlds
from tests.rooms.evidence.conftest import TODAY
from tests.worlds import Someone

pytestmark = pytest.mark.django_db
BOOKED = date(2026, 11, 10)


def booked(by: Someone, matter: str, mark: str = "KMT/1", **said: Any) -> str:
    facts: dict[str, Any] = {
        "description": "A mobile telephone, black, cracked",
        "where": "12 Mill Lane, kitchen table",
        "found_by": "K M Taylor",
        "found_on": date(2026, 11, 9),
        "seal": "B0012345",
        "on": BOOKED,
    }
    return actions.book_in(by=by.viewer, matter_ref=matter, mark=mark, **facts | said)


def given(by: Someone, exhibit: str, to: Someone | None = None, **said: Any) -> str:
    facts = {"reasons": "For the property store.", "on": TODAY} | said
    if to is not None:
        facts["receiver_ref"] = to.user_ref
    return actions.hand_over(by=by.viewer, exhibit_ref=exhibit, **facts)


def test_whoever_books_an_exhibit_in_holds_it(handler: Someone, matter: str) -> None:
    ref = booked(handler, matter)
    row = queries.exhibit(handler.viewer, ref)
    assert (row.line.mark, row.line.holder, row.line.seal, row.line.state) == (
        "KMT/1",
        "Hanna Orchard",
        "B0012345",
        ExhibitState.HELD,
    )
    assert (row.line.description, row.where, row.found_by, row.may_act) == (
        "A mobile telephone, black, cracked",
        "12 Mill Lane, kitchen table",
        "K M Taylor",
        True,
    )
    assert [line.mark for line in queries.held_by_me(handler.viewer)] == ["KMT/1"]


def test_one_matter_has_one_exhibit_of_a_mark(handler: Someone, matter: str) -> None:
    booked(handler, matter)
    with pytest.raises(NotValid, match="has an exhibit with this mark"):
        booked(handler, matter, "kmt/1")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"description": " "}, "Say what it is"),
        ({"where": ""}, "Say where"),
        ({"found_by": ""}, "Say who"),
        ({"found_on": TODAY}, "on or before the day it is booked in"),
        ({"on": TODAY + timedelta(days=1)}, "has not come yet"),
    ],
)
def test_what_a_booking_lacks_is_asked_for(handler: Someone, matter: str, said: dict[str, Any], words: str) -> None:
    with pytest.raises(NotValid, match=words):
        booked(handler, matter, **said)


def test_an_exhibit_moves_only_when_both_have_acted(handler: Someone, supervisor: Someone, matter: str) -> None:
    ref = booked(handler, matter)
    hand_over = given(handler, ref, supervisor)
    waiting = queries.exhibit(handler.viewer, ref)
    assert (waiting.line.holder, waiting.line.waits, waiting.may_act) == ("Hanna Orchard", "Hand-over waits", False)
    assert [one.exhibit_ref for one in queries.to_accept(supervisor.viewer)] == [ref]
    assert queries.to_accept(handler.viewer) == ()
    with pytest.raises(NotAllowed, match="Only the person it is handed to"):
        actions.accept(by=handler.viewer, exhibit_ref=ref, hand_over_ref=hand_over, on=TODAY)
    actions.accept(by=supervisor.viewer, exhibit_ref=ref, hand_over_ref=hand_over, on=TODAY)
    row = queries.exhibit(supervisor.viewer, ref)
    assert (row.line.holder, row.line.waits, row.may_act) == ("Susan Meadow", "", True)
    assert [(one.giver, one.receiver, one.accepted) for one in row.custody] == [("Hanna Orchard", "Susan Meadow", True)]
    assert queries.to_accept(supervisor.viewer) == ()
    assert queries.held_by_me(handler.viewer) == ()
    with pytest.raises(NotAllowed, match="You do not hold this exhibit"):
        given(handler, ref, supervisor)


def test_a_declined_hand_over_stays_in_the_chain_and_moves_nothing(
    handler: Someone, supervisor: Someone, matter: str
) -> None:
    ref = booked(handler, matter)
    hand_over = given(handler, ref, supervisor)
    with pytest.raises(NotAllowed, match="waits for its answer"):
        given(handler, ref, supervisor)
    with pytest.raises(NotValid, match="Say why it is not handed over"):
        actions.decline(by=supervisor.viewer, exhibit_ref=ref, hand_over_ref=hand_over, reasons="", on=TODAY)
    actions.decline(by=supervisor.viewer, exhibit_ref=ref, hand_over_ref=hand_over, reasons="Not sealed.", on=TODAY)
    row = queries.exhibit(handler.viewer, ref)
    assert (row.line.holder, row.custody[0].accepted, row.custody[0].answer_words) == (
        "Hanna Orchard",
        False,
        "Not sealed.",
    )
    with pytest.raises(NotFound):
        actions.accept(by=supervisor.viewer, exhibit_ref=ref, hand_over_ref=hand_over, on=TODAY)


def test_what_goes_outside_and_comes_back_is_signed_by_two_of_ours(
    handler: Someone, supervisor: Someone, matter: str
) -> None:
    ref = booked(handler, matter)
    out = given(handler, ref, outside="Dr A Byrne, laboratory courier")
    with pytest.raises(NotAllowed, match="Another of ours signs this"):
        actions.accept(by=handler.viewer, exhibit_ref=ref, hand_over_ref=out, on=TODAY)
    actions.accept(by=supervisor.viewer, exhibit_ref=ref, hand_over_ref=out, on=TODAY)
    row = queries.exhibit(handler.viewer, ref)
    assert (row.line.state, row.line.holder) == (ExhibitState.OUTSIDE, "Dr A Byrne, laboratory courier")
    back = actions.take_in(by=handler.viewer, exhibit_ref=ref, reasons="Seal whole.", on=TODAY)
    assert queries.exhibit(handler.viewer, ref).line.state is ExhibitState.OUTSIDE
    with pytest.raises(NotAllowed, match="Another of ours signs this"):
        actions.accept(by=handler.viewer, exhibit_ref=ref, hand_over_ref=back, on=TODAY)
    actions.accept(by=supervisor.viewer, exhibit_ref=ref, hand_over_ref=back, on=TODAY)
    assert queries.exhibit(handler.viewer, ref).line.holder == "Hanna Orchard"


def test_nobody_takes_in_what_one_of_ours_holds_until_they_have_left(
    at: datetime, handler: Someone, supervisor: Someone, matter: str
) -> None:
    ref = booked(handler, matter)
    with pytest.raises(NotAllowed, match="Somebody of ours holds this exhibit"):
        actions.take_in(by=supervisor.viewer, exhibit_ref=ref, reasons="x", on=TODAY)
    walls.set_active(by=worlds.peelian(at), user_ref=handler.user_ref, active=False, reason="Left.", on=TODAY)
    taken = actions.take_in(by=supervisor.viewer, exhibit_ref=ref, reasons="She left; found in her drawer.", on=TODAY)
    row = queries.exhibit(supervisor.viewer, ref).custody[0]
    assert (row.ref, row.giver, row.accepted) == (taken, "Hanna Orchard", None)


def test_an_exhibit_is_handed_only_to_somebody_who_may_see_its_matter(
    at: datetime, handler: Someone, matter: str
) -> None:
    ref = booked(handler, matter)
    placed_only = worlds.user(at, "Ivan Marsh", "investigator")
    reader = worlds.user(at, "Ida Brook", "inspector")
    for receiver in (placed_only, reader, handler):
        with pytest.raises(NotValid, match="this person cannot receive it"):
            given(handler, ref, receiver)
    for said in ({}, {"receiver_ref": reader.user_ref, "outside": "Somebody"}):
        with pytest.raises(NotValid, match="Choose one of ours"):
            given(handler, ref, **said)


def test_a_seal_is_broken_with_reasons_and_used_once(handler: Someone, supervisor: Someone, matter: str) -> None:
    ref = booked(handler, matter)
    with pytest.raises(NotValid, match="Seal B0012345 is on it"):
        actions.put_seal(by=handler.viewer, exhibit_ref=ref, number="B2", on=TODAY)
    with pytest.raises(NotValid, match="Say why the seal was broken"):
        actions.break_seal(by=handler.viewer, exhibit_ref=ref, reasons="", on=TODAY)
    with pytest.raises(NotAllowed, match="You do not hold this exhibit"):
        actions.break_seal(by=supervisor.viewer, exhibit_ref=ref, reasons="To look.", on=TODAY)
    actions.break_seal(by=handler.viewer, exhibit_ref=ref, reasons="To photograph it.", new_number="B2", on=TODAY)
    actions.break_seal(by=handler.viewer, exhibit_ref=ref, reasons="To look again.", on=TODAY)
    assert queries.exhibit(handler.viewer, ref).line.seal == ""
    with pytest.raises(NotValid, match="A seal is used once"):
        actions.put_seal(by=handler.viewer, exhibit_ref=ref, number="B0012345", on=TODAY)
    actions.put_seal(by=handler.viewer, exhibit_ref=ref, number="B3", on=TODAY)
    seals = [(one.number, one.is_broken) for one in queries.exhibit(handler.viewer, ref).seals]
    assert seals == [("B0012345", False), ("B0012345", True), ("B2", False), ("B2", True), ("B3", False)]


def test_nothing_happens_to_an_exhibit_before_the_last_thing_that_did(handler: Someone, matter: str) -> None:
    ref = booked(handler, matter)
    actions.break_seal(by=handler.viewer, exhibit_ref=ref, reasons="To look.", on=date(2026, 11, 20))
    with pytest.raises(NotValid, match="Something happened to this exhibit on 20 November 2026"):
        actions.put_seal(by=handler.viewer, exhibit_ref=ref, number="B2", on=date(2026, 11, 19))


def test_a_photograph_is_attached_to_what_it_shows(at: datetime, handler: Someone, matter: str) -> None:
    ref = booked(handler, matter)
    file = actions.keep(by=handler.viewer, matter_ref=matter, name="photo.txt", content=b"x", on=TODAY)
    actions.attach(by=handler.viewer, exhibit_ref=ref, file_ref=file, on=TODAY)
    assert [one.ref for one in queries.exhibit(handler.viewer, ref).files] == [file]
    with pytest.raises(NotValid, match="attached already"):
        actions.attach(by=handler.viewer, exhibit_ref=ref, file_ref=file, on=TODAY)
    other = worlds.open_complaint(worlds.peelian(at), date(2026, 11, 3))
    elsewhere = actions.keep(by=handler.viewer, matter_ref=other, name="o.txt", content=b"x", on=TODAY)
    with pytest.raises(NotValid, match="of the same matter"):
        actions.attach(by=handler.viewer, exhibit_ref=ref, file_ref=elsewhere, on=TODAY)


def test_two_people_end_an_exhibit(handler: Someone, supervisor: Someone, matter: str) -> None:
    ref = booked(handler, matter)
    facts: dict[str, Any] = {"exhibit_ref": ref, "kind": EndingKind.RETURNED, "how": "To R Willow", "on": TODAY}
    with pytest.raises(NotAllowed, match="You do not hold this exhibit"):
        actions.propose_ending(by=supervisor.viewer, reasons="Copied.", **facts)
    ending = actions.propose_ending(by=handler.viewer, reasons="Copied.", **facts)
    with pytest.raises(NotAllowed, match="somebody else signs that it was done"):
        actions.answer_ending(by=handler.viewer, exhibit_ref=ref, ending_ref=ending, agreed=True, reasons="", on=TODAY)
    with pytest.raises(NotAllowed, match="waits for a second person"):
        given(handler, ref, supervisor)
    assert [one.words for one in queries.to_accept(supervisor.viewer)] == ["is to be returned: sign it"]
    actions.answer_ending(by=supervisor.viewer, exhibit_ref=ref, ending_ref=ending, agreed=True, reasons="", on=TODAY)
    line = queries.exhibit(handler.viewer, ref).line
    assert (line.state, line.holder, queries.still_held(line.id)) == (ExhibitState.RETURNED, "", ())
    with pytest.raises(NotAllowed, match="This exhibit was returned"):
        given(handler, ref, supervisor)


def test_nothing_is_destroyed_while_its_matter_is_open_examined_or_held(
    at: datetime, handler: Someone, supervisor: Someone, head: Someone, matter: str
) -> None:
    ref = booked(handler, matter)
    facts: dict[str, Any] = {
        "exhibit_ref": ref,
        "kind": EndingKind.DESTROYED,
        "how": "Crushed",
        "reasons": "Nobody asks for it.",
        "on": TODAY,
    }
    with pytest.raises(NotAllowed, match="Its matter is open") as refused:
        actions.propose_ending(by=handler.viewer, **facts)
    assert refused.value.refusal.law.startswith("Local rule")
    asked = actions.submit(
        by=handler.viewer,
        matter_ref=matter,
        kind=SubmissionKind.DIGITAL,
        to="Digital unit",
        asked="Messages of May.",
        exhibit_refs=[ref],
        on=TODAY,
    )
    with pytest.raises(NotAllowed, match="still has a submission about it"):
        actions.propose_ending(by=handler.viewer, **facts | {"kind": EndingKind.RETURNED})
    assert asked
    retention.hold(by=head.viewer, kind="matter", ref=matter, reasons="A claim.", on=TODAY)
    with pytest.raises(NotAllowed, match="A legal hold stands on this matter"):
        actions.propose_ending(by=handler.viewer, **facts)


def test_an_exhibit_lies_behind_the_wall_of_its_matter(at: datetime, handler: Someone, matter: str) -> None:
    ref = booked(handler, matter)
    placed_only = worlds.user(at, "Ivan Marsh", "investigator")
    with pytest.raises(NotFound):
        queries.exhibit(placed_only.viewer, ref)
    with pytest.raises(NotFound):
        queries.exhibits_of(placed_only.viewer, matter)
    with pytest.raises(NotFound):
        booked(placed_only, matter, "IM/1")
    with pytest.raises(NotFound):
        given(placed_only, ref, handler)


def test_erasing_takes_every_word_and_leaves_who_had_what_when(
    handler: Someone, supervisor: Someone, head: Someone, matter: str
) -> None:
    ref = booked(handler, matter)
    hand_over = given(handler, ref, supervisor)
    actions.accept(by=supervisor.viewer, exhibit_ref=ref, hand_over_ref=hand_over, on=TODAY)
    actions.keep(by=handler.viewer, matter_ref=matter, name="s.txt", content=b"x", on=TODAY)
    with pytest.raises(NotAllowed, match="erase a person's text"):
        actions.erase_evidence(by=handler.viewer, matter_ref=matter, reason="x", on=TODAY)
    assert actions.erase_evidence(by=head.viewer, matter_ref=matter, reason="Upheld request.", on=TODAY) == 1
    row = queries.exhibit(supervisor.viewer, ref)
    assert (row.line.description, row.where, row.found_by, row.custody[0].reasons) == ("", "", "", "")
    assert (row.line.shown, row.line.mark, row.line.holder, row.line.seal) == (
        "Erased",
        "KMT/1",
        "Susan Meadow",
        "B0012345",
    )
    assert queries.files_of(supervisor.viewer, matter)[0].is_erased
    again = booked(handler, matter, "KMT/2")  # under a key of its own, and the first stays erased
    assert queries.exhibit(handler.viewer, again).line.description.startswith("A mobile telephone")
    assert queries.exhibit(handler.viewer, ref).line.description == ""


def test_the_exhibits_of_a_matter_are_read_in_as_many_statements_whatever_there_are(
    handler: Someone, matter: str, django_assert_num_queries: Any
) -> None:
    booked(handler, matter, "A/1")
    with django_assert_num_queries(10):
        queries.exhibits_of(handler.viewer, matter)
    for number in range(2, 6):
        booked(handler, matter, f"A/{number}")
    with django_assert_num_queries(10):
        assert len(queries.exhibits_of(handler.viewer, matter)) == 5
