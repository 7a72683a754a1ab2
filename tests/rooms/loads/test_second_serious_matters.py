"""What a load brings about somebody who has serious matters already: open ones are read together. LES-07."""

from datetime import date

import pytest

from peelian.intake.models import Item
from peelian.matters.actions.loaded import ask_after_load
from peelian.matters.models import JointReview, Matter
from peelian.people.models import Person
from tests import worlds
from tests.rooms.loads.conftest import HISTORY, HISTORY_HEADER
from tests.statements import counted

pytestmark = pytest.mark.django_db
WHY = "a test looks at everything"
SERIOUS, MILD = "J1", "H4"
CODED = HISTORY.replace('field = "category"', 'field = "category_code"')
OLD = ("C1", "A", SERIOUS, "", "2005-03-01", "2005-06-30")
CLOSED = ("C2", "A", SERIOUS, "", "2021-03-01", "2021-06-30")
NEW = ("C4", "A", SERIOUS, "", "2026-10-05", "2026-10-30")


def asked() -> list[str]:
    """Which matters are to be read again."""
    return [one.ref for one in JointReview.objects.all()]


def items() -> list[str]:
    found = Item.objects.as_system(because=WHY).filter(heading__startswith="More than one serious matter")
    return [one.words for one in found]


def test_les_07_an_open_matter_is_read_with_a_serious_one_that_a_load_brought(load, write, at):
    load(write("a.csv", HISTORY_HEADER, [CLOSED]), CODED)
    officer = Person.objects.as_system(because=WHY).get(source_key="A").ref
    here = worlds.open_complaint(worlds.peelian(at), at.date(), officers=[officer])
    assert (asked(), items()) == ([], [])
    load(write("b.csv", HISTORY_HEADER, [CLOSED, NEW]), CODED)
    [review] = JointReview.objects.all()
    assert (review.matter.ref, review.because.source_key, review.due_on) == (here, "C4", date(2026, 11, 30))
    assert items() == []
    later = ("C5", "B", SERIOUS, "", "2026-10-06", "")
    load(write("c.csv", HISTORY_HEADER, [CLOSED, NEW, later, ("C6", "A", *NEW[2:])]), CODED)
    assert JointReview.objects.count() == 1


def test_les_07_where_nothing_is_open_one_item_says_so_and_no_closed_matter_is_opened(load, write):
    row = load(write("a.csv", HISTORY_HEADER, [CLOSED, NEW, ("C5", "B", *CLOSED[2:]), ("C6", "B", *NEW[2:])]), CODED)
    assert asked() == []
    [words] = items()
    assert "people with more than one matter" in words
    assert row.figures["items"] == 1
    load(write("b.csv", HISTORY_HEADER, [CLOSED, NEW, ("C5", "B", *CLOSED[2:]), ("C6", "B", *NEW[2:])]), CODED)
    assert len(items()) == 1


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([OLD, NEW], id="the first is older than the years of the rule"),
        pytest.param([("C1", "A", SERIOUS, "", "", ""), ("C2", "A", SERIOUS, "", "", "")], id="no dates"),
        pytest.param([OLD, ("C2", "A", SERIOUS, "", "2006-03-01", "")], id="both are old"),
        pytest.param([("C1", "A", "Sexual", *CLOSED[3:]), NEW], id="a category in words of the source alone"),
        pytest.param([NEW, ("C3", "A", MILD, "", "2026-09-01", "")], id="one serious matter alone"),
        pytest.param([CLOSED, ("C4", "B", *NEW[2:])], id="different people"),
    ],
)
def test_les_07_an_old_or_undated_history_or_a_first_matter_asks_for_nothing(load, write, rows):
    load(write("a.csv", HISTORY_HEADER, rows), CODED)
    assert (asked(), items()) == ([], [])


def test_asking_takes_as_many_statements_for_many_people_as_for_one(load, write, by, at):
    def rows(names: str) -> list[tuple[str, ...]]:
        return [row for name in names for row in ((f"{name}1", name, *CLOSED[2:]), (f"{name}2", name, *NEW[2:]))]

    first = load(write("a.csv", HISTORY_HEADER, rows("A")), CODED)
    key = first_load(first.ref)
    with counted() as one:
        assert ask_after_load(by, key, at.date()).others
    second = load(write("b.csv", HISTORY_HEADER, rows("ABCDEFG")), CODED)
    key = first_load(second.ref)
    with counted() as many:
        assert ask_after_load(by, key, at.date()).others
    assert len(one) == len(many) == 3


def first_load(ref: str) -> int:
    return Matter.objects.as_system(because=WHY).filter(load__ref=ref).values_list("load_id", flat=True)[0]
