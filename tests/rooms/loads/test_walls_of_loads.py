"""What an unpublished load holds is invisible; who may load, and who may see what a load set aside."""

from dataclasses import replace
from datetime import timedelta

import pytest

from peelian.jobs.progress import Interrupted
from peelian.loads import actions, publishing, queries
from peelian.matters import queries as matters
from peelian.matters.models import Matter
from peelian.people import queries as people
from peelian.people.models import Person
from peelian.terms.acts import RecordKind
from peelian.terms.people import PersonKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from peelian.terms.viewer import Viewer
from tests.rooms.loads.conftest import HISTORY, HISTORY_HEADER, REGISTER, REGISTER_HEADER, ROWS

pytestmark = pytest.mark.django_db
WHY = "a test looks at everything"
READS = frozenset({Permission.READ_MATTERS, Permission.READ_PEOPLE, Permission.READ_LOADS, Permission.SEARCH})


@pytest.fixture
def reader(at) -> Viewer:
    return Viewer(actor="user:reader", at=at, user_id=990, permissions=READS)


def test_rows_of_an_unpublished_load_are_invisible(load, write, reader, monkeypatch):
    load(write("r.csv", REGISTER_HEADER, [("A", "Ngata", "Mere", "", "", "", "")]), REGISTER)

    def world() -> tuple[object, ...]:
        return matters.matters(reader), people.people(reader), people.find(reader, "P1"), people.find(reader, "Ngata")

    before = world()

    def stop(self, done, total=None, message=""):
        raise Interrupted

    monkeypatch.setattr("peelian.jobs.progress.Progress.step", stop)
    row = load(write("a.csv", HISTORY_HEADER, [("C1", "P1", "Delay", "", "", ""), *ROWS]))
    assert row.state == "staging"
    assert Matter.objects.as_system(because=WHY).exists()
    assert world() == before


def test_published_rows_are_browsable_and_people_found_by_the_key_of_their_source(load, write, reader):
    load(write("a.csv", HISTORY_HEADER, [("C1", "subject 122", "Delay", "", "", ""), *ROWS]))
    assert matters.matters(reader).total == 3
    assert [one.name for one in people.find(reader, "subject 122")] == ["subject 122"]


def test_only_the_power_to_load_begins_cancels_or_puts_right(reader, at, write):
    path = write("a.csv", HISTORY_HEADER, ROWS)
    for act in (
        lambda: actions.start(by=reader, path=path, map_text=HISTORY),
        lambda: actions.cancel(by=reader, ref="PL-0"),
        lambda: actions.reject_placeholder(by=reader, ref="PL-0", key="x", reason="y", on=at.date()),
        lambda: queries.guess(reader, path),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_reports_need_the_power_to_see_loads(load, write, at):
    row = load(write("a.csv", HISTORY_HEADER, ROWS))
    stranger = Viewer(actor="user:stranger", at=at, user_id=991)
    for ask in (queries.load, queries.set_aside, queries.changes, queries.placeholders):
        with pytest.raises(NotAllowed):
            ask(stranger, row.ref)
    with pytest.raises(NotAllowed):
        queries.loads(stranger)


def test_cells_of_rows_set_aside_are_for_those_who_load(load, write, reader, by):
    row = load(write("a.csv", HISTORY_HEADER, [("C1", "A", "", "", "2021-02-30", "")]))
    assert queries.set_aside(reader, row.ref).rows[0].cells is None
    assert queries.set_aside(by, row.ref).rows[0].cells is not None
    with pytest.raises(NotAllowed):
        queries.report_table(reader, row.ref, "set-aside.csv")
    with pytest.raises(NotFound):
        queries.report_table(by, row.ref, "../../keys/session.key")


def test_changes_in_a_matter_behind_a_wall_are_not_shown(load, write, reader):
    load(write("a.csv", HISTORY_HEADER, ROWS))
    row = load(write("b.csv", HISTORY_HEADER, [("C1", "A", "Theft", "", "2021-03-01", "2021-06-30"), *ROWS[1:]]))
    assert queries.changes(reader, row.ref).total == 1
    hidden = Matter.objects.as_system(because=WHY).filter(source_key="C1")
    hidden.update(sensitive_on=reader.today, sensitive_reason="a test")
    assert queries.changes(reader, row.ref).total == 0
    assert queries.said_of(reader, RecordKind.MATTER, hidden.get().pk) == ()


def test_what_a_source_said_can_be_read_by_those_who_may_see_the_record(load, write, reader):
    load(write("a.csv", HISTORY_HEADER, ROWS))
    matter = Matter.objects.as_system(because=WHY).get(source_key="C2")
    (said,) = queries.said_of(reader, RecordKind.MATTER, matter.pk)
    assert ("date of the complaint", "2022-05") in said.values


def test_a_placeholder_is_proposed_with_its_rule_and_is_no_person(load, write):
    row = load(write("a.csv", HISTORY_HEADER, [*ROWS, ("C8", "Organisational", "", "", "", "")]))
    (proposed,) = row.placeholders
    assert (proposed.key, proposed.rows, proposed.rejected) == ("Organisational", 1, False)
    assert "nobody in particular" in proposed.reason
    assert (row.figures["people_concerned"], row.figures["new_people"]) == (3, 3)
    person = Person.objects.as_system(because=WHY).get(source_key="Organisational")
    assert person.kind == PersonKind.PLACEHOLDER


def test_a_rejected_placeholder_is_a_person_and_is_not_proposed_again(load, write, by, at):
    path = write("a.csv", HISTORY_HEADER, [*ROWS, ("C8", "Unknown", "", "", "", "")])
    row = load(path)
    with pytest.raises(NotValid):
        actions.reject_placeholder(by=by, ref=row.ref, key="Unknown", reason=" ", on=at.date())
    actions.reject_placeholder(by=by, ref=row.ref, key="Unknown", reason="It is a family name here.", on=at.date())
    person = Person.objects.as_system(because=WHY).get(source_key="Unknown")
    assert person.kind == PersonKind.NOT_STATED
    assert queries.placeholders(by, row.ref)[0].rejected
    assert load(path).placeholders == ()


def test_loads_are_listed_last_begun_first(load, write, by, clock):
    first = load(write("a.csv", HISTORY_HEADER, ROWS))
    clock.moment += timedelta(hours=1)
    later = Viewer(actor=by.actor, at=clock.moment, because=by.because)
    second = load(write("b.csv", HISTORY_HEADER, ROWS), viewer=later)
    assert [one.ref for one in queries.loads(by).rows] == [second.ref, first.ref]
    assert queries.loads(by).total == 2


def test_what_is_about_a_matter_made_sensitive_since_is_in_no_table_of_a_report(load, write, reader, by, monkeypatch):
    monkeypatch.setattr(publishing, "ITEMS_EACH", 1)
    load(write("a.csv", HISTORY_HEADER, [*ROWS, ("C5", "E", "Delay", "", "", "")]))
    bad = [("C1", "F", "Delay", "", "2021-02-30", ""), ("C5", "E", "Delay", "", "2021-02-31", "")]
    row = load(write("b.csv", HISTORY_HEADER, [*ROWS[1:2], *bad]))
    loader = replace(reader, permissions=reader.permissions | {Permission.LOAD})
    tables = {
        name: len(list(queries.report_table(loader, row.ref, name)[1])) for name in ("set-aside.csv", "vanished.csv")
    }
    assert tables == {"set-aside.csv": 2, "vanished.csv": 4}
    hidden = Matter.objects.as_system(because=WHY).filter(source_key="C1")
    hidden.update(sensitive_on=reader.today, sensitive_reason="a test")
    found = queries.set_aside(loader, row.ref)
    assert ([one.row_number for one in found.rows], found.total) == ([4], 1)
    assert [one.row_number for one in queries.set_aside(loader, row.ref, number=2, size=1).rows] == []
    assert "C1" not in repr(list(queries.report_table(loader, row.ref, "set-aside.csv")[1]))
    assert [line[0] for line in queries.report_table(loader, row.ref, "vanished.csv")[1]] == ["C2|A", "C3|C", "C5|E"]
    assert queries.set_aside(by, row.ref).total == 2


def test_a_row_set_aside_about_oneself_is_not_shown(load, write, reader):
    load(write("r.csv", REGISTER_HEADER, [("A", "Ngata", "Mere", "", "", "", "")]), REGISTER)
    row = load(write("a.csv", HISTORY_HEADER, [("C1", "A", "Delay", "", "2021-02-30", "")]))
    me = Person.objects.as_system(because=WHY).get(source_key="A")
    assert queries.set_aside(reader, row.ref).total == 1
    assert queries.set_aside(replace(reader, person_id=me.pk), row.ref).total == 0
