"""Matters as outside files know them: found by their source's key, made with their people and allegations.

Called by the room `loads`, which checks the power and writes the journal. Rows made here carry their load and are not
readable until it is published; what a load changes in a published matter waits until then (`update`). No clock starts
from any of this: an outside history gives dates, not the dated acts that the law counts from.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Max, Q

from peelian.intake.inserting import insert
from peelian.intake.loading import Loading
from peelian.matters.models import Allegation, AllegationFactor, AllegedAgainst, Involvement, Matter, Narrative
from peelian.people.loading import fit
from peelian.search import actions as search
from peelian.search.words import LONGEST_TEXT
from peelian.terms.acts import RecordKind
from peelian.terms.known_dates import KnownDate
from peelian.terms.matters import MatterKind, MatterState, Part
from peelian.terms.references import new_reference
from peelian.walls.asking import among

BATCH = 2000
LOOK_UP = 900  # keys in one question; SQLite takes 999 parameters
BECAUSE = "to load an outside file"
DATES = {"came": "came_to_attention", "incident": "incident", "closed": "closed"}


@dataclass(frozen=True, slots=True)
class MatterFacts:
    """What rows say of a matter. `force`: whose matter it is (empty: this force). None or empty: not stated."""

    key: str
    kind: MatterKind = MatterKind.HISTORY
    state: MatterState = MatterState.NOT_STATED
    force: str = ""
    came: KnownDate | None = None
    incident: KnownDate | None = None
    closed: KnownDate | None = None
    narrative: str = ""


@dataclass(frozen=True, slots=True)
class AllegationFacts:
    """What a row says of an allegation. `category`: a national code; the `…_words` are the source's own."""

    category: str = ""
    category_words: str = ""
    text: str = ""
    finding_words: str = ""
    outcome_words: str = ""
    factors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """A matter already there. `load_id`: the load that made it, None for one recorded here."""

    id: int = field(repr=False)
    load_id: int | None
    is_published: bool
    facts: MatterFacts


@dataclass(frozen=True, slots=True, order=True)
class Involved:
    """Somebody's part in a matter: a person in the register, or a description (of at most 300 letters) while nobody
    knows who it is."""

    matter_id: int = field(repr=False)
    person_id: int = field(repr=False)  # 0: not known
    description: str
    part: Part


@dataclass(frozen=True, slots=True)
class Alleged:
    """An allegation of a matter against some of those involved (keys of involvements)."""

    matter_id: int = field(repr=False)
    facts: AllegationFacts
    against: tuple[int, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class MatterUpdate:
    """What a published load says of a matter anew: the facts in `names`. `only_blanks`: where nothing stands yet."""

    matter_id: int = field(repr=False)
    facts: MatterFacts
    names: frozenset[str]
    only_blanks: bool


@dataclass(frozen=True, slots=True)
class AllegationUpdate:
    """The same for an allegation. `person_id`: against whom it is now made, if that is what changed; 0: as it was."""

    allegation_id: int = field(repr=False)
    facts: AllegationFacts
    names: frozenset[str]
    person_id: int = 0


def known(source_id: int, keys: Sequence[str]) -> dict[str, Known]:
    """Which keys of a source are matters already, with what stands of the facts that a file may state."""
    matters = Matter.objects.as_system(because=BECAUSE)
    columns = ("source_key", "pk", "load_id", "load__published_at", "kind", "state", "force")
    dates = [f"{column}_{end}" for column in DATES.values() for end in ("on", "precision")]
    found: dict[str, Known] = {}
    rows = matters.filter(among("source_key", keys), source_id=source_id).values_list(*columns, *dates)
    for key, pk, load_id, published_at, kind, state, force, *days in rows:
        came, incident, closed = (_known_date(*days[i : i + 2]) for i in (0, 2, 4))
        facts = MatterFacts(key, MatterKind(kind), MatterState(state), force, came, incident, closed)
        found[key] = Known(pk, load_id, load_id is None or published_at is not None, facts)
    return found


def add(loading: Loading, source_id: int, facts: Sequence[MatterFacts]) -> dict[str, int]:
    """Make matters, one for each of `facts`; their keys by the source's."""
    columns: dict[str, Any] = {
        "ref": [new_reference("PM") for _ in facts],
        "kind": [one.kind.value for one in facts],
        "state": [_state(one).value for one in facts],
        "force": [fit(one.force, 80) for one in facts],
        "source_id": source_id,
        "source_key": [one.key for one in facts],
        "load_id": loading.load_id,
        "recorded_at": loading.at,
        "recorded_by": loading.by,
    }
    for name, column in DATES.items():
        days = [getattr(one, name) for one in facts]
        columns[f"{column}_on"] = [day.earliest if day else None for day in days]
        columns[f"{column}_precision"] = [day.precision.value if day else "" for day in days]
    made = insert(Matter, columns, count=len(facts))
    keys = {one.key: pk for one, pk in zip(facts, made, strict=True)}
    narrate([(keys[one.key], one.narrative) for one in facts if one.narrative])
    return keys


def narrate(texts: Sequence[tuple[int, str]]) -> None:
    """Give matters that have none their narrative."""
    if texts:
        rows = [Narrative(matter_id=matter_id, text=text) for matter_id, text in texts]
        Narrative.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def fill(wanted: Sequence[tuple[int, MatterFacts]]) -> None:
    """State in matters of an unpublished load what its first rows left open and a later row says."""
    update([MatterUpdate(matter_id, facts, frozenset(_STATABLE), only_blanks=True) for matter_id, facts in wanted])


def involve(loading: Loading, wanted: Iterable[Involved], *, known_matters: Sequence[int]) -> dict[Involved, int]:
    """The involvement of each, made where there is none. `known_matters`: those that were there before this batch."""
    found: dict[Involved, int] = {}
    rows = Involvement.objects.filter(among("matter_id", known_matters)).values_list(
        "matter_id", "person_id", "description", "part", "pk"
    )
    for matter_id, person_id, description, played, pk in rows:
        words = "" if person_id else description
        found[Involved(matter_id, person_id or 0, words, Part(played))] = pk
    missing = [one for one in dict.fromkeys(wanted) if one not in found]
    columns = {
        "matter_id": [one.matter_id for one in missing],
        "person_id": [one.person_id or None for one in missing],
        "description": [one.description for one in missing],
        "part": [one.part.value for one in missing],
        "load_id": loading.load_id,
    }
    made = insert(Involvement, columns, count=len(missing))
    found.update(zip(missing, made, strict=True))
    return found


def allege(loading: Loading, alleged: Sequence[Alleged], *, known_matters: Sequence[int]) -> list[int]:
    """Make allegations, numbered on within their matter; their keys in order."""
    last: dict[int, int] = {}
    before = Allegation.objects.filter(among("matter_id", known_matters)).values("matter_id")
    last.update(before.annotate(last=Max("number")).values_list("matter_id", "last"))
    numbers_given = []
    for one in alleged:
        last[one.matter_id] = last.get(one.matter_id, 0) + 1
        numbers_given.append(last[one.matter_id])
    facts = [one.facts for one in alleged]
    columns = {
        "matter_id": [one.matter_id for one in alleged],
        "number": numbers_given,
        "category": [fit(one.category, 10) for one in facts],
        "category_words": [fit(one.category_words, 200) for one in facts],
        "text": [one.text for one in facts],
        "finding_words": [fit(one.finding_words, 120) for one in facts],
        "outcome_words": [fit(one.outcome_words, 120) for one in facts],
        "load_id": loading.load_id,
    }
    keys = list(insert(Allegation, columns, count=len(alleged)))
    against = [(pk, place) for pk, one in zip(keys, alleged, strict=True) for place in one.against]
    pairs = {"allegation_id": [pk for pk, _ in against], "involvement_id": [place for _, place in against]}
    insert(AllegedAgainst, pairs, count=len(against))
    factors = [(pk, factor) for pk, one in zip(keys, facts, strict=True) for factor in one.factors]
    given = {"allegation_id": [pk for pk, _ in factors], "factor": [fit(factor, 40) for _, factor in factors]}
    insert(AllegationFactor, given, count=len(factors))
    return keys


def index(matter_ids: Sequence[int]) -> None:
    """Make the narratives and allegations of these matters searchable."""
    texts: dict[int, list[str]] = {}
    for part in _in_parts(matter_ids):
        for rows in (Narrative.objects.order_by("pk"), Allegation.objects.exclude(text="").order_by("number")):
            for matter_id, text in rows.filter(matter_id__in=part).values_list("matter_id", "text"):
                texts.setdefault(matter_id, []).append(text)
    search.index_many(RecordKind.MATTER, [(pk, "\n".join(held)[:LONGEST_TEXT]) for pk, held in texts.items()])


def update(updates: Sequence[MatterUpdate]) -> None:
    """State facts of matters anew. Several updates of one matter are applied in order. A closed date closes."""
    matters = Matter.objects.as_system(because=BECAUSE).in_bulk({one.matter_id for one in updates})
    for one in updates:
        matter = matters[one.matter_id]
        for name, column in DATES.items():
            stated: KnownDate | None = getattr(one.facts, name)
            if name in one.names and stated is not None and not (one.only_blanks and getattr(matter, f"{column}_on")):
                _date(matter, column, stated)
        blank = matter.state == MatterState.NOT_STATED
        if "state" in one.names and (blank or not one.only_blanks) and _state(one.facts) is not MatterState.NOT_STATED:
            matter.state = _state(one.facts).value
        open_kind = matter.kind == MatterKind.HISTORY or not one.only_blanks
        if "kind" in one.names and one.facts.kind is not MatterKind.HISTORY and open_kind:
            matter.kind = one.facts.kind.value
        if "force" in one.names and one.facts.force and not (one.only_blanks and matter.force):
            matter.force = fit(one.facts.force, 80)
        if matter.closed_on is not None:
            matter.state = MatterState.CLOSED.value
    columns = [
        "kind",
        "state",
        "force",
        *(f"{column}_{end}" for column in DATES.values() for end in ("on", "precision")),
    ]
    for matter in matters.values():
        matter.version += 1
    Matter.objects.bulk_create(
        matters.values(),
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[*columns, "version"],
    )
    told = {one.matter_id: one.facts.narrative for one in updates if "narrative" in one.names and one.facts.narrative}
    replaced = {one.matter_id for one in updates if "narrative" in one.names and not one.only_blanks}
    for part in _in_parts(sorted(set(told) & replaced)):
        Narrative.objects.filter(matter_id__in=part).delete()
    narrate(sorted(told.items()))
    index(sorted(told))


def update_allegations(loading: Loading, updates: Sequence[AllegationUpdate]) -> None:
    """State facts of allegations anew, and against whom they are made."""
    rows = Allegation.objects.in_bulk([one.allegation_id for one in updates])
    for one in updates:
        _allege(rows[one.allegation_id], one.facts, one.names)
    columns = ["category", "category_words", "text", "finding_words", "outcome_words"]
    Allegation.objects.bulk_create(
        rows.values(), batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=columns
    )
    for one in updates:
        if one.person_id:
            _turn_to(loading, rows[one.allegation_id], one.person_id)
    index(sorted({rows[one.allegation_id].matter_id for one in updates if "text" in one.names}))


def involve_instead(loading: Loading, involvement_id: int, person_id: int) -> int:
    """The source names somebody else for an involvement without an allegation; the key of the one that stands now."""
    before = Involvement.objects.get(pk=involvement_id)
    wanted = Involved(before.matter_id, person_id, "", Part(before.part))
    now = involve(loading, [wanted], known_matters=[before.matter_id])[wanted]
    _let_go([involvement_id])
    return now


def rows_by_person(source_id: int) -> dict[int, int]:
    """How many matters of a source each person is concerned in, unpublished ones too; to propose placeholders."""
    rows = Involvement.objects.filter(matter__source_id=source_id, person_id__isnull=False, part=Part.OFFICER_CONCERNED)
    counted = rows.values("person_id").annotate(n=Count("pk"))
    return {int(person_id or 0): n for person_id, n in counted.values_list("person_id", "n")}


def concerned(matter_ids: Sequence[int]) -> dict[int, tuple[str, bool, tuple[int, ...]]]:
    """Reference, whether it is sensitive, and everybody involved, by matter."""
    people: dict[int, list[int]] = {}
    found: dict[int, tuple[str, bool, tuple[int, ...]]] = {}
    for part in _in_parts(matter_ids):
        rows = Involvement.objects.filter(matter_id__in=part, person_id__isnull=False).order_by(
            "matter_id", "person_id"
        )
        for matter_id, person_id in rows.values_list("matter_id", "person_id"):
            people.setdefault(matter_id, []).append(person_id or 0)
        matters = Matter.objects.as_system(because=BECAUSE).filter(pk__in=part)
        for pk, ref, sensitive_on in matters.values_list("pk", "ref", "sensitive_on"):
            found[pk] = (ref, sensitive_on is not None, tuple(people.get(pk, ())))
    return found


def parts_played(load_id: int, part: Part) -> list[tuple[int, int]]:
    """Pairs of a person's and a matter's key for a part that a load gave."""
    rows = Involvement.objects.filter(load_id=load_id, part=part, person_id__isnull=False)
    return [(person_id or 0, pk) for person_id, pk in rows.order_by("pk").values_list("person_id", "matter_id")]


def made_by(load_id: int) -> dict[str, int]:
    """How many matters and allegations a load made."""
    return {
        "matters": Matter.objects.as_system(because=BECAUSE).filter(load_id=load_id).count(),
        "allegations": Allegation.objects.filter(load_id=load_id).count(),
    }


def discard(load_id: int, *, most: int = BATCH) -> int:
    """Take up to `most` rows of an unpublished load away, parts before matters; 0 when none is left."""
    staged = Q(load_id=load_id, load__published_at__isnull=True)
    of_allegation = Q(allegation__load_id=load_id, allegation__load__published_at__isnull=True)
    of_matter = Q(matter__load_id=load_id, matter__load__published_at__isnull=True)
    matters = Matter.objects.as_system(because="to discard an unpublished load").filter(staged)
    steps = (
        *(AllegationFactor.objects.filter(of_allegation), AllegedAgainst.objects.filter(of_allegation)),
        *(Allegation.objects.filter(staged), Involvement.objects.filter(staged)),
        *(Narrative.objects.filter(of_matter), matters),
    )
    for rows in steps:
        found = list(rows.values_list("pk", flat=True)[:most])
        if found:
            _delete(rows.model, found)
            return len(found)
    return 0


_STATABLE = ("kind", "state", "force", "came", "incident", "closed", "narrative")


def _delete(model: Any, keys: list[int]) -> None:
    if model is Matter:
        search.forget(RecordKind.MATTER, *keys)
    chosen = model.objects.as_system(because="to discard an unpublished load") if model is Matter else model.objects
    for part in _in_parts(keys):
        chosen.filter(pk__in=part).delete()


def _turn_to(loading: Loading, allegation: Allegation, person_id: int) -> None:
    """The source names somebody else for an allegation: against them from now on. Who no allegation of a load is
    against any more is no longer involved by it."""
    wanted = Involved(allegation.matter_id, person_id, "", Part.OFFICER_CONCERNED)
    now = involve(loading, [wanted], known_matters=[allegation.matter_id])[wanted]
    before = AllegedAgainst.objects.filter(allegation=allegation).exclude(involvement_id=now)
    left = list(before.values_list("involvement_id", flat=True))
    before.delete()
    AllegedAgainst.objects.get_or_create(allegation=allegation, involvement_id=now)
    _let_go(left)


def _let_go(involvement_ids: list[int]) -> None:
    """Take involvements away that only a load made and that no allegation rests on."""
    idle = Involvement.objects.filter(pk__in=involvement_ids, load__isnull=False, allegations__isnull=True)
    Involvement.objects.filter(pk__in=list(idle.values_list("pk", flat=True))).delete()


def _allege(row: Allegation, facts: AllegationFacts, names: Iterable[str]) -> None:
    if "category" in names:
        row.category, row.category_words = fit(facts.category, 10), fit(facts.category_words, 200)
    if "text" in names:
        row.text = facts.text or row.text
    if "finding" in names:
        row.finding_words = fit(facts.finding_words, 120) or row.finding_words
    if "outcome" in names:
        row.outcome_words = fit(facts.outcome_words, 120) or row.outcome_words


def _state(facts: MatterFacts) -> MatterState:
    return MatterState.CLOSED if facts.closed is not None else facts.state


def _date(matter: Matter, column: str, stated: KnownDate | None) -> None:
    if stated is not None:
        setattr(matter, f"{column}_on", stated.earliest)
        setattr(matter, f"{column}_precision", stated.precision.value)


def _known_date(on: Any, precision: str) -> KnownDate | None:
    return KnownDate(on, precision) if on is not None else None  # type: ignore[arg-type]  # a Precision's own value


def _in_parts(rows: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (rows[start : start + LOOK_UP] for start in range(0, len(rows), LOOK_UP))
