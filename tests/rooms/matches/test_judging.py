"""What people make of the pairs of a wash: yes, no, unsure, never the same, two where a serious one is cleared."""

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from peelian.intake import queries as intake
from peelian.journal.queries import entries_about
from peelian.matches import actions, queries
from peelian.matches.models import Judgement, Pair, Sighting
from peelian.matches.results import choices_for, result_kinds
from peelian.terms.matches import PairState
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from peelian.walls import actions as walls
from tests import worlds
from tests.washed import RAPE, Washed, found, washed

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(at: datetime) -> Washed:
    return washed(at, [found()])


def test_a_judgement_stands_through_every_later_run_and_is_journalled(made: Washed) -> None:
    assert made.judged("no", reasons="Born in another town; her brother was dealt with.") is PairState.NO
    made.take_in(found(weight=4.0, band="probable"))
    made.take_in()
    made.take_in(found(weight=12.0))
    seen = queries.pair(made.judge.viewer, made.ref())
    assert seen.row.state is PairState.NO
    assert [(one.weight, one.is_gone) for one in seen.seen] == [(9.5, False), (4.0, False), (4.0, True), (12.0, False)]
    assert seen.weighs_otherwise, "9.5 bits when it was judged, 12 now"
    assert [one.reasons for one in seen.judgements] == ["Born in another town; her brother was dealt with."]
    entry = entries_about(worlds.peelian(made.at), made.ref()).rows[0]
    assert entry.summary == "judged a pair of the wash"
    assert "brother" not in entry.summary + entry.reason, "what was said stands apart, under the person's key"


def test_a_rejected_match_is_kept_and_nothing_of_it_can_be_changed(made: Washed) -> None:
    made.judged("no")
    for model in (Judgement, Sighting):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.update(pair=None)
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.all().delete()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"verdict": "perhaps"}, "verdict"),
        ({"reasons": "  "}, "reasons"),
        ({"on": date(2027, 1, 1)}, "on"),
        ({"last": 3}, "verdict"),
    ],
)
def test_what_cannot_stand_is_refused(made: Washed, said: dict[str, object], field: str) -> None:
    with pytest.raises(NotValid) as refused:
        made.judged(**({"verdict": "yes"} | said))  # type: ignore[arg-type]  # a table of odd words
    assert refused.value.field == field
    assert not Judgement.objects.exists()


def test_a_serious_record_is_cleared_by_two_people(made: Washed) -> None:
    made.take_in(found(), found("CR/2", **RAPE))
    assert made.judged("no", "CR/2") is PairState.SECOND
    assert made.judged("no") is PairState.NO, "harassment is no offence of the kind"
    given = {"pair_ref": made.ref("CR/2"), "agreed": True, "reasons": "I read it too.", "on": made.on}
    with pytest.raises(NotAllowed, match="Somebody else must agree") as refused:
        actions.answer(by=made.judge.viewer, **given)
    assert "LES-11" in refused.value.refusal.law
    with pytest.raises(NotValid, match="second person"):
        made.judged("yes", "CR/2", made.other)
    assert [row.ref for row in queries.waiting_for_second(made.other.viewer)] == [made.ref("CR/2")]
    assert queries.waiting_for_second(made.judge.viewer) == ()
    assert actions.answer(by=made.other.viewer, **(given | {"agreed": False})) is PairState.WAITING
    made.judged("no", "CR/2")
    assert actions.answer(by=made.other.viewer, **given) is PairState.NO
    seen = queries.pair(made.judge.viewer, made.ref("CR/2"))
    assert [one.second_agreed for one in seen.judgements] == [False, True]


def test_what_one_person_cleared_waits_again_when_it_turns_out_serious(made: Washed) -> None:
    made.judged("no")
    made.take_in(found(**RAPE))
    assert queries.pair(made.judge.viewer, made.ref()).row.state is PairState.WAITING


def test_never_the_same_rules_out_what_bears_the_number_but_nothing_serious(made: Washed) -> None:
    brother = {"marks": ("PNC71123456A",)}
    made.take_in(found(**brother), found("CR/2", **brother), found("CR/3"))
    rule = {"pair_ref": made.ref(), "mark": "PNC71123456A", "reasons": "Her brother bears it.", "on": made.on}
    with pytest.raises(NotValid, match="First judge"):
        actions.never_the_same(by=made.judge.viewer, **rule)
    made.judged("no")
    assert actions.never_the_same(by=made.judge.viewer, **rule) == 1
    now = {**brother, **RAPE}
    made.take_in(*(found(key, **brother) for key in ("CR/1", "CR/2", "CR/4")), found("CR/3"), found("CR/5", **now))
    states = {row.record_key: row.state for row in Pair.objects.all()}
    assert states == {"CR/1": "no", "CR/2": "ruled_out", "CR/3": "waiting", "CR/4": "ruled_out", "CR/5": "waiting"}
    assert queries.pair(made.judge.viewer, made.ref("CR/4")).ruled_by == "Her brother bears it."
    assert made.judged("yes", "CR/4") is PairState.YES, "a person may always judge what a rule put away"


def test_what_a_judgement_leads_to_is_an_intake_item_with_an_owner_and_a_day(made: Washed) -> None:
    given = {"pair_ref": made.ref(), "result": "disciplinary_investigation", "reasons": "On duty.", "on": made.on}
    with pytest.raises(NotValid, match="First judge"):
        actions.give_result(by=made.judge.viewer, **given)
    made.judged("yes")
    item = intake.item(made.head.viewer, actions.give_result(by=made.judge.viewer, **given))
    assert item.row.owner is not None
    assert item.row.owner.name == "Hedda Head"
    assert "Shaw" in item.words
    assert "On duty." in item.words
    result = queries.pair(made.judge.viewer, made.ref()).judgements[-1].result
    assert result is not None
    assert (result.due_on, result.item_ref) == (made.on + timedelta(days=5), item.row.ref)
    with pytest.raises(NotValid, match="recorded already"):
        actions.give_result(by=made.judge.viewer, **given)


def test_no_further_action_on_a_serious_record_is_read_at_intake_by_somebody_else(made: Washed) -> None:
    made.take_in(found(), found("CR/2", **RAPE))
    given = {"result": "no_further_action", "reasons": "It was dealt with.", "on": made.on}
    for key in ("CR/1", "CR/2"):
        made.judged("yes", key)
    assert actions.give_result(by=made.judge.viewer, pair_ref=made.ref(), **given) == ""
    item = intake.item(made.head.viewer, actions.give_result(by=made.judge.viewer, pair_ref=made.ref("CR/2"), **given))
    assert "No further action" in item.words


def test_a_victims_record_leads_to_support_or_to_nothing_and_an_associates_to_no_investigation() -> None:
    assert {one.key for one in choices_for("welfare", "person")} == {"welfare", "no_further_action"}
    assert not {one.key for one in choices_for("integrity", "association")} & {
        "criminal_investigation",
        "disciplinary_investigation",
    }
    assert {one.key for one in choices_for("integrity", "person")} == set(result_kinds()) - {"welfare"}


def test_a_victims_record_never_leads_to_discipline(made: Washed) -> None:
    made.take_in(found(purpose="welfare", part="victim"))
    made.judged("yes")
    given = {"pair_ref": made.ref(), "reasons": "She was not told.", "on": made.on}
    with pytest.raises(NotValid, match="Choose what follows"):
        actions.give_result(by=made.judge.viewer, result="disciplinary_investigation", **given)
    assert actions.give_result(by=made.judge.viewer, result="welfare", **given)


def test_nobody_sees_or_judges_a_pair_about_themselves_or_somebody_they_are_tied_to(made: Washed, at: datetime) -> None:
    ada = worlds.user(at, "Ada Shaw", "vetting_officer", person_ref=made.officer)
    boss = worlds.user(at, "Bo Boss", "vetting_officer")
    walls.tie_many(pairs=[(boss.person_id, worlds.key(at, made.officer))], ground="line_manager", on=date(2020, 1, 1))
    for viewer in (ada.viewer, worlds.later(boss, at)):
        assert queries.pairs(viewer).total == 0
        assert queries.left(viewer).total == 0
        with pytest.raises(NotFound):
            queries.pair(viewer, made.ref())
        with pytest.raises(NotFound):
            actions.judge(by=viewer, pair_ref=made.ref(), verdict="no", reasons="It is not me.", on=made.on)
    assert queries.pairs(made.judge.viewer).total == 1


def test_who_only_reads_judges_nothing(made: Washed, at: datetime) -> None:
    reader = worlds.user(at, "Ann Lyst", "analyst").viewer
    assert queries.pairs(reader).total == 1
    with pytest.raises(NotAllowed, match="does not let you judge"):
        actions.judge(by=reader, pair_ref=made.ref(), verdict="no", reasons="No.", on=made.on)
    nobody = worlds.user(at, "Cam Handler", "complaint_handler").viewer
    assert (queries.pairs(nobody).total, queries.runs(nobody)) == (0, ())


def ruled(made: Washed) -> dict[str, object]:
    """A rule on CR/1 that put CR/2 away; what its lifting is called with."""
    made.take_in(found(marks=("PNC1",)), found("CR/2", marks=("PNC1", "PNC2")))
    made.judged("no")
    given = {"pair_ref": made.ref(), "mark": "PNC1", "on": made.on}
    actions.never_the_same(by=made.judge.viewer, reasons="Her twin.", **given)  # type: ignore[arg-type]  # by name
    assert Pair.objects.get(record_key="CR/2").state == PairState.RULED_OUT
    return given | {"reasons": "The twin never had that number."}


def test_a_rule_is_lifted_by_two_people_and_what_it_put_away_waits_again(made: Washed) -> None:
    given = ruled(made)
    actions.ask_to_lift(by=made.judge.viewer, **given)  # type: ignore[arg-type]  # as above
    with pytest.raises(NotValid, match="already"):
        actions.ask_to_lift(by=made.other.viewer, **given)  # type: ignore[arg-type]  # as above
    with pytest.raises(NotAllowed, match="Somebody else must agree"):
        actions.answer_lift(by=made.judge.viewer, agreed=True, **given)  # type: ignore[arg-type]  # as above
    row = queries.rules(made.other.viewer)[0]
    assert (row.may_answer, row.may_ask, row.lifted) == (True, False, "")
    assert actions.answer_lift(by=made.other.viewer, agreed=True, **given) == 1  # type: ignore[arg-type]  # as above
    assert queries.rules(made.judge.viewer)[0].lifted
    made.take_in(found(marks=("PNC1",)), found("CR/2", marks=("PNC1", "PNC2"), weight=3.0))
    assert queries.pair(made.judge.viewer, made.ref("CR/2")).row.state is PairState.WAITING
    assert queries.pair(made.judge.viewer, made.ref()).row.state is PairState.NO, "what a person judged stays"


def test_a_rule_that_the_second_person_lets_stand_stands(made: Washed) -> None:
    given = ruled(made)
    actions.ask_to_lift(by=made.judge.viewer, **given)  # type: ignore[arg-type]  # as above
    assert actions.answer_lift(by=made.other.viewer, agreed=False, **given) == 0  # type: ignore[arg-type]  # as above
    assert queries.pair(made.judge.viewer, made.ref("CR/2")).ruled_by == "Her twin."
    with pytest.raises(NotValid, match="Nobody asked"):
        actions.answer_lift(by=made.other.viewer, agreed=True, **given)  # type: ignore[arg-type]  # as above
    with pytest.raises(NotValid, match="stands already"):
        actions.never_the_same(by=made.judge.viewer, **given)  # type: ignore[arg-type]  # as above
    with pytest.raises(NotValid, match="No rule that stands"):
        actions.ask_to_lift(by=made.judge.viewer, **(given | {"mark": "PNC2"}))  # type: ignore[arg-type]  # as above
    assert queries.rules(worlds.user(made.at, "Cam Handler", "complaint_handler").viewer) == ()


def test_what_another_rule_rules_out_stays_ruled_out(made: Washed) -> None:
    given = ruled(made)
    made.take_in(found(marks=("PNC1", "PNC2")), found("CR/2", marks=("PNC1", "PNC2")))
    second = {"pair_ref": made.ref(), "mark": "PNC2", "reasons": "Also his.", "on": made.on}
    actions.never_the_same(by=made.judge.viewer, **second)  # type: ignore[arg-type]  # as above
    actions.ask_to_lift(by=made.judge.viewer, **given)  # type: ignore[arg-type]  # as above
    assert actions.answer_lift(by=made.other.viewer, agreed=True, **given) == 0  # type: ignore[arg-type]  # as above


@pytest.mark.parametrize("key", sorted(result_kinds()))
def test_each_result_has_an_owner_and_a_day_until_somebody_assesses_it(made: Washed, key: str) -> None:
    """Welfare is for a victim's record alone; no further action waits for nobody."""
    kind = result_kinds()[key]
    purpose = kind.purposes[0]
    made.take_in(found("CR/5", purpose=purpose, part="victim" if purpose == "welfare" else "suspect"))
    made.judged("yes", "CR/5")
    given = {"pair_ref": made.ref("CR/5"), "result": key, "reasons": "As I read it.", "on": made.on}
    item = actions.give_result(by=made.judge.viewer, **given)
    owed = queries.owed(made.judge.viewer)
    assert bool(item) is kind.to_intake is bool(owed)
    for row in owed:
        assert (row.title, row.item_ref, row.owner) == (kind.title, item, "Hedda Head")
        assert row.due_on == made.on + timedelta(days=kind.within_days)
        assert not row.is_late
        late = worlds.later(made.judge, made.at + timedelta(days=kind.within_days + 1))
        assert queries.owed(late)[0].is_late
