"""How to reach a person, and what they need."""

from datetime import date

from django.db import transaction

from peelian.people.actions.entries import enter, held_person, line
from peelian.people.models import Contact, Need
from peelian.terms.acts import Act
from peelian.terms.contact import CHANNELS
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotValid
from peelian.terms.viewer import Viewer


@transaction.atomic
def add_contact(
    *,
    by: Viewer,
    person_ref: str,
    channel: str,
    value: str,
    preferred: bool = False,
    refused: bool = False,
    safety: str = "",
    on: date,
) -> None:
    """Add a way to reach a person from `on`.

    `safety`: when and how it is safe to use, in words that whoever calls will read first. `preferred`: takes the
    preference from any other. `refused`: they asked that it not be used; `safety` then says why, and no `value` means
    whatever the address. Raises NotValid for an unknown channel, for nothing to reach them by, and for a refusal
    without its reason, NotFound.
    """
    person = held_person(by, person_ref, Permission.RECORD_MATTER)
    if channel not in CHANNELS:
        raise NotValid("channel", f"Choose one of: {', '.join(CHANNELS)}.")
    value = line("value", value, most=300, needed="" if refused else "Give the address or number.")
    if channel == "email" and value and "@" not in value:
        raise NotValid("value", "An email address holds an @.")
    needed = "Say why this way is not to be used, in words that whoever writes to them will read." if refused else ""
    safety = line("safety", safety, most=300, needed=needed)
    if refused and preferred:
        raise NotValid("preferred", "They cannot prefer a way that they asked not to be used.")
    if preferred:
        person.contacts.filter(is_preferred=True).update(is_preferred=False)
    Contact.objects.create(
        person=person,
        channel=channel,
        value=value,
        is_preferred=preferred,
        is_refused=refused,
        safety=safety,
        from_on=on,
    )
    text = {"channel": channel, "after": value, "safety": safety}
    summary = "recorded a way that a person asked not to be used" if refused else "added a way to reach a person"
    enter(by, person, Act.ALTERED, summary, text, on=on)


@transaction.atomic
def add_need(*, by: Viewer, person_ref: str, words: str, on: date) -> None:
    """Record what a person needs so as to take part, from `on`. Raises NotValid, NotFound."""
    person = held_person(by, person_ref, Permission.RECORD_MATTER)
    words = line("words", words, most=300, needed="Say what they need.")
    Need.objects.create(person=person, words=words, from_on=on)
    enter(by, person, Act.ALTERED, "recorded a need", {"after": words}, on=on)
