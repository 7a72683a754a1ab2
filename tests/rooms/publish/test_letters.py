"""A letter from its draft to its service: written by one, approved by another, kept as issued, and the duty met."""

import hashlib
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from peelian.clocks import queries as clocks
from peelian.publish import actions, queries
from peelian.publish.models import Issued
from peelian.publish.states import LetterState
from peelian.rules.facts import DutyState
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from tests import worlds
from tests.rooms.publish.conftest import Desk
from tests.stepping import TO_OUTCOME, TO_SEVERITY


def duty(desk: Desk, clock: str) -> str:
    found = clocks.matter_duties(desk.writes, desk.matter, desk.today)
    return next(row.state for row in (*found.open, *found.done) if row.clock == clock)


def test_an_update_is_drafted_approved_issued_and_served_and_meets_its_duty(desk: Desk) -> None:
    assert duty(desk, "CMP-03") == DutyState.OPEN
    ref = desk.draft("update-complainant", paragraphs={"done": "We spoke to two people."})
    desk.submit(ref)
    desk.approve(ref)
    held = desk.letter(ref)
    assert held.line.state is LetterState.ISSUED
    assert held.issued is not None
    assert "We spoke to two people." in held.issued.text
    assert f"To: Carla Willow\nOur reference: {desk.matter}, letter {ref}" in held.issued.text
    assert held.issued.sha256 == hashlib.sha256(held.issued.text.encode()).hexdigest()
    assert desk.serve(ref, "letter_email", address="c@example.org") == desk.today
    assert duty(desk, "CMP-03") == DutyState.MET
    assert desk.letter(ref).line.state is LetterState.SERVED


def test_the_event_of_a_service_is_for_the_person_it_was_served_on(desk: Desk) -> None:
    desk.serve(desk.issue("update-complainant"), "letter_in_person")
    event = next(row for row in clocks.events(desk.writes, desk.matter) if row.key == "update_given")
    assert (event.person, event.on.earliest) == ("Carla Willow", desk.today)
    assert event.note.startswith("Letter PN-")


def test_a_posted_notice_meets_its_duty_on_the_day_it_counts_as_served(desk: Desk) -> None:
    desk.event("investigator_appointed", date(2026, 11, 10))
    desk.take(*TO_SEVERITY)
    ref = desk.issue("notice-of-investigation")
    assert desk.serve(ref, "post", address="1 High Street") == date(2026, 11, 25)
    assert duty(desk, "INV-02") == DutyState.OPEN
    later = clocks.matter_duties(desk.writes, desk.matter, date(2026, 11, 25))
    assert {row.clock: row.state for row in (*later.open, *later.done)}["INV-02"] == DutyState.MET
    reply = next(row for row in later.open if row.clock == "INV-03")
    assert reply.due_on == date(2026, 12, 9)  # ten working days after Wednesday 25 November


def test_an_outcome_tells_the_right_to_a_review_by_the_same_act(desk: Desk) -> None:
    desk.take(*TO_OUTCOME)
    desk.serve(desk.issue("outcome-complainant", desk.complainant), "letter_in_person")
    assert (duty(desk, "CMP-05"), duty(desk, "CMP-06")) == (DutyState.MET, DutyState.MET)
    assert duty(desk, "CMP-07") == DutyState.WAITING


def test_nobody_approves_or_sends_back_what_they_wrote(desk: Desk) -> None:
    ref = desk.draft("update-complainant")
    actions.write(**desk.on(ref), by=desk.approves, paragraphs={"done": "Mine."}, on=desk.today)
    sha256 = desk.submit(ref)
    with pytest.raises(NotAllowed, match="You wrote this letter"):
        actions.approve(**desk.on(ref), by=desk.approves, text_sha256=sha256, on=desk.today)
    with pytest.raises(NotAllowed, match="You wrote this letter"):
        actions.send_back(**desk.on(ref), by=desk.approves, reasons="No.", on=desk.today)


def test_only_whoever_holds_the_power_writes_or_approves(desk: Desk) -> None:
    reader = worlds.user(desk.at, "Rita Reader", "vetting_officer").viewer
    given = {"matter_ref": desk.matter, "template": "update-complainant", "person_key": desk.complainant}
    with pytest.raises(NotAllowed, match="write letters"):
        actions.draft(**given, by=reader, on=desk.today)
    ref = desk.draft("update-complainant")
    sha256 = desk.submit(ref)
    with pytest.raises(NotAllowed, match="approve a letter"):
        actions.approve(**desk.on(ref), by=desk.writes, text_sha256=sha256, on=desk.today)


def test_what_is_approved_is_what_was_read(desk: Desk) -> None:
    ref = desk.draft("update-complainant")
    sha256 = desk.submit(ref)
    with pytest.raises(NotAllowed, match="not those that you read"):
        actions.approve(**desk.on(ref), by=desk.approves, text_sha256="0" * 64, on=desk.today)
    actions.take_back(**desk.on(ref), by=desk.writes, reasons="A slip.", on=desk.today)
    desk.write(ref, {"done": "Other words."})
    desk.submit(ref)
    with pytest.raises(NotAllowed, match="not those that you read"):
        actions.approve(**desk.on(ref), by=desk.approves, text_sha256=sha256, on=desk.today)


def test_a_letter_that_is_sent_back_says_why_and_can_be_submitted_again(desk: Desk) -> None:
    ref = desk.draft("update-complainant")
    desk.submit(ref)
    with pytest.raises(NotValid, match="must change"):
        actions.send_back(**desk.on(ref), by=desk.approves, reasons=" ", on=desk.today)
    actions.send_back(**desk.on(ref), by=desk.approves, reasons="Say when.", on=desk.today)
    held = desk.letter(ref)
    assert held.line.state is LetterState.SENT_BACK
    assert [row.reasons for row in held.moves if row.reasons] == ["Say when."]
    desk.submit(ref)


def test_a_draft_with_a_paragraph_or_a_fact_missing_is_not_submitted(desk: Desk) -> None:
    ref = desk.draft("update-complainant", paragraphs={"done": ""})
    with pytest.raises(NotValid, match="What has been done"):
        desk.submit(ref)
    ref = desk.draft("outcome-complainant", desk.complainant)
    assert desk.letter(ref).missing == ("The record does not say when this happened: Outcome of the handling decided.",)
    with pytest.raises(NotValid, match="Outcome of the handling decided"):
        desk.submit(ref)


def test_an_optional_paragraph_left_empty_takes_its_heading_with_it(desk: Desk) -> None:
    ref = desk.draft("update-complainant", paragraphs={"end": ""})
    assert "When it may end" not in [block.text for block in desk.letter(ref).blocks]


def test_a_placeholder_typed_by_the_writer_stays_as_typed(desk: Desk) -> None:
    ref = desk.draft("update-complainant", paragraphs={"done": "{{handler.name}} and # not a heading"})
    assert "{{handler.name}} and # not a heading" in [block.text for block in desk.letter(ref).blocks]


def test_the_second_writer_is_told(desk: Desk) -> None:
    ref = desk.draft("update-complainant")
    before = desk.on(ref)
    desk.write(ref, {"done": "First."})
    with pytest.raises(actions.StaleLetter, match="Somebody changed this letter"):
        actions.write(**before, by=desk.writes, paragraphs={"done": "Second."}, on=desk.today)
    assert desk.letter(ref).written["done"] == "First."


def test_what_was_issued_is_kept_to_the_byte_and_the_database_refuses_to_change_it(desk: Desk) -> None:
    ref = desk.issue("update-complainant")
    pdf = queries.issued_pdf(desk.writes, desk.matter, ref)
    held = desk.letter(ref).issued
    assert held is not None
    assert pdf.startswith(b"%PDF-1.7")
    assert hashlib.sha256(pdf).hexdigest() == held.pdf_sha256
    assert queries.issued_docx(desk.writes, desk.matter, ref).startswith(b"PK")
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        Issued.objects.filter(letter__ref=ref).update(text="Other words")


def test_an_issued_letter_cannot_be_written_submitted_or_abandoned(desk: Desk) -> None:
    ref = desk.issue("update-complainant")
    with pytest.raises(NotValid, match="in this state"):
        desk.write(ref, {"done": "Late."})
    with pytest.raises(NotValid, match="in this state"):
        actions.abandon(**desk.on(ref), by=desk.writes, reasons="No.", on=desk.today)
    desk.serve(ref, "letter_in_person")
    with pytest.raises(NotValid, match="in this state"):
        desk.serve(ref, "letter_in_person")


@pytest.mark.parametrize(
    ("way", "said", "field"),
    [
        ("letter_email", {}, "address"),
        ("email", {"address": "c@example.org"}, "way"),  # of notices under the Conduct Regulations
        ("published", {}, "way"),
        ("letter_post", {"address": "1 High St", "sent_on": date(2026, 11, 22)}, "sent_on"),
        ("letter_post", {"address": "1 High St", "sent_on": date(2026, 11, 24)}, "sent_on"),
    ],
)
def test_a_service_that_cannot_be_says_which_answer_is_wrong(
    desk: Desk, way: str, said: dict[str, object], field: str
) -> None:
    ref = desk.issue("update-complainant")
    with pytest.raises(NotValid) as refused:
        desk.serve(ref, way, **said)
    assert refused.value.field == field


def test_a_template_that_does_not_fit_the_matter_or_the_person_is_refused(desk: Desk) -> None:
    for template, person in (
        ("nothing", desk.complainant),
        ("update-complainant", desk.officer),
        ("update-complainant", "PP-NOBODY"),
        ("update-interested", desk.complainant),
    ):
        with pytest.raises(NotValid):
            actions.draft(by=desk.writes, matter_ref=desk.matter, template=template, person_key=person, on=desk.today)


def test_whoever_may_not_see_the_matter_may_not_see_its_letters(desk: Desk) -> None:
    ref = desk.issue("update-complainant")
    shaw = worlds.user(desk.at, "Robin Shaw", "head_of_professional_standards", person_ref=desk.officer).viewer
    for ask in (
        lambda: queries.letters_of(shaw, desk.matter),
        lambda: queries.letter(shaw, desk.matter, ref),
        lambda: queries.issued_pdf(shaw, desk.matter, ref),
        lambda: queries.protected(shaw, desk.matter),
    ):
        with pytest.raises(NotFound):
            ask()
    assert queries.waiting(shaw) == queries.waiting(worlds.user(desk.at, "Else One", "supervisor").viewer)


def test_what_waits_for_somebody_waits_for_the_right_one(desk: Desk) -> None:
    ref = desk.draft("update-complainant")
    assert [row.ref for row in queries.waiting(desk.writes).writing] == [ref]
    assert queries.waiting(desk.approves).to_approve == ()
    desk.submit(ref)
    assert [row.ref for row in queries.waiting(desk.approves).to_approve] == [ref]
    assert queries.waiting(desk.writes).to_approve == ()
    desk.approve(ref)
    assert queries.waiting(desk.approves).to_approve == ()
    assert [row.ref for row in queries.waiting(desk.writes).to_serve] == [ref]


def test_letters_that_are_owed_come_first_with_what_is_owed(desk: Desk) -> None:
    first = queries.choices(desk.writes, desk.matter)
    owed = {one.template.key: one.owed for one in first if one.owed}
    assert {"acknowledgement", "record-copy-complainant", "record-copy-officer", "update-complainant"} <= set(owed)
    assert [bool(one.owed) for one in first] == sorted((bool(one.owed) for one in first), reverse=True)
    assert any("Carla Willow" in words for words in owed["update-complainant"])
