"""A later extract of a source: what was added, changed and vanished; nothing held is lost."""

import pytest

from peelian.intake.models import HeldRow, Item, KeptOut
from peelian.loads import publishing, queries
from peelian.matters.models import Allegation, AllegedAgainst, Involvement, Matter
from peelian.people.models import Name, Person, Posting, RankHeld
from tests.rooms.loads.conftest import HISTORY, HISTORY_HEADER, REGISTER, REGISTER_HEADER, ROWS

pytestmark = pytest.mark.django_db
WHY = "a test looks at everything"
LATER = (
    ("C1", "A", "Discourtesy", "Not upheld", "2021-03-01", "2021-06-30"),  # the finding changed
    ("C1", "B", "Discourtesy", "", "2021-03-01", "2021-06-30"),
    ("C2", "A", "Delay", "", "2022-05-04", "2022-09-01"),  # known to the day now, and closed
    ("C9", "D", "Delay", "", "", ""),  # new; C3 is gone
)


def test_what_was_added_changed_and_vanished_is_counted(load, write):
    load(write("a.csv", HISTORY_HEADER, ROWS))
    row = load(write("b.csv", HISTORY_HEADER, LATER))
    assert (row.read, row.accepted, row.already_held) == (4, 3, 1)
    wanted = {"added": 1, "changed": 2, "vanished": 1, "items": 1, "reappeared": 0}
    assert {name: row.figures[name] for name in wanted} == wanted
    assert row.figures["changed_fields"] == {"closed_on": 1, "complaint_on": 1, "finding_final": 1}


def test_changes_are_applied_when_the_load_is_published(load, write, by):
    load(write("a.csv", HISTORY_HEADER, ROWS))
    row = load(write("b.csv", HISTORY_HEADER, LATER))
    matter = Matter.objects.as_system(because=WHY).get(source_key="C2")
    assert (matter.came_to_attention_on.isoformat(), matter.came_to_attention_precision) == ("2022-05-04", "day")
    assert (matter.state, matter.closed_on.isoformat()) == ("closed", "2022-09-01")
    assert Allegation.objects.filter(finding_words="Not upheld").count() == 1
    changed = {one.key: one.fields for one in queries.changes(by, row.ref).rows}
    assert changed["C1|A"] == (("final finding", "Upheld", "Not upheld"),)


def test_a_vanished_record_stays_and_opens_an_item_hidden_from_those_it_is_about(load, write):
    load(write("a.csv", HISTORY_HEADER, ROWS))
    load(write("b.csv", HISTORY_HEADER, LATER))
    assert Matter.objects.as_system(because=WHY).filter(source_key="C3").exists()
    item = Item.objects.as_system(because=WHY).get()
    assert "C3|C" in item.words
    assert item.state == Item.State.AWAITING
    concerned = Person.objects.as_system(because=WHY).get(source_key="C")
    assert list(KeptOut.objects.filter(item=item).values_list("person_id", flat=True)) == [concerned.pk]


def test_many_vanished_records_open_one_item_with_the_list_in_a_file(load, write, monkeypatch, by):
    monkeypatch.setattr(publishing, "ITEMS_EACH", 2)
    load(write("a.csv", HISTORY_HEADER, ROWS))
    row = load(write("b.csv", HISTORY_HEADER, ROWS[:1]))
    assert (row.figures["vanished"], row.figures["items"]) == (3, 1)
    item = Item.objects.as_system(because=WHY).get()
    assert "3 records" in item.words
    assert "C3|C" not in item.words
    columns, rows = queries.report_table(by, row.ref, "vanished.csv")
    assert (columns[0], [line[0] for line in rows]) == ("Key in the source", ["C1|B", "C2|A", "C3|C"])


def test_a_record_vanishes_once_and_may_be_seen_again(load, write):
    load(write("a.csv", HISTORY_HEADER, ROWS))
    load(write("b.csv", HISTORY_HEADER, ROWS[:3]))
    assert load(write("c.csv", HISTORY_HEADER, ROWS[:2])).figures["vanished"] == 1
    row = load(write("d.csv", HISTORY_HEADER, ROWS))
    assert row.figures["reappeared"] == 2
    assert not HeldRow.objects.filter(vanished_load__isnull=False).exists()


def test_nothing_vanishes_from_a_source_whose_files_are_not_complete(load, write):
    partial = HISTORY.replace('people = "made_up"', 'people = "made_up"\ncomplete = false')
    load(write("a.csv", HISTORY_HEADER, ROWS), partial)
    row = load(write("b.csv", HISTORY_HEADER, ROWS[:1]), partial)
    assert row.figures["vanished"] == 0
    assert not Item.objects.as_system(because=WHY).exists()


def test_a_source_that_falls_silent_on_a_fact_does_not_erase_it(load, write):
    load(write("a.csv", HISTORY_HEADER, ROWS))
    row = load(write("b.csv", HISTORY_HEADER, [("C1", "A", "Discourtesy", "", "", ""), *ROWS[1:]]))
    assert row.figures["changed"] == 1
    assert Allegation.objects.filter(finding_words="Upheld").exists()


def test_a_register_that_changes_ends_the_earlier_rank_and_name(load, write, at):
    first = [("A", "Ngata", "Mere", "Constable", "North", "1980", "2004")]
    later = [("A", "Hill", "Mere", "Sergeant", "North", "1980", "2004")]
    load(write("a.csv", REGISTER_HEADER, first), REGISTER)
    load(write("b.csv", REGISTER_HEADER, later), REGISTER)
    person = Person.objects.as_system(because=WHY).get(source_key="A")
    assert person.display_name == "Mere Hill"
    ranks = RankHeld.objects.filter(person=person).order_by("pk").values_list("rank", "from_on", "to_on")
    assert list(ranks) == [("Constable", None, at.date()), ("Sergeant", at.date(), None)]
    names = Name.objects.filter(person=person).order_by("pk").values_list("family", "kind")
    assert list(names) == [("Ngata", "former"), ("Hill", "current")]


def test_a_source_that_names_somebody_else_turns_the_allegation_to_them(load, write):
    by_case = HISTORY.replace('key = ["case", "officer"]', 'key = ["case"]')
    load(write("a.csv", HISTORY_HEADER, [("C1", "A", "Delay", "", "", "")]), by_case)
    load(write("b.csv", HISTORY_HEADER, [("C1", "B", "Delay", "", "", "")]), by_case)
    person = Person.objects.as_system(because=WHY).get(source_key="B")
    assert AllegedAgainst.objects.get().involvement.person_id == person.pk
    assert Involvement.objects.count() == 1


def test_an_allegation_stated_for_the_first_time_is_made(load, write):
    load(write("a.csv", HISTORY_HEADER, [("C3", "C", "", "", "", "")]))
    row = load(write("b.csv", HISTORY_HEADER, [("C3", "C", "Delay", "", "", "")]))
    assert row.figures["changed"] == 1
    assert Allegation.objects.get().category_words == "Delay"
    load(write("c.csv", HISTORY_HEADER, [("C3", "C", "Theft", "", "", "")]))
    assert Allegation.objects.get().category_words == "Theft"


def test_a_matter_that_vanished_with_all_its_rows_opens_one_item(load, write):
    load(write("a.csv", HISTORY_HEADER, ROWS))
    row = load(write("b.csv", HISTORY_HEADER, ROWS[2:]))
    assert (row.figures["vanished"], row.figures["items"]) == (2, 1)
    item = Item.objects.as_system(because=WHY).get()
    assert "rows “C1|A”, “C1|B”" in item.words
    assert KeptOut.objects.filter(item=item).count() == 2


LEFT = (
    REGISTER
    + """
[[column]]
name = "left"
field = "left_on"
forms = ["%Y-%m-%d", "year"]
"""
)
LEFT_HEADER = (*REGISTER_HEADER, "left")


def held(model: type, key: str) -> list[str | None]:
    person = Person.objects.as_system(because=WHY).get(source_key=key)
    ends = model.objects.filter(person=person).values_list("to_on", flat=True)
    return [end and end.isoformat() for end in ends]


def test_a_leaver_of_a_file_holds_no_rank_or_posting_from_that_day(load, write):
    rows = [
        ("A", "Ngata", "Mere", "Constable", "North", "", "2001", ""),
        ("B", "Shaw", "Ada", "Sergeant", "North", "", "2001", "2020-04-01"),
        ("C", "Hopper", "Grace", "Sergeant", "North", "", "2001", "2020"),
    ]
    load(write("a.csv", LEFT_HEADER, rows), LEFT)
    for model in (Posting, RankHeld):
        assert [held(model, key) for key in "ABC"] == [[None], ["2020-04-01"], [None]]
    load(write("b.csv", LEFT_HEADER, [(*rows[0][:7], "2022-05-06"), *rows[1:]]), LEFT)
    for model in (Posting, RankHeld):
        assert held(model, "A") == ["2022-05-06"]
