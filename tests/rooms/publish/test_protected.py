"""No letter gives away somebody whose identity is protected, and none goes a way that puts somebody at risk."""

from collections.abc import Callable
from datetime import date

import pytest

from peelian.matters import actions as matters
from peelian.matters.queries import parts
from peelian.matters.rows import InvolvedDraft
from peelian.people import actions as people
from peelian.publish import actions, queries
from peelian.publish.protected import is_child
from peelian.publish.states import Ground
from peelian.terms.known_dates import KnownDate
from peelian.terms.matters import Part
from peelian.terms.people import PersonKind
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from tests import worlds
from tests.rooms.publish.conftest import Desk
from tests.stepping import TO_HEARING


def to_officer(desk: Desk, words: str) -> str:
    return desk.draft("update-officer", desk.officer, {"done": words})


@pytest.fixture
def sexual(make_desk: Callable[..., Desk]) -> Desk:
    return make_desk(allegations=(worlds.allegation("He touched me.", category="J1", against=(0,)),))


@pytest.mark.parametrize(
    "words",
    [
        "We spoke to Carla Willow.",
        "Ms Willow was seen.",
        "WILLOW gave a statement.",
        "Carla rang us.",
        "carla  Willow x",
    ],
)
def test_a_complainant_of_a_sexual_offence_is_named_to_nobody_else(sexual: Desk, words: str) -> None:
    ref = to_officer(sexual, words)
    with pytest.raises(NotAllowed) as refused:
        sexual.submit(ref)
    assert "PB-1" in refused.value.refusal.reason
    assert words.split()[0].strip(".") in refused.value.refusal.reason  # where it stands in the text
    assert "Sexual Offences (Amendment) Act 1992 s1" in refused.value.refusal.law


def test_a_factor_protects_as_a_category_does(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(allegations=(worlds.allegation(against=(0,), factors=("sexual_offences",)),))
    with pytest.raises(NotAllowed, match="PB-1"):
        desk.submit(to_officer(desk, "Carla Willow was seen."))


def test_the_complainant_is_named_in_a_letter_to_herself(sexual: Desk) -> None:
    sexual.submit(sexual.draft("update-complainant", paragraphs={"done": "Thank you, Ms Willow."}))


def test_a_word_that_only_looks_like_a_name_may_stand(sexual: Desk) -> None:
    sexual.submit(to_officer(sexual, "He stood by the willow tree."))


def test_nobody_is_protected_where_no_rule_says_so(desk: Desk) -> None:
    desk.submit(to_officer(desk, "Carla Willow was seen."))


def test_an_address_of_somebody_protected_gives_them_away_too(sexual: Desk) -> None:
    people.add_contact(
        by=worlds.peelian(sexual.at),
        person_ref=sexual.complainant,
        channel="email",
        value="carla.w@example.org",
        on=sexual.today,
    )
    with pytest.raises(NotAllowed, match="PB-1"):
        sexual.submit(to_officer(sexual, "A message from CARLA.W@example.org was read."))


def test_a_child_is_named_to_nobody_else(desk: Desk) -> None:
    child = people.register_person(
        by=worlds.peelian(desk.at),
        kind=PersonKind.PUBLIC,
        family="Birchwood",
        given="Tom",
        born=KnownDate.of(2012),
        on=desk.today,
    )
    matters.add_person(
        by=desk.writes,
        matter_ref=desk.matter,
        version=parts(desk.writes, desk.matter).version,
        part=Part.WITNESS,
        involved=InvolvedDraft(child),
        on=desk.today,
    )
    with pytest.raises(NotAllowed, match="PB-2: A child is never named"):
        desk.submit(desk.draft("update-complainant", paragraphs={"done": "Tom Birchwood saw it."}))


@pytest.mark.parametrize(
    ("born", "on", "child"),
    [
        (KnownDate.of(2008, 11, 23), date(2026, 11, 22), True),
        (KnownDate.of(2008, 11, 23), date(2026, 11, 23), False),
        (KnownDate.of(2008, 11), date(2026, 11, 23), True),  # it may have been the thirtieth
        (KnownDate.of(2008), date(2026, 11, 23), True),
        (KnownDate.of(2007), date(2026, 11, 23), False),
        (KnownDate.of(2008, 2, 29), date(2026, 2, 28), True),
        (KnownDate.of(2008, 2, 29), date(2026, 3, 1), False),
    ],
)
def test_somebody_counts_as_a_child_while_they_may_be_one(born: KnownDate, on: date, child: bool) -> None:
    assert is_child(born, on, 18) is child


def test_whoever_is_marked_is_named_to_nobody_else_until_the_mark_is_lifted(desk: Desk) -> None:
    given = {"matter_ref": desk.matter, "person_key": desk.complainant, "on": desk.today}
    actions.mark_protected(**given, by=desk.writes, ground=Ground.AT_RISK, reason="Her former husband serves")
    with pytest.raises(NotValid, match="marked already"):
        actions.mark_protected(**given, by=desk.writes, ground=Ground.CHILD, reason="Twice")
    ref = to_officer(desk, "Ms Willow was seen.")
    with pytest.raises(NotAllowed, match="Marked: They are at risk"):
        desk.submit(ref)
    row = next(one for one in queries.protected(desk.writes, desk.matter) if one.part is Part.COMPLAINANT)
    assert (row.mark, row.mark_reason) == (Ground.AT_RISK, "Her former husband serves")
    with pytest.raises(NotAllowed, match="approve a letter"):
        actions.lift_protection(**given, by=desk.writes, reason="He left")
    actions.lift_protection(**given, by=desk.approves, reason="He left")
    with pytest.raises(NotFound):
        actions.lift_protection(**given, by=desk.approves, reason="He left")
    desk.submit(ref)


def test_a_mark_set_after_submission_stops_the_approval(desk: Desk) -> None:
    ref = to_officer(desk, "Ms Willow was seen.")
    sha256 = desk.submit(ref)
    actions.mark_protected(
        by=desk.approves,
        matter_ref=desk.matter,
        person_key=desk.complainant,
        ground=Ground.COURT_ORDER,
        reason="Ordered",
        on=desk.today,
    )
    with pytest.raises(NotAllowed, match="Marked"):
        actions.approve(**desk.on(ref), by=desk.approves, text_sha256=sha256, on=desk.today)


# Publication and the chair's directions


def notice(desk: Desk, **held_back: str) -> str:
    desk.event("hearing_first_day", desk.today, desk.officer)
    words = {"subject": "Rudeness at a counter.", "place": "The Corn Exchange, Felpersham", "time": "At ten."}
    ref = desk.draft("hearing-notice-public", desk.officer, words)
    directions = {
        field: (field not in held_back, held_back.get(field, "")) for field in ("name", "date", "place", "content")
    }
    actions.direct(
        **desk.on(ref),
        by=desk.writes,
        directions=directions,
        directed_by="The chair, Ms Quill",
        directed_on=desk.today,
        on=desk.today,
    )
    return ref


def words_of(desk: Desk, ref: str) -> str:
    return "\n".join(block.text for block in desk.letter(ref).blocks)


def test_nothing_is_published_before_the_chair_has_spoken_of_every_field(desk: Desk) -> None:
    desk.event("hearing_first_day", desk.today, desk.officer)
    ref = desk.draft("hearing-notice-public", desk.officer)
    with pytest.raises(NotAllowed, match="what the chair directed"):
        desk.submit(ref)
    with pytest.raises(NotValid, match="why the chair holds this back"):
        actions.direct(
            **desk.on(ref),
            by=desk.writes,
            directions=dict.fromkeys(("name", "date", "place", "content"), (False, "")),
            directed_by="The chair",
            directed_on=desk.today,
            on=desk.today,
        )


def test_a_field_that_the_chair_holds_back_is_left_out_and_the_rest_stands(desk: Desk) -> None:
    everything = words_of(desk, notice(desk))
    assert all(words in everything for words in ("Robin Shaw", "Corn Exchange", "Rudeness", "23 November 2026"))
    ref = notice(desk, place="A risk of disorder")
    held = words_of(desk, ref)
    assert "Corn Exchange" not in held
    assert "Where" not in held
    assert "Robin Shaw" in held
    desk.submit(ref)


@pytest.mark.parametrize(
    ("field", "words"),
    [("name", "PC Shaw was rude."), ("place", "At the Corn Exchange, Felpersham"), ("date", "On 23 November 2026.")],
)
def test_a_field_held_back_may_not_come_in_by_another_paragraph(desk: Desk, field: str, words: str) -> None:
    ref = notice(desk, **{field: "Reasons of safety"})
    place = {"place": "the Corn Exchange, Felpersham"} if field == "place" else {}
    desk.write(ref, {"subject": words, **place})
    with pytest.raises(NotAllowed, match="PB-3"):
        desk.submit(ref)


def test_in_what_is_published_no_complainant_or_witness_is_named(desk: Desk) -> None:
    ref = notice(desk)
    desk.write(ref, {"subject": "Rudeness to Carla Willow."})
    with pytest.raises(NotAllowed, match="PB-2: In what is published no complainant is named"):
        desk.submit(ref)


def test_a_notice_is_published_and_the_event_is_the_officers(desk: Desk) -> None:
    ref = notice(desk)
    desk.submit(ref)
    desk.approve(ref)
    desk.take(*TO_HEARING)
    assert desk.serve(ref, "published") == desk.today
    assert desk.standing()["notice_published"].letter == ref
    assert desk.letter(ref).line.to == "the public"


# Safe contact


@pytest.mark.parametrize(("value", "used"), [("", "x@example.org"), ("c@example.org", "C@example.org ")])
def test_a_way_that_somebody_asked_not_to_be_used_is_refused_with_the_reason(desk: Desk, value: str, used: str) -> None:
    people.add_contact(
        by=worlds.peelian(desk.at),
        person_ref=desk.complainant,
        channel="email",
        value=value,
        refused=True,
        safety="He reads her email",
        on=desk.today,
    )
    ref = desk.issue("update-complainant")
    with pytest.raises(NotAllowed, match="He reads her email"):
        desk.serve(ref, "letter_email", address=used)
    desk.serve(ref, "letter_post", address="1 High Street")


def test_a_limit_of_safety_is_read_before_the_way_is_used(desk: Desk) -> None:
    people.add_contact(
        by=worlds.peelian(desk.at),
        person_ref=desk.complainant,
        channel="post",
        value="1 High Street",
        safety="Plain envelope only",
        on=desk.today,
    )
    ref = desk.issue("update-complainant")
    with pytest.raises(NotValid, match="Plain envelope only"):
        desk.serve(ref, "letter_post", address="1 High Street")
    desk.serve(ref, "letter_post", address="1 High Street", safety_read=True)
