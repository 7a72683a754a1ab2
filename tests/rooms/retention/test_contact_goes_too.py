"""A disposal takes the words of contact with the matter: plans, wishes, rights, referrals, keys, and what was told."""

import dataclasses
from datetime import date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from peelian.contact import actions as contact
from peelian.contact import queries as kept
from peelian.contact.models import Plan, Referral, RightMark, Said, ViewKey, ViewKeyEnd
from peelian.contact.rows import OpenedKey, PlanDraft
from peelian.intake import actions as intake
from peelian.intake import queries as items
from peelian.journal.models import Entry
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
TABLES = (Plan, Said, RightMark, Referral, ViewKey, ViewKeyEnd)


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
    """Every column of every table of contact, with what a referral came to."""
    made = [(one.made.service, one.answer.words) for one in Referral.objects.select_related("made", "answer")]
    return repr([[*model.objects.values()] for model in TABLES]).lower() + repr(made).lower()


def test_every_word_of_contact_goes_with_its_matter_and_what_was_stays(disposable: Keepers, whole: Kept) -> None:
    assert rows().count(SECRET) >= 20
    disposable.dispose()
    assert SECRET not in rows()
    assert items.item(worlds.peelian(whole.at), whole.told).words == ""
    row = kept.somebody_on(worlds.peelian(whole.at), whole.ref, whole.carla)
    assert (len(row.plans), [one.stance for one in row.said], row.plans[0].ways) == (1, [Stance.NO], ())
    assert [right.state for right in row.rights if right.marks] == [RightState.OFFERED]
    assert [one.is_open for one in row.keys] == [False, False], "no key opens what is left"
    assert row.messages[0].words == ""
    went = " ".join(queries.certificate(disposable.head.viewer, "matter", whole.ref).went)
    assert "Contact plans, wishes" in went
    assert Entry.objects.filter(key=whole.ref, act="erased", summary="erased the words of contact").count() == 1


def test_contact_on_another_matter_stays_as_it_was(disposable: Keepers, whole: Kept, at: datetime) -> None:
    other = worlds.open_complaint(worlds.peelian(at), date(2026, 11, 2), complainants=[whole.carla])
    contact.mark_rights(
        **{**whole.of, "matter_ref": other}, rights=["VC-01"], state=RightState.OFFERED, reasons="The wyvern."
    )
    disposable.dispose()
    assert list(RightMark.objects.filter(matter_id=found.key_of(worlds.peelian(at), other)).values_list("reasons")) == [
        ("The wyvern.",)
    ]


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
    (Plan, {"say": "Something else"}),
    (Plan, {"reasons": ""}),
    (Plan, {"ways": [{}]}),
    (Plan, {"wants_contact": False, "say": ""}),
    (Said, {"words": "Something else"}),
    (Said, {"stance": "yes"}),
    (RightMark, {"state": "declined"}),
    (ViewKey, {"code_hash": "x", "reasons": "Erased"}),
)


@pytest.mark.parametrize(("model", "change"), CHANGES, ids=[f"{m.__name__} {sorted(c)}" for m, c in CHANGES])
def test_nothing_but_the_mark_of_erasure_takes_the_place_of_words(
    whole: Kept, model: Any, change: dict[str, Any]
) -> None:
    before = list(model.objects.values())
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all().delete()
    assert list(model.objects.values()) == before
