"""Taking in what arrives, word for word, from people and from Peelian itself."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db import transaction

from peelian.intake.actions.owning import KIND, must_be_able, open_only_to_named, text_of, who_answers
from peelian.intake.channels import FINDING, OWN, channel_words
from peelian.intake.models import Item, KeptOut
from peelian.journal import actions as journal
from peelian.search import actions as search
from peelian.terms.acts import Act
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotValid
from peelian.terms.viewer import Viewer
from peelian.walls.actions import tether
from peelian.walls.powers import must_hold


@transaction.atomic
def receive(
    *,
    by: Viewer,
    channel: str,
    words: str,
    heading: str,
    received_on: date,
    from_person_id: int | None = None,
    from_words: str = "",
    never_show_to: Sequence[tuple[int, str]] = (),
    owner_id: int | None = None,
    unit_id: int | None = None,
    sensitive_reason: str = "",
    about_key: str = "",
) -> str:
    """Take in a report, letter or concern exactly as it came; returns the item's reference.

    `channel`: a key of `channels()`. `from_person_id`: the sender, where they are in the register; `from_words`: what
    is known of a sender otherwise. `never_show_to`: keys of people who must never see it or what comes of it, each
    with the ground. `owner_id`: the user who answers for it; the receiver if none is given. With `sensitive_reason` it
    is open only to the owner and the receiver, once each has signed. Where a head of professional standards is among
    `never_show_to` it becomes sensitive and the delegate is named on it. `about_key`: the record it adds to, by its
    reference.

    Needs RECEIVE. Raises NotValid (channel, words, heading, received_on, owner), NotAllowed.
    """
    must_hold(by, Permission.RECEIVE)
    if channel not in channel_words() or channel in OWN:
        raise NotValid("channel", "Choose how it arrived.")
    owner = owner_id if owner_id is not None else by.user_id
    sender = (from_person_id, from_words)
    item = _take_in(by, channel, words, heading, received_on, *sender, never_show_to, owner, unit_id, about_key)
    open_only_to_named(by, item, sensitive_reason, never_show_to, received_on)
    return item.ref


@transaction.atomic
def receive_finding(
    *,
    by: Viewer,
    heading: str,
    words: str,
    received_on: date,
    about_key: str = "",
    never_show_to: Sequence[tuple[int, str]] = (),
    owner_id: int | None = None,
    unit_id: int | None = None,
    sensitive_reason: str = "",
    serious: Collection[str] = (),
) -> str:
    """Take in what Peelian itself found, such as a record that vanished from a later extract; returns the reference.

    `about_key`: the reference of the record it is about. `owner_id`: who answers for it; by default the acting user if
    they may assess, then the head of professional standards, then whoever may assess. On an installation without users
    it waits without an owner. Give `never_show_to` and `sensitive_reason` of the record it is about: a finding about a
    hidden record is itself hidden. `serious`: rows of sexual_record that make it serious, whoever assesses it (LES-10).

    Needs RECEIVE or LOAD. Raises NotValid, NotAllowed.
    """
    must_hold(by, Permission.RECEIVE, Permission.LOAD)
    owner = owner_id if owner_id is not None else who_answers(by, frozenset(key for key, _ in never_show_to))
    found = (never_show_to, owner, unit_id, about_key, serious)
    item = _take_in(by, FINDING, words, heading, received_on, None, "", *found)
    open_only_to_named(by, item, sensitive_reason, never_show_to, received_on)
    return item.ref


def _take_in(
    by: Viewer,
    channel: str,
    words: str,
    heading: str,
    received_on: date,
    from_person_id: int | None,
    from_words: str,
    never_show_to: Sequence[tuple[int, str]],
    owner_id: int | None,
    unit_id: int | None,
    about_key: str = "",
    serious: Collection[str] = (),
) -> Item:
    if received_on > by.today:
        raise NotValid("received_on", "The day it arrived cannot be after today.")
    item: Item = Item.objects.create(
        ref=new_reference("PI"),
        channel=channel,
        words=text_of("words", words, why="Write down what arrived, word for word."),
        heading=text_of("heading", heading, why="Give it a heading.", longest=200).strip(),
        received_on=received_on,
        recorded_at=by.at,
        recorded_by=by.actor,
        from_person_id=from_person_id,
        from_words=text_of("from_words", from_words, longest=300),
        owner_id=owner_id,
        unit_id=unit_id,
        about_key=about_key,
        serious=sorted(serious),
    )
    KeptOut.objects.bulk_create(
        KeptOut(item=item, person_id=person_id, ground=text_of("ground", ground, why="Say why.", longest=200))
        for person_id, ground in never_show_to
    )
    people = [person_id for person_id, _ in never_show_to]
    tether(person_ids=[*people, from_person_id] if from_person_id else people, kind=KIND, record_id=item.pk)
    search.index(KIND, item.pk, f"{item.heading}\n{item.from_words}\n{item.words}")
    owner = must_be_able(by, item) if owner_id is not None else "nobody yet"
    journal.record(
        by=by,
        act=Act.COLLECTED,
        kind=KIND,
        key=item.ref,
        summary=f"received through {channel}; owner {owner}",
        on=received_on,
        texts=[(item.ref, {"heading": item.heading, "words": item.words, "from": item.from_words})],
    )
    return item
