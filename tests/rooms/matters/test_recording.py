"""Recording a matter: what it needs, what follows from it, and whom it shuts out."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from peelian.matters import actions, queries
from peelian.matters.queries import MustSign
from peelian.matters.rows import AllegationDraft, InvolvedDraft, MatterFilters
from peelian.people import actions as people
from peelian.people import queries as register
from peelian.terms.known_dates import KnownDate
from peelian.terms.matters import Capacity, MatterKind, MatterState, Part
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from tests import worlds

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 2)


@pytest.fixture
def handler(at: datetime) -> worlds.Someone:
    return worlds.user(at, "Hana Handler", "assessor", "supervisor", unit_ref=worlds.unit(at))


def record(by: worlds.Someone, **facts: object) -> str:
    return actions.record_matter(by=by.viewer, recording=worlds.complaint(DAY, **facts), on=DAY)


def refs(page) -> list[str]:
    return [row.ref for row in page.rows]


def test_a_complaint_holds_what_was_said_about_whom(at: datetime, handler: worlds.Someone) -> None:
    one, two = worlds.officer(at, "Able"), worlds.officer(at, "Baker")
    caller = worlds.member_of_the_public(at, "Lee")
    ref = record(
        handler,
        officers=(InvolvedDraft(one), InvolvedDraft(two)),
        complainants=(InvolvedDraft(caller),),
        allegations=(
            worlds.allegation("Swore", "H4", against=(0,)),
            worlds.allegation("Pushed me", "B4", against=(0, 1), factors=("arrest",)),
            worlds.allegation("Did not listen", "A2"),
        ),
    )
    row = queries.matter(handler.viewer, ref)
    assert [(one.part, one.words) for one in row.involvements] == [
        (Part.OFFICER_CONCERNED, "Sam Able"),
        (Part.OFFICER_CONCERNED, "Sam Baker"),
        (Part.COMPLAINANT, "Robin Lee"),
    ]
    assert [(a.number, a.category_title, [w.words for w in a.against]) for a in row.allegations] == [
        (1, "Lack of fairness and impartiality", ["Sam Able"]),
        (2, "Use of force", ["Sam Able", "Sam Baker"]),
        (3, "Decisions", []),
    ]
    assert [factor.title for factor in row.allegations[1].factors] == ["Arrest"]
    assert (row.line.state, row.line.came_to_attention, row.version) == (MatterState.OPEN, KnownDate(DAY), 1)
    assert [(place.user.name, place.capacity, place.signed_at is not None) for place in row.places] == [
        ("Hana Handler", Capacity.HANDLER, True)
    ]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"no_conflict": False}, "no_conflict"),
        ({"kind": MatterKind.HISTORY}, "kind"),
        ({"tests": ()}, "tests"),
        ({"tests": ("REC-99",)}, "tests"),
        ({"kind": MatterKind.COMPLAINT_OUTSIDE_SCHEDULE_3}, "kind"),
        ({"reasons": " "}, "reasons"),
        ({"narrative": ""}, "narrative"),
        ({"heading": "x" * 201}, "heading"),
        ({"complainants": ()}, "complainants"),
        ({"complainants": (InvolvedDraft(),)}, "complainants"),
        ({"officers": (InvolvedDraft("PP-22222-22222"),)}, "officers"),
        ({"allegations": ()}, "allegations"),
        ({"allegations": (AllegationDraft("H", "whole group"),)}, "category"),
        ({"allegations": (AllegationDraft("H4", "x", ("no such factor",)),)}, "factors"),
        ({"allegations": (AllegationDraft("H4", "x", (), (1,)),)}, "against"),
        ({"incident": KnownDate(date(2026, 11, 3))}, "incident"),
    ],
)
def test_what_cannot_stand_is_refused_by_field(handler: worlds.Someone, facts: dict, field: str) -> None:
    with pytest.raises(NotValid) as refused:
        actions.record_matter(by=handler.viewer, recording=replace(worlds.complaint(DAY), **facts), on=DAY)
    assert refused.value.field == field


def test_a_day_that_has_not_come_is_refused(handler: worlds.Someone) -> None:
    with pytest.raises(NotValid, match="not come"):
        actions.record_matter(by=handler.viewer, recording=worlds.complaint(DAY), on=date(2026, 12, 1))


def test_a_date_known_to_the_month_stays_so(handler: worlds.Someone) -> None:
    ref = record(handler, incident=KnownDate.of(2026, 9))
    row = queries.matter(handler.viewer, ref)
    assert row.incident is not None
    assert row.incident.words == "September 2026 (day not known)"


def test_an_inspector_records_nothing(at: datetime) -> None:
    with pytest.raises(NotAllowed):
        record(worlds.user(at, "Ida Inspector", "inspector"))


@pytest.mark.parametrize("part", ["officers", "complainants", "interested", "witnesses"])
def test_whoever_plays_a_part_is_kept_out(at: datetime, handler: worlds.Someone, part: str) -> None:
    colleague = worlds.user(at, "Cole League", "head_of_professional_standards")
    ref = record(handler, **{part: (InvolvedDraft(colleague.ref),)})
    with pytest.raises(NotFound):
        queries.matter(colleague.viewer, ref)
    assert refs(queries.matters(colleague.viewer)) == []


def test_the_line_manager_of_an_officer_concerned_is_kept_out(at: datetime, handler: worlds.Someone) -> None:
    boss, ref = worlds.user(at, "Bo Boss", "supervisor"), worlds.officer(at, "Able")
    people.post_to(
        by=worlds.peelian(at), person_ref=ref, unit_ref=worlds.unit(at, "North"), supervisor_ref=boss.ref, on=DAY
    )
    matter = record(handler, officers=(InvolvedDraft(ref),))
    with pytest.raises(NotFound):
        queries.matter(boss.viewer, matter)


def test_whoever_an_item_names_is_kept_out_of_what_came_of_it(at: datetime, handler: worlds.Someone) -> None:
    colleague = worlds.user(at, "Cole League", "supervisor")
    item = worlds.item(at, received_on=DAY, never_show_to=[(colleague.person_id, "named in it")])
    ref = record(handler, intake_ref=item)
    assert queries.matter(handler.viewer, ref).intake_ref == item
    with pytest.raises(NotFound):
        queries.matter(colleague.viewer, ref)


def test_an_item_becomes_a_matter_once(at: datetime, handler: worlds.Someone) -> None:
    item = worlds.item(at, received_on=DAY)
    record(handler, intake_ref=item)
    with pytest.raises(NotAllowed):
        record(handler, intake_ref=item)
    assert queries.matters(handler.viewer).total == 1


def test_a_complainant_is_seen_only_through_a_matter_one_may_see(at: datetime, handler: worlds.Someone) -> None:
    caller = worlds.member_of_the_public(at, "Lee")
    record(handler, complainants=(InvolvedDraft(caller),), sensitive_reason="Concerns a senior officer")
    other = worlds.user(at, "Otto Other", "supervisor")
    assert register.person(handler.viewer, caller).line.name == "Robin Lee"
    with pytest.raises(NotFound):
        register.person(other.viewer, caller)


def test_where_the_head_is_concerned_the_delegate_stands_in(at: datetime, handler: worlds.Someone) -> None:
    head = worlds.user(at, "Hetty Head", "head_of_professional_standards")
    chief = worlds.user(at, "Cy Chief", "chief_officer")
    delegate = worlds.user(at, "Dee Legate", "supervisor")
    worlds.walls.appoint_delegate(by=chief.viewer, user_ref=delegate.user_ref, reason="Head concerned", on=DAY)
    ref = record(handler, officers=(InvolvedDraft(head.ref),))
    assert queries.matter(handler.viewer, ref).line.is_sensitive
    with pytest.raises(MustSign):
        queries.matter(delegate.viewer, ref)
    assert queries.signing_page(delegate.viewer, ref).names == (
        ("Officer concerned", "Hetty Head"),
        ("Complainant", "a caller"),
    )
    actions.sign(by=delegate.viewer, matter_ref=ref, on=DAY)
    assert queries.matter(delegate.viewer, ref).narrative
    for barred in (head, chief):
        with pytest.raises(NotFound):
            queries.matter(barred.viewer, ref)


def test_an_unknown_officer_is_identified_by_evidence_and_kept_out_from_then(
    at: datetime, handler: worlds.Someone
) -> None:
    suspect = worlds.user(at, "Beardy Beard", "assessor", "supervisor")
    ref = record(handler)
    assert queries.matter(suspect.viewer, ref).version == 1
    with pytest.raises(NotValid, match="evidence"):
        actions.identify_person(
            by=handler.viewer, matter_ref=ref, version=1, number=1, person_ref=suspect.ref, evidence=" ", on=DAY
        )
    actions.identify_person(
        by=handler.viewer,
        matter_ref=ref,
        version=1,
        number=1,
        person_ref=suspect.ref,
        evidence="Custody footage of 1 November",
        on=DAY,
    )
    actions.sign(by=handler.viewer, matter_ref=ref, on=DAY)  # a new officer concerned: everyone signs again
    row = queries.matter(handler.viewer, ref).involvements[0]
    assert (row.words, row.description, row.identified_on) == ("Beardy Beard", "the officer with the beard", DAY)
    with pytest.raises(NotFound):
        queries.matter(suspect.viewer, ref)


def test_an_identification_stays_as_it_was_written(at: datetime, handler: worlds.Someone) -> None:
    from django.db import DatabaseError, connection, transaction  # noqa: PLC0415 - the database itself is under test

    ref = record(handler)
    actions.identify_person(
        by=handler.viewer,
        matter_ref=ref,
        version=1,
        number=1,
        person_ref=worlds.officer(at, "Able"),
        evidence="Footage",
        on=DAY,
    )
    for statement in (
        "UPDATE matters_identification SET evidence = 'none'",
        "DELETE FROM matters_identification",
    ):
        with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_adding_an_officer_asks_for_new_signatures(at: datetime, handler: worlds.Someone) -> None:
    ref = record(handler)
    actions.add_person(
        by=handler.viewer,
        matter_ref=ref,
        version=1,
        part=Part.OFFICER_CONCERNED,
        involved=InvolvedDraft(worlds.officer(at, "Able")),
        on=DAY,
    )
    with pytest.raises(MustSign):
        queries.matter(handler.viewer, ref)
    actions.sign(by=handler.viewer, matter_ref=ref, on=DAY)
    assert queries.matter(handler.viewer, ref).version == 2


def test_the_second_writer_is_told_and_writes_nothing(at: datetime, handler: worlds.Someone) -> None:
    ref = record(handler)
    actions.change_narrative(
        by=handler.viewer, matter_ref=ref, version=1, text="What the footage shows.", reason="Footage", on=DAY
    )
    with pytest.raises(NotAllowed, match="you read version 1 and it is at version 2"):
        actions.change_narrative(by=handler.viewer, matter_ref=ref, version=1, text="Mine.", reason="Mine", on=DAY)
    assert queries.matter(handler.viewer, ref).narrative == "What the footage shows."


def test_words_of_the_narrative_find_the_matter_until_they_go(at: datetime) -> None:
    head = worlds.user(at, "Hetty Head", "head_of_professional_standards")
    ref = record(head, narrative="He mentioned a trombone.")
    assert refs(queries.matters(head.viewer, MatterFilters(words="trombone"))) == [ref]
    actions.erase_narrative(by=head.viewer, matter_ref=ref, version=1, reason="Upheld request", on=DAY)
    assert refs(queries.matters(head.viewer, MatterFilters(words="trombone"))) == []
    assert queries.matter(head.viewer, ref).narrative == ""


def test_a_sensitive_matter_is_open_only_to_those_named_on_it(at: datetime, handler: worlds.Someone) -> None:
    other = worlds.user(at, "Otto Other", "supervisor")
    ref = record(handler)
    assert refs(queries.matters(other.viewer)) == [ref]
    actions.make_sensitive(by=handler.viewer, matter_ref=ref, version=1, reason="A colleague of many here", on=DAY)
    assert refs(queries.matters(other.viewer)) == []
    actions.allocate(by=handler.viewer, matter_ref=ref, user_ref=other.user_ref, capacity=Capacity.NAMED, on=DAY)
    actions.sign(by=other.viewer, matter_ref=ref, on=DAY)
    assert refs(queries.matters(other.viewer)) == [ref]
    version = queries.matter(handler.viewer, ref).version
    actions.open_again(by=handler.viewer, matter_ref=ref, version=version, reason="No longer needed", on=DAY)
    assert not queries.matter(handler.viewer, ref).line.is_sensitive


def test_a_declared_conflict_closes_the_matter_for_good(at: datetime, handler: worlds.Someone) -> None:
    other = worlds.user(at, "Otto Other", "supervisor")
    ref = record(handler)
    actions.declare_conflict(by=other.viewer, matter_ref=ref, reason="We were at school together", on=DAY)
    with pytest.raises(NotFound):
        queries.matter(other.viewer, ref)


def test_broken_glass_opens_a_sensitive_matter_but_not_ones_own(at: datetime, handler: worlds.Someone) -> None:
    head = worlds.user(at, "Hetty Head", "head_of_professional_standards")
    ref = record(handler, sensitive_reason="Closely held")
    own = record(handler, officers=(InvolvedDraft(head.ref),))
    actions.break_glass(by=head.viewer, matter_ref=ref, reason="The handler is away and a threat came in")
    assert queries.matter(head.viewer, ref).line.ref == ref
    for hidden in (own, "PM-22222-22222"):
        with pytest.raises(NotFound):
            actions.break_glass(by=head.viewer, matter_ref=hidden, reason="I want to know")


def test_the_list_filters(at: datetime, handler: worlds.Someone) -> None:
    first = record(handler)
    second = actions.record_matter(
        by=handler.viewer,
        recording=worlds.complaint(
            date(2026, 10, 1),
            kind=MatterKind.DSI_MATTER,
            tests=(),
            allegations=(worlds.allegation(category="B4"),),
            narrative="Injured in custody.",
        ),
        on=DAY,
    )
    cases = {
        "kind": (MatterFilters(kind=MatterKind.DSI_MATTER), [second]),
        "category": (MatterFilters(category="B4"), [second]),
        "group": (MatterFilters(category="H"), [first]),
        "from": (MatterFilters(from_on=date(2026, 11, 1)), [first]),
        "to": (MatterFilters(to_on=date(2026, 11, 2)), [second]),
        "reference": (MatterFilters(words=first.lower()), [first]),
        "here": (MatterFilters(source="recorded here", force="this force"), [first, second]),
        "closed": (MatterFilters(state=MatterState.CLOSED), []),
    }
    assert {name: refs(queries.matters(handler.viewer, filters)) for name, (filters, _) in cases.items()} == {
        name: expected for name, (_, expected) in cases.items()
    }


def test_lists_and_pages_cost_the_same_number_of_statements_at_any_size(
    at: datetime, handler: worlds.Someone, django_assert_num_queries
) -> None:
    officers = [worlds.officer(at, f"Able{letter}") for letter in "abcd"]
    ref = record(handler, officers=(InvolvedDraft(officers[0]),))
    with django_assert_num_queries(6):
        queries.matters(handler.viewer)
    with django_assert_num_queries(19):
        queries.matter(handler.viewer, ref)
    more = record(
        handler,
        officers=tuple(InvolvedDraft(one) for one in officers),
        allegations=tuple(worlds.allegation(f"Said {n}", against=(0, 1, 2, 3)) for n in range(8)),
    )
    for _ in range(6):
        record(handler, officers=(InvolvedDraft(officers[1]), InvolvedDraft(officers[2])))
    with django_assert_num_queries(6):
        queries.matters(handler.viewer)
    with django_assert_num_queries(19):
        queries.matter(handler.viewer, more)


def test_what_was_read_of_a_matter_is_asked_of_further_by_its_reader_in_that_moment_alone(
    at: datetime, handler: worlds.Someone
) -> None:
    ref = record(handler)
    held = queries.parts(handler.viewer, ref)
    assert queries.parts(handler.viewer, held) is held
    assert queries.key_of(handler.viewer, held) == held.id
    somebody_else = worlds.user(at, "Sue Visor", "supervisor").viewer
    for reader in (somebody_else, worlds.later(handler, at + timedelta(minutes=1))):
        for ask in (queries.parts, queries.key_of):
            with pytest.raises(NotFound):
                ask(reader, held)
