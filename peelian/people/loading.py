"""People as outside files know them: found by the key of their register, made with their facts, changed at publishing.

Called by the room `loads`, which checks the power and writes the journal. Rows made here carry their load and are not
readable until it is published; what a load changes in a published person waits until then (`update`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from peelian.intake.inserting import insert
from peelian.intake.loading import Loading
from peelian.people.loaded_vehicles import end_unstated, held_marks, rows_of
from peelian.people.models import Contact, Identifier, Name, NameKey, OfPerson, Person, Posting, RankHeld, Unit, Vehicle
from peelian.people.names import folded_identifier, keys_of, sort_name
from peelian.terms.known_dates import KnownDate
from peelian.terms.people import IdentifierKind, NameKind, PersonKind
from peelian.terms.references import new_reference
from peelian.walls.actions.ties import untie_many
from peelian.walls.asking import among

BATCH = 2000
LOOK_UP = 900  # keys in one question; SQLite takes 999 parameters
BECAUSE = "to load an outside file"
SERVICE: tuple[type[OfPerson], ...] = (RankHeld, Posting)
STAGED: tuple[type[OfPerson], ...] = (Name, Identifier, RankHeld, Posting, Contact, Vehicle)


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What one row says of a person. Empty means not stated. `key`: in the register that the source uses.

    `is_registered`: whether the person belongs in the register by themselves; a complainant is known only through a
    record. `contact`: how to reach them.
    """

    key: str
    kind: PersonKind = PersonKind.NOT_STATED
    family: str = ""
    given: str = ""
    former: tuple[str, ...] = ()
    vehicles: tuple[str, ...] = ()
    identifiers: tuple[tuple[IdentifierKind, str], ...] = ()
    born: KnownDate | None = None
    sex: str = ""
    ethnicity: str = ""
    joined: KnownDate | None = None
    left: KnownDate | None = None
    rank: str = ""
    rank_from: KnownDate | None = None
    unit: str = ""
    title: str = ""
    posted: KnownDate | None = None
    contact: str = ""
    is_registered: bool = True

    @property
    def name(self) -> str:
        return fit(f"{self.given} {self.family}".strip(), 200)


@dataclass(frozen=True, slots=True)
class Known:
    """A person already there. `load_id`: the load that made them, None for one recorded here."""

    id: int = field(repr=False)
    load_id: int | None
    is_published: bool


@dataclass(frozen=True, slots=True)
class Update:
    """What a published load now says of a person: `names` are the facts of `facts` that it states anew."""

    person_id: int = field(repr=False)
    facts: PersonFacts
    names: frozenset[str]


def known(source_id: int, keys: Sequence[str]) -> dict[str, Known]:
    """Which keys of a register are people already."""
    people = Person.objects.as_system(because=BECAUSE)
    found: dict[str, Known] = {}
    rows = people.filter(among("source_key", keys), source_id=source_id)
    for key, pk, load_id, published_at in rows.values_list("source_key", "id", "load_id", "load__published_at"):
        found[key] = Known(pk, load_id, load_id is None or published_at is not None)
    return found


def add(loading: Loading, source_id: int, facts: Sequence[PersonFacts]) -> dict[str, int]:
    """Make people, each with all that is stated of them; their keys by the register's. `facts`: one for each key."""
    named = [bool(one.family) for one in facts]
    stated = [(one.born, one.joined, one.left) for one in facts]
    columns: dict[str, Any] = {
        "ref": [new_reference("PP") for _ in facts],
        "kind": [one.kind.value for one in facts],
        "display_name": [one.name if has_name else one.key for one, has_name in zip(facts, named, strict=True)],
        "sort_name": [_sort_name(one) for one in facts],
        "sex": [fit(one.sex, 40) for one in facts],
        "ethnicity": [fit(one.ethnicity, 80) for one in facts],
        "registered_on": [loading.on if one.is_registered else None for one in facts],
        "source_id": source_id,
        "source_key": [one.key for one in facts],
        "load_id": loading.load_id,
        "recorded_at": loading.at,
        "recorded_by": loading.by,
    }
    for name, days in zip(("born", "joined", "left"), zip(*stated, strict=True), strict=True):
        columns[f"{name}_on"] = [day.earliest if day else None for day in days]
        columns[f"{name}_precision"] = [day.precision.value if day else "" for day in days]
    keys = insert(Person, columns, count=len(facts))
    stage(loading, [(pk, one, None) for pk, one in zip(keys, facts, strict=True)], start_on=None)
    sounds = [(pk, key) for pk, one in zip(keys, facts, strict=True) for key in sorted(keys_of(*_all_names(one)))]
    name_keys = {"person_id": [pk for pk, _ in sounds], "key": [key for _, key in sounds]}
    insert(NameKey, name_keys, count=len(sounds))
    return {one.key: pk for pk, one in zip(keys, facts, strict=True)}


def stage(
    loading: Loading, stated: Sequence[tuple[int, PersonFacts, frozenset[str] | None]], *, start_on: date | None
) -> None:
    """Enter names, identifiers, ranks, postings and contacts of people under a load that is not published yet.

    Each of `stated`: the person's key, the facts, and which of them to enter (None: all, and the register's key as an
    identifier). `start_on`: the day from which a fact holds that gives no day of its own.
    """
    held = _held_facts([pk for pk, _, only in stated if only is not None])
    units = _units(loading, {one.unit for _, one, only in stated if one.unit and _wanted(only, "unit")})
    names: list[_Fact] = []
    identifiers: list[_Fact] = []
    ranks: list[_Fact] = []
    postings: list[_Fact] = []
    contacts: list[_Fact] = []
    vehicles: list[_Fact] = []
    marks = held_marks([pk for pk, one, only in stated if only is not None and one.vehicles])
    for pk, one, only in stated:
        if one.family and _wanted(only, "name"):
            names.append((pk, None, NameKind.CURRENT.value, fit(one.family, 120), fit(one.given, 120)))
        if _wanted(only, "former"):
            names += [(pk, None, NameKind.FORMER.value, fit(former, 120), "") for former in one.former]
        if only is None:
            identifiers.append(_identifier(pk, IdentifierKind.SOURCE_KEY, one.key))
        if _wanted(only, "identifiers"):
            identifiers += [_identifier(pk, kind, value) for kind, value in one.identifiers]
        if one.rank and _wanted(only, "rank") and (pk, fit(one.rank, 80), _day(one.rank_from)) not in held:
            start = _day(one.rank_from) or start_on
            ranks.append((pk, start, _end_of_service(one, start), fit(one.rank, 80)))
        if one.unit and _wanted(only, "unit") and (pk, units[one.unit], _day(one.posted)) not in held:
            start = _day(one.posted) or start_on
            postings.append((pk, start, _end_of_service(one, start), units[one.unit], fit(one.title, 120)))
        if one.contact and _wanted(only, "contact"):
            contacts.append((pk, None, "as stated", fit(one.contact, 300)))
        if _wanted(only, "vehicles"):
            vehicles += rows_of(pk, one.vehicles, marks)
    for model, rows, columns in (
        (Name, names, ("kind", "family", "given")),
        (Identifier, identifiers, ("kind", "value", "folded")),
        (RankHeld, ranks, ("to_on", "rank")),
        (Posting, postings, ("to_on", "unit_id", "title")),
        (Contact, contacts, ("channel", "value")),
        (Vehicle, vehicles, ("mark", "folded", "source")),
    ):
        if rows:
            by_column = zip(("person_id", "from_on", *columns), zip(*rows, strict=True), strict=True)
            given = {name: list(values) for name, values in by_column}
            insert(model, {**given, "load_id": loading.load_id}, count=len(rows))


def update(loading: Loading, updates: Sequence[Update]) -> None:
    """Apply to published people what the load that is being published says; call in its transaction.

    An earlier rank, posting or current name of an outside file ends where the new one starts, or on the day of the
    load where the file gives no day. A fact that the file no longer states is left as it is.
    """
    people = Person.objects.as_system(because=BECAUSE).in_bulk([one.person_id for one in updates])
    for one in updates:
        _state(people[one.person_id], one.facts, one.names)
    columns = [
        *("kind", "display_name", "sort_name", "born_on", "born_precision", "sex", "ethnicity", "joined_on"),
        *("joined_precision", "left_on", "left_precision", "registered_on"),
    ]
    for person in people.values():
        if person.registered_on is None and person.kind != PersonKind.PUBLIC:
            person.registered_on = loading.on
    Person.objects.bulk_create(
        people.values(), batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=columns
    )
    for name, model in (("rank", RankHeld), ("unit", Posting)):
        _end_earlier(loading, model, [one for one in updates if name in one.names and getattr(one.facts, name)])
    _end_service([one for one in updates if "left" in one.names])
    _end_identifiers(loading, [one for one in updates if "identifiers" in one.names and one.facts.identifiers])
    end_unstated(loading, {one.person_id: one.facts.vehicles for one in updates if "vehicles" in one.names})
    _rename(loading, [one for one in updates if "name" in one.names and one.facts.family])


def hold_as_placeholders(person_ids: Iterable[int]) -> int:
    """From now on these stand for nobody in particular; only people whose kind no source states. Returns how many."""
    return _change_kind(person_ids, PersonKind.NOT_STATED, PersonKind.PLACEHOLDER)


def hold_as_people(person_ids: Iterable[int]) -> int:
    """The reverse: a person decided that these keys are people after all. Returns how many."""
    return _change_kind(person_ids, PersonKind.PLACEHOLDER, PersonKind.NOT_STATED)


def keys_by_id(person_ids: Sequence[int]) -> dict[int, tuple[str, str, PersonKind]]:
    """Reference, the register's key and kind, by key."""
    people = Person.objects.as_system(because=BECAUSE)
    found: dict[int, tuple[str, str, PersonKind]] = {}
    for start in range(0, len(person_ids), LOOK_UP):
        rows = people.filter(among("pk", person_ids[start : start + LOOK_UP]))
        found.update(
            (pk, (ref, key, PersonKind(kind)))
            for pk, ref, key, kind in rows.values_list("pk", "ref", "source_key", "kind")
        )
    return found


def ids_of(refs: Sequence[str]) -> list[int]:
    """Keys of people by reference."""
    people = Person.objects.as_system(because=BECAUSE)
    return list(people.filter(ref__in=list(refs)).values_list("pk", flat=True))


def made_by(load_id: int) -> Mapping[str, int]:
    """How many people and placeholders a load made."""
    people = Person.objects.as_system(because=BECAUSE).filter(load_id=load_id)
    placeholders = people.filter(kind=PersonKind.PLACEHOLDER).count()
    return {"people": people.count() - placeholders, "placeholders": placeholders}


def discard(load_id: int, *, most: int = BATCH) -> int:
    """Take up to `most` rows of an unpublished load away, facts before people, units last; 0 when none is left."""
    unpublished = Q(load_id=load_id, load__published_at__isnull=True)
    of_made = Q(person__load_id=load_id, person__load__published_at__isnull=True)
    people = Person.objects.as_system(because="to discard an unpublished load").filter(unpublished)
    staged = [NameKey.objects.filter(of_made), *(model._default_manager.filter(unpublished) for model in STAGED)]
    for rows in (*staged, people, Unit.objects.filter(unpublished)):
        found = list(rows.values_list("pk", flat=True)[:most])
        if found:
            _delete(rows.model, found)
            return len(found)
    return 0


def fit(text: str, longest: int) -> str:
    """`text` cut to what its column holds, with an ellipsis; the whole of it stays in the ledger."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _delete(model: Any, keys: list[int]) -> None:
    rows = model.objects
    chosen = rows.as_system(because="to discard an unpublished load") if model is Person else rows.all()
    for start in range(0, len(keys), LOOK_UP):
        chosen.filter(pk__in=keys[start : start + LOOK_UP]).delete()


_Fact = tuple[Any, ...]  # the person's key, the first day, then the columns of the kind of fact


def _sort_name(one: PersonFacts) -> str:
    return sort_name(one.family, one.given) if one.family else sort_name(one.key, "")


def _state(person: Person, one: PersonFacts, names: frozenset[str]) -> None:
    """Set what `one` states of the facts in `names`; what it does not state stays."""
    if "kind" in names and one.kind is not PersonKind.NOT_STATED:
        person.kind = one.kind
    if "name" in names and one.family:
        person.display_name, person.sort_name = one.name, sort_name(one.family, one.given)
    for name in ("born", "joined", "left"):
        stated: KnownDate | None = getattr(one, name)
        if name in names and stated is not None:
            setattr(person, f"{name}_on", stated.earliest)
            setattr(person, f"{name}_precision", stated.precision.value)
    if "sex" in names and one.sex:
        person.sex = fit(one.sex, 40)
    if "ethnicity" in names and one.ethnicity:
        person.ethnicity = fit(one.ethnicity, 80)


def _identifier(person_id: int, kind: IdentifierKind, value: str) -> _Fact:
    return person_id, None, kind.value, fit(value, 120), folded_identifier(value)[:120]


def _units(loading: Loading, names: set[str]) -> dict[str, int]:
    """Units by name, made where there is none; a unit of another unpublished load is not taken."""
    cut = {fit(name, 200): name for name in names}
    readable = Q(load__isnull=True) | Q(load__published_at__isnull=False) | Q(load_id=loading.load_id)
    found: dict[str, int] = {}
    wanted = sorted(cut)
    for start in range(0, len(wanted), LOOK_UP):
        rows = Unit.objects.filter(readable, name__in=wanted[start : start + LOOK_UP]).order_by("-ref")
        found.update((cut[name], pk) for name, pk in rows.values_list("name", "pk"))
    missing = [name for name in sorted(names) if name not in found]
    units = [Unit(ref=new_reference("PU"), name=fit(name, 200), load_id=loading.load_id) for name in missing]
    Unit.objects.bulk_create(units, batch_size=BATCH)
    found.update((name, unit.pk) for name, unit in zip(missing, units, strict=True))
    return found


def _held_facts(person_ids: Sequence[int]) -> set[tuple[Any, ...]]:
    """Ranks and postings that these people have already, so that a row which repeats one adds none."""
    found: set[tuple[Any, ...]] = set()
    for keys in _in_parts(sorted(set(person_ids))):
        found.update(RankHeld.objects.filter(person_id__in=keys).values_list("person_id", "rank", "from_on"))
        found.update(Posting.objects.filter(person_id__in=keys).values_list("person_id", "unit_id", "from_on"))
    return found


def _end_of_service(one: PersonFacts, start: date | None) -> date | None:
    """The first day on which a rank or posting of somebody who left no longer holds; None where no day is known."""
    left = _day(one.left)
    return max(left, start) if left and start else left


def _end_service(updates: Sequence[Update]) -> None:
    """Whoever left holds no rank, posting or line manager from that day; where the day is not known, nothing ends."""
    left = {one.person_id: day for one in updates if (day := _day(one.facts.left))}
    for keys in _in_parts(sorted(left)):
        managed: dict[date, list[tuple[int, int]]] = {}
        for model in SERVICE:
            ending = list(model._default_manager.filter(person_id__in=keys, to_on__isnull=True))
            for fact in ending:
                fact.to_on = max(left[fact.person_id], fact.from_on) if fact.from_on else left[fact.person_id]
                if isinstance(fact, Posting) and fact.supervisor_id is not None:
                    managed.setdefault(left[fact.person_id], []).append((fact.supervisor_id, fact.person_id))
            model._default_manager.bulk_update(ending, ["to_on"], batch_size=200)
        for on, pairs in managed.items():
            untie_many(pairs=pairs, ground="line_manager", on=on)


def _end_identifiers(loading: Loading, updates: Sequence[Update]) -> None:
    """An identifier that an earlier load gave ends on the day of the load that gives another of its kind."""
    for part in _in_parts(updates):
        replaced = {(one.person_id, kind.value): value for one in part for kind, value in one.facts.identifiers}
        held = Identifier.objects.filter(person_id__in=[one.person_id for one in part], to_on__isnull=True)
        earlier = held.filter(load__isnull=False).exclude(load_id=loading.load_id)
        ending = [row for row in earlier if replaced.get((row.person_id, row.kind), row.value) != row.value]
        for row in ending:
            row.to_on = max(loading.on, row.from_on) if row.from_on else loading.on
        Identifier.objects.bulk_update(ending, ["to_on"], batch_size=200)


def _end_earlier(loading: Loading, model: type[OfPerson], updates: Sequence[Update]) -> None:
    """End the open facts that earlier loads gave of these people, where this one's start."""
    starts = {
        one.person_id: _day(one.facts.rank_from if model is RankHeld else one.facts.posted) or loading.on
        for one in updates
    }
    open_facts: Any = model._default_manager.filter(to_on__isnull=True, load__isnull=False)
    for keys in _in_parts(sorted(starts)):
        ending = list(open_facts.filter(person_id__in=keys).exclude(load_id=loading.load_id))
        for fact in ending:
            start = starts[fact.person_id]
            fact.to_on = max(start, fact.from_on) if fact.from_on else start
        model._default_manager.bulk_update(ending, ["to_on"], batch_size=200)


def _rename(loading: Loading, updates: Sequence[Update]) -> None:
    """The earlier current name becomes a former one; the keys of the new one are added."""
    for part in _in_parts(updates):
        keys = [one.person_id for one in part]
        current = Name.objects.filter(person_id__in=keys, kind=NameKind.CURRENT, to_on__isnull=True)
        ended = current.exclude(load_id=loading.load_id)
        ended.filter(Q(from_on__isnull=True) | Q(from_on__lte=loading.on)).update(
            kind=NameKind.FORMER, to_on=loading.on
        )
        held = set(NameKey.objects.filter(person_id__in=keys).values_list("person_id", "key"))
        wanted = {(one.person_id, key) for one in part for key in keys_of(*_all_names(one.facts))}
        new = [NameKey(person_id=pk, key=key) for pk, key in sorted(wanted - held)]
        NameKey.objects.bulk_create(new, batch_size=BATCH)


def _change_kind(person_ids: Iterable[int], was: PersonKind, now: PersonKind) -> int:
    people = Person.objects.as_system(because=BECAUSE)
    return sum(people.filter(pk__in=keys, kind=was).update(kind=now) for keys in _in_parts(sorted(person_ids)))


def _in_parts(rows: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (rows[start : start + LOOK_UP] for start in range(0, len(rows), LOOK_UP))


def _all_names(one: PersonFacts) -> list[str]:
    return [name for name in (one.family, one.given, *one.former) if name]


def _wanted(only: frozenset[str] | None, name: str) -> bool:
    return only is None or name in only


def _day(known_date: KnownDate | None) -> date | None:
    """A span starts on a day; one known only to the month or year gives none."""
    return known_date.earliest if known_date is not None and known_date.is_exact else None
