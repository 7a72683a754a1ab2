"""How many times one network address may get a reference or its code wrong, before it has to wait.

Each wrong try costs a slow hash and an entry of the journal, so there is a limit to them. A try is counted before it is
looked at, so that many at one moment are no way round it; a right one gives its place back. No address is kept, only a
keyed hash of it, and no row longer than it counts.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac

from peelian.contact.models import EntryTries
from peelian.terms.refusals import NotAllowed, Refusal

LAW = "Local rule: tries of a reference and a code"
SALT = "peelian.contact.tries"
ONE_HOME = 64  # bits of an IPv6 address that belong to one connection


class Waits(NotAllowed):
    """Too many wrong tries came from this address. `until`: from then on it may try again."""

    def __init__(self, until: datetime) -> None:
        super().__init__(Refusal("Too many wrong references or codes came from one address.", LAW))
        self.until = until


@dataclass(frozen=True, slots=True)
class Place:
    """A try that was counted. `locks`: it is the last that is looked at; `until` when, if it is wrong."""

    who: str
    locks: bool
    until: datetime


@transaction.atomic
def take_place(address: str, *, at: datetime) -> Place:
    """Count a try from `address`. Raises Waits while the address has to wait."""
    who, wait = _who(address), settings.PEELIAN_OWN_VIEW_WAIT
    row = EntryTries.objects.select_for_update().filter(who=who).first()
    if row is not None and row.until is not None and at < row.until:
        raise Waits(row.until)
    if row is None:
        _forget(at - wait, at)
        row, _ = EntryTries.objects.select_for_update().get_or_create(who=who, defaults={"tries": 0, "since": at})
    if row.until is not None or row.since <= at - wait:
        row.tries, row.since, row.until = 0, at, None
    row.tries += 1
    locks = row.tries >= settings.PEELIAN_OWN_VIEW_TRIES
    until = _next_minute(at + wait)
    row.until = until if locks else None
    row.save()
    return Place(who, locks, until)


@transaction.atomic
def give_back(place: Place) -> None:
    """The try was a right one: it counts for nothing, and locks nothing."""
    row: Any = EntryTries.objects.select_for_update().filter(who=place.who).first()
    if row is None:
        return
    row.tries = max(row.tries - 1, 0)
    if place.locks and row.until == place.until:
        row.until = None
    row.save()


def _next_minute(at: datetime) -> datetime:
    """The full minute that comes then or after it, so that the time a page gives is never too early."""
    full = at.replace(second=0, microsecond=0)
    return full if full == at else full + timedelta(minutes=1)


def _forget(before: datetime, at: datetime) -> None:
    EntryTries.objects.filter(Q(until__isnull=True) | Q(until__lte=at), since__lte=before).delete()


def _who(address: str) -> str:
    """A keyed hash: of the address, or of the part of an IPv6 address that is one connection's."""
    try:
        known = ip_address(address.strip())
    except ValueError:
        return salted_hmac(SALT, "unknown", algorithm="sha256").hexdigest()
    if isinstance(known, IPv6Address):
        place = str(known.ipv4_mapped or ip_network((known, ONE_HOME), strict=False))
    else:
        place = str(known)
    return salted_hmac(SALT, place, algorithm="sha256").hexdigest()
