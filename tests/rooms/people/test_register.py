"""The register of people: names, service, and what a wall leaves of both."""

from datetime import date, datetime

import pytest

from peelian.journal.queries import entries_about, entry
from peelian.people import actions, queries
from peelian.people.rows import HIDDEN_NAME, PeopleFilters, Standing
from peelian.terms.known_dates import KnownDate
from peelian.terms.people import IdentifierKind, NameKind, PersonKind
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from tests import worlds

pytestmark = pytest.mark.django_db


def names(page) -> list[str]:
    return [row.name for row in page.rows]


def test_a_former_name_stays_with_its_span_and_finds_the_person(at: datetime) -> None:
    ref = worlds.officer(at, "Baker", "Anne")
    actions.rename(by=worlds.peelian(at), person_ref=ref, family="Okonkwo", given="Anne", on=date(2021, 5, 1))
    row = queries.person(worlds.peelian(at), ref)
    assert [(name.words, name.kind, name.to_on) for name in row.names] == [
        ("Anne Okonkwo", NameKind.CURRENT, None),
        ("Anne Baker", NameKind.FORMER, date(2021, 5, 1)),
    ]
    found = queries.find(worlds.peelian(at), "anne baker")
    assert [(line.ref, line.met_as) for line in found] == [(ref, "Anne Baker")]


@pytest.mark.parametrize(
    ("held", "asked"),
    [
        (("Smith", "John"), "Smyth"),
        (("Mohammed", "Ali"), "muhammad"),
        (("O'Neill", "Zoë"), "zoe oneill"),
        (("Catherine", "Parr"), "Kathryn"),
        (("Łukaszewski", "Jan"), "Lukaszewski"),
        (("Featherstonehaugh", "Guy"), "Feath"),
    ],
)
def test_a_near_spelling_finds_the_person(at: datetime, held: tuple[str, str], asked: str) -> None:
    ref = worlds.officer(at, *held)
    worlds.officer(at, "Zhang", "Wei")
    assert [line.ref for line in queries.find(worlds.peelian(at), asked)] == [ref]


def test_the_nearest_name_comes_first(at: datetime) -> None:
    for family in ("Smythe", "Smith", "Smyth"):
        worlds.officer(at, family, "Jo")
    assert [line.name for line in queries.find(worlds.peelian(at), "smith")] == ["Jo Smith", "Jo Smyth", "Jo Smythe"]


def test_an_identifier_is_found_however_it_is_written(at: datetime) -> None:
    ref = worlds.officer(at, "Patel")
    for value, on in (("PC 1234-A", date(2019, 1, 1)), ("PC 99", date(2022, 1, 1))):
        actions.add_identifier(
            by=worlds.peelian(at), person_ref=ref, kind=IdentifierKind.COLLAR_NUMBER, value=value, on=on
        )
    page = queries.people(worlds.peelian(at), PeopleFilters(words="pc1234a"))
    assert [(row.ref, row.met_as) for row in page.rows] == [(ref, "Collar number PC 1234-A")]
    held = queries.person(worlds.peelian(at), ref).identifiers
    assert [(row.value, row.to_on) for row in held] == [("PC 99", None), ("PC 1234-A", date(2022, 1, 1))]


def test_service_is_what_was_true_on_the_day(at: datetime) -> None:
    by, ref, boss = worlds.peelian(at), worlds.officer(at, "Jones"), worlds.officer(at, "Boss")
    first, second = worlds.unit(at, "North"), worlds.unit(at, "South")
    actions.hold_rank(by=by, person_ref=ref, rank="Constable", on=date(2019, 2, 1))
    actions.hold_rank(by=by, person_ref=ref, rank="Sergeant", on=date(2023, 3, 1))
    actions.post_to(by=by, person_ref=ref, unit_ref=first, supervisor_ref=boss, on=date(2019, 2, 1))
    actions.post_to(by=by, person_ref=ref, unit_ref=second, on=date(2023, 3, 1))
    before = queries.service(by, ref, date(2023, 2, 28))
    after = queries.service(by, ref, date(2023, 3, 1))
    assert (before.rank, before.unit, before.supervisor.name) == ("Constable", "North", "Sam Boss")
    assert (after.rank, after.unit, after.supervisor) == ("Sergeant", "South", None)


def test_a_rank_cannot_begin_before_the_one_it_follows(at: datetime) -> None:
    by, ref = worlds.peelian(at), worlds.officer(at, "Jones")
    actions.hold_rank(by=by, person_ref=ref, rank="Sergeant", on=date(2023, 3, 1))
    with pytest.raises(NotValid, match="later") as refused:
        actions.hold_rank(by=by, person_ref=ref, rank="Constable", on=date(2022, 3, 1))
    assert refused.value.field == "on"


def test_a_supervisor_is_kept_from_the_page_of_whom_they_manage_until_they_no_longer_do(at: datetime) -> None:
    by, place = worlds.peelian(at), worlds.unit(at)
    boss = worlds.user(at, "Bo Boss", "supervisor")
    ref = worlds.officer(at, "Jones")
    assert queries.person(boss.viewer, ref).line.name == "Sam Jones"
    actions.post_to(by=by, person_ref=ref, unit_ref=place, supervisor_ref=boss.ref, on=date(2022, 1, 1))
    with pytest.raises(NotFound):
        queries.person(boss.viewer, ref)
    assert queries.lines(boss.viewer, [worlds.key(at, ref)])[worlds.key(at, ref)].name == HIDDEN_NAME
    actions.post_to(by=by, person_ref=ref, unit_ref=place, title="Team 2", on=date(2024, 1, 1))
    assert queries.person(boss.viewer, ref).line.name == "Sam Jones"


def test_nobody_sees_the_page_about_themselves(at: datetime) -> None:
    someone = worlds.user(at, "Alex Reed", "supervisor")
    with pytest.raises(NotFound):
        queries.person(someone.viewer, someone.ref)
    assert "Alex Reed" not in names(queries.people(someone.viewer))


def test_leaving_ends_what_was_held(at: datetime) -> None:
    by, ref, place = worlds.peelian(at), worlds.officer(at, "Jones"), worlds.unit(at)
    actions.hold_rank(by=by, person_ref=ref, rank="Constable", on=date(2019, 2, 1))
    actions.post_to(by=by, person_ref=ref, unit_ref=place, on=date(2019, 2, 1))
    actions.restrict(
        by=by, person_ref=ref, kind="suspension", words="No duty", reason="Under inquiry", on=date(2024, 1, 1)
    )
    actions.leave_service(by=by, person_ref=ref, on=date(2025, 1, 1))
    row = queries.person(by, ref)
    assert row.line.standing is Standing.LEFT
    assert [span.to_on for span in (*row.ranks, *row.postings, *row.restrictions)] == [date(2025, 1, 1)] * 3
    with pytest.raises(NotValid, match="has left"):
        actions.hold_rank(by=by, person_ref=ref, rank="Sergeant", on=date(2025, 6, 1))


def test_the_preferred_way_to_reach_somebody_is_one(at: datetime) -> None:
    by, ref = worlds.peelian(at), worlds.member_of_the_public(at, "Lee")
    for channel, value in (("email", "r@example.org"), ("telephone", "0113 496 0000")):
        actions.add_contact(
            by=by, person_ref=ref, channel=channel, value=value, preferred=True, safety="Not after six", on=by.today
        )
    held = queries.person(by, ref).contacts
    assert [row.channel for row in held if row.is_preferred] == ["telephone"]


def test_a_way_that_somebody_asked_not_to_be_used_says_why(at: datetime) -> None:
    by, ref = worlds.peelian(at), worlds.member_of_the_public(at, "Lee")
    with pytest.raises(NotValid, match="not to be used"):
        actions.add_contact(by=by, person_ref=ref, channel="post", value="", refused=True, on=by.today)
    actions.add_contact(
        by=by, person_ref=ref, channel="post", value="", refused=True, safety="He opens the post", on=by.today
    )
    with pytest.raises(NotValid, match="address or number"):
        actions.add_contact(by=by, person_ref=ref, channel="post", value="", on=by.today)
    reach = queries.reach_on_record(by, worlds.key(at, ref))
    assert [(row.channel, row.is_refused, row.safety) for row in reach.contacts] == [
        ("post", True, "He opens the post")
    ]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"family": "  "}, "family"),
        ({"family": "x" * 121}, "family"),
        ({"kind": PersonKind.PLACEHOLDER}, "kind"),
        ({"born": KnownDate.of(2999)}, "born"),
        ({"born": KnownDate.of(2001), "joined": KnownDate.of(1999)}, "joined"),
    ],
)
def test_what_cannot_stand_is_refused_by_field(at: datetime, facts: dict, field: str) -> None:
    given = {"kind": PersonKind.OFFICER, "family": "Jones", "on": date(2026, 1, 1)} | facts
    with pytest.raises(NotValid) as refused:
        actions.register_person(by=worlds.peelian(at), **given)
    assert refused.value.field == field


def test_an_inspector_reads_and_changes_nothing(at: datetime) -> None:
    inspector = worlds.user(at, "Ida Inspector", "inspector").viewer
    ref = worlds.officer(at, "Jones")
    assert queries.person(inspector, ref).line.name == "Sam Jones"
    with pytest.raises(NotAllowed):
        actions.rename(by=inspector, person_ref=ref, family="Other", given="Sam", on=date(2026, 1, 1))


def test_the_list_filters_by_kind_unit_rank_and_standing(at: datetime) -> None:
    by, place = worlds.peelian(at), worlds.unit(at)
    one, two = worlds.officer(at, "Able"), worlds.officer(at, "Baker")
    actions.post_to(by=by, person_ref=one, unit_ref=place, on=date(2020, 1, 1))
    actions.hold_rank(by=by, person_ref=two, rank="Inspector", on=date(2020, 1, 1))
    actions.leave_service(by=by, person_ref=two, on=date(2026, 1, 1))
    assert names(queries.people(by, PeopleFilters(unit_ref=place))) == ["Sam Able"]
    assert names(queries.people(by, PeopleFilters(rank="inspector"))) == []
    assert names(queries.people(by, PeopleFilters(standing=Standing.LEFT))) == ["Sam Baker"]
    assert names(queries.people(by, PeopleFilters(kind=PersonKind.STAFF))) == []


def test_the_list_costs_the_same_number_of_statements_at_any_size(at: datetime, django_assert_num_queries) -> None:
    viewer = worlds.user(at, "Vera Viewer", "supervisor").viewer
    for number in range(3):
        worlds.officer(at, f"Able{'abc'[number]}")
    with django_assert_num_queries(4):
        queries.people(viewer)
    for number in range(25):
        worlds.officer(at, f"Baker{'abcdefghijklmnopqrstuvwxyz'[number]}")
    with django_assert_num_queries(4):
        queries.people(viewer)
    with django_assert_num_queries(3):
        assert len(list(queries.export_people(viewer))) == 28


def test_ways_needs_and_accreditations_end_with_a_reason_and_stay_on_the_page(at: datetime) -> None:
    by, ref = worlds.peelian(at), worlds.officer(at, "Shaw", "Ada")
    for value in ("a@example.org", "b@example.org"):
        actions.add_contact(by=by, person_ref=ref, channel="email", value=value, preferred=True, on=date(2020, 1, 6))
    actions.add_need(by=by, person_ref=ref, words="An interpreter", on=date(2020, 1, 6))
    actions.accredit(by=by, person_ref=ref, title="Driver", on=date(2020, 1, 6), to_on=date(2030, 1, 1))
    (second,) = (row.number for row in queries.person(by, ref).contacts if row.value == "b@example.org")
    given = {"by": by, "person_ref": ref, "on": date(2021, 2, 3)}
    actions.end_contact(number=second, reason="The address is dead", **given)
    actions.end_need(number=1, reason="They speak English now", **given)
    actions.end_accreditation(number=1, reason="Withdrawn", **given)
    row = queries.person(by, ref)
    ends = {one.value: (one.to_on, one.is_preferred) for one in row.contacts}
    assert ends == {"a@example.org": (None, False), "b@example.org": (date(2021, 2, 3), False)}
    assert [one.to_on for one in (*row.needs, *row.accreditations)] == [date(2021, 2, 3)] * 2
    with pytest.raises(NotValid, match="ended already"):
        actions.end_need(number=1, reason="again", **given)
    with pytest.raises(NotValid, match="before it began"):
        actions.end_contact(number=1, reason="so", **{**given, "on": date(2019, 1, 1)})
    with pytest.raises(NotValid, match="Say why"):
        actions.end_contact(number=1, reason=" ", **given)
    with pytest.raises(NotFound):
        actions.end_contact(number=3, reason="so", **given)


def test_a_date_of_birth_is_put_right_with_what_stood_before_in_the_journal(at: datetime) -> None:
    by = worlds.peelian(at)
    ref = worlds.officer(at, "Shaw", "Ada", born=KnownDate.of(1990, 5))
    given = {"by": by, "person_ref": ref, "on": at.date()}
    actions.correct_birth(born=KnownDate(date(1991, 6, 7)), reason="Her certificate", **given)
    assert queries.person(by, ref).born == KnownDate(date(1991, 6, 7))
    text = entry(by, entries_about(by, ref).rows[0].seq).texts[0].text
    assert text == {"before": "1990-05-01 (month)", "after": "1991-06-07 (day)", "reason": "Her certificate"}
    for born, match in (
        (KnownDate(date(2031, 1, 1)), "not come yet"),
        (KnownDate(date(2020, 1, 1)), "before they are"),
    ):
        with pytest.raises(NotValid, match=match):
            actions.correct_birth(born=born, reason="so", **given)
    with pytest.raises(NotValid, match="stands now"):
        actions.correct_birth(born=KnownDate(date(1991, 6, 7)), reason="so", **given)
    actions.correct_birth(born=None, reason="Nobody knows", **given)
    assert queries.person(by, ref).born is None
