"""A force of N matters for the benchmarks of pages: a long closed past, and the same caseload whatever N is.

`python -m benchmarks.world N` fills the database of the settings (PEELIAN_HOME), which must be migrated and empty, and
prints what a benchmark opens as JSON. The past goes through the loading doors of the rooms, what is open through their
actions. Nothing here is a record of anybody; the draw is the same for the same N, but for references.
"""

import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import transaction

from benchmarks import ready  # noqa: F401 - before the rooms
from peelian.clocks import actions as clocks
from peelian.clocks.models import Event
from peelian.intake import loading
from peelian.intake.inserting import insert, many_writes
from peelian.intake.loading import Loading
from peelian.intake.models import Item
from peelian.matters import loading as matters
from peelian.matters.coding import leaves
from peelian.matters.loading import AllegationFacts, Alleged, Involved, MatterFacts
from peelian.matters.queries import key_of
from peelian.matters.rows import AllegationDraft, InvolvedDraft, Recording
from peelian.people import actions as register
from peelian.people import loading as people
from peelian.people import queries as held_people
from peelian.people.loading import PersonFacts
from peelian.search import actions as search
from peelian.terms.acts import RecordKind
from peelian.terms.known_dates import KnownDate
from peelian.terms.matters import Capacity, MatterKind, Part
from peelian.terms.people import IdentifierKind, PersonKind
from peelian.terms.references import new_reference
from peelian.terms.viewer import Viewer, system
from peelian.walls import actions as walls
from peelian.walls.queries import user_by_ref, viewer_for

BATCH = 2000
MINE = 40  # open matters of the viewer
OTHERS = 160  # open matters of the viewer's unit that others handle
LONG = 100  # matters of the officer with a long history
TIED = 8  # people the viewer is tied to
YEARS = 20
RARE = 100  # the matter with a word that stands in no other
COMMON = "Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Robinson Wright Thompson Evans Walker White"
GIVEN = "Amelia Ben Chloe Dev Ella Farid Grace Hassan Isla Jack Kate Liam Mia Noah Olu Priya Quinn Rose Sam Tom Una Vic"
FIRST = "Ash Bar Cal Den El Far Gor Hal Ing Ken Lang Mar Nor Old Pen Quar Rad Sel Thorn Wal"
LAST = "bury by combe den field ford gate ham hurst ley low man more ridge son stead ton ville well wood"
WORDS = "officer stopped station search vehicle evening statement camera street reply rude letter caller custody"
LISTED = {words: words.split() for words in (COMMON, GIVEN, FIRST, LAST, WORDS)}
KINDS = (
    MatterKind.COMPLAINT_OUTSIDE_SCHEDULE_3,
    MatterKind.COMPLAINT_UNDER_SCHEDULE_3,
    MatterKind.RECORDABLE_CONDUCT_MATTER,
    MatterKind.DSI_MATTER,
)
PAST = ("complaint_received", "handling_started", "outcome_decided")


@dataclass(frozen=True, slots=True)
class World:
    """What a benchmark opens. Users by name; references of a matter and of people; words to search for."""

    matters: int
    handler: str
    investigator: str
    supervisor: str
    unit: str
    matter: str
    own_matter: str
    person: str
    long_history: str
    common_name: str
    rare_word: str
    common_word: str


def made(size: int, at: datetime) -> World:
    """Fill the empty database with `size` matters as they stand at `at`."""
    draw = random.Random(size)
    by = system("bench", at=at, because="to make a force for a benchmark")
    with many_writes():
        loaded = _loaded(draw, by, size - MINE - OTHERS)
    return _caseload(draw, by, loaded, size)


@dataclass(frozen=True, slots=True)
class Loaded:
    """Keys and references of what the past holds."""

    officers: list[int]
    refs: dict[int, str]
    matters: list[int]


def _loaded(draw: random.Random, by: Viewer, size: int) -> Loaded:
    """The past: `size` closed matters, a tenth as many officers, and as many complainants again."""
    source = loading.source("bench", title="A long past", content="history")
    load = loading.create(
        source_id=source,
        file_name="past.csv",
        file_sha256="0" * 64,
        file_bytes=0,
        map_text="",
        at=by.at,
        by=by.actor,
    )
    at_work = Loading(load.id, by.today, by.at, by.actor)
    officers = _people(draw, at_work, source, size // 10, "W", PersonKind.OFFICER)
    public = _people(draw, at_work, source, size // 10, "C", PersonKind.PUBLIC)
    keys: list[int] = []
    for part in _batches(size):
        with transaction.atomic():
            keys += _matters(draw, at_work, source, part, officers, public)
    with transaction.atomic():
        loading.publish(loading.open_load(load.ref), at=by.at, figures={})
        for play in (Part.COMPLAINANT,):
            walls.tether_many(kind=RecordKind.MATTER, pairs=matters.parts_played(load.id, play))
    _items(draw, by, size // 10)
    refs = {pk: ref for pk, (ref, _, _) in people.keys_by_id(officers[: LONG + TIED]).items()}
    return Loaded(officers, refs, keys)


def _people(draw: random.Random, at_work: Loading, source: int, size: int, letter: str, kind: PersonKind) -> list[int]:
    keys: list[int] = []
    for part in _batches(size):
        facts = []
        for number in part:
            family = _one(draw, COMMON) if draw.random() < 0.1 else f"{_one(draw, FIRST)}{_one(draw, LAST)}"
            facts.append(
                PersonFacts(
                    key=f"{letter}{number}",
                    kind=kind,
                    family=family,
                    given=_one(draw, GIVEN),
                    identifiers=((IdentifierKind.WARRANT_NUMBER, f"{letter}{100000 + number}"),),
                    joined=KnownDate(at_work.on - timedelta(days=draw.randrange(365 * YEARS))),
                    rank="Constable",
                    unit=f"Unit {number % 50}",
                    is_registered=kind is not PersonKind.PUBLIC,
                )
            )
        with transaction.atomic():
            keys += people.add(at_work, source, facts).values()
    return keys


def _matters(
    draw: random.Random,
    at_work: Loading,
    source: int,
    numbers: Sequence[int],
    officers: Sequence[int],
    public: Sequence[int],
) -> list[int]:
    facts = [_past(draw, number, at_work.on) for number in numbers]
    keys = list(matters.add(at_work, source, facts).values())
    wanted: list[Involved] = []
    for number, pk in zip(numbers, keys, strict=True):
        if number % (len(officers) * 10 // LONG) == 0:  # the first officer has some `LONG` matters
            concerned = [officers[0]]
        else:
            concerned = draw.sample(officers[1:], draw.choice((1, 1, 1, 2)))
        wanted += [Involved(pk, one, "", Part.OFFICER_CONCERNED) for one in concerned]
        wanted.append(Involved(pk, draw.choice(public), "", Part.COMPLAINANT))
    places = matters.involve(at_work, wanted, known_matters=[])
    codes = sorted(leaves())
    against: dict[int, list[int]] = {}
    for one, place in places.items():
        if one.part is Part.OFFICER_CONCERNED:
            against.setdefault(one.matter_id, []).append(place)
    alleged = [
        Alleged(pk, AllegationFacts(category=draw.choice(codes), text=_text(draw, 12)), tuple(against[pk]))
        for pk in keys
        for _ in range(draw.choice((1, 1, 2)))
    ]
    matters.allege(at_work, alleged, known_matters=[])
    matters.index(keys)
    _events(at_work, facts, keys)
    return keys


def _past(draw: random.Random, number: int, on: date) -> MatterFacts:
    came = on - timedelta(days=400 + draw.randrange(365 * YEARS))
    rare = f" marker{number}x" if number == RARE else ""
    return MatterFacts(
        key=f"H/{number}",
        kind=draw.choice(KINDS),
        came=KnownDate(came),
        closed=KnownDate(came + timedelta(days=draw.randrange(20, 380))),
        narrative=_text(draw, 40) + rare,
    )


def _one(draw: random.Random, words: str) -> str:
    return draw.choice(LISTED[words])


def _text(draw: random.Random, length: int) -> str:
    """Words of which some are in most texts and most in few, as in any language."""
    return " ".join(
        _one(draw, WORDS) if draw.random() < 0.1 else f"{_one(draw, FIRST)}{_one(draw, LAST)}{draw.randrange(9)}"
        for _ in range(length)
    )


def _events(at_work: Loading, facts: Sequence[MatterFacts], keys: Sequence[int]) -> None:
    rows = [
        (pk, key, one.came.earliest + timedelta(days=days))
        for one, pk in zip(facts, keys, strict=True)
        for key, days in zip(PAST, (0, 3, 15), strict=True)
        if one.came
    ]
    columns = {
        "ref": [new_reference("PV") for _ in rows],
        "matter_id": [pk for pk, _, _ in rows],
        "key": [key for _, key, _ in rows],
        "on": [on for _, _, on in rows],
        "precision": "day",
        "recorded_at": at_work.at,
        "recorded_by": at_work.by,
        "load_id": at_work.load_id,
    }
    insert(Event, columns, count=len(rows))


def _items(draw: random.Random, by: Viewer, size: int) -> None:
    """What arrived in the past and was logged."""
    for part in _batches(size):
        words = [_text(draw, 30) for _ in part]
        columns = {
            "ref": [new_reference("PI") for _ in part],
            "channel": "letter",
            "words": words,
            "heading": [text[:60] for text in words],
            "received_on": [by.today - timedelta(days=draw.randrange(365 * YEARS)) for _ in part],
            "recorded_at": by.at,
            "recorded_by": by.actor,
            "state": Item.State.LOGGED.value,
            "assessed_on": by.today,
            "assessed_by": by.actor,
            "reasons": "Logged with reasons.",
        }
        with transaction.atomic():
            keys = insert(Item, columns, count=len(part))
            search.index_many(RecordKind.INTAKE_ITEM, zip(keys, words, strict=True))


def _caseload(draw: random.Random, by: Viewer, loaded: Loaded, size: int) -> World:
    """The users, and the open matters of one unit: as many whatever the size of the past."""
    unit = register.make_unit(by=by, name="Professional Standards", on=by.today - timedelta(days=3650))
    names = {"handler": "complaint_handler", "investigator": "investigator", "supervisor": "supervisor"}
    users = {name: _user(by, name, role, unit) for name, role in names.items()}
    viewers = {name: viewer_for(pk, at=by.at) for name, pk in users.items()}
    tied = loaded.officers[LONG : LONG + TIED]
    walls.tie_many(pairs=[(viewers["handler"].person_id or 0, one) for one in tied], ground="line_manager", on=by.today)
    opened = [
        _open(draw, viewers["handler" if number < MINE else "supervisor"], loaded, unit, number)
        for number in range(MINE + OTHERS)
    ]
    for ref in opened[:MINE]:
        _place(by, viewers["investigator"], ref)
    return World(
        matters=size,
        handler="handler",
        investigator="investigator",
        supervisor="supervisor",
        unit=unit,
        matter=matters.concerned([loaded.matters[len(loaded.matters) // 2]]).popitem()[1][0],
        own_matter=opened[0],
        person=loaded.refs[loaded.officers[5]],
        long_history=loaded.refs[loaded.officers[0]],
        common_name="Smith",
        rare_word=f"marker{RARE}x",
        common_word="custody",
    )


def _user(by: Viewer, name: str, role: str, unit: str) -> int:
    start = by.today - timedelta(days=3650)
    ref = register.register_person(by=by, kind=PersonKind.STAFF, family=name.title(), given="Pat", on=start)
    made = walls.make_user(
        by=by,
        username=name,
        name=f"Pat {name.title()}",
        roles=[role],
        password=None,
        person_id=people.ids_of([ref])[0],
        unit_id=held_people.unit(by, unit).id,
        on=start,
    )
    return user_by_ref(made).id


def _open(draw: random.Random, viewer: Viewer, loaded: Loaded, unit: str, number: int) -> str:
    """A complaint of the last months, with the acts that set its clocks going."""
    came = viewer.today - timedelta(days=draw.randrange(5, 150))
    ref = clocks.open_matter(
        by=viewer,
        recording=Recording(
            kind=MatterKind.COMPLAINT_UNDER_SCHEDULE_3,
            came_to_attention=KnownDate(came),
            heading=f"Complaint {number}",
            narrative=_text(draw, 40),
            reasons="The complainant wants it recorded.",
            no_conflict=True,
            unit_ref=unit,
            officers=(InvolvedDraft(loaded.refs[loaded.officers[1 + number % (LONG - 1)]]),),
            complainants=(InvolvedDraft(description="a caller"),),
            allegations=(AllegationDraft(category="H4", text=_text(draw, 12), against=(0,)),),
            tests=("REC-1",),
        ),
        handling_started_on=came,
        on=viewer.today,
    )
    clocks.record_event(by=viewer, matter_ref=ref, key="local_investigation_started", on=KnownDate(viewer.today))
    return ref


def _place(by: Viewer, viewer: Viewer, ref: str) -> None:
    pk = key_of(by, ref)
    kind, user_id = RecordKind.MATTER, viewer.user_id or 0
    capacity = Capacity.INVESTIGATOR
    walls.give_place(by=by, kind=kind, record_id=pk, record_ref=ref, user_id=user_id, capacity=capacity, on=by.today)
    walls.sign_no_conflict(by=viewer, kind=kind, record_id=pk, record_ref=ref, on=by.today)


def _batches(size: int) -> Iterator[range]:
    return (range(start, min(start + BATCH, size)) for start in range(0, size, BATCH))


if __name__ == "__main__":
    print(json.dumps(asdict(made(int(sys.argv[1]), datetime.now(UTC)))))
