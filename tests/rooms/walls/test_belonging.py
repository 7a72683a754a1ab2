"""The unit a user works in, who in the register they are, and what follows once that is a head's own matter."""

import pytest

from peelian.intake.models import Item
from peelian.journal.models import Entry
from peelian.matters.models import Matter
from peelian.terms.acts import RecordKind
from peelian.terms.matters import Capacity, MatterState, Part
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from peelian.walls import actions, queries
from peelian.walls.roles import HEAD
from tests.walls.cast import Cast, sees

DELEGATE = "supervisor"


def ref_of(user_id: int) -> str:
    return queries.users_by_id([user_id])[user_id].ref


def become(cast: Cast, user_id: int, person_id: int | None) -> None:
    actions.say_who_user_is(
        by=cast.viewer("administrator"), user_ref=ref_of(user_id), person_id=person_id, reason="so", on=cast.today
    )


def fresh(record: Matter | Item) -> Matter | Item:
    return type(record).objects.as_system(because="the test").get(pk=record.pk)


@pytest.fixture
def delegate(cast: Cast) -> int:
    user = cast.user(DELEGATE)
    actions.appoint_delegate(by=cast.viewer("chief_officer"), user_ref=ref_of(user), reason="so", on=cast.today)
    return user


def named(record: Matter | Item, kind: RecordKind = RecordKind.MATTER) -> list[int]:
    places = queries.places_on(kind, record.pk)
    return [place.user.id for place in places if place.capacity is Capacity.NAMED and place.to_on is None]


def test_a_user_moves_to_another_unit_and_out_of_it(cast: Cast) -> None:
    user, by = cast.user("assessor"), cast.viewer("administrator")
    for unit in (7, None):
        actions.move_user(by=by, user_ref=ref_of(user), unit_id=unit, reason="SECRETWORD", on=cast.today)
        assert queries.users_by_id([user])[user].unit_id == unit
    with pytest.raises(NotValid):
        actions.move_user(by=by, user_ref=ref_of(user), unit_id=None, reason="again", on=cast.today)
    entries = Entry.objects.filter(key=ref_of(user)).order_by("-seq")[:2]
    assert [one.summary for one in entries] == ["took a user out of their unit", "changed the unit of a user"]
    assert "SECRETWORD" not in "".join(one.summary + one.reason for one in entries)


def test_whoever_comes_from_outside_belongs_to_no_unit_of_this_force(cast: Cast) -> None:
    user, by = cast.user("assessor"), cast.viewer("administrator")

    def move(unit: int | None) -> None:
        actions.move_user(by=by, user_ref=ref_of(user), unit_id=unit, reason="so", on=cast.today)

    def comes_from(body: str) -> None:
        actions.say_where_user_comes_from(by=by, user_ref=ref_of(user), body=body, words="A letter.", on=cast.today)

    move(7)
    with pytest.raises(NotValid, match="Take them out of it first"):
        comes_from("Northbeck Police")
    move(None)
    comes_from("Northbeck Police")
    assert queries.bodies_of([user], cast.today) == {user: "Northbeck Police"}
    with pytest.raises(NotValid, match="belong to no unit of it"):
        move(7)
    comes_from("")
    assert queries.bodies_of([user], cast.today) == {}


def test_whoever_becomes_a_person_is_kept_out_of_what_concerns_them_at_once(cast: Cast) -> None:
    officer, user = cast.person("Officer"), cast.user("assessor")
    about, other = cast.matter((officer, Part.OFFICER_CONCERNED)), cast.matter()
    for matter in (about, other):
        cast.place(matter, user)
    assert sees(queries.viewer_for(user, at=cast.at), about)
    become(cast, user, officer)
    viewer = queries.viewer_for(user, at=cast.at)
    assert not sees(viewer, about)
    assert sees(viewer, other)
    assert [place.to_on for place in queries.places_on(RecordKind.MATTER, about.pk)] == [cast.today]
    assert [place.to_on for place in queries.places_on(RecordKind.MATTER, other.pk)] == [None]
    become(cast, user, None)
    assert sees(queries.viewer_for(user, at=cast.at), about)


def test_nobody_says_it_of_themselves_nor_without_the_power_or_a_reason_nor_of_a_person_taken(cast: Cast) -> None:
    officer = cast.person("Officer")
    cast.user("assessor", person_id=officer)
    user, admin = cast.user("assessor"), cast.viewer("administrator")
    said = {"user_ref": ref_of(user), "person_id": officer, "reason": "so", "on": cast.today}
    with pytest.raises(NotValid, match="already has a user"):
        actions.say_who_user_is(by=admin, **said)
    with pytest.raises(NotValid, match="Say why"):
        actions.say_who_user_is(by=admin, **{**said, "reason": " "})
    with pytest.raises(NotAllowed):
        actions.say_who_user_is(by=cast.viewer("supervisor"), **said)
    with pytest.raises(NotAllowed, match="Nobody changes their own"):
        actions.say_who_user_is(by=admin, **{**said, "user_ref": ref_of(admin.user_id or 0)})
    with pytest.raises(NotFound):
        actions.move_user(by=admin, user_ref="PU-NONE", unit_id=1, reason="so", on=cast.today)


def test_whoever_becomes_head_finds_open_matters_about_them_closed_and_the_delegate_in_place(
    cast: Cast, delegate: int
) -> None:
    officer = cast.person("Officer")
    user = cast.user("assessor", person_id=officer)
    about = cast.matter((officer, Part.WITNESS))
    closed = cast.matter((officer, Part.WITNESS))
    Matter.objects.as_system(because="the test").filter(pk=closed.pk).update(state=MatterState.CLOSED)
    other, reader = cast.matter(), cast.viewer("assessor")
    item = cast.item(officer)
    Item.objects.as_system(because="the test").filter(pk=item.pk).update(owner_id=reader.user_id)
    actions.grant_role(
        by=cast.viewer("administrator"), user_ref=ref_of(user), role=HEAD, on=cast.today, reason="appointed"
    )
    assert [sees(reader, one) for one in (about, closed, other, item)] == [False, True, True, False]
    assert named(about) == [delegate]
    assert sorted(named(item, RecordKind.INTAKE_ITEM)) == sorted([delegate, reader.user_id or 0])
    assert fresh(about).sensitive_on == cast.today
    assert fresh(about).version == about.version + 1
    assert Entry.objects.filter(key=about.ref, summary__startswith="made sensitive: a head").count() == 1
    assert not sees(queries.viewer_for(user, at=cast.at), about)


def test_a_head_who_is_said_to_be_a_person_or_may_sign_in_again_is_guarded_alike(cast: Cast, delegate: int) -> None:
    officer, head, admin = cast.person("Officer"), cast.user(HEAD), cast.viewer("administrator")
    first = cast.matter((officer, Part.OFFICER_CONCERNED))
    become(cast, head, officer)
    assert fresh(first).sensitive_on == cast.today
    given = {"by": admin, "user_ref": ref_of(head), "reason": "so", "on": cast.today}
    actions.set_active(active=False, **given)
    second = cast.matter((officer, Part.COMPLAINANT))
    actions.set_active(active=True, **given)
    assert fresh(second).sensitive_on == cast.today
    assert named(second) == [delegate]
