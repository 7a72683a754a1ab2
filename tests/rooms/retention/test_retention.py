"""A closed record is reviewed, held, and disposed of by two people; never while something stands open."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from peelian.intake import actions as intake
from peelian.intake import queries as items
from peelian.journal import queries as journal
from peelian.journal.models import Entry, SubjectKey
from peelian.matters import actions as matters
from peelian.matters import queries as found
from peelian.matters.models import Matter
from peelian.retention import actions, queries
from peelian.retention.models import Answered, Disposal, Hold
from peelian.terms.matters import Capacity
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from peelian.terms.viewer import Viewer
from tests import worlds
from tests.lookbacks import past_matter
from tests.worlds import Someone

pytestmark = pytest.mark.django_db
LONG_AGO = date(2016, 3, 7)


@dataclass
class Keepers:
    """A head who may propose, a chief officer who may agree, and one old closed complaint."""

    at: datetime
    head: Someone
    chief: Someone
    ref: str
    kind: str = "matter"

    def said(self, by: Someone, **more: Any) -> dict[str, Any]:
        plain = {"by": by.viewer, "kind": self.kind, "ref": self.ref, "reasons": "Read it all.", "on": self.at.date()}
        return {**plain, **more}

    def row(self) -> Any:
        return queries.retention(self.head.viewer, self.kind, self.ref)

    def due(self, viewer: Viewer | None = None) -> set[str]:
        return {row.ref for row in queries.export_due(viewer or self.head.viewer)}

    def dispose(self) -> None:
        actions.propose(**self.said(self.head))
        actions.answer(**self.said(self.chief), agreed=True)


@pytest.fixture
def keepers(at: datetime) -> Keepers:
    head = worlds.user(at, "Hedda Keeper", "head_of_professional_standards")
    chief = worlds.user(at, "Cleo Chief", "chief_officer")
    return Keepers(at, head, chief, past_matter(at, LONG_AGO, narrative="The wyvern swore at me."))


def old_item(at: datetime) -> str:
    received = worlds.item(at, received_on=LONG_AGO, words="A wyvern in the yard.")
    intake.log_with_reasons(by=worlds.peelian(at), item_ref=received, reasons="Nothing in it.", on=LONG_AGO)
    return received


def test_an_old_closed_matter_is_due_with_its_schedule_and_its_day(keepers: Keepers) -> None:
    [row] = queries.due(keepers.head.viewer).rows
    assert (row.ref, row.schedule.key, row.since) == (keepers.ref, "complaint_other", date(2022, 5, 6))
    assert keepers.row().keeping.unverified


def test_a_matter_closed_lately_or_open_is_not_due_and_one_without_a_closing_date_is(keepers: Keepers) -> None:
    lately = past_matter(keepers.at, date(2025, 1, 6))
    still_open = worlds.open_complaint(worlds.peelian(keepers.at), LONG_AGO)
    assert keepers.due().isdisjoint({lately, still_open})
    undated = past_matter(keepers.at, date(2025, 2, 3))
    forget_the_closing_day(undated)
    assert undated in keepers.due()
    first = queries.due(keepers.head.viewer).rows[0]
    assert (first.ref, first.since, first.closed) == (undated, None, None)


def forget_the_closing_day(ref: str) -> None:
    """As an outside file gives it: neither open nor with a day."""
    held = Matter.objects.as_system(because="the test makes a history")
    held.filter(ref=ref).update(state="not stated", closed_on=None, closed_precision="")


def test_a_chosen_schedule_moves_the_day_and_says_why(keepers: Keepers) -> None:
    actions.choose_schedule(**keepers.said(keepers.chief), schedule="mopi_group_1")
    row = keepers.row()
    assert (row.schedule.key, row.by_rule, row.keeping.value.review_on) == ("mopi_group_1", False, date(2026, 5, 6))
    with pytest.raises(NotAllowed, match="keeps it until"):
        actions.propose(**keepers.said(keepers.head))
    with pytest.raises(NotValid):
        actions.choose_schedule(**keepers.said(keepers.chief), schedule="audit_log")


def test_a_serious_category_is_kept_while_somebody_concerned_serves(keepers: Keepers, at: datetime) -> None:
    officer = worlds.officer(at, "Fenwright", "Jory")
    serious = past_matter(
        at, LONG_AGO, officers=[officer], allegations=(worlds.allegation(category="J2", against=(0,)),)
    )
    row = queries.retention(keepers.head.viewer, "matter", serious)
    assert row.schedule.key == "conduct_serious_unproved"
    assert row.keeping.value.not_before == date(2116, 5, 6)


def test_two_people_dispose_of_a_matter_and_a_certificate_says_what_went(keepers: Keepers) -> None:
    assert SubjectKey.objects.filter(subject=keepers.ref).exists()
    actions.propose(**keepers.said(keepers.head))
    assert found.matter(keepers.head.viewer, keepers.ref).narrative == "The wyvern swore at me."
    with pytest.raises(NotAllowed, match="somebody else"):
        actions.answer(**keepers.said(keepers.head), agreed=True)
    actions.answer(**keepers.said(keepers.chief), agreed=True)
    matter = found.matter(keepers.head.viewer, keepers.ref)
    assert (matter.narrative, matter.line.heading) == ("", "")
    assert not SubjectKey.objects.filter(subject=keepers.ref).exists()
    paper = queries.certificate(keepers.head.viewer, "matter", keepers.ref)
    assert (paper.proposed.by, paper.agreed.by, paper.schedule.key) == ("Hedda Keeper", "Cleo Chief", "complaint_other")
    assert paper.went
    assert paper.stays
    assert keepers.ref not in keepers.due()
    said = list(Entry.objects.filter(key=keepers.ref).order_by("seq").values_list("summary", flat=True))
    assert f"proposed a disposal: {paper.ref}" in said
    assert f"agreed to a disposal: {paper.ref}" in said
    assert "erased personal text" in said
    with pytest.raises(NotAllowed, match="was disposed of"):
        actions.hold(**keepers.said(keepers.chief))


def test_the_item_that_a_matter_came_of_goes_with_it(keepers: Keepers, at: datetime) -> None:
    item = worlds.item(at, received_on=LONG_AGO, words="A wyvern in the yard.")
    keepers.ref = past_matter(at, LONG_AGO, intake_ref=item)
    with pytest.raises(NotAllowed, match="became a matter"):
        actions.propose(**keepers.said(keepers.head, kind="intake item", ref=item))
    keepers.dispose()
    assert items.item(keepers.head.viewer, item).words == ""
    assert len(queries.certificate(keepers.head.viewer, "matter", keepers.ref).went) == 6


def test_an_item_that_was_logged_is_due_and_disposed_of_alike(keepers: Keepers, at: datetime) -> None:
    keepers.kind, keepers.ref = "intake item", old_item(at)
    keepers.chief = worlds.user(at, "Amy Authority", "appropriate_authority")  # a chief officer reads no items
    assert keepers.ref in keepers.due()
    keepers.dispose()
    assert items.item(keepers.head.viewer, keepers.ref).words == ""
    assert keepers.ref not in keepers.due()
    assert queries.certificate(keepers.chief.viewer, "intake item", keepers.ref).went


def test_a_hold_blocks_a_disposal_until_it_is_lifted_with_reasons(keepers: Keepers) -> None:
    actions.hold(**keepers.said(keepers.chief, reasons="A claim was brought."))
    with pytest.raises(NotAllowed, match="legal hold"):
        actions.propose(**keepers.said(keepers.head))
    with pytest.raises(NotValid, match="stands already"):
        actions.hold(**keepers.said(keepers.chief))
    with pytest.raises(NotValid):
        actions.lift(**keepers.said(keepers.head, reasons=" "))
    actions.lift(**keepers.said(keepers.head))
    actions.propose(**keepers.said(keepers.head))
    actions.hold(**keepers.said(keepers.head))
    with pytest.raises(NotAllowed, match="legal hold"):
        actions.answer(**keepers.said(keepers.chief), agreed=True)
    assert not Answered.objects.exists()
    assert found.matter(keepers.head.viewer, keepers.ref).narrative


def test_nothing_goes_while_a_matter_of_somebody_concerned_is_open(keepers: Keepers, at: datetime) -> None:
    officer = worlds.officer(at, "Fenwright", "Jory")
    keepers.ref = past_matter(at, LONG_AGO, officers=[officer])
    worlds.open_complaint(worlds.peelian(at), at.date(), officers=[officer])
    with pytest.raises(NotAllowed, match="Another matter"):
        actions.propose(**keepers.said(keepers.head))


def test_an_open_matter_and_one_not_yet_assessed_do_not_go(keepers: Keepers, at: datetime) -> None:
    keepers.ref = worlds.open_complaint(worlds.peelian(at), at.date())
    assert "It is open." in [one.reason for one in keepers.row().stands_in_the_way]
    with pytest.raises(NotAllowed, match="open"):
        actions.propose(**keepers.said(keepers.head))
    with pytest.raises(NotAllowed, match="awaits assessment"):
        actions.propose(**keepers.said(keepers.head, kind="intake item", ref=worlds.item(at)))


def test_nothing_goes_while_a_look_back_reads_it(keepers: Keepers, at: datetime) -> None:
    reader = worlds.user(at, "Rea Der", "supervisor")
    matters.allocate(
        by=worlds.peelian(at),
        matter_ref=keepers.ref,
        user_ref=reader.user_ref,
        capacity=Capacity.REVIEWER,
        on=at.date(),
    )
    with pytest.raises(NotAllowed, match="look-back"):
        actions.propose(**keepers.said(keepers.head))


def test_a_disposal_sent_back_leaves_all_as_it_was(keepers: Keepers) -> None:
    actions.propose(**keepers.said(keepers.head))
    with pytest.raises(NotAllowed, match="waits for a second person"):
        actions.propose(**keepers.said(keepers.head))
    actions.answer(**keepers.said(keepers.chief, reasons="A book is being written."), agreed=False)
    assert found.matter(keepers.head.viewer, keepers.ref).narrative
    assert keepers.row().proposal is None
    with pytest.raises(NotFound):
        queries.certificate(keepers.head.viewer, "matter", keepers.ref)
    assert actions.propose(**keepers.said(keepers.head))


def test_what_was_reviewed_and_kept_is_due_again_later(keepers: Keepers) -> None:
    until = keepers.at.date() + timedelta(days=365)
    with pytest.raises(NotValid):
        actions.keep(**keepers.said(keepers.chief), until=keepers.at.date() + timedelta(days=4000))
    actions.keep(**keepers.said(keepers.chief), until=until)
    assert keepers.ref not in keepers.due()
    assert keepers.row().keeping.value.review_on == until


def test_each_act_needs_its_power_and_its_reasons(keepers: Keepers, at: datetime) -> None:
    assessor = worlds.user(at, "Asa Sessor", "assessor")
    for act, more in ((actions.hold, {}), (actions.propose, {}), (actions.answer, {"agreed": True})):
        with pytest.raises(NotAllowed):
            act(**keepers.said(assessor), **more)
    with pytest.raises(NotAllowed):
        actions.propose(**keepers.said(keepers.chief))
    with pytest.raises(NotAllowed):
        queries.due(assessor.viewer)
    with pytest.raises(NotValid):
        actions.propose(**keepers.said(keepers.head, reasons=""))
    with pytest.raises(NotValid, match="not come yet"):
        actions.hold(**keepers.said(keepers.head, on=at.date() + timedelta(days=1)))


def test_a_record_behind_a_wall_is_neither_due_nor_disposable(keepers: Keepers, at: datetime) -> None:
    hidden = past_matter(at, LONG_AGO, sensitive_reason="At risk.")
    assert hidden not in keepers.due()
    with pytest.raises(NotFound):
        actions.propose(**keepers.said(keepers.head, ref=hidden))
    with pytest.raises(NotFound):
        queries.retention(keepers.head.viewer, "matter", hidden)


def test_what_was_said_cannot_be_changed_or_deleted(keepers: Keepers) -> None:
    actions.hold(**keepers.said(keepers.chief))
    actions.lift(**keepers.said(keepers.chief))
    keepers.dispose()
    for model in (Hold, Disposal, Answered):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.update(reasons="Something else.")


def test_the_reasons_of_a_disposal_outlive_the_words(keepers: Keepers, at: datetime) -> None:
    keepers.dispose()
    auditor = worlds.user(at, "Audrey Auditor", "auditor").viewer
    entries = journal.entries_about(auditor, keepers.ref).rows
    [agreed] = [row for row in entries if row.summary.startswith("agreed to a disposal")]
    assert "Read it all." in str(journal.entry(auditor, agreed.seq))
