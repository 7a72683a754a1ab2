"""What may be serious is not logged by one person: it waits for a second, who did not ask for it nor take it in."""

from datetime import date, datetime

import pytest

from peelian.intake import actions, queries
from peelian.journal.verification import verify
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from tests import worlds

pytestmark = pytest.mark.django_db
CAME = date(2026, 11, 2)


@pytest.fixture
def item(at: datetime) -> str:
    return worlds.item(at, "Another force says he was reported to it.", received_on=CAME)


def test_an_item_about_a_serious_category_waits_for_a_second_person_les_04(at: datetime, item: str) -> None:
    asks = worlds.user(at, "Aster Lee", "supervisor").viewer
    second = worlds.user(at, "Hedda Head", "head_of_professional_standards").viewer
    given = {"item_ref": item, "reasons": "The other force closed it.", "on": asks.today}
    assert actions.log_with_reasons(by=asks, serious=("J",), **given) is False
    assert queries.item(asks, item).row.state == "awaiting"
    (waits,) = queries.logs_of(asks, item)
    assert (waits.categories, waits.agreed, waits.is_mine) == (("Sexual conduct",), None, True)
    assert queries.logs_to_answer(asks) == ()
    assert [one.item_ref for one in queries.logs_to_answer(second)] == [item]
    with pytest.raises(NotValid, match="waits for a second person"):
        actions.log_with_reasons(by=asks, serious=("J",), **given)
    answer = {"item_ref": item, "agreed": True, "reasons": "It was looked into there.", "on": asks.today}
    with pytest.raises(NotAllowed, match="somebody else must agree") as refused:
        actions.answer_log(by=asks, **answer)
    assert "LES-04" in refused.value.refusal.law
    actions.answer_log(by=second, **answer)
    row = queries.item(asks, item)
    assert (row.row.state, row.assessed_by_name, row.reasons) == ("logged", "Aster Lee", given["reasons"])
    assert verify().is_whole


def test_what_is_sent_back_is_assessed_again_and_can_be_asked_for_again(at: datetime, item: str) -> None:
    asks = worlds.user(at, "Aster Lee", "assessor").viewer
    second = worlds.user(at, "Hedda Head", "head_of_professional_standards").viewer
    given = {"item_ref": item, "reasons": "Nothing in it.", "on": asks.today}
    actions.log_with_reasons(by=asks, serious=("H5",), **given)
    actions.answer_log(by=second, item_ref=item, agreed=False, reasons="Ask the other force.", on=asks.today)
    assert queries.item(asks, item).row.state == "awaiting"
    with pytest.raises(NotFound):
        actions.answer_log(by=second, item_ref=item, agreed=True, reasons="Again.", on=asks.today)
    assert actions.log_with_reasons(by=asks, serious=("H5",), **given) is False
    assert [one.agreed for one in queries.logs_of(asks, item)] == [False, None]


def test_what_is_about_nothing_serious_is_logged_at_once(at: datetime, item: str) -> None:
    asks = worlds.user(at, "Aster Lee", "assessor").viewer
    given = {"item_ref": item, "reasons": "A thank-you letter.", "on": asks.today}
    with pytest.raises(NotValid, match="serious categories"):
        actions.log_with_reasons(by=asks, serious=("A1",), **given)
    assert actions.log_with_reasons(by=asks, serious=(), **given) is True
    assert queries.item(asks, item).row.state == "logged"
