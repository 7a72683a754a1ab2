"""What the walls say of users, places and openings."""

from dataclasses import dataclass
from datetime import date, datetime

from peelian.terms.acts import RecordKind
from peelian.terms.matters import Capacity


@dataclass(frozen=True, slots=True)
class UserRow:
    """A user as others may name them. `id` and `person_id` are keys for other rooms, never shown."""

    id: int
    ref: str
    username: str
    name: str
    unit_id: int | None
    person_id: int | None
    is_active: bool


@dataclass(frozen=True, slots=True)
class GrantRow:
    role: str
    title: str
    from_on: date
    to_on: date | None


@dataclass(frozen=True, slots=True)
class ManagedUserRow:
    """A user as the administrator sees them. `roles`: titles held today. `grants`: all there ever were.

    `body`: the force or body that they come from, where it is not this force.
    """

    user: UserRow
    email: str
    last_login: datetime | None
    roles: tuple[str, ...]
    grants: tuple[GrantRow, ...] = ()
    body: str = ""


@dataclass(frozen=True, slots=True)
class UserFilters:
    """`words`: part of a username or name. `role`: a role's key held today. `active`: None for both."""

    words: str = ""
    role: str = ""
    active: bool | None = None


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place on a record. `to_on` is the first day without it; `conflict_at` says that they declared a conflict."""

    kind: RecordKind
    record_id: int
    user: UserRow
    capacity: Capacity
    from_on: date
    to_on: date | None
    signed_at: datetime | None
    conflict_at: datetime | None


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """One use of break-glass. `is_open`: whether it still opens the record at the viewer's moment."""

    ref: str
    kind: RecordKind
    record_ref: str
    user_ref: str
    user_name: str
    reason: str
    at: datetime
    until: datetime
    is_open: bool


@dataclass(frozen=True, slots=True)
class DelegateRow:
    user: UserRow
    reason: str
    from_on: date
    to_on: date | None
