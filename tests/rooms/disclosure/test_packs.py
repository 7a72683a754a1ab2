"""Packs: what each audience gets, what keeps a pack back, the second person, and what was given."""

import hashlib
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest

from peelian.clocks import actions as clocks
from peelian.disclosure import actions, queries
from peelian.disclosure.states import Decision, How, PackState
from peelian.evidence import store
from peelian.journal.models import Entry
from peelian.people import actions as people
from peelian.terms.acts import Act
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from tests import worlds
from tests.rooms.disclosure.conftest import Desk
from tests.rooms.disclosure.documents import everything_in


@pytest.fixture
def decided(desk: Desk) -> Desk:
    """The statement goes redacted, the note whole, and the source is withheld for the harm it would do."""
    desk.redact("Statement", "Willow", "Carla")
    desk.decide("Statement", Decision.REDACT, ["protected_identity"])
    desk.decide("Note", Decision.DISCLOSE)
    desk.decide("Source", Decision.WITHHOLD, ["welfare_safety"])
    desk.confirm("Source")
    return desk


def ready(desk: Desk, audience: str = "officer_concerned") -> str:
    pack = desk.pack(audience)
    desk.submit(pack)
    desk.approve(pack)
    return pack


def test_a_pack_begins_with_what_its_audience_gets(decided: Desk) -> None:
    to_officer = decided.read(decided.pack("officer_concerned"))
    assert [(one.item.now.title, one.chosen) for one in to_officer.held] == [
        ("Statement", How.REDACTED),
        ("Note", How.WHOLE),
    ]
    withheld = to_officer.choices[2]
    assert (withheld.ways, withheld.why_not) == ((), "It is withheld from this recipient: welfare and safety.")
    to_iopc = decided.read(decided.pack("iopc"))
    assert [one.chosen for one in to_iopc.held] == [How.WHOLE, How.WHOLE, How.WHOLE]


def test_what_is_unused_or_sensitive_goes_only_to_those_who_get_it(decided: Desk) -> None:
    decided.decide("Note", Decision.DISCLOSE, is_used=False)
    decided.redact("Statement", "Willow", to="complainant")
    assert len(decided.read(decided.pack("complainant")).held) == 1
    decided.decide("Note", Decision.DISCLOSE, is_sensitive=True)
    assert len(decided.read(decided.pack("officer_concerned")).held) == 1
    assert len(decided.read(decided.pack("iopc")).held) == 3


def test_an_item_goes_no_other_way_than_was_decided(decided: Desk) -> None:
    pack = decided.pack("officer_concerned")
    for items in ({"Statement": How.WHOLE}, {"Source": How.WHOLE}, {"Note": How.REDACTED}):
        with pytest.raises(NotValid):
            decided.choose(pack, items)
    decided.choose(pack, {"Note": How.WHOLE})
    assert [one.item.now.title for one in decided.read(pack).held] == ["Note"]


def test_a_withholding_that_nobody_confirmed_holds_the_pack(decided: Desk) -> None:
    decided.decide("Source", Decision.WITHHOLD, ["welfare_safety"])
    pack = decided.pack("officer_concerned")
    assert "a second person has not confirmed" in decided.read(pack).against[0]
    with pytest.raises(NotValid, match="second person"):
        decided.submit(pack)
    decided.confirm("Source")
    decided.submit(pack)


def test_an_empty_pack_is_not_submitted(decided: Desk) -> None:
    pack = decided.pack("officer_concerned")
    decided.choose(pack, {})
    with pytest.raises(NotValid, match="holds nothing"):
        decided.submit(pack)


def test_nobody_approves_a_pack_that_they_made(decided: Desk) -> None:
    pack = decided.pack("officer_concerned")
    decided.submit(pack)
    given = decided.on_pack(pack)
    with pytest.raises(NotAllowed, match="Somebody else approves it") as refused:
        actions.approve_pack(**given, digest=decided.read(pack).digest)
    assert "nobody approves a pack" in refused.value.refusal.law
    decided.approve(pack)
    assert decided.read(pack).line.state is PackState.APPROVED


def test_what_is_approved_is_what_was_read(decided: Desk) -> None:
    pack = decided.pack("officer_concerned")
    decided.submit(pack)
    with pytest.raises(NotAllowed, match="changed after it was submitted"):
        actions.approve_pack(**decided.on_pack(pack) | {"by": decided.approves}, digest="0" * 64)


def test_a_pack_holds_no_copy_that_was_made_for_another_audience(decided: Desk) -> None:
    item = decided.item("Statement")
    to_officer = item.copy_for("officer_concerned")
    assert to_officer is not None
    pack = decided.pack("complainant")
    [statement] = [one for one in decided.read(pack).choices if one.item.number == 1]
    assert (statement.ways, statement.copy) == ((), None)
    assert "There is one for others" in statement.why_not
    with pytest.raises(NotValid):
        decided.choose(pack, {"Statement": How.REDACTED})
    own = decided.redact("Statement", "Carla", to="complainant")
    decided.choose(pack, {"Statement": How.REDACTED, "Note": How.WHOLE})
    [held] = [one.copy.ref for one in decided.read(pack).held if one.copy]
    assert held == own
    to_them = decided.read(decided.pack("officer_concerned"))
    assert [one.copy.ref for one in to_them.held if one.copy] == [to_officer.ref]


def test_a_copy_chosen_again_after_approval_stops_the_pack_and_is_said_in_it(decided: Desk) -> None:
    pack = ready(decided)
    other = decided.redact("Statement", "Willow", "Carla", "weather", to="complainant")
    assert not decided.read(pack).changed
    given = decided.on() | {"redaction_ref": other, "audience_key": "officer_concerned"}
    actions.choose_again(**given, reasons="The weather tells where.")
    row = decided.read(pack)
    assert row.changed
    said = [one.copy_again.reasons for one in row.held if one.copy_again]
    assert said == ["The weather tells where."]


@pytest.mark.parametrize("change", ["a decision", "a new copy"])
def test_a_pack_whose_item_changed_after_approval_is_approved_again(decided: Desk, change: str) -> None:
    pack = ready(decided)
    if change == "a decision":
        decided.decide("Note", Decision.DISCLOSE, title="A note of the call")
    else:
        decided.redact("Statement", "Willow", "Carla", "weather")
    assert decided.read(pack).changed
    with pytest.raises(NotAllowed, match="changed after it was approved") as refused:
        decided.give(pack)
    assert "approved again" in refused.value.refusal.law
    actions.take_back_pack(**decided.on_pack(pack), reasons="An item changed.")
    decided.submit(pack)
    decided.approve(pack)
    decided.give(pack)


def test_an_item_that_is_withheld_after_approval_stops_the_pack(decided: Desk) -> None:
    pack = ready(decided)
    decided.decide("Note", Decision.WITHHOLD, ["crime"])
    with pytest.raises(NotValid, match="withheld"):
        decided.give(pack)


def test_what_was_given_is_kept_with_its_hash_and_holds_index_and_files(decided: Desk) -> None:
    pack = ready(decided)
    sha256 = decided.give(pack)
    given = queries.given_file(decided.decides, decided.matter, pack)
    assert hashlib.sha256(given.content).hexdigest() == sha256 == given.sha256
    with zipfile.ZipFile(io.BytesIO(given.content)) as parts:
        assert parts.namelist() == ["000 index.pdf", "001 item 1, redacted.pdf", "002 item 2.txt"]
        assert "Willow" not in everything_in(parts.read("001 item 1, redacted.pdf"))
        assert parts.read("002 item 2.txt").startswith(b"A note")
    row = decided.read(pack)
    assert row.given is not None
    assert "Approved by Anna Approver" in row.given.index
    assert "Protected identity in" in row.given.index
    assert "Source" not in row.given.index
    assert row.line.state is PackState.GIVEN


def test_the_index_lists_what_is_kept_back_only_for_those_who_see_the_whole_schedule(decided: Desk) -> None:
    decided.decide("Source", Decision.WITHHOLD, ["legal_privilege"])
    decided.confirm("Source")
    pack = ready(decided, "cps")
    decided.give(pack)
    given = decided.read(pack).given
    assert given is None or "Source" in given.index


def test_a_pack_that_could_not_be_recorded_leaves_nothing_in_the_store(
    decided: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = ready(decided)
    before = list(store.names())

    def fails(**_: object) -> None:
        raise RuntimeError("the journal cannot be written")

    monkeypatch.setattr("peelian.disclosure.actions.releasing.journal.record", fails)
    with pytest.raises(RuntimeError):
        decided.give(pack)
    assert list(store.names()) == before
    assert decided.read(pack).line.state is PackState.APPROVED


def test_giving_is_an_entry_that_names_each_item_and_the_recipient(decided: Desk) -> None:
    pack = ready(decided)
    sha256 = decided.give(pack)
    entry = Entry.objects.filter(act=Act.DISCLOSED).latest("seq")
    assert entry.key == decided.matter
    for words in (pack, sha256, decided.items["Statement"], decided.items["Note"], "redacted", "whole"):
        assert words in entry.summary
    assert decided.items["Source"] not in entry.summary
    assert entry.reason == "SI 2020/4 reg 30"


def test_a_pack_is_given_once_and_only_by_who_says_that_it_cannot_be_called_back(decided: Desk) -> None:
    pack = ready(decided)
    with pytest.raises(NotValid, match="cannot be called back"):
        decided.give(pack, understood=False)
    decided.give(pack)
    with pytest.raises(NotValid, match="Given"):
        decided.give(pack)
    with pytest.raises(NotValid):
        actions.take_back_pack(**decided.on_pack(pack), reasons="Too late.")


def test_a_pack_that_names_somebody_protected_is_refused_with_the_place(decided: Desk) -> None:
    decided.decide("Statement", Decision.DISCLOSE)
    pack = decided.pack("officer_concerned")
    decided.choose(pack, {"Statement": How.WHOLE})
    with pytest.raises(NotAllowed, match="Item 1, page 1: PB-1") as refused:
        decided.submit(pack)
    assert "Sexual Offences (Amendment) Act 1992" in refused.value.refusal.law
    assert "Willow" not in refused.value.refusal.reason
    decided.choose(pack, {"Statement": How.REDACTED})
    decided.submit(pack)


def test_a_title_that_names_somebody_protected_is_refused_too(decided: Desk) -> None:
    decided.decide("Note", Decision.DISCLOSE, title="Call with Carla Willow")
    with pytest.raises(NotAllowed, match="its title"):
        decided.submit(decided.pack("officer_concerned"))


def test_the_protected_may_be_named_to_themselves_and_to_the_iopc(decided: Desk) -> None:
    decided.decide("Statement", Decision.DISCLOSE)
    decided.submit(decided.pack("complainant"))
    decided.submit(decided.pack("iopc"))


def test_somebody_who_must_never_see_it_is_given_nothing(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk()
    neighbour = worlds.member_of_the_public(desk.at, "Thorn", "Terry")
    item = worlds.item(desk.at, never_show_to=[(worlds.key(desk.at, neighbour), "named by whoever reported")])
    recorded = replace(worlds.complaint(desk.today), intake_ref=item)
    matter = clocks.open_matter(
        by=worlds.peelian(desk.at), recording=recorded, handling_started_on=desk.today, on=desk.today
    )
    given = {"by": worlds.peelian(desk.at), "matter_ref": matter, "basis": "x", "purpose": "x", "on": desk.today}
    with pytest.raises(NotAllowed, match="Nothing of this matter may be given") as refused:
        actions.make_pack(**given, audience_key="court", who="Terry Thorn, of counsel")
    assert "must never see" in refused.value.refusal.law
    actions.make_pack(**given, audience_key="court", who="The coroner")


@pytest.mark.parametrize(
    ("audience", "said", "field"),
    [
        ("no such", {}, "audience"),
        ("officer_concerned", {"person_key": "PP-22222-22222"}, "person"),
        ("court", {"who": " "}, "who"),
        ("iopc", {"basis": " "}, "basis"),
        ("iopc", {"purpose": " "}, "purpose"),
    ],
)
def test_a_pack_says_to_whom_on_what_basis_and_what_for(
    desk: Desk, audience: str, said: dict[str, str], field: str
) -> None:
    with pytest.raises(NotValid) as refused:
        desk.pack(audience, **said)
    assert refused.value.field == field


def test_how_the_recipient_may_be_reached_is_read_first(decided: Desk) -> None:
    people.add_contact(
        by=worlds.peelian(decided.at),
        person_ref=decided.officer,
        channel="post",
        value="1 High Street",
        safety="Not at home",
        on=decided.today,
    )
    pack = ready(decided)
    assert decided.read(pack).reach.contacts[0].safety == "Not at home"
    with pytest.raises(NotValid, match="Read first"):
        decided.give(pack)
    decided.give(pack, safety_read=True)


def test_each_step_of_a_pack_needs_its_power(decided: Desk) -> None:
    pack = decided.pack("officer_concerned")
    given = decided.on_pack(pack) | {"by": worlds.user(decided.at, "Rita Reader", "analyst").viewer}
    for act, said in (
        (actions.submit_pack, {}),
        (actions.approve_pack, {"digest": ""}),
        (actions.give_pack, {"way": "x", "understood": True}),
        (actions.abandon_pack, {"reasons": "x"}),
        (actions.send_back_pack, {"reasons": "x"}),
        (actions.choose, {"items": {}}),
    ):
        with pytest.raises(NotAllowed, match="Your role does not let you"):
            act(**given, **said)


def test_a_pack_sent_back_or_given_up_stays_to_be_read(decided: Desk) -> None:
    pack = decided.pack("officer_concerned")
    decided.submit(pack)
    actions.send_back_pack(**decided.on_pack(pack) | {"by": decided.approves}, reasons="Leave the note out.")
    assert decided.read(pack).line.state is PackState.DRAFT
    actions.abandon_pack(**decided.on_pack(pack), reasons="Not needed.")
    assert [step.reasons for step in decided.read(pack).steps][-2:] == ["Leave the note out.", "Not needed."]


def test_a_pack_behind_a_wall_is_not_there(decided: Desk) -> None:
    pack = ready(decided)
    decided.give(pack)
    concerned = worlds.user(decided.at, "Robin Shaw", "supervisor", person_ref=decided.officer).viewer
    with pytest.raises(NotFound):
        queries.pack(concerned, decided.matter, pack)
    with pytest.raises(NotFound):
        queries.given_file(concerned, decided.matter, pack)


def test_the_second_writer_of_a_pack_is_told(decided: Desk) -> None:
    pack = decided.pack("officer_concerned")
    stale = decided.on_pack(pack)
    decided.choose(pack, {"Note": How.WHOLE})
    with pytest.raises(actions.StaleRecord):
        actions.submit_pack(**stale)
