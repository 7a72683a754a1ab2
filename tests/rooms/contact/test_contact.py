"""Plans, wishes, rights and referrals: written down once, kept with their history, refused where they cannot stand."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from peelian.contact import actions, queries
from peelian.contact.models import Plan, Said
from peelian.contact.rows import RightsCount
from peelian.journal import queries as journal
from peelian.rules.contact import SafeWay
from peelian.terms.contact import ReferralState, RightState, Stance, Topic
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from tests import worlds
from tests.rooms.contact.conftest import Touch


def test_a_plan_is_replaced_and_both_stay_with_the_reasons(touch: Touch) -> None:
    assert touch.agree() == 1
    assert touch.agree(replaces=1, reasons="Her brother moved in.", never_say="police\n\ncomplaint", every_days=14) == 2
    now, before = touch.whole().plans
    assert (now.number, now.never_say, now.every_days) == (2, ("police", "complaint"), 14)
    assert (before.number, before.reasons, before.recorded_by) == (1, "First agreed.", "Wendy Worker")
    assert touch.whole().safe.plan == now


def test_the_second_writer_of_a_plan_is_told(touch: Touch) -> None:
    touch.agree()
    with pytest.raises(NotAllowed, match="Another plan was agreed"):
        touch.agree(replaces=0)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"ways": ()}, "ways"),
        ({"ways": (SafeWay("owl"),)}, "ways"),
        ({"ways": (SafeWay("email", days=frozenset()),)}, "ways"),
        ({"agreed_with": " "}, "agreed_with"),
        ({"reasons": ""}, "reasons"),
        ({"every_days": 0}, "every_days"),
        ({"say": "a\x00b"}, "say"),
    ],
)
def test_a_plan_that_says_too_little_is_not_taken(touch: Touch, facts: dict[str, object], field: str) -> None:
    with pytest.raises(NotValid) as refused:
        touch.agree(**facts)
    assert refused.value.field == field


def test_an_officer_concerned_has_no_contact_here_and_a_reader_writes_nothing(touch: Touch) -> None:
    with pytest.raises(NotFound):
        queries.somebody_on(touch.by, touch.matter, touch.officer)
    with pytest.raises(NotFound):
        actions.give_key(**touch.of(touch.officer), reasons="He asked.")
    assert [row.key for row in queries.everybody(touch.by, touch.matter)] == [touch.complainant]
    reader = worlds.user(touch.at, "Rita Reader", "analyst").viewer
    with pytest.raises(NotAllowed, match="record what was done"):
        actions.mark_rights(
            **{**touch.of(), "by": reader}, rights=["VC-01"], state=RightState.OFFERED, reasons="She asked."
        )


def test_what_was_said_stands_word_for_word_with_its_reasons_until_something_else_is_said(touch: Touch) -> None:
    touch.say(Topic.SHARING, about="the housing office", words="  Yes, tell them.  ")
    touch.say(Topic.SHARING, Stance.NO, about="my doctor", reasons="She is a friend of his.")
    touch.say(Topic.SHARING, Stance.NO, about="The housing office", words="No, please stop.", said_by="Her sister")
    last, doctor, first = touch.whole().said
    assert (first.words, first.stands) == ("Yes, tell them.", False)
    assert (doctor.stands, last.stands, last.said_by) == (True, True, "Her sister")
    with pytest.raises(NotValid, match="with whom"):
        touch.say(Topic.SHARING)
    with pytest.raises(NotValid, match="reasons they gave"):
        touch.say(reasons="")


def test_what_was_written_down_cannot_be_changed_or_removed(touch: Touch) -> None:
    touch.agree()
    touch.say()
    for rows in (Plan.objects.all(), Said.objects.all()):
        with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
            rows.update(recorded_by="nobody")
        with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
            rows.delete()


def test_each_act_is_in_the_journal_without_its_words(touch: Touch) -> None:
    touch.say(words="The lantern went out.")
    auditor = worlds.user(touch.at, "Audrey Ames", "auditor").viewer
    found = journal.entries_about(auditor, touch.matter)
    assert "wrote down what somebody said: withdraw" in repr(found)
    assert "lantern" not in repr(found)


def test_a_right_that_nobody_judged_is_neither_owed_nor_given(touch: Touch) -> None:
    assert touch.whole().rights_count == RightsCount(owed=0, given=0, not_for_them=0, unjudged=12)
    touch.mark(RightState.DOES_NOT_APPLY, "VC-07", "VC-08", "VC-09", "VC-10", "VC-11", reasons="No crime is alleged.")
    touch.mark(RightState.APPLIES, "VC-01", "VC-02", "VC-04")
    touch.mark(RightState.OFFERED, "VC-01")
    touch.mark(RightState.DECLINED, "VC-04", reasons="She has a friend with her.")
    counted = RightsCount(owed=1, given=2, not_for_them=5, unjudged=4)
    assert touch.whole().rights_count == counted
    assert {row.id for row in touch.whole().rights if row.is_owed} == {"VC-02"}
    assert {row.id for row in touch.whole().rights if not row.is_judged} == {"VC-03", "VC-05", "VC-06", "VC-12"}
    assert queries.everybody(touch.by, touch.matter)[0].rights == counted
    fourth = next(row for row in touch.whole().rights if row.id == "VC-04")
    assert [mark.state for mark in fourth.marks] == [RightState.DECLINED, RightState.APPLIES]
    assert fourth.marks[0].recorded_by == "Wendy Worker"


def test_a_right_that_was_offered_does_not_become_owed_again(touch: Touch) -> None:
    touch.mark(RightState.TAKEN_UP, "VC-01")
    with pytest.raises(NotValid, match="offered already"):
        touch.mark(RightState.APPLIES, "VC-01")
    with pytest.raises(NotValid, match="which rights"):
        touch.mark(RightState.OFFERED, "VC-99")


def test_nobody_is_referred_without_consent(touch: Touch) -> None:
    ref = actions.offer_adviser(**touch.of(), adviser="isva", consented=False, words="Not now, thank you.")
    with pytest.raises(NotAllowed, match="without consent"):
        actions.make_referral(**touch.of(), referral_ref=ref, service="Willowside")
    row = touch.whole().referrals[0]
    assert (row.state, row.due_on, row.is_overdue) == (ReferralState.DECLINED, None, False)


def test_a_referral_that_is_not_made_or_not_asked_after_is_overdue(touch: Touch) -> None:
    agreed_on = touch.today - timedelta(days=14)  # Monday 9 November
    given = {**touch.of(), "on": agreed_on}
    ref = actions.offer_adviser(**given, adviser="isva", consented=True, words="Yes, please.")
    row = touch.whole().referrals[0]
    assert row.due_on == agreed_on + timedelta(days=2)  # two working days: Wednesday 11 November
    assert row.is_overdue
    assert queries.everybody(touch.by, touch.matter)[0].referrals_overdue == 1
    actions.make_referral(**{**given, "on": touch.today}, referral_ref=ref, service="Willowside")
    row = touch.whole().referrals[0]
    assert (row.state, row.is_overdue, row.due_law) == (ReferralState.REFERRED, False, "Local rule")
    actions.answer_referral(**touch.of(), referral_ref=ref, words="They met on Tuesday.")
    row = touch.whole().referrals[0]
    assert (row.state, row.due_on, row.answer) == (ReferralState.ANSWERED, None, "They met on Tuesday.")
    with pytest.raises(NotValid, match="already"):
        actions.answer_referral(**touch.of(), referral_ref=ref, words="Again.")
