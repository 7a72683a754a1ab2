"""The returns of the force: what starts by itself, what is recorded, by whom, and what is refused."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, transaction

from peelian.clocks import actions as clocks
from peelian.journal.models import Entry
from peelian.recommendations import actions as recommendations
from peelian.returns import actions, queries
from peelian.returns.acts import ANSWERED, JUDGED, PUBLISHED, RECEIVED, REPORTED, SENT, WRITTEN
from peelian.returns.models import Fact
from peelian.returns.rows import Show
from peelian.rules.facts import DutyState
from peelian.rules.returns import Quarter, ReturnKind
from peelian.terms.matters import MatterKind
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from tests import worlds
from tests.returned import QUARTER, Returned, returned

pytestmark = pytest.mark.django_db
JULY, AUGUST, OCTOBER = date(2026, 7, 20), date(2026, 8, 3), date(2026, 10, 5)
KEY = "data-2026-06"


@pytest.fixture
def made() -> Returned:
    """The force began to use Peelian on 4 May 2026."""
    return returned(datetime(2026, 5, 4, 12, tzinfo=ZoneInfo("Europe/London")))


def keys(made: Returned, day: date, show: Show | None = None) -> list[tuple[str, DutyState]]:
    return [(one.key, one.duty.state) for one in queries.returns(made.on(made.head, day), show)]


def test_a_quarter_that_ends_is_owed_by_itself_from_the_quarter_in_which_the_force_began(made: Returned) -> None:
    assert keys(made, date(2026, 6, 30)) == []
    assert keys(made, date(2026, 7, 1)) == [(KEY, DutyState.OPEN)]
    assert keys(made, date(2026, 7, 31)) == [(KEY, DutyState.OVERDUE)]
    assert keys(made, OCTOBER) == [(KEY, DutyState.OVERDUE), ("data-2026-09", DutyState.OPEN)]
    assert keys(made, OCTOBER, Show.LATE) == [(KEY, DutyState.OVERDUE)]


def test_what_is_sent_for_one_quarter_meets_nothing_of_another(made: Returned) -> None:
    made.send(OCTOBER)
    assert keys(made, OCTOBER) == [("data-2026-09", DutyState.OPEN), (KEY, DutyState.MET_LATE)]
    assert keys(made, OCTOBER, Show.DONE) == [(KEY, DutyState.MET_LATE)]


def test_data_recorded_again_need_a_reason_and_the_earlier_stay(made: Returned) -> None:
    made.send(JULY)
    with pytest.raises(NotValid, match="recorded already, for 20 July 2026"):
        made.send(AUGUST)
    made.send(AUGUST, complaints=13, reasons="One complaint was missing.")
    row = queries.one_return(made.on(made.head, AUGUST), KEY)
    assert row.line.duty.state is DutyState.MET_LATE  # counted from what stands
    assert [(one.on, one.said[0], one.stands, one.reasons) for one in row.facts] == [
        (AUGUST, ("Complaints", "13"), True, "One complaint was missing."),
        (JULY, ("Complaints", "12"), False, ""),
    ]
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        Fact.objects.update(on=JULY)


def test_what_did_not_happen_is_said_so_with_a_reason_and_is_owed_again(made: Returned) -> None:
    made.send(JULY)
    by = made.on(made.analyst, AUGUST)
    [fact] = queries.one_return(by, KEY).facts
    with pytest.raises(NotValid, match="Say how it came to be recorded"):
        actions.undo(by=by, return_key=KEY, fact_ref=fact.ref, reasons=" ", on=AUGUST)
    actions.undo(by=by, return_key=KEY, fact_ref=fact.ref, reasons="It stayed in the outbox.", on=AUGUST)
    row = queries.one_return(by, KEY)
    assert (row.line.duty.state, row.acts, row.again) == (DutyState.OVERDUE, (SENT,), ())
    with pytest.raises(NotAllowed, match="Something else stands"):
        actions.undo(by=by, return_key=KEY, fact_ref=fact.ref, reasons="Again.", on=AUGUST)
    made.send(AUGUST)
    assert queries.one_return(by, KEY).line.duty.state is DutyState.MET_LATE


def test_a_bulletin_waits_on_the_local_policing_body_until_it_stands_with_its_narrative(made: Returned) -> None:
    key = made.receive(AUGUST)
    line = queries.one_return(made.on(made.head, AUGUST), key).line
    assert (line.duty.state, line.duty.waits_on, line.duty.due) == (
        DutyState.WAITING,
        "local policing body",
        date(2026, 9, 3),
    )
    with pytest.raises(NotValid, match="the bulletin and the narrative both stand"):
        made.publish(key, AUGUST, with_narrative=False)
    with pytest.raises(NotValid, match="that day or a later one"):
        made.publish(key, AUGUST, on=JULY)
    with pytest.raises(NotValid, match="whole address"):
        made.publish(key, AUGUST, address="on the site")
    made.publish(key, date(2026, 9, 3))
    row = queries.one_return(made.on(made.head, OCTOBER), key)
    assert (row.line.duty.state, row.acts, row.again) == (DutyState.MET, (), (RECEIVED, PUBLISHED))
    received = next(one for one in row.facts if one.words.startswith("Bulletin received"))
    undo = {"return_key": key, "fact_ref": received.ref, "reasons": "Another.", "on": OCTOBER}
    with pytest.raises(NotAllowed, match="This still stands"):
        actions.undo(by=made.on(made.head, OCTOBER), **undo)


def test_a_bulletin_recorded_by_mistake_is_owed_no_more(made: Returned) -> None:
    key = made.receive(AUGUST)
    by = made.on(made.analyst, AUGUST)
    [fact] = queries.one_return(by, key).facts
    actions.undo(by=by, return_key=key, fact_ref=fact.ref, reasons="It was of another force.", on=AUGUST)
    row = queries.one_return(by, key)
    assert (row.line.duty.state, row.acts, row.again) == (DutyState.STOPPED, (), (RECEIVED,))
    assert row.line.duty.because[-1] == "What started it was recorded by mistake: It was of another force."
    with pytest.raises(NotAllowed, match="This did not happen"):
        made.publish(key, AUGUST)


def test_an_answer_is_sent_only_once_somebody_else_approved_it_as_it_stands(made: Returned) -> None:
    key = made.report(JULY)
    with pytest.raises(NotValid, match="Say why it is not accepted"):
        made.write(key, AUGUST, accepted=False)
    first = made.write(key, AUGUST)
    with pytest.raises(NotAllowed, match="No answer is approved yet"):
        made.answer(key, AUGUST)
    with pytest.raises(NotAllowed):  # an analyst takes no decision
        made.judge(key, first, AUGUST, by=made.on(made.analyst, AUGUST))
    made.judge(key, first, AUGUST, agreed=False, why="Say by when.")
    back = queries.one_return(made.on(made.head, AUGUST), key)
    assert (back.line.next_words, back.acts) == ("Write the answer again", (WRITTEN,))
    second = made.write(key, AUGUST, words="We accept it, by May.", reasons="By when was missing.")
    with pytest.raises(NotAllowed, match="written again since you opened it"):
        made.judge(key, first, AUGUST)
    made.judge(key, second, AUGUST)
    with pytest.raises(NotAllowed, match="read already"):
        made.judge(key, second, AUGUST)
    third = made.write(key, AUGUST, words="We accept it, by June.", reasons="May is too early.")
    with pytest.raises(NotAllowed, match="No answer is approved yet"):
        made.answer(key, AUGUST)  # what was approved lapsed when it was written again
    made.judge(key, third, AUGUST)
    made.answer(key, AUGUST)
    row = queries.one_return(made.on(made.head, OCTOBER), key)
    assert (row.line.duty.state, row.answer and row.answer.agreed_by) == (DutyState.MET, "Avery Stone")
    with pytest.raises(NotAllowed, match="The answer was sent"):
        made.write(key, OCTOBER, reasons="Better words.")


def test_whoever_wrote_an_answer_does_not_approve_it(made: Returned) -> None:
    key, by = made.report(JULY), made.on(made.authority, AUGUST)
    said = {"accepted": True, "why": "", "words": "We accept it.", "on": AUGUST}
    answer = actions.write_answer(by=by, return_key=key, **said)
    with pytest.raises(NotAllowed, match="You wrote this answer"):
        made.judge(key, answer, AUGUST)


def test_a_recommendation_that_is_kept_already_is_tied_to_and_its_words_are_not_repeated(made: Returned) -> None:
    by = made.on(made.analyst, JULY)
    asked = {"source": "On stalking", "number": "3", "words": "Train each of them.", "owner": "Head of Learning"}
    ref = recommendations.add(by=by, due_on=AUGUST, on=JULY, **asked)
    key = made.report(JULY, number="", words="", recommendation_ref=ref)
    row = queries.one_return(by, key)
    assert row.report is not None
    assert (row.report.words, row.report.number, row.report.tied_ref) == ("Train each of them.", "3", ref)
    assert "words" not in Fact.objects.get(what=REPORTED).said
    with pytest.raises(NotValid, match="kept here"):
        made.report(JULY, recommendation_ref="PE-22222-22222")
    with pytest.raises(NotValid, match="Give its words, or choose one"):
        made.report(JULY, words="")


def test_the_head_owns_them_until_they_are_given_to_somebody_who_keeps_returns(made: Returned) -> None:
    made.receive(AUGUST)
    by = made.on(made.head, AUGUST)
    assert {one.owner for one in queries.returns(by)} == {"Hedda Head"}
    for user_ref in (made.on(made.head, AUGUST).actor, worlds.user(made.began, "Ina Vesti", "investigator").user_ref):
        with pytest.raises(NotValid, match="keeps returns"):
            actions.give(by=by, kind=ReturnKind.DATA, user_ref=user_ref, reasons="She sends them.", on=AUGUST)
    actions.give(by=by, kind=ReturnKind.DATA, user_ref=made.analyst.user_ref, reasons="She sends them.", on=AUGUST)
    assert [one.key for one in queries.mine(made.on(made.analyst, AUGUST))] == [KEY]
    assert [one.key for one in queries.mine(by)] == ["bulletin-2026-06"]


def test_an_answer_stands_in_the_work_of_those_who_may_approve_it(made: Returned) -> None:
    key = made.report(JULY)
    assert queries.mine(made.on(made.authority, AUGUST)) == ()
    answer = made.write(key, AUGUST)
    assert [one.asks_viewer for one in queries.mine(made.on(made.authority, AUGUST))] == [True]
    assert queries.one_return(made.on(made.authority, AUGUST), key).acts == (JUDGED,)
    assert queries.one_return(made.on(made.analyst, AUGUST), key).acts == ()
    made.judge(key, answer, AUGUST)
    assert queries.mine(made.on(made.authority, AUGUST)) == ()
    assert queries.one_return(made.on(made.analyst, AUGUST), key).acts == (ANSWERED,)


def test_what_was_logged_counts_complaints_of_the_quarter_that_were_recorded_here(made: Returned) -> None:
    def open_one(day: date, **facts: object) -> str:
        handler = worlds.user(made.began, f"Han Dler{day:%j}", "assessor", "complaint_handler")
        recording = worlds.complaint(day, allegations=[worlds.allegation(), worlds.allegation("He lied.")], **facts)
        return clocks.open_matter(by=made.on(handler, day), recording=recording, on=day)

    open_one(date(2026, 6, 30))
    open_one(date(2026, 7, 1))
    open_one(date(2026, 6, 12), kind=MatterKind.CONDUCT_MATTER)
    by = made.on(made.analyst, JULY)
    found = queries.logged(by, "2026-06")
    assert (found.complaints, found.allegations) == (1, 2)
    assert queries.one_return(by, KEY).logged == found


def test_what_is_missing_or_too_early_is_refused(made: Returned) -> None:
    for early in ({"on": date(2026, 6, 30)}, {"on": AUGUST}, {"complaints": -1}, {"reference": " "}):
        with pytest.raises(NotValid):
            made.send(JULY, **early)
    with pytest.raises(NotFound):
        made.send(JULY, quarter=Quarter(2026, 3))  # before the force began to use Peelian
    with pytest.raises(NotFound):
        made.send(JULY, quarter=Quarter(2026, 9))  # it has not ended
    with pytest.raises(NotValid, match="its bulletin comes later"):
        made.receive(date(2026, 6, 30))
    with pytest.raises(NotValid, match="on or after"):
        made.report(JULY, asked_by=JULY - timedelta(days=1))
    for key in ("data-2026-09", "data-2026-07", "bulletin-2026-06", "PE-22222-22222", "data-x"):
        with pytest.raises(NotFound):
            queries.one_return(made.on(made.head, JULY), key)
    handler = worlds.user(made.began, "Han Dler", "complaint_handler").viewer
    asks: tuple[Callable[[], object], ...] = (
        lambda: queries.returns(handler),
        lambda: queries.logged(handler, QUARTER.code),
        lambda: actions.receive_bulletin(by=handler, quarter=QUARTER, reference="B", on=JULY),
    )
    for ask in asks:
        with pytest.raises(NotAllowed):
            ask()
    assert queries.mine(handler) == ()


def test_every_fact_is_an_entry_of_the_journal(made: Returned) -> None:
    key = made.report(JULY)
    made.judge(key, made.write(key, JULY), JULY)
    made.answer(key, JULY)
    entries = Entry.objects.filter(key=f"return {key}").order_by("seq")
    assert [entry.summary for entry in entries] == [
        "recorded: Report on a super-complaint published",
        "recorded: Answer written",
        "recorded: Answer read by a second person",
        "recorded: Answer sent to HMICFRS, the IOPC and the College of Policing",
    ]
    assert WRITTEN in Fact.objects.values_list("what", flat=True)
