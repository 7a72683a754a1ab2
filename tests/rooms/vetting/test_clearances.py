"""Applications, sources and clearances: what is asked and silent, who sees what, where clearance stands on a day."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from peelian.people import actions as people
from peelian.terms.pages import Sort
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from peelian.terms.vetting import ClearanceState, Said, SourceState
from peelian.vetting import actions, queries
from peelian.vetting.loading import ElsewhereFacts, grant_elsewhere
from tests import worlds
from tests.lessons.cases import conduct_case
from tests.second_looks import seed_for
from tests.statements import counted
from tests.vettings import Vetted, vetted

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(at: datetime) -> Vetted:
    return vetted(at)


def test_the_silence_of_another_force_shows_as_a_fact_with_its_days(made: Vetted) -> None:
    made.asks(on=made.on - timedelta(days=40))
    made.says("psd", Said.ASKED, "Southby", on=made.on - timedelta(days=30), to_whom="Southby, professional standards")
    made.says("psd", Said.CHASED, "Southby", on=made.on - timedelta(days=2))
    [silent] = [one for one in made.row.sources if one.state is SourceState.SILENT]
    assert (silent.words.endswith(", Southby"), silent.waits_days, len(silent.said)) == (True, 30, 2)
    [line] = queries.applications(made.officer.viewer).rows
    assert (line.silent, line.oldest_days, line.settled, line.stage) == (1, 30, 0, "Sources are asked")
    assert actions.ask_all(by=made.officer.viewer, application_ref=made.ref, on=made.on) == len(made.row.sources) - 1
    assert {one.state for one in made.row.sources} == {SourceState.SILENT}


def test_an_answer_given_before_it_was_asked_again_does_not_stand(made: Vetted) -> None:
    made.asks()
    made.says("pnc")
    made.says("pnc", Said.CHASED)
    assert made.row.sources[0].state is SourceState.SILENT


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"said": Said.ANSWERED, "found": None}, "found"),
        ({"said": Said.ANSWERED, "found": True}, "reference"),
        ({"said": Said.EXPLAINED, "words": " "}, "words"),
    ],
)
def test_what_is_said_of_a_source_is_complete(made: Vetted, said: dict[str, object], field: str) -> None:
    made.asks()
    with pytest.raises(NotValid) as refused:
        made.says("pnc", **said)  # type: ignore[arg-type]  # words of the parameters
    assert refused.value.field == field


def test_each_kind_of_information_is_kept_apart_with_what_its_test_needs(made: Vetted) -> None:
    made.asks()
    with pytest.raises(NotValid, match="How source and content were graded"):
        made.informs("intelligence", provenance="A source")
    made.informs("intelligence", provenance="A source", grade="B2")
    made.informs("finding", found_by="Magistrates", found_on="2015")
    made.informs("risk", basis="Debts of a year's pay", judged_by="A vetting officer")
    kinds = {one.kind: one for one in made.row.against}
    assert set(kinds) == {"Intelligence", "Finding", "Risk judgement"}
    assert len({one.test for one in kinds.values()}) == 3
    assert dict(kinds["Intelligence"].details)["How source and content were graded"] == "B2"


def test_controls_need_a_day_of_review_and_a_refusal_says_on_whom_it_falls(made: Vetted) -> None:
    made.asks()
    made.answered()
    with pytest.raises(NotValid, match="which controls"):
        made.recommends("grant_controls", controls=())
    with pytest.raises(NotValid, match="a day to come"):
        made.recommends("grant_controls", controls=(("None alone.", made.on),))
    with pytest.raises(NotValid, match="more heavily"):
        made.recommends("refuse", disparity="")
    with pytest.raises(NotValid, match="it can only be “Grant clearance”"):
        made.recommends("refuse", heads=())


def test_where_clearance_stands_on_a_day(made: Vetted) -> None:
    ref = made.cleared()
    held = queries.clearance(made.officer.viewer, ref)
    assert (held.state, held.expires_on) == (
        ClearanceState.HELD,
        date(made.on.year + 10, made.on.month, made.on.day - 1),
    )
    assert held.unverified
    assert held.review_due is not None
    late = worlds.later(made.officer, made.at + timedelta(days=366 * 10))
    assert queries.clearance(late, ref).state is ClearanceState.EXPIRED
    people.leave_service(by=worlds.peelian(made.at), person_ref=made.person, on=made.on)
    assert queries.clearance(made.officer.viewer, ref).state is ClearanceState.ENDED


def test_a_control_is_reviewed_and_ended(made: Vetted) -> None:
    ref = made.cleared(outcome="grant_controls")
    given = {"application_ref": made.ref, "number": 1, "on": made.on}
    again = made.on + timedelta(days=10)
    actions.review_control(by=made.officer.viewer, words="Kept.", next_on=again, **given)
    assert queries.clearance(made.officer.viewer, ref).controls[0].next_on == again
    [duty] = [one for one in queries.board(made.officer.viewer).duties if "control" in one.what]
    assert (duty.due_on, duty.is_overdue) == (again, False)
    with pytest.raises(NotAllowed):
        actions.review_control(by=made.officer.viewer, words="Ended.", next_on=None, **given)
    actions.review_control(by=made.manager.viewer, words="Ended.", next_on=None, **given)
    assert queries.clearance(made.officer.viewer, ref).state is ClearanceState.HELD
    with pytest.raises(NotValid, match="has ended"):
        actions.review_control(by=made.manager.viewer, words="Again.", next_on=again, **given)


def test_the_annual_review_falls_due_and_may_open_a_review(made: Vetted) -> None:
    ref = made.cleared()
    later = worlds.later(made.officer, made.at + timedelta(days=370))
    [duty] = [one for one in queries.board(later).duties if one.clock == "VET-05"]
    assert (duty.is_overdue, duty.law.startswith("Vetting APP")) == (True, True)
    opened = actions.review_year(by=later, clearance_ref=ref, words="Debts came up.", raises=True, on=later.today)
    assert [one for one in queries.board(later).duties if one.clock == "VET-05"] == []
    row = queries.application(later, opened)
    assert (row.purpose.key, row.trigger, row.areas) == (
        "review",
        "Annual integrity and vetting review",
        ("Northbeck", "Southby"),
    )


def test_who_is_in_post_without_clearance_stands_by_risk_sensitive_work_first(made: Vetted) -> None:
    """None on record, then the longest without; a level that is not enough last; all of it after sensitive work."""
    by, old = worlds.peelian(made.at), date(2016, 1, 1)
    units = {name: worlds.unit(made.at, name) for name in ("Stores", "Holmbridge Custody")}
    posts = (
        ("Ames", "Clerk", "Stores", None),
        ("Bell", "Clerk", "Stores", date(2026, 10, 1)),
        ("Cole", "Clerk", "Stores", date(2026, 3, 1)),
        ("Dunn", "Clerk", "Stores", "BPSS"),
        ("Else", "Gaoler", "Holmbridge Custody", date(2026, 11, 1)),
        ("Ford", "Firearms officer", "Stores", None),
    )
    for family, title, unit, ended in posts:
        ref = worlds.officer(made.at, family)
        people.post_to(by=by, person_ref=ref, unit_ref=units[unit], title=title, on=made.on)
        if ended:
            level, last = ("BPSS", None) if ended == "BPSS" else ("RV", ended)
            fact = ElsewhereFacts(worlds.key(made.at, ref), level, old, last, "Southby Police", False)
            grant_elsewhere(by=by, facts=[fact], load_ref="PL-1")
    rows = [
        row
        for row in queries.in_post(made.officer.viewer).rows
        if row.person.name.split()[-1] in {one[0] for one in posts}
    ]
    assert [row.person.name.split()[-1] for row in rows] == ["Ford", "Else", "Ames", "Cole", "Bell", "Dunn"]
    assert [row.sensitive for row in rows[:3]] == ["Firearms", "Vulnerable people", ""]
    assert [row.since for row in rows[1:5]] == [date(2026, 11, 1), None, date(2026, 3, 1), date(2026, 10, 1)]
    named = queries.in_post(made.officer.viewer, Sort("name")).rows
    assert [row.person.name.split()[-1] for row in named if row in rows] == [
        "Ames",
        "Bell",
        "Cole",
        "Dunn",
        "Else",
        "Ford",
    ]


def test_people_in_post_without_clearance_stand_in_one_list_with_their_work(made: Vetted) -> None:
    unit = worlds.unit(made.at, "Custody")
    people.post_to(by=worlds.peelian(made.at), person_ref=made.person, unit_ref=unit, title="Gaoler", on=made.on)
    rows = {one.person.ref: one for one in queries.in_post(made.officer.viewer).rows}
    assert (rows[made.person].work, rows[made.person].why) == ("Gaoler", "No clearance on record")
    made.cleared("NPPV3")
    rows = {one.person.ref: one for one in queries.in_post(made.officer.viewer).rows}
    assert rows[made.person].why == "NPPV3 is not enough for this post"
    made.cleared()
    assert made.person not in {one.person.ref for one in queries.in_post(made.officer.viewer).rows}
    late = worlds.later(made.officer, made.at + timedelta(days=366 * 10))
    rows = {one.person.ref: one for one in queries.in_post(late).rows}
    assert rows[made.person].why.endswith(": expired")


def test_vetting_is_for_those_who_vet_and_never_about_oneself(made: Vetted) -> None:
    made.asks()
    with pytest.raises(NotAllowed):
        queries.application(worlds.user(made.at, "Ivo Ines", "investigator").viewer, made.ref)
    with pytest.raises(NotFound):
        made.asks(person_ref=made.officer.ref)
    both = worlds.user(made.at, "Ada Shaw", "vetting_manager", person_ref=made.person)
    with pytest.raises(NotFound):
        queries.application(both.viewer, made.ref)
    with pytest.raises(NotAllowed):
        made.asks(by=made.chief.viewer)
    with pytest.raises(NotAllowed, match="open already"):
        made.asks()


def test_an_application_that_ended_takes_nothing_more(made: Vetted) -> None:
    made.asks()
    actions.close(by=made.officer.viewer, application_ref=made.ref, words="Took another job.", on=made.on)
    assert queries.applications(made.officer.viewer).total == 0
    with pytest.raises(NotAllowed, match="has ended"):
        made.says("pnc")


def test_an_application_is_read_in_so_many_statements(made: Vetted) -> None:
    made.asks()
    made.answered()
    handler = worlds.user(made.at, "Hans Handler", "assessor").viewer
    worlds.open_complaint(handler, date(2024, 1, 1), officers=[made.person])
    with counted() as few:
        queries.application(made.officer.viewer, made.ref)
    for number in range(3):
        worlds.open_complaint(handler, date(2024, 2, 1 + number), officers=[made.person])
    with counted() as many:
        assert len(queries.application(made.officer.viewer, made.ref).against) == 4
    assert len(many) == len(few)


def test_a_severity_assessment_of_gross_misconduct_asks_for_a_review_from_that_minute(made: Vetted) -> None:
    made.cleared()
    case = conduct_case(made.at, officer=made.person)
    assessor = case.by("assessor")
    case.refer_or_not(assessor)
    case.read(assessor)
    assert queries.raised(made.officer.viewer) == ()
    given: dict[str, Any] = {
        "person_key": made.person,
        "yes": ["justifies_dismissal", "justifies_action", "below_expected"],
    }
    decision = case.decide(assessor, "severity", "gross_misconduct", **given)
    assert queries.raised(made.officer.viewer) == ()
    case.sign(case.by("supervisor"), decision)
    [row] = queries.raised(made.officer.viewer)
    assert (row.person.ref, row.matter_ref, row.on) == (made.person, case.ref, made.on)
    assert "Gross misconduct" in row.what
    assert queries.board(made.officer.viewer).raised == (row,)
    made.asks("review", matter_ref=case.ref, trigger="allegation")
    assert queries.raised(made.officer.viewer) == ()
    assert made.row.matter_ref == case.ref


def test_what_was_weighed_of_a_matter_is_hidden_from_whoever_may_not_see_the_matter(made: Vetted) -> None:
    kept_out = worlds.user(made.at, "Kit Keptout", "vetting_manager")
    handler = worlds.user(made.at, "Hans Handler", "assessor").viewer
    worlds.open_complaint(handler, date(2024, 1, 1), officers=[made.person], complainants=[kept_out.ref])
    made.asks()
    made.informs()
    made.answered()
    made.recommends("grant_controls")
    seen, hidden = made.row, queries.application(kept_out.viewer, made.ref)
    assert seen.recommendation is not None
    assert hidden.recommendation is not None
    assert [len(one.against) for one in (seen, hidden)] == [2, 1]
    assert [one.title for one in hidden.recommendation.weights] == ["They were violent at home."]
    assert len(seen.recommendation.weights) == 2


def test_random_re_vetting_draws_once_a_month_by_a_seed_and_opens_reviews(made: Vetted) -> None:
    clearance = made.cleared()
    seed = seed_for(clearance, 1)
    given: dict[str, Any] = {"by": made.manager.viewer, "month": made.on, "on": made.on}
    with pytest.raises(NotAllowed):
        actions.draw(**{**given, "by": made.officer.viewer}, seed=seed)
    [opened] = actions.draw(seed=seed, **given)
    row = queries.application(made.officer.viewer, opened)
    assert (row.purpose.key, row.trigger, row.line.person.ref) == ("review", "Mandatory random re-vetting", made.person)
    with pytest.raises(NotValid, match="drawn already"):
        actions.draw(seed=seed, **given)
    later = worlds.later(made.manager, made.at + timedelta(days=40))
    assert actions.draw(by=later, month=later.today, seed=seed, on=later.today) == ()  # looked at already
    assert [(one.drawn, one.of, one.seed) for one in queries.lots(later)] == [(0, 1, seed), (1, 1, seed)]


def test_a_refusal_against_a_recommendation_stands_for_good_beside_what_was_granted(made: Vetted) -> None:
    made.asks()
    made.answered()
    made.recommends("grant")
    made.decides("refuse", by=made.chief, reasons="They lied at the interview.")
    [row] = queries.overrides(made.officer.viewer)
    assert (row.application_ref, row.recommended, row.decided) == (made.ref, "Grant clearance", "Refuse clearance")
    matter = worlds.open_complaint(worlds.peelian(made.at), made.on, officers=[made.person])
    made.cleared()
    made.asks("review", matter_ref=matter)
    made.answered()
    made.recommends("retain")
    made.decides("retain_controls", by=made.chief, controls=(("No cash.", made.on + timedelta(days=9)),))
    assert [one.decided for one in queries.overrides(made.officer.viewer)][:1] == ["Keep clearance, with controls"]
