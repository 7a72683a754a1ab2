"""Users, roles and what nobody may do for themselves."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.contrib.auth.hashers import check_password

from peelian.terms.pages import Sort
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from peelian.terms.viewer import Viewer
from peelian.walls import actions, queries
from peelian.walls.models import User
from peelian.walls.rows import UserFilters
from tests.walls.cast import LONG_AGO, Cast

GOOD = "a long enough passphrase"


def make(cast: Cast, *, by: Viewer | None = None, username: str = "alex", **other: object) -> str:
    given = {"name": "Alex", "roles": ["assessor"], "password": None, "on": LONG_AGO, **other}
    return actions.make_user(by=by or cast.system, username=username, **given)  # type: ignore[arg-type]  # a table


def test_a_user_is_who_they_are_with_the_roles_of_the_day(cast: Cast) -> None:
    person = cast.person()
    ref = make(cast, username=" Alex ", password=GOOD, person_id=person, unit_id=7, email="alex@example.org")
    viewer = queries.viewer_named("ALEX", at=cast.at)
    assert (viewer.actor, viewer.person_id, viewer.unit_id) == (f"user:{ref}", person, 7)
    assert viewer.roles == {"assessor"}
    assert viewer.may(Permission.ASSESS)
    assert not viewer.may(Permission.MANAGE_USERS)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"username": "a b"}, "username"),
        ({"username": ""}, "username"),
        ({"username": "TAKEN"}, "username"),
        ({"name": " "}, "name"),
        ({"password": "short"}, "password"),
        ({"username": "alexanderplatz", "password": "alexanderplatz"}, "password"),
        ({"roles": ["sheriff"]}, "role"),
        ({"roles": ["assessor", "assessor"]}, "role"),
        ({"roles": ["assessor", "auditor"]}, "role"),
        ({"roles": ["administrator", "assessor"]}, "role"),
        ({"roles": ["administrator", "auditor"]}, "role"),
    ],
)
def test_a_user_who_cannot_stand_is_not_made(cast: Cast, change: dict[str, object], field: str) -> None:
    make(cast, username="taken")
    with pytest.raises(NotValid) as refused:
        make(cast, **change)
    assert refused.value.field == field
    assert queries.users(cast.system).total == 1


def test_users_who_share_a_password_share_its_hash_and_a_weak_one_is_not_hashed(cast: Cast) -> None:
    shared = actions.hashed(GOOD)
    assert GOOD not in repr(shared)
    assert shared.words not in repr(shared)
    for username in ("first", "second"):
        make(cast, username=username, password=shared)
    stored = dict(User.objects.values_list("username", "password"))
    assert stored["first"] == stored["second"]
    assert check_password(GOOD, stored["first"])
    with pytest.raises(NotValid) as refused:
        actions.hashed("short")
    assert refused.value.field == "password"


def test_one_person_has_one_user(cast: Cast) -> None:
    person = cast.person()
    make(cast, person_id=person)
    with pytest.raises(NotValid):
        make(cast, username="other", person_id=person)


ACTS: dict[str, Callable[[Viewer, str, date], object]] = {
    "make a user": lambda by, ref, on: actions.make_user(
        by=by, username="new", name="New", roles=[], password=None, on=on
    ),
    "grant": lambda by, ref, on: actions.grant_role(by=by, user_ref=ref, role="investigator", on=on, reason="so"),
    "withdraw": lambda by, ref, on: actions.withdraw_role(by=by, user_ref=ref, role="assessor", on=on, reason="so"),
    "stop": lambda by, ref, on: actions.set_active(by=by, user_ref=ref, active=False, reason="so", on=on),
    "password": lambda by, ref, on: actions.set_password(by=by, user_ref=ref, password=GOOD, on=on),
    "list": lambda by, ref, on: queries.users(by),
    "look at": lambda by, ref, on: queries.user(by, ref),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=list(ACTS))
@pytest.mark.parametrize("role", ["head_of_professional_standards", "auditor", "supervisor", "administrator"])
def test_only_the_administrator_manages_users(cast: Cast, act: Callable[..., object], role: str) -> None:
    ref, by = make(cast), cast.viewer(role)
    if role == "administrator":
        act(by, ref, cast.today)
        return
    with pytest.raises(NotAllowed) as refused:
        act(by, ref, cast.today)
    assert "manage users" in refused.value.refusal.reason


@pytest.mark.parametrize("act", ["grant", "withdraw", "stop"])
def test_nobody_changes_their_own_roles_or_access(cast: Cast, act: str) -> None:
    by = cast.viewer("administrator")
    ref = by.actor.removeprefix("user:")
    with pytest.raises(NotAllowed, match="Nobody changes their own"):
        ACTS[act](by, ref, cast.today)


def test_a_role_starts_on_its_day_and_is_gone_on_the_day_it_is_withdrawn(cast: Cast) -> None:
    ref = make(cast, roles=[])
    user = queries.user_by_ref(ref).id
    actions.grant_role(by=cast.system, user_ref=ref, role="analyst", on=date(2026, 11, 20), reason="joined")
    actions.withdraw_role(by=cast.system, user_ref=ref, role="analyst", on=date(2026, 11, 22), reason="left")
    on_the = {day: queries.viewer_for(user, at=cast.at - timedelta(days=23 - day)).roles for day in (19, 20, 21, 22)}
    assert on_the == {19: frozenset(), 20: {"analyst"}, 21: {"analyst"}, 22: frozenset()}
    assert [(grant.role, grant.to_on) for grant in queries.user(cast.system, ref).grants] == [
        ("analyst", date(2026, 11, 22))
    ]
    with pytest.raises(NotFound):
        actions.withdraw_role(by=cast.system, user_ref=ref, role="analyst", on=cast.today, reason="again")


def test_a_stopped_user_is_no_viewer_and_may_be_let_in_again(cast: Cast) -> None:
    ref = make(cast)
    user = queries.user_by_ref(ref).id
    actions.set_active(by=cast.system, user_ref=ref, active=False, reason="suspended", on=cast.today)
    with pytest.raises(NotFound):
        queries.viewer_for(user, at=cast.at)
    assert queries.users_holding("assessor", cast.today) == ()
    with pytest.raises(NotValid):
        actions.set_active(by=cast.system, user_ref=ref, active=False, reason="twice", on=cast.today)
    actions.set_active(by=cast.system, user_ref=ref, active=True, reason="back", on=cast.today)
    assert queries.viewer_for(user, at=cast.at).roles == {"assessor"}


def test_users_are_found_by_power_role_and_words(cast: Cast) -> None:
    make(cast, username="anna", name="Anna Ash", roles=["investigator"])
    make(cast, username="bert", name="Bert Birch", roles=["supervisor"])
    assert [user.username for user in queries.users_holding(Permission.ALLOCATE, cast.today)] == ["bert"]
    assert [user.username for user in queries.users_holding("investigator", cast.today)] == ["anna"]
    assert [row.user.username for row in queries.users(cast.system, UserFilters(words="birch")).rows] == ["bert"]
    assert [row.user.username for row in queries.users(cast.system, UserFilters(role="investigator")).rows] == ["anna"]
    backwards = queries.users(cast.system, sort=Sort("username", descending=True), size=1)
    assert ([row.user.username for row in backwards.rows], backwards.total, backwards.last) == (["bert"], 2, 2)
    with pytest.raises(NotValid):
        queries.users(cast.system, sort=Sort("password"))


def test_actors_have_names_to_show(cast: Cast) -> None:
    ref = make(cast, name="Anna Ash")
    shown = queries.actor_names([f"user:{ref}", "system:load", "user:gone"])
    assert shown == {f"user:{ref}": "Anna Ash", "system:load": "Peelian (load)", "user:gone": "gone"}


def test_a_calendar_address_is_a_secret_that_can_be_renewed(cast: Cast) -> None:
    viewer = cast.viewer("assessor")
    first = actions.fresh_calendar_token(by=viewer, on=cast.today)
    assert queries.viewer_of_calendar(first, at=cast.at).user_id == viewer.user_id
    actions.fresh_calendar_token(by=viewer, on=cast.today)
    for token in (first, ""):
        with pytest.raises(NotFound):
            queries.viewer_of_calendar(token, at=cast.at)
    with pytest.raises(NotFound):
        actions.fresh_calendar_token(by=cast.system, on=cast.today)
