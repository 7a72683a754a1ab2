"""What arrives is kept word for word, has an owner, and is assessed once, by a person."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from peelian.intake import actions, queries
from peelian.intake.models import Item
from peelian.intake.rows import ItemFilters
from peelian.journal.models import Entry
from peelian.journal.queries import entries_about, entry
from peelian.search.queries import matching
from peelian.terms.acts import RecordKind
from peelian.terms.matters import Capacity
from peelian.terms.pages import Sort
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from peelian.terms.viewer import Viewer
from peelian.walls import actions as walls
from peelian.walls import queries as wall_queries
from tests.walls.cast import Cast, person_row, sees

WORDS = "  The officer with the beard\r\nsaid – so.  "


def receive(by: Viewer, **other: Any) -> str:
    given = {
        "channel": "letter",
        "words": WORDS,
        "heading": "About a stop in the High Street",
        "received_on": date(2026, 11, 20),
        **other,
    }
    return actions.receive(by=by, **given)


def test_words_are_kept_exactly_as_they_came_and_the_receiver_answers_for_them(cast: Cast) -> None:
    by = cast.viewer("complaint_handler")
    ref = receive(by, from_words="a neighbour")
    found = queries.item(by, ref)
    assert found.words == WORDS
    assert (found.from_words, found.row.channel_words, found.row.state) == ("a neighbour", "Letter", "awaiting")
    assert found.row.owner is not None
    assert found.row.owner.id == by.user_id
    assert found.recorded_by_name == by.name
    auditor = cast.viewer("auditor")
    [line] = entries_about(auditor, ref).rows
    assert (line.act, line.on) == ("collected", date(2026, 11, 20))
    assert entry(auditor, line.seq).texts[0].text == {
        "heading": "About a stop in the High Street",
        "words": WORDS,
        "from": "a neighbour",
    }
    assert "beard" not in f"{line.summary}{line.reason}{line.decision}"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"channel": "pigeon"}, "channel"),
        ({"channel": "finding"}, "channel"),
        ({"words": " \n"}, "words"),
        ({"words": "a\x00b"}, "words"),
        ({"words": "a\ud800b"}, "words"),
        ({"heading": ""}, "heading"),
        ({"heading": "x" * 201}, "heading"),
        ({"from_words": "x" * 301}, "from_words"),
        ({"received_on": date(2026, 11, 24)}, "received_on"),
        ({"owner_id": 10**9}, "owner"),
        ({"never_show_to": [(1, "")]}, "ground"),
    ],
)
def test_what_cannot_stand_is_not_taken_in(cast: Cast, change: dict[str, Any], field: str) -> None:
    with pytest.raises(NotValid) as refused:
        receive(cast.viewer("complaint_handler"), **change)
    assert refused.value.field == field
    assert queries.items(cast.system).total == 0


@pytest.mark.parametrize("role", ["investigator", "inspector", "auditor", "administrator", "panel_member", "analyst"])
def test_only_a_role_that_receives_takes_in(cast: Cast, role: str) -> None:
    with pytest.raises(NotAllowed):
        receive(cast.viewer(role))


def test_the_owner_must_be_able_to_see_it(cast: Cast) -> None:
    by, named = cast.viewer("complaint_handler"), cast.person("Named")
    with pytest.raises(NotValid, match="sees what has arrived"):
        receive(by, owner_id=cast.user("investigator"))
    with pytest.raises(NotValid, match="kept out"):
        receive(by, owner_id=cast.user("assessor", person_id=named), never_show_to=[(named, "the officer named")])


def test_one_named_never_sees_it_and_an_unregistered_sender_is_hidden_with_it(cast: Cast) -> None:
    by, named, sender = cast.viewer("assessor"), cast.person("Named"), cast.person("Sender", registered=False)
    ref = receive(by, never_show_to=[(named, "named")], from_person_id=sender, sensitive_reason="the sender is at risk")
    item = Item.objects.as_system(because="the test").get(ref=ref)
    assert not sees(cast.viewer("assessor", person_id=named), item)
    assert [(row.person_id, row.ground) for row in queries.kept_out_of(item.pk)] == [(named, "named")]
    assert not sees(cast.viewer("head_of_professional_standards"), item)
    assert not sees(cast.viewer("assessor"), person_row(sender))
    assert not sees(by, item)
    shown = queries.signing_item(by, ref)
    assert (shown.ref, set(shown.person_ids)) == (ref, {named, sender})
    actions.sign(by=by, item_ref=ref, on=cast.today)
    assert sees(by, item)
    assert sees(by, person_row(sender))
    with pytest.raises(NotFound):
        queries.signing_item(by, ref)


def test_an_item_about_the_head_is_sensitive_at_once_and_the_delegate_is_named(cast: Cast) -> None:
    head = cast.person("Head")
    head_viewer = cast.viewer("head_of_professional_standards", person_id=head)
    deputy = cast.viewer("supervisor")
    walls.appoint_delegate(
        by=cast.viewer("chief_officer"), user_ref=deputy.actor.removeprefix("user:"), reason="so", on=cast.today
    )
    by = cast.viewer("complaint_handler")
    ref = receive(by, never_show_to=[(head, "the officer named")])
    item = Item.objects.as_system(because="the test").get(ref=ref)
    assert item.sensitive_on == date(2026, 11, 20)
    assert {row.user.id for row in wall_queries.places_on(RecordKind.INTAKE_ITEM, item.pk)} == {
        by.user_id,
        deputy.user_id,
    }
    assert not sees(head_viewer, item)
    assert not sees(cast.viewer("assessor"), item)


def test_the_head_may_hand_in_a_letter_about_themselves_for_another_to_own(cast: Cast) -> None:
    head = cast.person("Head")
    by = cast.viewer("head_of_professional_standards", person_id=head)
    owner = cast.user("assessor")
    ref = receive(by, never_show_to=[(head, "about me")], owner_id=owner)
    with pytest.raises(NotFound):
        queries.item(by, ref)
    assert queries.signing_item(wall_queries.viewer_for(owner, at=cast.at), ref)


ASSESSMENTS: dict[str, Callable[[Viewer, Item, str], None]] = {
    "logged": lambda by, item, reasons: actions.log_with_reasons(
        by=by, item_ref=item.ref, reasons=reasons, on=by.today
    ),
    "matter": lambda by, item, reasons: actions.mark_recorded(by=by, item_id=item.pk, reasons=reasons, on=by.today),
}


@pytest.mark.parametrize("state", list(ASSESSMENTS))
def test_an_item_is_assessed_once_and_the_second_assessor_is_told_who_was_first(cast: Cast, state: str) -> None:
    first, second, item = cast.viewer("assessor"), cast.viewer("assessor"), cast.item()
    ASSESSMENTS[state](first, item, "it is a complaint")
    found = queries.item(first, item.ref)
    assert (found.row.state, found.reasons, found.assessed_by_name) == (state, "it is a complaint", first.name)
    for other in ASSESSMENTS.values():
        with pytest.raises(NotAllowed) as refused:
            other(second, item, "mine")
        assert first.name in refused.value.refusal.reason
        assert "23 November 2026" in refused.value.refusal.reason
    assert queries.item(first, item.ref).reasons == "it is a complaint"


@pytest.mark.parametrize("state", list(ASSESSMENTS))
def test_an_assessment_needs_reasons_a_power_and_an_item_that_is_seen(cast: Cast, state: str) -> None:
    assess, item = ASSESSMENTS[state], cast.item()
    with pytest.raises(NotValid):
        assess(cast.viewer("assessor"), item, " ")
    with pytest.raises(NotAllowed):
        assess(cast.viewer("inspector"), item, "so")
    with pytest.raises(NotFound):
        assess(cast.viewer("assessor"), cast.item(sensitive=True), "so")


def test_an_item_is_not_assessed_before_it_arrived_nor_tomorrow(cast: Cast) -> None:
    by, item = cast.viewer("assessor"), cast.item()
    for on in (item.received_on - timedelta(days=1), cast.today + timedelta(days=1)):
        with pytest.raises(NotValid):
            actions.log_with_reasons(by=by, item_ref=item.ref, reasons="so", on=on)


def test_an_item_that_waits_is_given_to_another_who_is_named_where_it_is_sensitive(cast: Cast) -> None:
    by, other = cast.viewer("supervisor"), cast.user("assessor")
    ref = receive(cast.viewer("complaint_handler"))
    actions.give_owner(by=by, item_ref=ref, owner_id=other, reason="leave", on=cast.today)
    owner = queries.item(by, ref).row.owner
    assert owner is not None
    assert owner.id == other
    with pytest.raises(NotValid):
        actions.give_owner(by=by, item_ref=ref, owner_id=cast.user("auditor"), reason="so", on=cast.today)
    hidden = cast.item(sensitive=True)
    cast.place(hidden, by.user_id or 0, capacity=Capacity.NAMED)
    actions.give_owner(by=by, item_ref=hidden.ref, owner_id=other, reason="so", on=cast.today)
    assert queries.signing_item(wall_queries.viewer_for(other, at=cast.at), hidden.ref)
    actions.log_with_reasons(by=by, item_ref=ref, reasons="so", on=cast.today)
    with pytest.raises(NotAllowed):
        actions.give_owner(by=by, item_ref=ref, owner_id=other, reason="so", on=cast.today)


def test_a_person_can_be_kept_out_later_unless_they_own_it(cast: Cast) -> None:
    by, named = cast.viewer("assessor"), cast.person("Named")
    viewer = cast.viewer("assessor", person_id=named)
    ref = receive(by)
    item = Item.objects.as_system(because="the test").get(ref=ref)
    assert sees(viewer, item)
    actions.keep_out(by=by, item_ref=ref, person_id=named, ground="named in the annex", on=cast.today)
    assert not sees(viewer, item)
    owned = receive(by, owner_id=cast.user("assessor", person_id=(owner := cast.person("Owner"))))
    with pytest.raises(NotValid, match="cannot own it"):
        actions.keep_out(by=by, item_ref=owned, person_id=owner, ground="named", on=cast.today)


def test_a_finding_opens_an_item_with_an_owner(cast: Cast) -> None:
    given = {"heading": "A record vanished", "words": "It is no longer in the file.", "received_on": cast.today}
    nobody = actions.receive_finding(by=cast.system, **given, about_key="PM-1")
    assert queries.item(cast.system, nobody).row.owner is None
    head = cast.user("head_of_professional_standards")
    analyst = cast.viewer("analyst")
    ref = actions.receive_finding(by=analyst, **given, about_key="PM-2")
    found = queries.item(wall_queries.viewer_for(head, at=cast.at), ref)
    assert (found.about_key, found.row.channel_words) == ("PM-2", "Found by Peelian")
    assert found.row.owner is not None
    assert found.row.owner.id == head
    with pytest.raises(NotAllowed):
        actions.receive_finding(by=cast.viewer("inspector"), **given)


def test_a_finding_about_somebody_never_falls_to_them(cast: Cast) -> None:
    head = cast.person("Head")
    cast.user("head_of_professional_standards", person_id=head)
    assessor = cast.user("assessor")
    ref = actions.receive_finding(
        by=cast.system, heading="x", words="y", received_on=cast.today, never_show_to=[(head, "about them")]
    )
    owner = queries.item(cast.system, ref).row.owner
    assert owner is not None
    assert owner.id == assessor


def test_erased_words_are_gone_from_the_item_the_index_and_the_journal(cast: Cast) -> None:
    ref = receive(cast.viewer("complaint_handler"))
    head, auditor = cast.viewer("head_of_professional_standards"), cast.viewer("auditor")
    with pytest.raises(NotAllowed):
        actions.erase_words(by=cast.viewer("supervisor"), item_ref=ref, reason="asked", on=cast.today)
    actions.erase_words(by=head, item_ref=ref, reason="art 17 request upheld", on=cast.today)
    found = queries.item(head, ref)
    assert (found.words, found.row.heading) == ("", "(erased)")
    everything = Item.objects.as_system(because="the test")
    assert not everything.filter(pk__in=matching(RecordKind.INTAKE_ITEM, "beard")).exists()
    first = entries_about(auditor, ref).rows[-1]
    assert entry(auditor, first.seq).texts[0].text is None
    assert Entry.objects.filter(key=ref, act="erased").exists()


def test_a_list_is_filtered_sorted_and_counted_through_the_wall(cast: Cast, django_assert_num_queries: Any) -> None:
    by = cast.viewer("assessor")
    for day, heading in ((3, "Charlie"), (1, "Alpha"), (2, "Bravo")):
        receive(by, received_on=date(2026, 11, day), heading=heading, words=f"words of {heading}")
    receive(cast.viewer("complaint_handler"), heading="Hidden", words="hidden words", sensitive_reason="so")
    headings = lambda **asked: [row.heading for row in queries.items(by, **asked).rows]  # noqa: E731 - one line, used thrice
    assert headings() == ["Charlie", "Bravo", "Alpha"]
    assert headings(sort=Sort("heading")) == ["Alpha", "Bravo", "Charlie"]
    assert headings(filters=ItemFilters(words="bravo")) == ["Bravo"]
    assert headings(filters=ItemFilters(words="words")) == ["Charlie", "Bravo", "Alpha"]
    assert headings(filters=ItemFilters(received_from=date(2026, 11, 2), received_to=date(2026, 11, 2))) == ["Bravo"]
    assert headings(filters=ItemFilters(channel="phone")) == []
    assert headings(filters=ItemFilters(owner_id=by.user_id, state="awaiting"), size=2, number=2) == ["Alpha"]
    assert headings(number=99, size=2) == ["Alpha"]
    assert queries.awaiting(by) == 3
    with django_assert_num_queries(3):
        assert queries.items(by).total == 3
    with pytest.raises(NotValid):
        queries.items(by, sort=Sort("words"))


def test_an_item_is_made_sensitive_by_those_who_restrict_and_opened_by_glass(cast: Cast) -> None:
    by = cast.viewer("supervisor")
    item = cast.item()
    with pytest.raises(NotAllowed):
        actions.make_sensitive(by=cast.viewer("assessor"), item_ref=item.ref, reason="so", on=cast.today)
    actions.make_sensitive(by=by, item_ref=item.ref, reason="so", on=cast.today)
    assert not sees(by, item)
    actions.sign(by=by, item_ref=item.ref, on=cast.today)
    assert sees(by, item)
    with pytest.raises(NotValid):
        actions.make_sensitive(by=by, item_ref=item.ref, reason="so", on=cast.today)
    head = cast.viewer("head_of_professional_standards")
    assert not sees(head, item)
    actions.break_glass(by=head, item_ref=item.ref, reason="a threat to life")
    assert sees(head, item)
    with pytest.raises(NotFound):
        actions.break_glass(by=head, item_ref="PI-NOSUCH", reason="a threat to life")


def test_a_conflict_about_an_item_closes_it_for_good(cast: Cast) -> None:
    by, item = cast.viewer("assessor"), cast.item()
    actions.declare_conflict(by=by, item_ref=item.ref, reason="my cousin wrote it", on=cast.today)
    assert not sees(by, item)
    with pytest.raises(NotFound):
        actions.declare_conflict(by=by, item_ref=item.ref, reason="again", on=cast.today)
