"""The rows of the steps leave nothing out: every event, every outcome code, every way through, each said truly."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

import pytest

from peelian import statute
from peelian.clocks.recordable import NOT_BY_HAND
from peelian.statute import Option, Per, Step
from peelian.statute.citations import provisions
from peelian.statute.loading import forms_of
from peelian.statute.step_rows import OUTCOMES, STAGES
from peelian.terms.matters import MatterKind
from peelian.terms.people import PersonKind
from peelian.terms.permissions import Permission

LAW = statute.product()
FORMS = forms_of(LAW.instruments)
STEPS = tuple(LAW.steps.values())
OF_OTHER_ROOMS = ("VET-", "INF-", "PAT-04")
RECORDED_BY_OPENING_A_MATTER = {"complaint_received", "complaint_recorded"}
RECORDED_OTHERWISE = {
    "joint_view_recorded": "by recording the joint view, which is no step",
    "further_matter": "computed for whoever looks, and never stored",
    "unresolved_match_known": "by whoever learns of the match",
}
SERVES = tuple(kind for kind in PersonKind if kind.serves)
MEANT_TWICE = {  # an event that two steps record for the same person: why
    "accelerated_hearing_published": "the chair does not require it, or the notice went out",
    "outcome_decided": "whichever decision ends the handling",
    "handling_started": "a matter of an outside file was never opened here",
    "local_investigation_started": "by the force's own decision, or by the IOPC's",
    "dismissed": "a hearing, a finding against a former officer, or the last stage of performance procedures",
    "appeal_determined": "with an appeal meeting, or without one where no ground is arguable",
    "referred_to_hearing": "an officer who serves, or one who has left",
    "review_determination_made": "no further action carries a review by itself; any other outcome is looked at",
}


def options() -> Iterator[tuple[Step, Option]]:
    return ((step, option) for step in STEPS for option in step.options)


def recorded(option: Option) -> set[str]:
    return {*option.events, *option.events_again}


def test_every_stage_has_steps() -> None:
    assert list(dict.fromkeys(step.stage for step in STEPS)) == list(STAGES)


def test_every_event_that_casework_drives_is_recorded_by_some_outcome() -> None:
    clocks: dict[str, set[str]] = {}
    for drive in LAW.drives.values():
        for key in (*drive.starts, *drive.met_by, *drive.ended_by, *drive.reset_by):
            clocks.setdefault(key, set()).add(drive.clock)
    later = {key for key, found in clocks.items() if all(clock.startswith(OF_OTHER_ROOMS) for clock in found)}
    of_the_force = {event.key for event in LAW.events.values() if "force" in event.kinds}
    wanted = set(LAW.events) - later - of_the_force - NOT_BY_HAND - RECORDED_BY_OPENING_A_MATTER
    wanted -= set(RECORDED_OTHERWISE)
    assert wanted - {key for _, option in options() for key in recorded(option)} == set()


def test_every_code_of_the_outcome_tables_is_an_outcome_of_some_step() -> None:
    rows = [row for found in LAW.sections.values() for row in found if row.table == OUTCOMES and "code" in row.fields]
    assert len(rows) > 40
    assert {row.key for row in rows} - {option.code for _, option in options()} == set()


def test_an_outcome_is_open_no_earlier_and_no_later_than_its_code() -> None:
    rows = {row.key: row for found in LAW.sections.values() for row in found if row.table == OUTCOMES}
    starts = {edition.key: edition.in_force_from for edition in LAW.scheme}
    for step, option in options():
        row = rows.get(option.code)
        if row is None:
            continue
        name = f"{step.key}={option.key}"
        if row.in_force_to is not None:
            assert option.editions, name
            assert all(starts[edition] < row.in_force_to for edition in option.editions), name
        if "allowed_from" in row.fields:
            assert option.from_on == row.in_force_from, name


def test_every_edition_named_is_one_of_the_scheme() -> None:
    known = {edition.key for edition in LAW.scheme}
    assert {key for _, option in options() for key in option.editions} <= known


@lru_cache
def reached(kind: str, worker: PersonKind, edition: str) -> tuple[set[str], set[str]]:
    """Steps and `step=option`s that can be taken in some order, for one kind of matter and worker."""
    steps: set[str] = set()
    taken: set[str] = set()
    while True:
        before = len(taken), len(steps)
        for step in STEPS:
            of_the_worker = step.per is not Per.OFFICER or not step.workers or worker in step.workers
            if kind not in step.kinds or not of_the_worker:
                continue
            first = step.comes_after(kind)
            if not first or taken.intersection(first):
                steps.add(step.key)
                for one in step.options:
                    is_open = not one.editions or edition in one.editions
                    if is_open and (not one.needs or taken.intersection(one.needs)):
                        taken |= {step.key, f"{step.key}={one.key}"}
        if (len(taken), len(steps)) == before:
            return steps, taken


def test_every_step_is_reached_on_each_kind_of_matter_and_for_each_worker_it_is_for() -> None:
    missing = []
    for kind in MatterKind:
        for worker in SERVES:
            steps = set().union(*(reached(kind, worker, edition.key)[0] for edition in LAW.scheme))
            missing += [
                f"{step.key} on {kind} for {worker}"
                for step in STEPS
                if kind in step.kinds
                and (step.per is not Per.OFFICER or not step.workers or worker in step.workers)
                and step.key not in steps
            ]
    assert missing == []


def test_under_each_edition_a_step_that_is_reached_has_an_outcome_and_every_open_outcome_can_be_given() -> None:
    missing = []
    for edition in LAW.scheme:
        steps: set[str] = set()
        taken: set[str] = set()
        for kind in MatterKind:
            for worker in SERVES:
                found = reached(kind, worker, edition.key)
                steps, taken = steps | found[0], taken | found[1]
        missing += [f"{key} in {edition.key}" for key in steps - taken]
        missing += [
            f"{step.key}={one.key} in {edition.key}"
            for step, one in options()
            if step.key in steps
            and (not one.editions or edition.key in one.editions)
            and f"{step.key}={one.key}" not in taken
        ]
    assert missing == []


def test_no_two_steps_record_one_event_for_the_same_person_unless_it_is_meant() -> None:
    twice = set()
    for one, other in combinations(STEPS, 2):
        if one.per is not other.per or not set(one.kinds) & set(other.kinds):
            continue
        workers = set(one.workers or SERVES) & set(other.workers or SERVES)
        if one.per is Per.OFFICER and not workers:
            continue
        both = {key for option in one.options for key in recorded(option)}
        twice |= both & {key for option in other.options for key in recorded(option)}
    assert twice - set(MEANT_TWICE) == set()


@pytest.mark.parametrize("key", ["severity", "staff_severity", "handling", "conduct_handling", "old_case_handling"])
def test_no_severity_or_handling_decision_without_the_joint_view(key: str) -> None:
    assert LAW.steps[key].joint_view


@pytest.mark.parametrize(
    "event", ["case_to_answer_decided", "view_given_to_iopc", "suspension_ended", "severity_assessed"]
)
def test_nothing_decides_a_case_or_ends_a_suspension_without_the_joint_view(event: str) -> None:
    found = [step for step, option in options() if event in recorded(option)]
    assert found
    assert all(step.joint_view for step in found)


NEEDS_A_SECOND_PERSON = [
    "handling=no_further_action",
    "conduct_handling=no_further_action",
    "conduct_handling=otherwise",
    "old_case_handling=no_further_action",
    "severity=neither",
    "staff_severity=neither",
    "determination=no_case",
    "staff_determination=no_case",
    "form=no_action",
    "form=withdrawn",
    "withdrawn_route=no_action",
    "neither_route=no_action",
    "withdrawal_decision=withdrawn",
    "complaint_outcome=closed_without_view",
    "outside_outcome=closed_without_view",
    "complainant_view=not_asked",
    "measures=end_suspension",
    "measures=lift",
    "measures=restrict_instead",
    "staff_measures=end",
    "urgent_decision=no_measures",
    "former_case=none",
    "former_condition=none",
    "recommendation_answer=not_accepted",
]


@pytest.mark.parametrize("outcome", NEEDS_A_SECOND_PERSON)
def test_closing_doing_nothing_and_ending_a_measure_need_a_second_person(outcome: str) -> None:
    key, _, option = outcome.partition("=")
    found = LAW.steps[key].option(option)
    assert found is not None
    assert found.countersign


def test_nobody_countersigns_those_who_sit() -> None:
    assert [step.key for step, option in options() if step.owner is Permission.SIT and option.countersign] == []


def test_nothing_is_asked_of_those_who_sit_by_a_rule() -> None:
    """A panel that differs from a rule would need a second signature; its findings are its own."""
    assert [step.key for step in STEPS if step.owner is Permission.SIT and step.questions] == []


def test_whoever_sits_neither_investigated_nor_found_a_case_to_answer() -> None:
    for step in STEPS:
        if step.owner is Permission.SIT and step.stage != "performance":
            assert {"report", "old_case_report", "determination", "form"} <= set(step.independent_of), step.key


@pytest.mark.parametrize("key", ["determination", "staff_determination", "form", "special_conditions", "former_case"])
def test_whoever_decides_a_case_did_not_investigate_it(key: str) -> None:
    assert {"plan", "report", "old_case_report"} <= set(LAW.steps[key].independent_of)


def test_conduct_regulations_reach_officers_and_special_constables_alone() -> None:
    outside_the_regulations = {PersonKind.STAFF, PersonKind.VOLUNTEER, PersonKind.CONTRACTOR}
    for step in STEPS:
        if step.stage in ("proceedings", "accelerated") and not step.key.startswith(("staff_", "volunteer_")):
            assert step.workers, step.key
            assert not outside_the_regulations & set(step.workers), step.key


def test_staff_volunteers_and_contractors_have_a_way_from_seriousness_to_outcome() -> None:
    for worker, outcome in (
        (PersonKind.STAFF, "staff_outcome=dismissal"),
        (PersonKind.VOLUNTEER, "volunteer_outcome=designation_withdrawn"),
        (PersonKind.CONTRACTOR, "volunteer_outcome=engagement_ended"),
    ):
        assert outcome in reached(MatterKind.CONDUCT_MATTER, worker, "2025")[1]


def test_every_question_with_a_bearing_on_the_rule_is_known_by_the_last_row() -> None:
    for step in STEPS:
        if step.questions:
            assert not step.indications[-1].asks, step.key
            named = {key for row in step.indications for key in (*row.every, *row.some, *row.none)}
            assert {question.key for question in step.questions} - named == set(), step.key


def test_every_step_says_in_plain_words_what_it_is() -> None:
    for step in STEPS:
        assert step.says.endswith("."), step.key
        for words in (step.words, *(option.words for option in step.options)):
            assert words[0].isupper(), (step.key, words)
            assert not words.endswith("."), (step.key, words)


READ_BY_THE_WAY = {  # provisions that a table says were read, in its notes: where, and the words
    ("SI 2020/4", "reg 11"): ("SUS-03", "(reg 11(3)-(4), seen)"),
    ("SI 2020/4", "reg 27"): ("WDN", "written notice and the report (reg 27)"),
    ("SI 2020/2", "reg 38"): ("CMP-12", "(reg 38(2)-(4), seen)"),
    ("SI 2025/558", "reg 9"): ("ACT-VET", "Seen: SI 2025/558 reg 9"),
    ("SI 2025/558", "reg 3"): ("PROB-DISCH", "SI 2025/558 regs 3-4"),
    ("SI 2025/558", "Part 4"): ("UPP-01", "(SI 2025/558 Part 4, seen)"),
}


def read_provisions() -> set[tuple[str, str]]:
    """The provisions whose text was read, as the rows and clocks that cite them say."""
    laws = [clock.citations for clock in LAW.clocks() if clock.seen]
    laws += [row.citations for found in LAW.sections.values() for row in found if row.seen]
    laws += [FORMS.read(edition.law) for edition in LAW.scheme if edition.seen]
    found = {(cited.instrument, name) for one in laws for cited in one for name in provisions(cited)}
    return found | set(READ_BY_THE_WAY)


def test_what_was_read_by_the_way_is_said_so_in_the_tables() -> None:
    said = {clock.id: clock.note for clock in LAW.clocks()}
    said |= {
        row.key: f"{row.get('note', '')} {row.get('must', '')}"
        for found in LAW.sections.values()
        for row in found
        if row.table == OUTCOMES and row.seen
    }
    assert {name for name, (key, words) in READ_BY_THE_WAY.items() if words not in said[key]} == set()


def test_a_text_is_called_read_only_where_a_table_says_it_was() -> None:
    read = read_provisions()
    wrong = []
    for step in STEPS:
        said = [(step.key, step.law)] if not step.unverified else []
        said += [(f"{step.key}={one.key}", one.law) for one in step.options if not one.unverified]
        said += [(f"{step.key}: {one.words}", one.law) for one in step.questions if not one.unverified]
        for name, law in said:
            cited = {(one.instrument, provision) for one in FORMS.read(law) for provision in provisions(one)}
            if cited and not cited & read:
                wrong.append(f"{name}: {law}")
    assert wrong == []


def test_a_day_that_is_fixed_is_asked_for_and_ends_no_earlier_than_the_act() -> None:
    asked = {option.asks_day for _, option in options() if option.asks_day}
    assert asked == {
        "the day of the interview",
        "the day of the pre-hearing",
        "the first day of the hearing",
        "the day of the meeting",
    }
