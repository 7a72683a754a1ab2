"""A disposal takes the words of contact with the matter: plans, wishes, rights, referrals, keys, and what was told."""

import dataclasses
from datetime import date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from peelian.contact import actions as contact
from peelian.contact import queries as kept
from peelian.contact.models import (
    Plan,
    Referral,
    ReferralAnswer,
    ReferralMade,
    RightMark,
    Said,
    ViewKey,
    ViewKeyEnd,
)
from peelian.contact.rows import OpenedKey, PlanDraft
from peelian.intake import actions as intake
from peelian.intake import queries as items
from peelian.journal.models import Entry, SubjectKey
from peelian.loads import actions as loads
from peelian.matters import actions as matters
from peelian.matters import queries as found
from peelian.retention import actions, queries
from peelian.rules.contact import SafeWay
from peelian.terms.acts import RecordKind
from peelian.terms.contact import RightState, Stance, Topic
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from peelian.terms.viewer import system
from tests import worlds
from tests.rooms.retention.test_retention import LONG_AGO, Keepers, keepers

pytestmark = pytest.mark.django_db
__all__ = ["keepers"]
SECRET = "wyvern"
TABLES = (Plan, Said, RightMark, Referral, ReferralMade, ReferralAnswer, ViewKey, ViewKeyEnd)


class Kept:
    """An old complaint by Carla with everything in contact that can be said, each with a wyvern in it."""

    def __init__(self, keepers: Keepers) -> None:
        self.at = keepers.at
        self.worker = worlds.user(self.at, "Wendy Worker", "complaint_handler").viewer
        self.carla = worlds.member_of_the_public(self.at, "Willow", "Carla")
        self.ref = worlds.open_complaint(worlds.peelian(self.at), LONG_AGO, LONG_AGO, complainants=[self.carla])
        self.said()
        self.told = self.tell("A wyvern followed me home.")

    @property
    def of(self) -> dict[str, Any]:
        return {"by": self.worker, "matter_ref": self.ref, "person_key": self.carla, "on": self.worker.today}

    def said(self) -> None:
        ways = (SafeWay("email", "wyvern@example.org", note="a wyvern reads it"),)
        words = dict.fromkeys(("say", "never_say", "never_write", "may_be_told", "lives_there"), "The wyvern")
        more = dict.fromkeys(("interpreter", "adjustments", "agreed_with", "reasons"), "a wyvern")
        contact.agree_plan(**self.of, draft=PlanDraft(wants_contact=True, ways=ways, **words, **more), replaces=0)
        wish = {"words": "No wyvern.", "reasons": "The wyvern.", "about": "wyvern", "said_by": "wyvern"}
        contact.record_said(**self.of, topic=Topic.SHARING, stance=Stance.NO, how="telephone", **wish)
        contact.mark_rights(**self.of, rights=["VC-01"], state=RightState.OFFERED, reasons="By the wyvern.")
        refer = contact.offer_adviser(**self.of, adviser="idva", consented=True, words="Not a wyvern.")
        contact.make_referral(**self.of, referral_ref=refer, service="Wyvern House")
        contact.answer_referral(**self.of, referral_ref=refer, words="The wyvern came.")
        contact.give_key(**self.of, reasons="A wyvern asked.")
        contact.give_key(**self.of, reasons="A wyvern lost it.")

    def tell(self, words: str) -> str:
        key = ViewKey.objects.get(matter_id=self.key, end__isnull=True)
        return contact.tell(opened=OpenedKey(key.pk, self.ref, self.carla), words=words, is_unsafe=False, at=self.at)

    @property
    def key(self) -> int:
        return found.key_of(worlds.peelian(self.at), self.ref)

    def close(self) -> None:
        by = worlds.peelian(self.at)
        version = found.matter(by, self.ref).version
        matters.mark_closed(by=by, matter_ref=self.ref, version=version, on=LONG_AGO, reasons="Dealt with.")

    def log(self, item: str) -> None:
        by = worlds.peelian(self.at)
        intake.log_with_reasons(by=by, item_ref=item, reasons="Read.", on=by.today)


@pytest.fixture
def whole(keepers: Keepers) -> Kept:
    return Kept(keepers)


@pytest.fixture
def disposable(keepers: Keepers, whole: Kept) -> Keepers:
    """The matter closed long ago and nothing owed on it."""
    whole.close()
    whole.log(whole.told)
    return dataclasses.replace(keepers, ref=whole.ref)


def rows() -> str:
    """Every column of every table of contact, as it is stored."""
    return repr([[*model.objects.values()] for model in TABLES]).lower()


def read(whole: Kept) -> str:
    """All that a reader of the matter is shown of Carla's contact."""
    return repr(kept.somebody_on(worlds.peelian(whole.at), whole.ref, whole.carla)).lower()


def test_words_of_contact_are_stored_under_seal(whole: Kept) -> None:
    assert read(whole).count(SECRET) >= 20
    assert SECRET not in rows()
    assert all(bytes(words) for model in TABLES for words in model.objects.values_list("words", flat=True))


def test_every_word_of_contact_goes_with_its_matter_and_what_was_stays(disposable: Keepers, whole: Kept) -> None:
    before = rows()
    disposable.dispose()
    assert SECRET not in read(whole)
    assert not SubjectKey.objects.filter(subject=f"{whole.ref}/contact").exists()
    assert len(rows()) > len(before), "what was stays as it was, with the end of the last key"
    assert items.item(worlds.peelian(whole.at), whole.told).words == ""
    row = kept.somebody_on(worlds.peelian(whole.at), whole.ref, whole.carla)
    assert (len(row.plans), [one.stance for one in row.said], row.plans[0].ways) == (1, [Stance.NO], ())
    assert [right.state for right in row.rights if right.marks] == [RightState.OFFERED]
    assert [one.is_open for one in row.keys] == [False, False], "no key opens what is left"
    assert row.messages[0].words == ""
    went = " ".join(queries.certificate(disposable.head.viewer, "matter", whole.ref).went)
    assert "Contact plans, wishes" in went
    assert Entry.objects.filter(key=f"{whole.ref}/contact", act="erased").count() == 1


def test_the_matters_own_erasure_reaches_contact_and_the_copies_in_the_journal(whole: Kept) -> None:
    by = worlds.peelian(whole.at)
    version = found.matter(by, whole.ref).version
    loads.erase_words_of_matter(by=by, matter_ref=whole.ref, version=version, reason="Asked.", on=by.today)
    assert SECRET not in read(whole).replace(SECRET + " followed me home", ""), "what was told stays with its own item"
    assert not SubjectKey.objects.filter(subject__in=(whole.ref, f"{whole.ref}/contact")).exists()
    contact.mark_rights(**whole.of, rights=["VC-02"], state=RightState.OFFERED, reasons="By the griffin.")
    assert "griffin" in read(whole), "what is said from then on has a key of its own"


def test_nothing_of_a_matter_under_a_legal_hold_is_erased(keepers: Keepers, whole: Kept) -> None:
    by, held = worlds.peelian(whole.at), dataclasses.replace(keepers, ref=whole.ref)
    actions.hold(**held.said(held.head, reasons="A claim stands."))
    version = found.matter(by, whole.ref).version
    erasing: dict[str, Any] = {"by": by, "matter_ref": whole.ref, "reason": "Asked.", "on": by.today}
    with pytest.raises(NotAllowed, match="legal hold"):
        contact.erase_contact(**erasing)
    with pytest.raises(NotAllowed, match="legal hold"):
        matters.erase_narrative(**erasing, version=version)
    assert read(whole).count(SECRET) >= 20


def test_contact_on_another_matter_stays_as_it_was(disposable: Keepers, whole: Kept, at: datetime) -> None:
    other = worlds.open_complaint(worlds.peelian(at), date(2026, 11, 2), complainants=[whole.carla])
    contact.mark_rights(
        **{**whole.of, "matter_ref": other}, rights=["VC-01"], state=RightState.OFFERED, reasons="The wyvern."
    )
    disposable.dispose()
    [right] = [one for one in kept.somebody_on(worlds.peelian(at), other, whole.carla).rights if one.marks]
    assert right.marks[0].reasons == "The wyvern."


def test_nothing_goes_while_something_told_awaits_assessment(keepers: Keepers, whole: Kept) -> None:
    whole.close()
    waiting = dataclasses.replace(keepers, ref=whole.ref)
    with pytest.raises(NotAllowed, match="awaits assessment"):
        actions.propose(**waiting.said(waiting.head))


def test_an_item_that_is_held_stays_when_the_matter_goes(disposable: Keepers, whole: Kept) -> None:
    item = dataclasses.replace(disposable, kind=RecordKind.INTAKE_ITEM.value, ref=whole.told)
    actions.hold(**item.said(item.head, reasons="An inquiry asks for it."))
    disposable.dispose()
    assert items.item(worlds.peelian(whole.at), whole.told).words == "A wyvern followed me home."


def test_erasing_contact_needs_the_power_a_reason_and_a_matter_that_is_seen(whole: Kept, at: datetime) -> None:
    by = system("retention", at=at, because="a test")
    asked: dict[str, Any] = {"matter_ref": whole.ref, "on": at.date()}
    with pytest.raises(NotAllowed, match="Your role does not let you"):
        contact.erase_contact(by=whole.worker, reason="Asked.", **asked)
    with pytest.raises(NotValid, match="Say why"):
        contact.erase_contact(by=by, reason=" ", **asked)
    with pytest.raises(NotFound):
        contact.erase_contact(by=by, reason="Asked.", **{**asked, "matter_ref": "PM-22222-22222"})


CHANGES: tuple[tuple[Any, dict[str, Any]], ...] = (
    (Plan, {"words": b""}),
    (Plan, {"wants_contact": False}),
    (Said, {"words": b"Something else"}),
    (Said, {"stance": "yes"}),
    (RightMark, {"state": "declined"}),
    (ReferralAnswer, {"words": b""}),
    (ViewKey, {"code_hash": "x"}),
)


def test_nothing_takes_the_place_of_words(whole: Kept) -> None:
    for model, change in CHANGES:
        before = list(model.objects.values())
        with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
            model.objects.update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.all().delete()
        assert list(model.objects.values()) == before
