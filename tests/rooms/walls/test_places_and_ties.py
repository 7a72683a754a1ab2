"""Who gives a place, ties two people, appoints a delegate; and what the journal says of it."""

from collections.abc import Callable
from typing import Any

import pytest

from peelian.journal.models import Entry
from peelian.terms.acts import Act, RecordKind
from peelian.terms.matters import Capacity
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from peelian.walls import actions, queries
from peelian.walls.models import Tether, Tie
from tests.walls.cast import Cast

KIND = RecordKind.MATTER


def last_entry() -> Entry:
    entry = Entry.objects.order_by("-seq").first()
    assert entry is not None
    return entry


def of(matter: Any) -> dict[str, Any]:
    return {"kind": KIND, "record_id": matter.pk, "record_ref": matter.ref}


@pytest.mark.parametrize(
    ("role", "capacity", "allowed"),
    [
        ("supervisor", Capacity.INVESTIGATOR, True),
        ("assessor", Capacity.INVESTIGATOR, True),
        ("assessor", Capacity.NAMED, False),
        ("supervisor", Capacity.NAMED, True),
        ("complaint_handler", Capacity.HANDLER, False),
        ("inspector", Capacity.HANDLER, False),
    ],
)
def test_a_place_is_given_by_those_who_allocate_and_named_by_those_who_restrict(
    cast: Cast, role: str, capacity: Capacity, allowed: bool
) -> None:
    by, user, matter = cast.viewer(role), cast.user("investigator"), cast.matter()

    def give() -> None:
        actions.give_place(by=by, **of(matter), user_id=user, capacity=capacity, on=cast.today)

    if not allowed:
        with pytest.raises(NotAllowed):
            give()
        return
    give()
    [place] = queries.places_on(KIND, matter.pk)
    assert (place.user.id, place.capacity, place.signed_at) == (user, capacity, None)
    entry = last_entry()
    assert (entry.act, entry.key, "reg 15" in entry.decision) == (Act.GRANTED, matter.ref, True)
    with pytest.raises(NotValid, match="already has this place"):
        give()


def test_nobody_gives_or_ends_a_place_on_a_record_they_cannot_see(cast: Cast) -> None:
    by, user, matter = cast.viewer("supervisor"), cast.user("investigator"), cast.matter(sensitive=True)
    with pytest.raises(NotFound):
        actions.give_place(by=by, **of(matter), user_id=user, capacity=Capacity.NAMED, on=cast.today)
    with pytest.raises(NotFound):
        actions.end_place(
            by=by, **of(matter), user_id=user, capacity=Capacity.NAMED, on=cast.today, reason="no such place"
        )


def test_a_place_is_for_an_active_user(cast: Cast) -> None:
    matter = cast.matter()
    with pytest.raises(NotValid, match="active user"):
        actions.give_place(
            by=cast.viewer("supervisor"), **of(matter), user_id=10**6, capacity=Capacity.HANDLER, on=cast.today
        )


def test_a_place_may_be_given_again_after_it_ended(cast: Cast) -> None:
    by, user, matter = cast.viewer("supervisor"), cast.user("investigator"), cast.matter()
    given = {"by": by, **of(matter), "user_id": user, "capacity": Capacity.INVESTIGATOR, "on": cast.today}
    actions.give_place(**given)
    actions.end_place(**given, reason="leave")
    actions.give_place(**given)
    assert [place.to_on for place in queries.places_on(KIND, matter.pk)].count(None) == 1
    with pytest.raises(NotFound):
        actions.end_place(**{**given, "capacity": Capacity.HANDLER}, reason="never had it")


def test_a_tie_holds_both_ways_until_it_ends(cast: Cast) -> None:
    one, two = cast.person(), cast.person()
    given = {"person_id": one, "person_ref": "PP-1", "other_id": two, "other_ref": "PP-2", "ground": "line_manager"}
    by = cast.viewer("supervisor")
    actions.tie(by=by, **given, on=cast.today)
    assert set(Tie.objects.values_list("person_id", "other_id")) == {(one, two), (two, one)}
    with pytest.raises(NotValid, match="already tied"):
        actions.tie(by=by, **given, on=cast.today)
    actions.untie(by=by, **given, on=cast.today)
    assert set(Tie.objects.values_list("to_on", flat=True)) == {cast.today}
    with pytest.raises(NotFound):
        actions.untie(by=by, **given, on=cast.today)


@pytest.mark.parametrize(
    ("ground", "own", "allowed"),
    [
        ("declared_relationship", True, True),
        ("line_manager", True, False),
        ("declared_relationship", False, False),
    ],
)
def test_anyone_declares_a_relationship_of_their_own_and_no_other_tie(
    cast: Cast, ground: str, own: bool, allowed: bool
) -> None:
    me, other = cast.person(), cast.person()
    by = cast.viewer("panel_member", person_id=me if own else None)
    given = {"person_id": me, "person_ref": "PP-1", "other_id": other, "other_ref": "PP-2", "ground": ground}
    tie: Callable[[], None] = lambda: actions.tie(by=by, **given, on=cast.today)  # noqa: E731 - called in two ways
    if allowed:
        tie()
        return
    with pytest.raises(NotAllowed):
        tie()


def test_a_tie_names_two_people_and_a_known_ground(cast: Cast) -> None:
    one, two = cast.person(), cast.person()
    refs = {"person_ref": "PP-1", "other_ref": "PP-2"}
    with pytest.raises(NotValid):
        actions.tie(by=cast.system, person_id=one, other_id=one, **refs, ground="line_manager", on=cast.today)
    with pytest.raises(NotValid):
        actions.tie(by=cast.system, person_id=one, other_id=two, **refs, ground="cousin", on=cast.today)


def test_tethering_twice_is_as_once_and_can_be_taken_back(cast: Cast) -> None:
    for _ in range(2):
        actions.tether(person_ids=[1, 2], kind=KIND, record_id=5)
    assert Tether.objects.count() == 2
    actions.untether(person_ids=[1], kind=KIND, record_id=5)
    assert list(Tether.objects.values_list("person_id", flat=True)) == [2]


def test_only_a_chief_officer_appoints_a_delegate_and_never_the_head(cast: Cast) -> None:
    head, chief = cast.viewer("head_of_professional_standards"), cast.viewer("chief_officer")
    ref = cast.viewer("supervisor").actor.removeprefix("user:")
    with pytest.raises(NotAllowed):
        actions.appoint_delegate(by=head, user_ref=ref, reason="so", on=cast.today)
    with pytest.raises(NotAllowed, match="cannot stand in for themselves"):
        actions.appoint_delegate(by=chief, user_ref=head.actor.removeprefix("user:"), reason="so", on=cast.today)
    actions.appoint_delegate(by=chief, user_ref=ref, reason="so", on=cast.today)
    assert [row.user.ref for row in queries.delegates(chief)] == [ref]
    with pytest.raises(NotValid):
        actions.appoint_delegate(by=chief, user_ref=ref, reason="twice", on=cast.today)
    with pytest.raises(NotAllowed):
        queries.delegates(head)


def test_no_reason_stands_readable_in_the_journal(cast: Cast) -> None:
    matter, chief = cast.matter(sensitive=True), cast.viewer("chief_officer")
    actions.break_glass(by=chief, kind=RecordKind.MATTER, record_ref=matter.ref, reason="SECRETWORD about a person")
    cast.place(matter, user := cast.user("investigator"), signed=False)
    actions.declare_conflict(by=queries.viewer_for(user, at=cast.at), **of(matter), reason="SECRETWORD", on=cast.today)
    for entry in Entry.objects.all():
        assert "SECRETWORD" not in f"{entry.summary}{entry.reason}{entry.decision}"
