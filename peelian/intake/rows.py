"""What the intake gives: items as a list shows them, and one item word for word."""

from dataclasses import dataclass, field
from datetime import date, datetime

from peelian.walls.rows import UserRow


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item in a list. `id`, `unit_id` and `from_person_id` are keys for other rooms, never shown."""

    id: int
    ref: str
    heading: str
    channel: str
    channel_words: str
    received_on: date
    state: str
    state_words: str
    owner: UserRow | None
    unit_id: int | None
    from_person_id: int | None
    is_sensitive: bool


@dataclass(frozen=True, slots=True)
class SeriousRow:
    """Why an item is serious, however minor it seems, and the question of referral that it raises. LES-10."""

    label: str
    law: str
    codes: tuple[str, ...]  # categories, to one of which an allegation of a matter made of it is coded
    in_words: tuple[str, ...]
    criterion: str
    asks: str
    asks_law: str


@dataclass(frozen=True, slots=True)
class ItemDetail:
    """An item word for word. `about_key`: the record an analytic finding is about, by its reference."""

    row: ItemRow
    words: str
    from_words: str
    recorded_at: datetime
    recorded_by: str
    recorded_by_name: str
    assessed_on: date | None
    assessed_by_name: str
    reasons: str
    about_key: str
    serious: tuple[SeriousRow, ...] = ()


@dataclass(frozen=True, slots=True)
class LogRow:
    """That an item about serious categories is to be logged. `agreed` is None while it awaits a second person.

    `is_mine`: the viewer asked for it, or took the item in, so somebody else must answer.
    """

    item_ref: str
    heading: str
    categories: tuple[str, ...]  # in words
    reasons: str
    on: date
    by: str
    is_mine: bool
    agreed: bool | None
    answered_reasons: str
    answered_on: date | None
    answered_by: str


@dataclass(frozen=True, slots=True)
class EndedItem:
    """An item as retention needs it. `id` is a key for other rooms, never shown."""

    id: int = field(repr=False)
    ref: str
    heading: str
    state: str
    state_words: str
    assessed_on: date | None


@dataclass(frozen=True, slots=True)
class ItemFilters:
    """What a list of items is narrowed by; empty means not narrowed. `state`: awaiting, matter or logged."""

    words: str = ""
    state: str = ""
    channel: str = ""
    owner_id: int | None = None
    unit_id: int | None = None
    received_from: date | None = None
    received_to: date | None = None  # included


@dataclass(frozen=True, slots=True)
class KeptOutRow:
    """Someone who must never see an item, or what comes of it."""

    person_id: int
    ground: str


@dataclass(frozen=True, slots=True)
class SigningItem:
    """What is shown before the signature: who is named in the item, by key, and nothing of what it says."""

    id: int
    ref: str
    channel_words: str
    received_on: date
    person_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Unassessed:
    """The oldest items that nobody assessed within `days` working days. `more`: there are others. LES-05."""

    rows: tuple[ItemRow, ...]
    more: bool
    days: int
