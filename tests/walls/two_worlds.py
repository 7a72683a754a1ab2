"""One world built twice: once with a matter that some may not see, and once without it.

References are drawn from two counters, one for what stands in both worlds and one for what stands in one alone, so that
the same thing has the same reference in both; the moment is given; internal keys are left to differ, as they must not
show.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from peelian.disclosure.redacting import apart
from peelian.intake import actions as intake
from peelian.lookback import actions as looking
from peelian.lookback import queries as look_backs
from peelian.lookback.criteria import Criteria
from peelian.lookback.rows import CohortDraft, EnquiryDraft, ReviewDraft
from peelian.matters import actions as matters
from peelian.matters import queries as known
from peelian.matters.models import JointReview
from peelian.matters.queries import recording_tests
from peelian.matters.rows import AllegationDraft, InvolvedDraft, PastCriteria, Recording
from peelian.people import actions as people
from peelian.people import queries as register
from peelian.people.models import Posting
from peelian.terms import references
from peelian.terms.known_dates import KnownDate
from peelian.terms.lookback import Position, ReviewCategory
from peelian.terms.matters import Capacity, MatterKind
from peelian.terms.people import IdentifierKind, PersonKind
from peelian.walls import actions as walls
from peelian.walls.models import User
from peelian.walls.roles import HEAD, roles
from tests.walls.evidence import a_store, evidence_of
from tests.walls.made import Draws, How, World
from tests.walls.matched import a_hidden_pair, a_wash, hidden_records, vehicles
from tests.walls.measured import a_recommendation, a_test_case, returns_of
from tests.walls.on_a_matter import a_disclosure, a_letter, a_line, an_event, decided, drawn, in_touch, proceedings_of
from tests.walls.vetted import a_draw, a_hidden_drawn, a_hidden_reading, cleared, vetting_of

LONG_AGO = date(2020, 2, 3)
USED_ROLES = (
    "assessor",
    "complaint_handler",
    "investigator",
    "supervisor",
    "chief_officer",
    "auditor",
    "administrator",
)


# Users to whom both worlds must be one. `everything` holds every role that may stand with others; the rest are in the
# hidden matter or tied to somebody who is, or read only what they have a place on, or no record at all.


@contextmanager
def world(
    at: datetime, *, hidden: bool, how: How, patch: Any, known: Mapping[str, str] | None = None
) -> Iterator[World]:
    """The world in the database until the block ends; then everything in it is gone again.

    `known`: references of the world that holds more, so that both can be asked for them.
    """
    made = World(at, how, Draws())
    patch.setattr(references, "draw", made.draws)
    patch.setattr(apart, "_in_a_process", apart.answered)  # a process for each text would take a second
    mark = transaction.savepoint()
    try:
        _build(made, hidden=hidden, how=how)
        assert not known or {name: known[name] for name in made.refs} == made.refs
        made.refs |= known or {}
        yield made
    finally:
        transaction.savepoint_rollback(mark)


def _build(made: World, *, hidden: bool, how: How) -> None:
    _people(made)
    _users(made, how)
    a_store(made)
    _a_matter(made, "first", "Words used in the street", ["officer"], "complainant", date(2026, 9, 1))
    cleared(made, "concerned")
    a_draw(made)
    if hidden:
        with made.alone():
            _hidden(made, how)
            evidence_of(made, "hidden", made.user("keeper"), "hidden_matter")
    evidence_of(made, "first", made.user("assessor"), "first")
    _a_matter(made, "second", "A search of a car", ["officer", "colleague"], "complainant", date(2026, 10, 5))
    by = made.user("assessor")
    made.refs["item"] = intake.receive(
        by=by, channel="phone", words="Somebody rang about noise.", heading="Noise", received_on=made.today
    )
    for name in ("officer", "concerned"):
        vetting_of(made, {"officer": "first"}.get(name, "second"), name, "Debts were declared.", made.user("vets"))
    _a_look_back(made, hidden=hidden, how=how)
    made.refs["round"] = a_test_case(made)
    a_recommendation(made)
    returns_of(made)
    a_wash(made)
    vehicles(made)
    if hidden:
        with made.alone():
            a_hidden_pair(made)
            a_hidden_reading(made)
            a_hidden_drawn(made)
            hidden_records(made)


def _person(made: World, name: str, kind: PersonKind, given: str, family: str) -> None:
    made.refs[name] = people.register_person(
        by=made.system, kind=kind, family=family, given=given, joined=None, on=date(2026, 8, 1)
    )


def _people(made: World) -> None:
    by = made.system
    made.refs["unit"] = people.make_unit(by=by, name="Response", from_on=LONG_AGO, on=LONG_AGO)
    named = {
        "officer": ("Olive", "Ash"),
        "colleague": ("Colin", "Birch"),
        "concerned": ("Connie", "Cedar"),
        "manager": ("Maud", "Elm"),
        "witness": ("Walt", "Hazel"),
    }
    for name, (given, family) in named.items():
        _person(made, name, PersonKind.OFFICER, given, family)
        people.post_to(by=by, person_ref=made.refs[name], unit_ref=made.refs["unit"], on=LONG_AGO)
    people.add_identifier(
        by=by, person_ref=made.refs["concerned"], kind=IdentifierKind.COLLAR_NUMBER, value="1234", on=date(2026, 8, 1)
    )
    _person(made, "complainant", PersonKind.PUBLIC, "Carla", "Willow")
    walls.tie_many(pairs=[(made.id_of("manager"), made.id_of("concerned"))], ground="line_manager", on=LONG_AGO)
    Posting.objects.filter(person_id=made.id_of("concerned")).update(supervisor_id=made.id_of("manager"))


def _users(made: World, how: How) -> None:
    """`keeper` knows the hidden matter; `everything` may do all that one person may."""
    many = tuple(role.key for role in roles().values() if not role.alone)
    named: dict[str, tuple[tuple[str, ...], str]] = {
        **{role: ((role,), "") for role in USED_ROLES},
        "keeper": (("head_of_professional_standards", "vetting_manager"), ""),
        "leads": (("appropriate_authority",), ""),
        "vets": (("vetting_manager", "vetting_officer"), ""),
        "decides": (("vetting_manager",), ""),
        "everything": (many, ""),
        "sits_in_it": (tuple(role for role in many if role != HEAD), "concerned"),
        "saw_it": (many if how is How.HEAD else ("assessor", "supervisor"), "witness"),
        "manages": (("appropriate_authority", "analyst", "line_manager"), "manager"),
    }
    for name, (held, person) in named.items():
        made.refs[f"user_{name}"] = walls.make_user(
            by=made.system,
            username=name,
            name=name.replace("_", " ").capitalize(),
            roles=held,
            password=None,
            person_id=made.id_of(person) if person else None,
            unit_id=register.unit(made.system, made.refs["unit"]).id,
            on=LONG_AGO,
        )
        User.objects.filter(username=name).update(calendar_token=f"calendar-of-{name}")
    chief = made.user("chief_officer")
    walls.appoint_delegate(by=chief, user_ref=made.refs["user_supervisor"], reason="in general", on=made.today)


def _recording(heading: str, narrative: str, on: date, **said: Any) -> Recording:
    return Recording(
        kind=MatterKind.COMPLAINT_UNDER_SCHEDULE_3,
        came_to_attention=KnownDate(on),
        heading=heading,
        narrative=narrative,
        reasons="The complainant wishes it.",
        no_conflict=True,
        tests=(_a_test(),),
        **said,
    )


def _a_test() -> str:
    return recording_tests()[0].id


def _a_matter(made: World, name: str, heading: str, officers: list[str], complainant: str, on: date) -> None:
    item = intake.receive(
        by=made.user("assessor"),
        channel="letter",
        words=f"A letter about: {heading}",
        heading=heading,
        received_on=on,
        from_person_id=made.id_of(complainant),
    )
    made.refs[f"{name}_item"] = item
    made.refs[name] = matters.record_matter(
        by=made.user("assessor"),
        recording=_recording(
            heading,
            f"What happened: {heading}.",
            on,
            unit_ref=made.refs["unit"],
            intake_ref=item,
            officers=tuple(InvolvedDraft(person_ref=made.refs[officer]) for officer in officers),
            complainants=(InvolvedDraft(person_ref=made.refs[complainant]),),
            allegations=tuple(
                AllegationDraft(category="A1", text="He was rude.", against=(place,)) for place in range(len(officers))
            ),
            handler_ref=made.refs["user_complaint_handler"],
        ),
        on=on + timedelta(days=1),
    )
    made.refs[f"{name}_event"] = an_event(made, made.user("assessor"), made.refs[name], on)
    decided(made, name, made.user("assessor"), name)
    a_line(made, name, "The yard is to be looked at.")
    drawn(made, name)
    matters.allocate(
        by=made.user("supervisor"),
        matter_ref=made.refs[name],
        user_ref=made.refs["user_investigator"],
        capacity=Capacity.INVESTIGATOR,
        on=made.today,
    )
    matters.sign(by=made.user("investigator"), matter_ref=made.refs[name], on=made.today)
    if name == "first":
        proceedings_of(made, name, officers[0], "Hearty Hornbeam")
    approver = made.user("supervisor") if name == "second" else None
    a_letter(made, name, made.user("assessor"), complainant, approver)
    a_disclosure(made, name, "It was dark in the yard.")
    if name == "first":
        in_touch(made, name, made.user("assessor"), name, complainant)


def _hidden(made: World, how: How) -> None:
    """An item and the matter that came of it, its complainant known through them alone, a person not yet known."""
    by, on = made.user("keeper"), date(2026, 9, 20)
    reason = "the sender is at risk" if how is How.SENSITIVE else ""
    _person(made, "hidden_complainant", PersonKind.PUBLIC, "Zebedee", "Quixby")
    kept_out = [(made.id_of(name), "named in it") for name in ("concerned", "witness")]
    made.refs["hidden_item"] = intake.receive(
        by=by,
        channel="confidential_line",
        words="The wyvern was kept beside the grimoire.",
        heading="About a wyvern",
        received_on=on,
        from_person_id=made.id_of("hidden_complainant"),
        never_show_to=kept_out,
        sensitive_reason=reason,
    )
    if how is not How.INVOLVED:
        intake.sign(by=by, item_ref=made.refs["hidden_item"], on=made.today)
    waits = intake.receive(
        by=by,
        channel="confidential_line",
        words="Another wyvern, in a cupboard.",
        heading="A second wyvern",
        received_on=on,
        never_show_to=kept_out,
        sensitive_reason=reason,
    )
    if how is not How.INVOLVED:
        intake.sign(by=by, item_ref=waits, on=made.today)
    intake.log_with_reasons(by=by, item_ref=waits, serious=("J",), reasons="A wyvern is no matter.", on=made.today)
    made.refs["hidden_matter"] = matters.record_matter(
        by=by,
        recording=_recording(
            "About a wyvern",
            "The wyvern was kept beside the grimoire by the officer with the beard.",
            on,
            unit_ref=made.refs["unit"],
            intake_ref=made.refs["hidden_item"],
            officers=(
                InvolvedDraft(person_ref=made.refs["concerned"]),
                InvolvedDraft(description="the officer with the beard"),
            ),
            complainants=(InvolvedDraft(person_ref=made.refs["hidden_complainant"]),),
            witnesses=(InvolvedDraft(person_ref=made.refs["witness"]),),
            allegations=(AllegationDraft(category="A1", text="A grimoire was shown.", against=(0, 1)),),
            sensitive_reason=reason,
        ),
        on=on + timedelta(days=1),
    )
    made.refs["hidden_event"] = an_event(made, by, made.refs["hidden_matter"], on)
    a_letter(made, "hidden_matter", by, "hidden_complainant")
    decided(made, "hidden", by, "hidden_matter")
    a_line(made, "hidden_matter", "The wyvern is to be found.")
    a_disclosure(made, "hidden_matter", "The wyvern was seen by Quixby.")
    drawn(made, "hidden")
    in_touch(made, "hidden", by, "hidden_matter", "hidden_complainant")
    proceedings_of(made, "hidden_matter", "concerned", "Griselda Quixby")
    vetting_of(made, "hidden", "concerned", "The grimoire was bought on credit.", by, matter="hidden_matter")
    first, own = (known.key_of(made.system, made.refs[name]) for name in ("first", "hidden_matter"))
    asked = {"due_on": made.today, "on": made.today, "recorded_at": made.at}
    for matter_id, because_id in ((first, own), (own, first)):  # either would tell of the hidden one
        JointReview.objects.create(
            ref=references.new_reference("PV"),
            matter_id=matter_id,
            because_id=because_id,
            person_id=made.id_of("concerned"),
            owner_id=made.user("supervisor").user_id,
            **asked,
        )


def _a_look_back(made: World, *, hidden: bool, how: How) -> None:
    """A cohort of every matter that its leader may see, who is named on the hidden one.

    One case is read by two people; the hidden one is read too, where somebody comes to it afresh, and its review says
    what stands nowhere else.
    """
    if hidden:
        _name_on_hidden(made, "leads")
    leader, criteria = made.user("leads"), Criteria(PastCriteria(closed=False))
    draft = CohortDraft(
        title="All of this year",
        purpose="To look again.",
        reasons="All of them.",
        criteria=criteria,
        target_on=made.today + timedelta(days=30),
        owner_ref=made.refs["user_assessor"],
        expected=look_backs.preview(leader, criteria).count,
    )
    made.refs["cohort"] = looking.freeze(by=leader, draft=draft, on=made.today)
    _reviewed(made, "second", ("everything", "supervisor"))
    if hidden and how is not How.HEAD:
        _reviewed(made, "hidden_matter", ("supervisor",))


def _name_on_hidden(made: World, name: str) -> None:
    ref = made.refs["hidden_matter"]
    user_ref = made.refs[f"user_{name}"]
    matters.allocate(by=made.user("keeper"), matter_ref=ref, user_ref=user_ref, capacity=Capacity.NAMED, on=made.today)
    matters.sign(by=made.user(name), matter_ref=ref, on=made.today)


def _reviewed(made: World, matter: str, reviewers: tuple[str, ...]) -> None:
    about: dict[str, Any] = {"cohort_ref": made.refs["cohort"], "matter_ref": made.refs[matter], "on": made.today}
    for position, name in zip(Position, reviewers, strict=False):
        looking.allocate(by=made.user("leads"), position=position, user_ref=made.refs[f"user_{name}"], **about)
        looking.sign(by=made.user(name), **about)
        words = "The grimoire was read." if matter == "hidden_matter" else "All was read."
        asked = EnquiryDraft(words, made.refs["user_chief_officer"], made.today)
        said = ReviewDraft(ReviewCategory.RISK_MANAGEMENT, words, enquiries=(asked,))
        looking.lock_review(by=made.user(name), draft=said, **about)
