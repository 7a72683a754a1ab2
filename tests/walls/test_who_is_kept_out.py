"""Each ground on which somebody is kept out of a record: SI 2020/4 reg 15, SI 2020/2 reg 12, CI-1, CI-2, CI-4, CI-5."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from peelian.matters.models import Involvement
from peelian.terms.acts import RecordKind
from peelian.terms.matters import Capacity, Part
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from peelian.terms.viewer import Viewer
from peelian.walls import actions, queries
from peelian.walls.managed import open_keys, visible_keys
from tests.walls.cast import Cast, person_row, sees

READS_ALL = "assessor"


def a_matter_of_others(cast: Cast, me: int) -> None:
    """Nothing links the viewer to it."""


def involved(part: Part) -> Callable[[Cast, int], tuple[int, Part]]:
    def world(cast: Cast, me: int) -> tuple[int, Part]:
        return me, part

    return world


def tied(ground: str, *, until: date | None = None, managed: bool = False) -> Callable[[Cast, int], tuple[int, Part]]:
    def world(cast: Cast, me: int) -> tuple[int, Part]:
        officer = cast.person("Officer")
        cast.tie(*((officer, me) if managed else (me, officer)), ground)
        if until:
            actions.ties.untie_many(pairs=[(me, officer)], ground=ground, on=until)
        return officer, Part.OFFICER_CONCERNED

    return world


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        pytest.param(a_matter_of_others, True, id="nothing to do with it"),
        *(pytest.param(involved(part), False, id=part.words) for part in Part),
        pytest.param(tied("line_manager"), False, id="line manager of the officer concerned"),
        pytest.param(tied("line_manager", managed=True), False, id="works under the officer concerned (CI-2)"),
        pytest.param(tied("declared_relationship"), False, id="declared relationship"),
        pytest.param(tied("line_manager", until=date(2026, 11, 23)), True, id="a tie that ended today"),
        pytest.param(tied("line_manager", until=date(2026, 11, 24)), False, id="a tie on its last day"),
    ],
)
@pytest.mark.parametrize("sensitive", [False, True])
def test_being_in_a_matter_is_a_wall(
    cast: Cast, link: Callable[[Cast, int], tuple[int, Part] | None], expected: bool, sensitive: bool
) -> None:
    me = cast.person("Me")
    viewer = cast.viewer(READS_ALL, person_id=me)
    part = link(cast, me)
    matter = cast.matter(*([part] if part else []), sensitive=sensitive)
    assert sees(viewer, matter) is (expected and not sensitive)
    assert open_keys(RecordKind.MATTER, viewer).filter(pk=matter.pk).exists() is expected


def test_who_comes_into_a_matter_later_is_kept_out_from_then_whatever_they_signed(cast: Cast) -> None:
    me = cast.person("Me")
    user = cast.user("investigator", person_id=me)
    viewer = queries.viewer_for(user, at=cast.at)
    matter = cast.matter()
    cast.place(matter, user)
    assert sees(viewer, matter)
    Involvement.objects.create(matter=matter, person_id=me, part=Part.WITNESS)
    assert not sees(viewer, matter)


def test_a_user_who_is_nobody_in_the_register_is_kept_out_by_nothing_but_places(cast: Cast) -> None:
    assert sees(cast.viewer(READS_ALL), cast.matter((cast.person(), Part.OFFICER_CONCERNED)))


@pytest.mark.parametrize("record", ["matter", "item"])
def test_a_declared_conflict_closes_the_record_for_good_and_ends_the_place(cast: Cast, record: str) -> None:
    user = cast.user(READS_ALL)
    viewer = queries.viewer_for(user, at=cast.at)
    thing = cast.matter() if record == "matter" else cast.item()
    kind = RecordKind.MATTER if record == "matter" else RecordKind.INTAKE_ITEM
    given = {"kind": kind, "record_id": thing.pk, "record_ref": thing.ref}
    cast.place(thing, user, signed=False)
    actions.declare_conflict(by=viewer, **given, reason="we went to school together", on=cast.today)
    assert not sees(viewer, thing)
    assert not queries.unsigned(viewer, kind, thing.pk)
    assert [(place.to_on, place.conflict_at) for place in queries.places_on(kind, thing.pk)] == [(cast.today, cast.at)]
    later = queries.viewer_for(user, at=cast.at + timedelta(days=900))
    assert not sees(later, thing)
    with pytest.raises(NotAllowed):
        cast.place(thing, user, capacity=Capacity.HANDLER)


def test_a_conflict_may_be_declared_by_one_who_merely_reads_the_record(cast: Cast) -> None:
    viewer, matter = cast.viewer(READS_ALL), cast.matter()
    given = {"kind": RecordKind.MATTER, "record_id": matter.pk, "record_ref": matter.ref}
    actions.declare_conflict(by=viewer, **given, reason="my neighbour", on=cast.today)
    assert not sees(viewer, matter)
    with pytest.raises(NotFound):
        actions.declare_conflict(by=viewer, **given, reason="again", on=cast.today)


def test_a_place_not_yet_signed_for_shows_the_declaration_and_nothing_more(cast: Cast) -> None:
    user = cast.user(READS_ALL)
    viewer, matter = queries.viewer_for(user, at=cast.at), cast.matter()
    assert sees(viewer, matter)
    cast.place(matter, user, signed=False)
    assert not sees(viewer, matter)
    assert queries.unsigned(viewer, RecordKind.MATTER, matter.pk)
    given = {"kind": RecordKind.MATTER, "record_id": matter.pk, "record_ref": matter.ref}
    actions.sign_no_conflict(by=viewer, **given, on=cast.today)
    assert sees(viewer, matter)
    assert not queries.unsigned(viewer, RecordKind.MATTER, matter.pk)
    with pytest.raises(NotFound):
        actions.sign_no_conflict(by=viewer, **given, on=cast.today)


def test_a_new_subject_asks_for_every_signature_again(cast: Cast) -> None:
    user = cast.user("investigator")
    viewer, matter = queries.viewer_for(user, at=cast.at), cast.matter()
    cast.place(matter, user)
    given = {"kind": RecordKind.MATTER, "record_id": matter.pk, "record_ref": matter.ref}
    assert actions.require_new_signatures(by=cast.system, **given, reason="a subject was added") == 1
    assert not sees(viewer, matter)
    assert queries.unsigned(viewer, RecordKind.MATTER, matter.pk)


def test_one_who_is_involved_is_never_offered_the_names_to_sign_for(cast: Cast) -> None:
    me = cast.person("Me")
    user = cast.user("investigator", person_id=me)
    viewer, matter = queries.viewer_for(user, at=cast.at), cast.matter()
    cast.place(matter, user, signed=False)
    Involvement.objects.create(matter=matter, person_id=me, part=Part.OFFICER_CONCERNED)
    assert not queries.unsigned(viewer, RecordKind.MATTER, matter.pk)
    assert queries.my_places(viewer, RecordKind.MATTER) == ()
    with pytest.raises(NotFound):
        actions.sign_no_conflict(
            by=viewer, kind=RecordKind.MATTER, record_id=matter.pk, record_ref=matter.ref, on=cast.today
        )


@pytest.mark.parametrize(
    ("role", "placed", "signed", "expected"),
    [
        (READS_ALL, False, False, False),
        (READS_ALL, True, False, False),
        (READS_ALL, True, True, True),
        ("investigator", False, False, False),
        ("investigator", True, True, True),
        ("head_of_professional_standards", False, False, False),
        ("inspector", False, False, False),
        ("chief_officer", False, False, False),
    ],
)
def test_a_sensitive_matter_is_open_only_to_those_named_who_have_signed(
    cast: Cast, role: str, placed: bool, signed: bool, expected: bool
) -> None:
    user, matter = cast.user(role), cast.matter(sensitive=True)
    if placed:
        cast.place(matter, user, capacity=Capacity.NAMED, signed=signed)
    assert sees(queries.viewer_for(user, at=cast.at), matter) is expected


@pytest.mark.parametrize("role", ["administrator", "auditor", "analyst", "vetting_officer"])
def test_a_place_is_only_for_one_whose_role_reads_the_record(cast: Cast, role: str) -> None:
    user, item = cast.user(role), cast.item()
    with pytest.raises(NotValid, match="holds no role that reads a record of this kind"):
        cast.place(item, user)


def test_a_place_gives_nothing_once_the_role_behind_it_is_withdrawn(cast: Cast) -> None:
    user, matter = cast.user("investigator"), cast.matter()
    cast.place(matter, user)
    ref = queries.users_by_id([user])[user].ref
    actions.withdraw_role(by=cast.system, user_ref=ref, role="investigator", on=cast.today, reason="moved")
    assert not sees(queries.viewer_for(user, at=cast.at), matter)


def test_a_place_that_ended_opens_nothing(cast: Cast) -> None:
    user, matter = cast.user("investigator"), cast.matter()
    cast.place(matter, user)
    actions.end_place(
        by=cast.viewer("supervisor"),
        kind=RecordKind.MATTER,
        record_id=matter.pk,
        record_ref=matter.ref,
        user_id=user,
        capacity=Capacity.INVESTIGATOR,
        on=cast.today,
        reason="moved to another force",
    )
    assert not sees(queries.viewer_for(user, at=cast.at), matter)


def test_somebody_involved_or_tied_is_not_given_a_place(cast: Cast) -> None:
    me, officer = cast.person("Me"), cast.person("Officer")
    user = cast.user("investigator", person_id=me)
    cast.tie(officer, me)
    with pytest.raises(NotAllowed) as refused:
        cast.place(cast.matter((officer, Part.OFFICER_CONCERNED)), user)
    assert "reg 15" in refused.value.refusal.law


@pytest.mark.parametrize("how", ["named in it", "sender", "tied to the sender"])
def test_who_must_not_see_an_item_never_sees_the_matter_that_came_of_it(cast: Cast, how: str) -> None:
    me, other = cast.person("Me"), cast.person("Other")
    viewer = cast.viewer(READS_ALL, person_id=me)
    if how == "named in it":
        item = cast.item(me)
    elif how == "sender":
        item = cast.item(from_person_id=me)
    else:
        cast.tie(me, other, "declared_relationship")
        item = cast.item(from_person_id=other)
    matter = cast.matter(item_id=item.pk)
    assert not sees(viewer, item)
    assert not sees(viewer, matter)
    assert sees(cast.viewer(READS_ALL), item)
    assert sees(cast.viewer(READS_ALL), matter)


def test_nobody_sees_the_page_about_themselves_or_about_someone_they_are_tied_to(cast: Cast) -> None:
    me, colleague, stranger = cast.person("Me"), cast.person("Colleague"), cast.person("Stranger")
    cast.tie(me, colleague, "declared_relationship")
    viewer = cast.viewer(READS_ALL, person_id=me)
    assert [sees(viewer, person_row(key)) for key in (me, colleague, stranger)] == [False, False, True]


def test_one_known_only_through_a_hidden_record_is_hidden_with_it(cast: Cast) -> None:
    complainant = cast.person("Complainant", registered=False)
    viewer = cast.viewer(READS_ALL)
    hidden = cast.matter((complainant, Part.COMPLAINANT), sensitive=True)
    assert not sees(viewer, person_row(complainant))
    cast.matter((complainant, Part.WITNESS))
    assert sees(viewer, person_row(complainant))
    assert not sees(viewer, hidden)


def test_one_in_the_register_stays_in_it_whatever_hidden_record_names_them(cast: Cast) -> None:
    officer = cast.person("Officer")
    cast.matter((officer, Part.OFFICER_CONCERNED), sensitive=True)
    assert sees(cast.viewer(READS_ALL), person_row(officer))


def test_where_the_head_is_concerned_the_delegate_is_named_and_the_head_kept_out(cast: Cast) -> None:
    head = cast.person("Head")
    head_viewer = cast.viewer("head_of_professional_standards", person_id=head)
    chief, deputy = cast.viewer("chief_officer"), cast.viewer("chief_officer")
    ref = queries.users_by_id([deputy.user_id or 0])[deputy.user_id or 0].ref
    actions.appoint_delegate(by=chief, user_ref=ref, reason="as the law of the force says", on=cast.today)
    matter = cast.matter((head, Part.OFFICER_CONCERNED), sensitive=True)
    assert stand_in(cast, matter.pk, matter.ref, [head])
    assert queries.unsigned(deputy, RecordKind.MATTER, matter.pk)
    actions.sign_no_conflict(
        by=deputy, kind=RecordKind.MATTER, record_id=matter.pk, record_ref=matter.ref, on=cast.today
    )
    assert sees(deputy, matter)
    assert not sees(head_viewer, matter)
    assert not sees(cast.viewer("supervisor"), matter)


def test_a_delegate_appointed_later_is_named_on_what_stood_without_one_and_leaves_with_the_delegation(
    cast: Cast,
) -> None:
    head = cast.person("Head")
    cast.viewer("head_of_professional_standards", person_id=head)
    matter = cast.matter((head, Part.WITNESS), sensitive=True)
    assert stand_in(cast, matter.pk, matter.ref, [head])
    chief, deputy = cast.viewer("chief_officer"), cast.viewer("chief_officer")
    ref = queries.users_by_id([deputy.user_id or 0])[deputy.user_id or 0].ref
    actions.appoint_delegate(by=chief, user_ref=ref, reason="a matter about the head", on=cast.today)
    assert queries.unsigned(deputy, RecordKind.MATTER, matter.pk)
    actions.end_delegate(by=chief, user_ref=ref, reason="retired", on=cast.today)
    assert not queries.unsigned(deputy, RecordKind.MATTER, matter.pk)
    assert queries.delegate_user_ids(cast.today) == frozenset()


def test_nobody_stands_in_where_the_head_is_not_concerned(cast: Cast) -> None:
    cast.viewer("head_of_professional_standards", person_id=cast.person("Head"))
    matter = cast.matter((cast.person(), Part.OFFICER_CONCERNED))
    assert not stand_in(cast, matter.pk, matter.ref, [cast.person()])
    assert queries.places_on(RecordKind.MATTER, matter.pk) == ()


def test_a_delegate_who_is_involved_is_not_named(cast: Cast) -> None:
    head, deputy = cast.person("Head"), cast.person("Deputy")
    cast.viewer("head_of_professional_standards", person_id=head)
    chief = cast.viewer("chief_officer")
    viewer = cast.viewer("chief_officer", person_id=deputy)
    ref = queries.users_by_id([viewer.user_id or 0])[viewer.user_id or 0].ref
    actions.appoint_delegate(by=chief, user_ref=ref, reason="in general", on=cast.today)
    matter = cast.matter((head, Part.OFFICER_CONCERNED), (deputy, Part.WITNESS), sensitive=True)
    assert stand_in(cast, matter.pk, matter.ref, [head, deputy])
    assert queries.places_on(RecordKind.MATTER, matter.pk) == ()


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(0, True), (3.999, True), (4, False), (-1, False)],
    ids=["at once", "last", "over", "before"],
)
def test_broken_glass_opens_a_sensitive_matter_for_four_hours(cast: Cast, hours: float, expected: bool) -> None:
    user, matter = cast.user("head_of_professional_standards"), cast.matter(sensitive=True)
    broken(queries.viewer_for(user, at=cast.at), matter.ref)
    assert sees(queries.viewer_for(user, at=cast.at + timedelta(hours=hours)), matter) is expected
    assert not sees(cast.viewer("head_of_professional_standards"), matter)


def test_glass_never_opens_a_record_to_one_involved_and_tells_them_nothing(cast: Cast) -> None:
    me = cast.person("Me")
    viewer = cast.viewer("head_of_professional_standards", person_id=me)
    matter = cast.matter((me, Part.OFFICER_CONCERNED), sensitive=True)
    with pytest.raises(NotFound) as involved_in:
        broken(viewer, matter.ref)
    with pytest.raises(NotFound) as not_there:
        broken(viewer, "PM-NOSUCH")
    assert str(involved_in.value).replace(matter.ref, "PM-NOSUCH") == str(not_there.value)
    assert not sees(viewer, matter)


def test_broken_glass_opens_the_page_of_somebody_known_only_through_a_walled_matter(cast: Cast) -> None:
    known = cast.person("Known through it", registered=False)
    matter = cast.matter((known, Part.COMPLAINANT), sensitive=True)
    chief, person = cast.viewer("chief_officer"), person_row(known)
    assert not sees(chief, person)
    broken(chief, person.ref, kind=RecordKind.PERSON)
    assert sees(chief, person)
    assert not sees(chief, matter)
    for overseer in (cast.viewer("head_of_professional_standards"), cast.viewer("auditor")):
        seen = [(row.kind, row.record_ref) for row in queries.openings(overseer).rows]
        assert seen == [(RecordKind.PERSON, person.ref)]


def test_glass_never_opens_the_page_about_oneself_or_somebody_one_is_tied_to(cast: Cast) -> None:
    me, managed = cast.person("Me"), cast.person("Managed")
    cast.tie(me, managed)
    chief = cast.viewer("chief_officer", person_id=me)
    for key in (me, managed):
        with pytest.raises(NotFound):
            broken(chief, person_row(key).ref, kind=RecordKind.PERSON)
        assert not sees(chief, person_row(key))


def test_glass_is_not_broken_for_what_can_be_seen_nor_without_a_power_or_a_reason(cast: Cast) -> None:
    head, open_matter = cast.viewer("head_of_professional_standards"), cast.matter()
    with pytest.raises(NotValid, match="without breaking"):
        broken(head, open_matter.ref)
    hidden = cast.matter(sensitive=True)
    with pytest.raises(NotAllowed):
        broken(cast.viewer("supervisor"), hidden.ref)
    with pytest.raises(NotValid):
        broken(head, hidden.ref, reason="  ")


def test_head_and_auditor_see_an_opening_at_once_but_never_one_of_a_record_they_are_in(cast: Cast) -> None:
    me = cast.person("Me")
    head = cast.viewer("head_of_professional_standards", person_id=me)
    auditor, chief = cast.viewer("auditor"), cast.viewer("chief_officer")
    about_head = cast.matter((me, Part.OFFICER_CONCERNED), sensitive=True)
    about_another = cast.matter(sensitive=True)
    for matter in (about_head, about_another):
        broken(chief, matter.ref)
    assert {row.record_ref for row in queries.openings(auditor).rows} == {about_head.ref, about_another.ref}
    assert {row.record_ref for row in queries.openings(head).rows} == {about_another.ref}
    assert queries.openings(head).total == 1
    with pytest.raises(NotAllowed):
        queries.openings(chief)
    assert [row.is_open for row in queries.my_openings(chief)] == [True, True]


def test_the_system_sees_everything_for_its_reason(cast: Cast) -> None:
    assert sees(cast.system, cast.matter(sensitive=True))
    assert visible_keys(RecordKind.MATTER, cast.system).count() == 1


def stand_in(cast: Cast, record_id: int, record_ref: str, person_ids: list[int]) -> bool:
    return actions.stand_in_for_head(
        by=cast.system,
        kind=RecordKind.MATTER,
        record_id=record_id,
        record_ref=record_ref,
        person_ids=person_ids,
        on=cast.today,
    )


def broken(
    viewer: Viewer, record_ref: str, reason: str = "a life is in danger", kind: RecordKind = RecordKind.MATTER
) -> str:
    return actions.break_glass(by=viewer, kind=kind, record_ref=record_ref, reason=reason)
