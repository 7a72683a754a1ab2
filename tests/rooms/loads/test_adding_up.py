"""Rows read = accepted + already held + set aside; the same file twice changes nothing."""

import pytest

from peelian.intake.models import HeldRow, Load
from peelian.journal.models import Entry
from peelian.loads import files, publishing, queries
from peelian.matters.models import Allegation, AllegedAgainst, Involvement, Matter
from peelian.people.models import Identifier, Name, NameKey, Person, Posting, RankHeld
from peelian.publish.tables import csv_lines
from peelian.terms.matters import MatterState
from tests.rooms.loads.conftest import HISTORY, HISTORY_HEADER, REGISTER, REGISTER_HEADER, ROWS

pytestmark = pytest.mark.django_db
WHY = "a test looks at everything"


def everything() -> tuple[int, ...]:
    walled = (Matter, Person)
    counts = [model.objects.as_system(because=WHY).count() for model in walled]
    return (*counts, *(m.objects.count() for m in (Involvement, Allegation, AllegedAgainst, HeldRow, Identifier)))


def test_every_row_is_accepted_already_held_or_set_aside(load, write):
    bad = (("C4", "D", "Delay", "", "2021-02-30", ""), ("", "E", "", "", "", ""))
    row = load(write("a.csv", HISTORY_HEADER, [*ROWS, ROWS[0], *bad]))
    assert row.state == "published"
    assert (row.read, row.accepted, row.already_held, row.set_aside) == (7, 4, 1, 2)
    assert row.adds_up


def test_a_row_set_aside_keeps_its_number_column_reason_and_cells(load, write, by):
    row = load(write("a.csv", HISTORY_HEADER, [*ROWS, ("C4", "D", "=1+1", "", "2021-02-30", "")]))
    (aside,) = queries.set_aside(by, row.ref).rows
    assert (aside.row_number, aside.column) == (6, "received")
    assert "2021-02-30" in aside.reason
    assert aside.cells == ("C4", "D", "=1+1", "", "2021-02-30", "")
    beside = files.beside(row.ref, files.SET_ASIDE).read_bytes().decode("utf-8-sig")
    assert "'=1+1" in beside  # neutralised: a spreadsheet runs nothing
    assert "2021-02-30" in beside
    columns, rows = queries.report_table(by, row.ref, files.SET_ASIDE)
    assert b"".join(csv_lines(columns, rows)).decode("utf-8-sig") == beside


def test_the_same_file_twice_changes_nothing(load, write):
    path = write("a.csv", HISTORY_HEADER, ROWS)
    load(path)
    before = everything()
    row = load(path)
    assert (row.accepted, row.already_held) == (0, 4)
    assert row.changed_nothing
    assert row.unchanged_words == "Every row was held already."
    assert everything() == before


def test_a_file_of_which_no_row_can_be_used_does_not_pass_for_one_held_already(load, write):
    row = load(write("a.csv", HISTORY_HEADER, [("C4", "D", "Delay", "", "2021-02-30", "")]))
    assert (row.accepted, row.already_held, row.set_aside) == (0, 0, 1)
    assert row.changed_nothing
    assert row.unchanged_words == "No row could be used: every row was set aside, with its reason."


def test_a_key_twice_with_other_content_is_set_aside_and_the_first_row_stands(load, write, by):
    other = ("C1", "A", "Theft", "", "2021-03-01", "2021-06-30")
    row = load(write("a.csv", HISTORY_HEADER, [*ROWS, other]))
    assert (row.accepted, row.set_aside) == (4, 1)
    assert "earlier row of this file" in queries.set_aside(by, row.ref).rows[0].reason
    assert not Allegation.objects.filter(category_words="Theft").exists()


def test_rows_may_share_a_key_where_the_map_says_so(load, write):
    repeating = HISTORY.replace('people = "made_up"', 'people = "made_up"\nrepeats = true')
    path = write("a.csv", HISTORY_HEADER, [*ROWS, ROWS[0], ("C1", "A", "Theft", "", "2021-03-01", "2021-06-30")])
    row = load(path, repeating)
    assert (row.accepted, row.already_held, row.set_aside) == (6, 0, 0)
    assert Allegation.objects.filter(matter__source_key="C1").count() == 4
    again = load(path, repeating)
    assert (again.accepted, again.already_held) == (0, 6)


def test_facts_that_are_missing_stay_missing(load, write):
    load(write("a.csv", HISTORY_HEADER, ROWS))
    matters = {one.source_key: one for one in Matter.objects.as_system(because=WHY)}
    assert matters["C1"].state == MatterState.CLOSED
    assert matters["C1"].closed_on.isoformat() == "2021-06-30"
    assert (matters["C2"].came_to_attention_on.isoformat(), matters["C2"].came_to_attention_precision) == (
        "2022-05-01",
        "month",
    )
    assert matters["C3"].came_to_attention_on is None
    assert matters["C3"].state == MatterState.NOT_STATED
    assert not Allegation.objects.filter(matter=matters["C3"]).exists()
    assert Involvement.objects.filter(matter=matters["C3"]).count() == 1


def test_later_rows_of_a_matter_fill_what_the_first_left_open(load, write):
    rows = [("C1", "A", "", "", "", ""), *(("X", str(n), "", "", "", "") for n in range(4))]
    load(write("a.csv", HISTORY_HEADER, [*rows, ("C1", "B", "", "", "2021-03-01", "")]))
    matter = Matter.objects.as_system(because=WHY).get(source_key="C1")
    assert matter.came_to_attention_on.isoformat() == "2021-03-01"


def test_allegations_are_numbered_within_their_matter_and_made_against_their_person(load, write):
    load(write("a.csv", HISTORY_HEADER, ROWS))
    found = Allegation.objects.filter(matter__source_key="C1").order_by("number")
    assert [(one.number, one.category_words, one.finding_words) for one in found] == [
        (1, "Discourtesy", "Upheld"),
        (2, "Discourtesy", ""),
    ]
    against = AllegedAgainst.objects.filter(allegation=found[1]).values_list("involvement__person_id", flat=True)
    assert list(against) == [Person.objects.as_system(because=WHY).get(source_key="B").pk]


@pytest.mark.parametrize("register_first", [True, False])
def test_a_register_and_a_history_speak_of_the_same_people_whichever_comes_first(load, write, register_first):
    history = write("h.csv", HISTORY_HEADER, ROWS)
    staff = [("A", "Ngata", "Mere", "Sergeant", "North", "1980", "2004"), ("Z", "Hill", "Jo", "", "", "", "")]
    register = write("r.csv", REGISTER_HEADER, staff)
    steps = [(register, REGISTER), (history, HISTORY)]
    for path, map_text in steps if register_first else reversed(steps):
        assert load(path, map_text).state == "published"
    people = {one.source_key: one for one in Person.objects.as_system(because=WHY)}
    assert sorted(people) == ["A", "B", "C", "Z"]
    mere = people["A"]
    assert (mere.display_name, mere.sort_name, mere.kind) == ("Mere Ngata", "NGATA MERE", "officer")
    assert (mere.born_on.year, mere.born_precision, mere.joined_on.year) == (1980, "year", 2004)
    assert [one.rank for one in RankHeld.objects.filter(person=mere)] == ["Sergeant"]
    assert [one.unit.name for one in Posting.objects.filter(person=mere)] == ["North"]
    assert Name.objects.filter(person=mere, family="Ngata").count() == 1
    assert NameKey.objects.filter(person=mere).exists()
    assert people["B"].display_name == "B"


def test_a_load_that_does_not_add_up_is_not_published(load, write, monkeypatch):
    miscounted = publishing.ledger.counts

    def counts(source_id, load_id):
        return {**miscounted(source_id, load_id), "added": 3}

    monkeypatch.setattr(publishing.ledger, "counts", counts)
    row = load(write("a.csv", HISTORY_HEADER, ROWS))
    assert row.state == "failed"
    assert "does not add up" in row.failure
    assert everything() == (0, 0, 0, 0, 0, 0, 0)


def test_each_batch_and_the_publishing_are_in_the_journal(load, write):
    row = load(write("a.csv", HISTORY_HEADER, ROWS))
    said = list(Entry.objects.filter(key=row.ref).order_by("seq").values_list("summary", flat=True))
    assert [one.split()[0] for one in said] == ["began", "staged", "staged", "published"]
    assert row.file_sha256 in said[-1]
    assert not any("C1" in one or "Discourtesy" in one for one in said)


def test_nothing_is_made_by_a_file_with_a_header_alone(load, write):
    row = load(write("a.csv", HISTORY_HEADER, []))
    assert (row.state, row.read) == ("published", 0)
    assert Load.objects.count() == 1
