"""What the record wash of 2023 and 2024 taught: nobody is left out, and every hit ends in one result with reasons."""

from datetime import datetime

import pytest

from peelian.matches import actions, queries
from peelian.terms.refusals import NotValid
from tests.washed import found, washed

pytestmark = pytest.mark.django_db


def test_les_30_everybody_is_accounted_for_and_every_hit_ends_in_one_result(at: datetime) -> None:
    """Checked = no trace + hits; hits = sum of results."""
    made = washed(at)
    run = queries.run(made.judge.viewer, made.take_in(*(found(f"CR/{number}") for number in range(1, 5))))
    people = run.account["people"]
    parts = ("no_trace", "with_pairs", "too_little_known", "without_a_name")
    assert people["people"] == sum(people[part] for part in parts)

    for record, verdict in (("CR/1", "yes"), ("CR/2", "yes"), ("CR/3", "no"), ("CR/4", "yes")):
        made.judged(verdict, record)
    for record, result in (("CR/1", "management_intervention"), ("CR/2", "no_further_action")):
        given = {"pair_ref": made.ref(record), "result": result, "on": made.on}
        with pytest.raises(NotValid, match="Say why"):
            actions.give_result(by=made.judge.viewer, reasons=" ", **given)
        actions.give_result(by=made.judge.viewer, reasons="As the file shows.", **given)
    ended = queries.ended(made.judge.viewer)
    assert ended.by_result == (("Management intervention", 1), ("No further action", 1))
    assert (ended.without, ended.total) == (1, 3)

    made.judged("no", "CR/1")
    assert queries.ended(made.judge.viewer).total == 2, "what is judged to be somebody else is no hit"
    made.judged("yes", "CR/1")
    assert queries.ended(made.judge.viewer).without == 2, "a new judgement asks for a result of its own"
