"""What laboratories and digital units have, and how long: one that is open is counted as waiting."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from peelian.evidence import actions, queries
from peelian.evidence.states import Step, SubmissionKind, SubmissionState
from peelian.evidence.waiting import half_after
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from tests import worlds
from tests.rooms.evidence.conftest import TODAY
from tests.rooms.evidence.test_custody import BOOKED, booked
from tests.worlds import Someone

pytestmark = pytest.mark.django_db


def asked(by: Someone, matter: str, exhibits: list[str], on: date = BOOKED, **said: Any) -> str:
    facts: dict[str, Any] = {"kind": SubmissionKind.FORENSIC, "to": "North laboratory", "asked": "DNA of the handle."}
    return actions.submit(by=by.viewer, matter_ref=matter, exhibit_refs=exhibits, on=on, **facts | said)


def step(by: Someone, ref: str, one: Step, words: str = "Said.", on: date = TODAY, **said: Any) -> None:
    actions.record_step(by=by.viewer, submission_ref=ref, step=one, words=words, on=on, **said)


def test_a_submission_waits_from_the_day_it_was_asked(handler: Someone, matter: str) -> None:
    ref = asked(handler, matter, [booked(handler, matter)], promised_on=date(2026, 11, 20))
    line = queries.submissions_of(handler.viewer, matter)[0]
    assert (line.days, line.is_open, line.is_late, line.marks) == (13, True, True, ("KMT/1",))
    step(handler, ref, Step.PROMISED, "They are short of people.", promised_on=date(2026, 12, 1))
    line = queries.submissions_of(handler.viewer, matter)[0]
    assert (line.promised_on, line.is_late) == (date(2026, 12, 1), False)
    assert queries.waiting_of(handler.viewer, matter) == (line,)


def test_results_end_the_wait_and_sending_them_back_goes_on_with_it(handler: Someone, matter: str) -> None:
    ref = asked(handler, matter, [booked(handler, matter)])
    step(handler, ref, Step.RESULTS, "A full profile.", date(2026, 11, 15))
    line = queries.submissions_of(handler.viewer, matter)[0]
    assert (line.days, line.is_open, line.state) == (5, False, SubmissionState.ARRIVED)
    step(handler, ref, Step.SENT_BACK, "The wrong handle.", date(2026, 11, 16))
    line = queries.submissions_of(handler.viewer, matter)[0]
    assert (line.days, line.is_open, line.state) == (13, True, SubmissionState.WAITING)
    step(handler, ref, Step.RESULTS, "The right handle.", date(2026, 11, 20))
    step(handler, ref, Step.ACCEPTED, "", date(2026, 11, 22))
    row = queries.submission(handler.viewer, ref)
    assert (row.line.days, row.line.state, row.may) == (10, SubmissionState.ACCEPTED, ())
    assert [one.step for one in row.steps] == [Step.RESULTS, Step.SENT_BACK, Step.RESULTS, Step.ACCEPTED]
    with pytest.raises(NotAllowed, match="that cannot follow"):
        step(handler, ref, Step.RESULTS)


def test_the_figure_of_waiting_keeps_those_that_wait(handler: Someone, matter: str) -> None:
    exhibit = booked(handler, matter)
    quick, *slow = (asked(handler, matter, [exhibit]) for _ in range(3))
    step(handler, quick, Step.RESULTS, on=date(2026, 11, 12))
    waits = queries.waits(queries.submissions(handler.viewer))
    assert (waits.count, waits.open, waits.half, waits.longest) == (3, 2, None, 13)  # not the 2 days of the quick one
    step(handler, slow[0], Step.RESULTS, on=date(2026, 11, 18))
    assert queries.waits(queries.submissions(handler.viewer)).half == 8


@pytest.mark.parametrize(
    ("waited", "half"),
    [
        ([], None),
        ([(5, True)], 5),
        ([(5, False)], None),
        ([(1, True), (2, True), (3, True), (4, True)], 2),
        ([(1, True), (2, False), (3, True), (4, True)], 3),  # 3/4, then of two left one arrives: 3/8
        ([(1, False), (1, True), (9, False)], None),  # of three at risk one: 2/3
    ],
)
def test_half_after_counts_as_kaplan_and_meier(waited: list[tuple[int, bool]], half: int | None) -> None:
    assert half_after(waited) == half


def test_what_a_submission_lacks_is_asked_for(at: datetime, handler: Someone, matter: str) -> None:
    exhibit = booked(handler, matter)
    other = worlds.open_complaint(worlds.peelian(at), date(2026, 11, 3))
    for said, words in (
        ({"to": ""}, "which laboratory"),
        ({"asked": " "}, "what they are asked"),
        ({"promised_on": BOOKED - timedelta(days=1)}, "that day or a later one"),
        ({"on": BOOKED - timedelta(days=1)}, "KMT/1 was booked in on 10 November 2026"),
    ):
        with pytest.raises(NotValid, match=words):
            asked(handler, matter, [exhibit], **said)  # type: ignore[arg-type]  # words of a table
    for exhibits in ([], [booked(handler, other, "O/1")]):
        with pytest.raises(NotValid, match="at least one exhibit of this matter"):
            asked(handler, matter, exhibits)
    ref = asked(handler, matter, [exhibit])
    for one, given, words in (
        (Step.RESULTS, {"words": ""}, "what the results are"),
        (Step.PROMISED, {}, "the day of the promise"),
        (Step.WITHDRAWN, {"on": BOOKED - timedelta(days=1)}, "The last thing happened on 10 November"),
    ):
        with pytest.raises(NotValid, match=words):
            step(handler, ref, one, **given)  # type: ignore[arg-type]  # words of a table
    with pytest.raises(NotAllowed, match="that cannot follow"):
        step(handler, ref, Step.ACCEPTED)


def test_a_submission_lies_behind_the_wall_of_its_matter(at: datetime, handler: Someone, matter: str) -> None:
    ref = asked(handler, matter, [booked(handler, matter)])
    placed_only = worlds.user(at, "Ivan Marsh", "investigator")
    assert queries.submissions(placed_only.viewer) == ()
    for ask in (lambda: queries.submission(placed_only.viewer, ref), lambda: step(placed_only, ref, Step.RESULTS)):
        with pytest.raises(NotFound):
            ask()
