"""A sample by lot of what nobody judged, and the recall it lets each reader claim over what they see."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from peelian.journal.queries import entries_about
from peelian.matches import actions, queries
from peelian.matches.models import Member, Pair
from peelian.rules.sampling import is_drawn
from peelian.terms.refusals import NotAllowed, NotValid
from tests import worlds
from tests.washed import RAPE, Washed, found, washed

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(at: datetime) -> Washed:
    """Twenty pairs, the first two judged: one hit, one unsure."""
    made = washed(at, [found(f"CR/{number}", weight=20.0 - number) for number in range(20)])
    made.judged("yes", "CR/0")
    made.judged("unsure", "CR/1")
    return made


def draw(made: Washed, share: int = 40) -> str:
    return actions.draw_sample(by=made.judge.viewer, share=share, seed="a seed", on=made.on)


def test_before_the_first_draw_nothing_is_claimed(made: Washed) -> None:
    assert queries.reach(made.judge.viewer) is None
    assert queries.drawn(made.judge.viewer).total == 0


def test_a_draw_is_by_lot_of_what_nobody_judged_and_can_be_made_again(made: Washed) -> None:
    ref = draw(made)
    drawn = {row.ref for row in queries.drawn(made.judge.viewer).rows}
    left = Pair.objects.filter(state="waiting").values_list("ref", flat=True)
    assert drawn == {one for one in left if is_drawn("a seed", one, 40)}
    assert 0 < len(drawn) < 18
    entry = entries_about(worlds.peelian(made.at), f"wash sample {ref}").rows[0]
    assert f"drew {len(drawn)} of 18 pairs" in entry.summary
    assert entry.decision == "40 in a hundred, by the seed a seed"
    with pytest.raises(DatabaseError), transaction.atomic():
        Member.objects.update(stood="left")


def test_the_estimate_comes_when_the_sample_is_decided_and_counts_what_is_found_since(made: Washed) -> None:
    draw(made, share=100)
    before = queries.reach(made.judge.viewer)
    assert before is not None
    assert before.reached.recall is None
    assert (before.counts.found_before, before.counts.left, before.counts.drawn_open) == (1, 18, 18)
    assert before.counts.open_before == 1
    for number in range(2, 20):
        made.judged("yes" if number < 5 else "no", f"CR/{number}")
    after = queries.reach(made.judge.viewer)
    assert after is not None
    assert (after.reached.found, after.reached.missed, after.reached.recall) == (4, 0, 1)
    assert after.reached.missed_high == 1, "the one that is unsure"
    grade = after.grades[0]
    assert (grade.name, grade.left, grade.drawn, grade.decided, grade.hits) == ("certain", 18, 18, 18, 3)


def test_what_came_after_the_draw_is_no_part_of_it(made: Washed) -> None:
    draw(made, share=100)
    made.take_in(*(found(f"CR/{number}", weight=20.0 - number) for number in range(30)))
    held = queries.reach(made.judge.viewer)
    assert held is not None
    assert (held.counts.left, queries.drawn(made.judge.viewer).total) == (18, 18)
    first = queries.drawn(made.judge.viewer).rows[0]
    assert first.record_key == "CR/2"
    assert queries.next_drawn(made.judge.viewer, first.ref) == made.ref("CR/3")


def test_what_a_rule_put_away_is_drawn_too_since_nobody_read_it(made: Washed) -> None:
    made.take_in(found("CR/2", marks=("PNC1",)), found("CR/3", marks=("PNC1",)), found("CR/4", marks=("PNC1",), **RAPE))
    made.judged("no", "CR/2")
    given = {"pair_ref": made.ref("CR/2"), "mark": "PNC1", "reasons": "Her twin."}
    actions.never_the_same(by=made.judge.viewer, on=made.on, **given)  # type: ignore[arg-type]  # words by name
    draw(made, share=100)
    assert {row.record_key for row in queries.drawn(made.judge.viewer).rows} == {"CR/3", "CR/4"}


@pytest.mark.parametrize(
    ("said", "field"), [({"share": 0}, "share"), ({"share": 101}, "share"), ({"seed": " "}, "seed")]
)
def test_what_cannot_be_drawn_is_refused(made: Washed, said: dict[str, object], field: str) -> None:
    given = {"share": 10, "seed": "s", "on": made.on} | said
    with pytest.raises(NotValid) as refused:
        actions.draw_sample(by=made.judge.viewer, **given)  # type: ignore[arg-type]  # a table of odd words
    assert refused.value.field == field
    with pytest.raises(NotValid):
        actions.draw_sample(by=made.judge.viewer, share=10, seed="s", on=made.on + timedelta(days=1))
    with pytest.raises(NotAllowed):
        actions.draw_sample(by=worlds.user(made.at, "Ann", "analyst").viewer, share=10, seed="s", on=made.on)
    assert not Member.objects.exists()
