"""Pairs of the wash come up for review by their schedule, and two people dispose of their words for good."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from peelian.intake import actions as intake
from peelian.intake import queries as items
from peelian.journal import queries as journal
from peelian.journal.models import SubjectKey
from peelian.matches import actions as wash
from peelian.matches import queries as matches
from peelian.matches.models import Judgement, Pair, Sighting, Source
from peelian.matches.words import GONE, subject
from peelian.people import actions as people
from peelian.retention import actions, queries, together
from peelian.retention.rows import Together
from peelian.terms.acts import RecordKind
from peelian.terms.matches import PairState
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from peelian.terms.viewer import Viewer
from peelian.vetting import actions as vetting
from peelian.vetting import queries as vetting_queries
from tests import worlds
from tests.vettings import vetted
from tests.washed import ACCOUNT, BASIS, RAPE, Washed, found, washed
from tests.worlds import Someone

pytestmark = pytest.mark.django_db
KIND = RecordKind.PAIR.value
FAR = ACCOUNT | {"sources": [one | {"basis": BASIS | {"expires_on": "2040-01-01"}} for one in ACCOUNT["sources"]]}
PAIRS = (found(), found("CR/2", **RAPE), found("CR/3", weight=1.0, band="possible"))
LATER = timedelta(days=366 * 7)


@dataclass
class Kept:
    """A wash with pairs, and two people who keep retention, on any later day."""

    made: Washed
    chief: Someone
    after: timedelta = timedelta(0)

    def at(self, who: Someone) -> Viewer:
        """That person, so much later."""
        return worlds.later(who, self.made.at + self.after)

    def said(self, who: Someone, record: str = "CR/1", **more: Any) -> dict[str, Any]:
        by = self.at(who)
        plain = {"by": by, "kind": KIND, "ref": self.made.ref(record), "reasons": "Nothing asks for it."}
        return {**plain, "on": by.today, **more}

    def due(self) -> dict[str, str]:
        rows = queries.export_due(self.at(self.made.head))
        return {row.ref: row.schedule.key for row in rows if row.kind == KIND}

    def why_not(self, record: str = "CR/1") -> list[str]:
        row = queries.retention(self.at(self.made.head), KIND, self.made.ref(record))
        return [one.reason for one in row.stands_in_the_way]

    def dispose(self, record: str = "CR/1") -> str:
        ref = self.made.ref(record)
        actions.propose(**self.said(self.made.head, record))
        actions.answer(**self.said(self.chief, record), agreed=True)
        return ref


@pytest.fixture
def kept(at: datetime) -> Kept:
    made = washed(at)
    made.take_in(*PAIRS, account=FAR)
    return Kept(made, worlds.user(at, "Cleo Chief", "chief_officer"))


def test_a_rejected_match_is_kept_until_its_schedule_ends_and_then_due(kept: Kept) -> None:
    kept.made.judged("no")
    assert kept.due() == {}
    with pytest.raises(NotAllowed, match="keeps it until 23 November 2028"):
        actions.propose(**kept.said(kept.made.head))
    kept.after = timedelta(days=731)
    assert kept.due() == {kept.made.ref(): "wash_rejected"}
    assert queries.retention(kept.at(kept.chief), KIND, kept.made.ref()).schedule.unverified


def test_what_two_people_cleared_is_kept_longer_and_what_waits_is_in_use(kept: Kept) -> None:
    kept.made.judged("no", "CR/2")
    assert "second person" in kept.why_not("CR/2")[0]
    given = {"pair_ref": kept.made.ref("CR/2"), "agreed": True, "reasons": "I read it too.", "on": kept.made.on}
    wash.answer(by=kept.made.other.viewer, **given)
    kept.after = timedelta(days=366 * 5)
    assert kept.due() == {}
    kept.after = timedelta(days=366 * 6)
    assert kept.due() == {kept.made.ref("CR/2"): "wash_cleared_by_two"}
    assert kept.why_not("CR/3") == ["Nobody decided it, and runs find it still."]


def test_two_people_dispose_of_a_pair_and_only_that_it_was_judged_stays(kept: Kept) -> None:
    kept.made.judged("no", reasons="Her sister is dealt with elsewhere.")
    assert SubjectKey.objects.filter(subject=subject(kept.made.ref())).exists()
    before = matches.run(kept.made.judge.viewer, matches.runs(kept.made.judge.viewer)[0].ref)
    kept.after = LATER
    ref = kept.made.ref()
    actions.propose(**kept.said(kept.made.head))
    with pytest.raises(NotAllowed, match="somebody else"):
        actions.answer(**kept.said(kept.made.head), agreed=True)
    assert matches.pair(kept.made.judge.viewer, ref).sides
    actions.answer(**kept.said(kept.chief), agreed=True)
    left = matches.pair(kept.made.judge.viewer, ref)
    assert (left.sides, left.words_for, left.category, left.row.record_key) == ((), (), "", "disposed of")
    assert left.disposed_on == kept.at(kept.chief).today
    assert [(one.verdict.value, one.reasons, one.by_name) for one in left.judgements] == [("no", GONE, "Vera Vale")]
    assert not SubjectKey.objects.filter(subject=subject(ref)).exists()
    assert (Judgement.objects.count(), Sighting.objects.filter(pair__ref=ref).count()) == (1, 1)
    assert matches.run(kept.made.judge.viewer, before.ref) == before, "the proof of coverage stands as it was printed"
    paper = queries.certificate(kept.at(kept.made.head), KIND, ref)
    assert (paper.schedule.key, paper.proposed.by, paper.agreed.by) == ("wash_rejected", "Hedda Head", "Cleo Chief")
    assert any("their key was destroyed" in one for one in paper.went)
    assert ref not in kept.due()
    with pytest.raises(NotAllowed, match="disposed of"):
        wash.judge(by=kept.made.judge.viewer, pair_ref=ref, verdict="yes", reasons="After all.", on=kept.made.on)


def test_nothing_personal_of_it_stands_anywhere_in_the_tables_of_the_room(kept: Kept) -> None:
    kept.made.judged("no", reasons="Her sister wyvern.")
    kept.after = LATER
    kept.dispose()
    with connection.cursor() as cursor:
        tables = [one for one in connection.introspection.table_names(cursor) if one.startswith("matches_")]
        said = ""
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")
            said += repr(cursor.fetchall())
    for gone in ("wyvern", "CR/1'", "Harassment"):
        assert gone not in said
    pair = Pair.objects.first()
    assert pair is not None
    entries = journal.entries_about(worlds.user(kept.made.at, "Au", "auditor").viewer, pair.ref)
    assert "wyvern" not in repr([journal.entry(worlds.peelian(kept.made.at), one.seq) for one in entries.rows])


def test_a_judgement_that_it_is_somebody_else_survives_its_disposal_and_says_so(kept: Kept) -> None:
    kept.made.judged("no")
    kept.after = LATER
    ref = kept.dispose()
    run = matches.run(
        kept.made.judge.viewer, kept.made.take_in(found(weight=3.0), found("CR/2", **RAPE), found("CR/3"))
    )
    assert (run.found, run.new, run.kept_away) == (3, 0, 1)
    assert Pair.objects.filter(person_key="E100").count() == 3
    assert ref not in [row.ref for row in matches.pairs(kept.made.judge.viewer, PairState.WAITING).rows]
    again = matches.run(kept.made.judge.viewer, kept.made.take_in(found(**RAPE), *PAIRS[1:], account=FAR))
    assert (again.new, again.kept_away) == (1, 0), "one person cleared it when nobody knew that it was serious"
    back = matches.pair(kept.made.judge.viewer, kept.made.ref())
    assert back.row.state is PairState.WAITING
    assert back.before is not None
    assert (back.before.ref, back.before.state) == (ref, PairState.NO)


def test_what_was_disposed_of_twice_is_known_again_each_time(kept: Kept) -> None:
    for _ in range(2):
        Source.objects.filter(source="pnd").update(expires_on=date(2026, 11, 21))
        kept.dispose("CR/3")
        kept.made.take_in(*PAIRS, account=FAR)
        back = matches.pair(kept.made.judge.viewer, kept.made.ref("CR/3"))
        assert back.before is not None, "nobody had judged it: it comes back"
    assert Pair.objects.filter(disposed_on__isnull=False).count() == 2


def basis_ended(kept: Kept) -> None:
    ended = ACCOUNT | {"sources": [{**ACCOUNT["sources"][0], "basis": BASIS | {"expires_on": "2026-11-21"}}]}
    kept.made.take_in(*PAIRS, account=ended)


def test_the_pairs_of_a_source_whose_basis_ended_go_together_by_two_people(kept: Kept) -> None:
    made, head, chief = kept.made, kept.at(kept.made.head), kept.at(kept.chief)
    assert together.ended_sources(head) == ()
    made.judged("yes", "CR/3")
    basis_ended(kept)
    [of] = together.ended_sources(head)
    assert (of.title, of.ended, of.pairs) == ("National records", date(2026, 11, 21), 3)
    found = together.bundle(head, of.workforce, of.source)
    refs = [made.ref("CR/1"), made.ref("CR/2")]
    assert sorted(ref for ref, _ in found.to_propose) == sorted(refs)
    assert found.in_the_way == ((made.ref("CR/3"), "It was judged to be them, and nobody said what follows."),)
    given = {"reasons": "It may no longer be washed.", "on": head.today}
    with pytest.raises(NotAllowed):
        together.propose_together(by=made.judge.viewer, refs=refs, **given)
    came = together.propose_together(by=head, refs=[*refs, made.ref("CR/3")], **given)
    assert came.done == tuple(refs)
    assert came.left_out == ((made.ref("CR/3"), "It was judged to be them, and nobody said what follows."),)
    now = together.bundle(head, of.workforce, of.source)
    assert now.to_answer == ()
    assert {ref for ref, _ in now.proposed} == set(refs)
    with pytest.raises(NotValid, match="somebody else must agree"):
        together.answer_together(by=head, refs=refs, agreed=True, **given)
    assert {ref for ref, _ in together.bundle(chief, of.workforce, of.source).to_answer} == set(refs)
    assert together.answer_together(by=chief, refs=refs, agreed=True, **given) == Together(tuple(refs), ())
    for ref in refs:
        paper = queries.certificate(head, KIND, ref)
        assert (paper.record_ref, paper.proposed.by, paper.agreed.by) == (ref, "Hedda Head", "Cleo Chief")
        said = [one.summary for one in journal.entries_about(worlds.peelian(made.at), ref).rows]
        assert any("agreed to a disposal" in one for one in said)
        assert not SubjectKey.objects.filter(subject=subject(ref)).exists()
    assert [one.pairs for one in together.ended_sources(head)] == [1]


def test_what_may_still_be_washed_does_not_go_with_the_rest(kept: Kept) -> None:
    by, refs = kept.at(kept.made.head), [kept.made.ref()]
    given = {"by": by, "reasons": "So.", "on": by.today}
    with pytest.raises(NotValid, match="may still be washed"):
        together.propose_together(refs=refs, **given)
    basis_ended(kept)
    with pytest.raises(NotValid, match="Choose at least one pair"):
        together.propose_together(refs=[], **given)
    with pytest.raises(NotValid, match="at most 100"):
        together.propose_together(refs=[str(number) for number in range(101)], **given)
    with pytest.raises(NotValid, match="Say why"):
        together.propose_together(refs=refs, **(given | {"reasons": " "}))
    with pytest.raises(NotFound):
        together.bundle(by, "workforce", "other")


def test_a_source_whose_basis_ended_brings_its_pairs_to_review_at_once(kept: Kept) -> None:
    basis_ended(kept)
    assert set(kept.due().values()) == {"wash_basis_ended"}
    assert len(kept.due()) == 3


def test_pairs_of_somebody_who_left_long_ago_and_what_no_run_finds_are_due(kept: Kept) -> None:
    kept.made.take_in(found(), account=FAR)
    kept.after = timedelta(days=367)
    assert set(kept.due().values()) == {"wash_not_found"}
    people.leave_service(by=worlds.peelian(kept.made.at), person_ref=kept.made.officer, on=kept.made.on)
    kept.after = LATER
    assert kept.due()[kept.made.ref()] == "wash_left"


def test_a_result_is_kept_while_what_followed_is_open_and_while_they_serve(kept: Kept) -> None:
    kept.made.judged("yes")
    assert "nobody said what follows" in kept.why_not()[0]
    given = {"pair_ref": kept.made.ref(), "result": "vetting_review", "reasons": "On duty.", "on": kept.made.on}
    item = wash.give_result(by=kept.made.judge.viewer, **given)
    assert f"waits at intake: {item}" in kept.why_not()[0]
    intake.log_with_reasons(by=worlds.peelian(kept.made.at), item_ref=item, reasons="Done.", on=kept.made.on)
    assert items.item(kept.made.head.viewer, item)
    assert kept.why_not() == []
    kept.after = timedelta(days=366 * 6)
    assert kept.due() == {kept.made.ref(): "wash_result_closed"}
    with pytest.raises(NotAllowed, match="keeps it until"):
        actions.propose(**kept.said(kept.made.head))


def test_a_legal_hold_and_a_rule_that_rests_on_it_stop_a_disposal(kept: Kept) -> None:
    brother = {"marks": ("PNC71123456A",)}
    kept.made.take_in(found(**brother), *PAIRS[1:], account=FAR)
    kept.made.judged("no")
    rule = {"pair_ref": kept.made.ref(), "mark": "PNC71123456A", "on": kept.made.on}
    wash.never_the_same(by=kept.made.judge.viewer, reasons="Her brother bears it.", **rule)
    kept.after = LATER
    assert kept.due()[kept.made.ref()] == "wash_never_rule"
    with pytest.raises(NotAllowed, match="rule of never the same"):
        actions.propose(**kept.said(kept.made.head))
    wash.ask_to_lift(by=kept.made.judge.viewer, reasons="It is not needed.", **rule)
    wash.answer_lift(by=kept.made.other.viewer, reasons="I agree.", agreed=True, **rule)
    actions.hold(**kept.said(kept.chief, reasons="A claim was brought."))
    with pytest.raises(NotAllowed, match="legal hold"):
        actions.propose(**kept.said(kept.made.head))
    actions.lift(**kept.said(kept.chief))
    kept.dispose()
    assert matches.rules(kept.made.judge.viewer)[0].mark == GONE


def test_an_open_review_of_clearance_and_what_comes_of_it_stop_a_disposal(kept: Kept) -> None:
    made = kept.made
    vets = replace(vetted(made.at, family="Other"), person=made.officer)
    granted = vets.cleared()
    made.judged("yes", "CR/2")
    [vets.ref] = vetting.open_raised(by=worlds.peelian(made.at), on=made.on, pair_ref=made.ref("CR/2"))
    made.judged("no", "CR/2", reasons="It was her sister.")
    wash.answer(by=made.other.viewer, pair_ref=made.ref("CR/2"), agreed=True, reasons="I read both.", on=made.on)
    assert kept.why_not("CR/2") == ["A review of clearance that came of it is open."]
    made.judged("no")
    assert kept.why_not() == ["An application for clearance of whoever it is about is open."]
    kept.after = LATER
    with pytest.raises(NotAllowed, match="review of clearance"):
        actions.propose(**kept.said(made.head, "CR/2"))
    kept.after = timedelta(0)
    vets.answered()
    vets.recommends("assess")
    vets.decides("assess")
    given = {"clearance_ref": granted, "application_ref": vets.ref, "words": "What was found.", "on": made.on}
    withdrawal = vetting.open_withdrawal(by=vets.officer.viewer, **given)
    assert kept.why_not("CR/2") == ["A withdrawal of clearance that came of it has not ended."]
    assert kept.why_not() == []
    ends = {"withdrawal_ref": withdrawal, "step": "no_assessment", "words": "It was her sister.", "on": made.on}
    vetting.take(by=vets.manager.viewer, **ends)
    assert kept.why_not("CR/2") == []


def test_an_application_that_a_hidden_matter_raised_is_not_told_of(kept: Kept) -> None:
    made = kept.made
    made.judged("no")
    by, vets = worlds.peelian(made.at), replace(vetted(made.at, family="Other"), person=made.officer)
    hidden = worlds.open_complaint(by, made.on, officers=[made.officer], complainants=[made.head.ref])
    vets.asks(by=by, matter_ref=hidden)
    assert kept.why_not() == [], "the head may not know of the matter"
    whole = vetting_queries.rests_on(by, made.ref(), matches.ended_pair(by, made.ref()).person_id)
    assert whole == ("An application for clearance of whoever it is about is open.",)


def test_a_pair_behind_a_wall_is_neither_due_nor_disposable(kept: Kept, at: datetime) -> None:
    kept.made.judged("no")
    kept.after = LATER
    ada = worlds.user(at, "Ada Shaw", "head_of_professional_standards", person_ref=kept.made.officer)
    assert not [row for row in queries.export_due(kept.at(ada)) if row.kind == KIND]
    with pytest.raises(NotFound):
        actions.propose(**kept.said(ada))
    assessor = worlds.user(at, "Asa Sessor", "assessor")
    with pytest.raises(NotAllowed):
        actions.propose(**kept.said(assessor))


def test_many_pairs_cost_few_statements(kept: Kept, django_assert_max_num_queries: Any) -> None:
    kept.made.take_in(*(found(f"CR/{number}") for number in range(40)), account=FAR)
    for number in range(40):
        kept.made.judged("no", f"CR/{number}")
    kept.after = LATER
    with django_assert_max_num_queries(32):
        assert len(kept.due()) == 40
