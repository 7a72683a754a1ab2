"""The schedule of a matter: what is on it, what is not, what was decided of each item, by whom and why."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from peelian.disclosure import actions, queries
from peelian.disclosure.models import Item, ItemVersion
from peelian.disclosure.states import Decision, ItemKind
from peelian.journal.models import Entry
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from tests import worlds
from tests.rooms.disclosure.conftest import Desk


def test_what_a_matter_holds_is_scheduled_or_counted_as_not_yet_scheduled(desk: Desk) -> None:
    desk.keep("Late", b"Came late.")
    found = queries.schedule(desk.decides, desk.matter)
    assert [one.now.title for one in found.items] == ["Statement", "Note", "Source"]
    assert [one.name for one in found.unscheduled] == ["Late"]
    desk.schedule("Late")
    assert queries.unscheduled(desk.decides, desk.matter) == ()


def test_a_redacted_copy_and_a_pack_that_was_given_are_not_counted_as_material(desk: Desk) -> None:
    desk.redact("Statement", "Willow")
    desk.decide("Note", Decision.DISCLOSE)
    pack = desk.pack("iopc")
    desk.submit(pack)
    desk.approve(pack)
    desk.give(pack)
    assert queries.unscheduled(desk.decides, desk.matter) == ()


def test_an_item_begins_not_decided_and_each_decision_is_a_version(desk: Desk) -> None:
    assert desk.item("Note").now.decision is Decision.UNDECIDED
    assert desk.decide("Note", Decision.WITHHOLD, ["crime"], title="A note of a call", reasons="It tips them off.") == 2
    now = desk.item("Note").now
    assert (now.title, now.reasons, [one.key for one in now.grounds]) == (
        "A note of a call",
        "It tips them off.",
        ["crime"],
    )
    assert [one.number for one in desk.item("Note").versions] == [2, 1]
    assert now.by == "Dora Decider"


def test_what_a_harm_keeps_back_has_a_day_by_which_it_is_looked_at_again(desk: Desk) -> None:
    desk.decide("Note", Decision.WITHHOLD, ["welfare_safety"])
    assert desk.item("Note").now.review_on is not None
    assert (desk.item("Note").now.review_on - desk.today).days == 28  # type: ignore[operator]  # a day, as above
    for days, late in ((28, 0), (29, 1), (60, 32)):
        viewer = worlds.later(desk.decider, desk.at + timedelta(days=days))
        assert queries.item(viewer, desk.matter, desk.items["Note"]).now.days_late == late
    desk.decide("Source", Decision.WITHHOLD, ["legal_privilege"])
    assert desk.item("Source").now.review_on is None


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"decision": Decision.WITHHOLD, "grounds": []}, "grounds"),
        ({"decision": Decision.REDACT, "grounds": ["no such ground"]}, "grounds"),
        ({"decision": Decision.WITHHOLD, "grounds": ["crime"], "reasons": " "}, "reasons"),
        ({"decision": Decision.DISCLOSE, "title": " "}, "title"),
    ],
)
def test_a_decision_that_says_too_little_is_refused(desk: Desk, said: dict[str, Any], field: str) -> None:
    with pytest.raises(NotValid) as refused:
        desk.decide("Note", **said)
    assert refused.value.field == field
    assert len(desk.item("Note").versions) == 1


def test_the_second_writer_is_told_and_nothing_is_lost(desk: Desk) -> None:
    read = desk.item("Note").now.number
    desk.decide("Note", Decision.DISCLOSE)
    given = desk.on() | {"item_ref": desk.items["Note"], "version": read, "title": "x"}
    with pytest.raises(actions.StaleRecord, match="version 1 and it is at version 2"):
        actions.decide(**given, is_used=True, is_sensitive=False, decision=Decision.DISCLOSE)


def test_a_second_person_confirms_what_is_withheld_and_it_is_another(desk: Desk) -> None:
    desk.decide("Source", Decision.WITHHOLD, ["crime"])
    assert desk.item("Source").now.is_unread
    given = desk.on() | {"item_ref": desk.items["Source"], "version": 2, "agrees": True, "reasons": "Yes."}
    with pytest.raises(NotAllowed, match="You decided this") as refused:
        actions.read_second(**given)
    assert "nobody confirms what they decided" in refused.value.refusal.law
    desk.confirm("Source")
    assert not desk.item("Source").now.is_unread
    with pytest.raises(NotValid, match="already"):
        desk.confirm("Source")


def test_a_second_person_who_does_not_agree_leaves_it_unread(desk: Desk) -> None:
    desk.decide("Source", Decision.WITHHOLD, ["crime"])
    desk.confirm("Source", agrees=False)
    assert desk.item("Source").now.is_unread
    second = desk.item("Source").now.second
    assert second is not None
    assert second.by == "Anna Approver"


def test_nobody_is_asked_to_confirm_what_is_given(desk: Desk) -> None:
    desk.decide("Note", Decision.DISCLOSE)
    with pytest.raises(NotValid, match="Nothing was decided here"):
        desk.confirm("Note")


def test_a_passage_is_kept_as_a_file_and_scheduled(desk: Desk) -> None:
    ref = actions.schedule_passage(**desk.on(), title="What she said", text="She said: stop.", is_used=False)
    row = queries.item(desk.decides, desk.matter, ref)
    assert row.kind is ItemKind.PASSAGE
    assert row.source.name == "What she said"
    assert not row.now.is_used
    assert queries.unscheduled(desk.decides, desk.matter) == ()


@pytest.mark.parametrize("again", [True, False])
def test_only_what_the_matter_holds_is_scheduled_and_once(desk: Desk, again: bool) -> None:
    source = desk.files["Note"] if again else "PF-22222-22222"
    with pytest.raises(NotValid):
        actions.schedule_sources(**desk.on(), sources=[source])


def test_each_power_is_asked_for(desk: Desk) -> None:
    reader = worlds.user(desk.at, "Rita Reader", "analyst").viewer
    given = desk.on() | {"by": reader}
    with pytest.raises(NotAllowed, match="decide what is given"):
        actions.schedule_sources(**given, sources=[desk.files["Note"]])
    item = given | {"item_ref": desk.items["Note"], "version": 1}
    with pytest.raises(NotAllowed, match="confirm as a second person"):
        actions.read_second(**item, agrees=True, reasons="Yes.")


def test_a_schedule_behind_a_wall_is_not_there(desk: Desk) -> None:
    concerned = worlds.user(desk.at, "Robin Shaw", "supervisor", person_ref=desk.officer)
    with pytest.raises(NotFound):
        queries.schedule(concerned.viewer, desk.matter)
    with pytest.raises(NotFound):
        queries.item(concerned.viewer, desk.matter, desk.items["Note"])


def test_what_was_decided_cannot_be_changed_in_the_database(desk: Desk) -> None:
    for rows in (ItemVersion.objects.all(), Item.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(number=9)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows._raw_delete(rows.db)


def test_a_decision_is_an_entry_in_the_journal_without_its_words(desk: Desk) -> None:
    desk.decide("Note", Decision.WITHHOLD, ["crime"], reasons="It tips them off.")
    entry = Entry.objects.order_by("-seq")[0]
    assert "decided on item" in entry.summary
    assert "tips" not in entry.summary + entry.reason


def test_a_long_schedule_is_read_in_as_many_statements_as_a_short_one(desk: Desk) -> None:
    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as made:
            queries.schedule(desk.decides, desk.matter)
        return len(made)

    few = statements()
    for number in range(12):
        desk.keep(f"More {number}", f"{number}".encode())
        desk.schedule(f"More {number}")
    assert statements() == few
    assert few <= 25
