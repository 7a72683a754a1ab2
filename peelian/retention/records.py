"""Records of three rooms in one shape, and why one of them may not be disposed of now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from peelian.clocks import queries as clocks
from peelian.clocks.law import law
from peelian.contact import queries as contact
from peelian.decisions import queries as decisions
from peelian.evidence import queries as evidence
from peelian.intake import loading
from peelian.intake import queries as intake
from peelian.intake.rows import EndedItem
from peelian.matches import queries as matches
from peelian.matches.rows import EndedPair
from peelian.matters import queries as matters
from peelian.matters.rows import EndedMatter
from peelian.people import queries as people
from peelian.people.rows import LifeRow
from peelian.rules.retention import Life, RecordFacts, Schedule, schedules
from peelian.terms.acts import RecordKind
from peelian.terms.known_dates import KnownDate
from peelian.terms.matters import Capacity, MatterState
from peelian.terms.refusals import NotFound, Refusal
from peelian.terms.viewer import Viewer, system
from peelian.vetting import queries as vetting
from peelian.walls.queries import places_on

MATTER, ITEM, PAIR = RecordKind.MATTER.value, RecordKind.INTAKE_ITEM.value, RecordKind.PAIR.value
LAW = "Police Information and Records Management Code of Practice 2023; DPA 2018; local rule on retention"


@dataclass(frozen=True, slots=True)
class Record:
    """One matter, intake item or pair of the wash. `version`, `item_id`, `has_load`: of a matter. `pair`: of a pair."""

    kind: str
    id: int = field(repr=False)
    ref: str
    heading: str
    state: str
    is_open: bool
    closed: KnownDate | None
    facts: RecordFacts
    version: int = 0
    item_id: int | None = field(default=None, repr=False)
    has_load: bool = False
    pair: EndedPair | None = None


def held_schedules() -> dict[str, Schedule]:
    """The schedules in use, from the law in force."""
    return schedules(law())


def record(viewer: Viewer, kind: str, ref: str) -> Record:
    """One record that the viewer may see. Raises NotFound, also behind a wall and for another kind."""
    if kind == MATTER:
        return of_matters(viewer, [matters.ended_matter(viewer, ref)])[0]
    if kind == ITEM:
        return of_item(intake.ended_item(viewer, ref))
    if kind == PAIR:
        return of_pairs(viewer, [matches.ended_pair(viewer, ref)])[0]
    raise NotFound(f"{kind} {ref}")


def of_matters(viewer: Viewer, listed: list[EndedMatter]) -> list[Record]:
    """Matters as records, with the lives of those concerned and the decisions that stand. Few statements for many."""
    lives = people.lives_on_record(viewer, {key for one in listed for key in one.officer_ids})
    outcomes = decisions.outcomes(viewer, [one.id for one in listed])
    return [_of_matter(one, lives, outcomes.get(one.id, frozenset())) for one in listed]


def _of_matter(one: EndedMatter, lives: Mapping[int, LifeRow], outcomes: frozenset[str]) -> Record:
    known = tuple(_life(lives.get(key)) for key in one.officer_ids)
    closed = one.closed.latest if one.closed else None
    return Record(
        kind=MATTER,
        id=one.id,
        ref=one.ref,
        heading=one.heading,
        state=one.state.words,
        is_open=one.state is MatterState.OPEN,
        closed=one.closed,
        facts=RecordFacts(MATTER, closed, one.categories, one.factors, outcomes, known),
        version=one.version,
        item_id=one.item_id,
        has_load=one.has_load,
    )


def _life(row: LifeRow | None) -> Life:
    """As late as what is known allows; somebody whom the viewer may not see is as unknown to the rule."""
    if row is None:
        return Life(None, None)
    return Life(row.born.latest if row.born else None, row.left.latest if row.left else None)


def of_item(one: EndedItem) -> Record:
    return Record(
        kind=ITEM,
        id=one.id,
        ref=one.ref,
        heading=one.heading,
        state=one.state_words,
        is_open=one.assessed_on is None,
        closed=KnownDate(one.assessed_on) if one.assessed_on else None,
        facts=RecordFacts(ITEM, one.assessed_on),
    )


def of_pairs(viewer: Viewer, listed: list[EndedPair]) -> list[Record]:
    """Pairs of the wash as records, with the lives of those they are about. Few statements for many."""
    lives = people.lives_on_record(viewer, {one.person_id for one in listed})
    return [
        Record(
            kind=PAIR,
            id=one.id,
            ref=one.ref,
            heading=one.heading,
            state=one.state,
            is_open=bool(one.open_because),
            closed=KnownDate(one.ended) if one.ended else None,
            facts=RecordFacts(PAIR, one.ended, facts=one.facts, lives=(_life(lives.get(one.person_id)),)),
            pair=one,
        )
        for one in listed
    ]


def stands_open(viewer: Viewer, found: Record, *, is_held: bool) -> tuple[Refusal, ...]:
    """What stands open and forbids a disposal: the record itself, a hold, something owed or awaited on it, a decision
    to sign, a review or appeal, a look-back, another open matter of somebody concerned, a load that is not finished."""
    why = []
    if is_held:
        why.append("A legal hold stands.")
    if found.pair:
        why += _open_on_pair(viewer, found.pair)
    elif found.is_open:
        why.append("It is open." if found.kind == MATTER else "It awaits assessment.")
    if found.kind == MATTER:
        why += _open_on_matter(viewer, found)
    elif intake_became_matter(found):
        why.append("It became a matter, and goes with it.")
    return tuple(Refusal(words, LAW) for words in why)


def told(viewer: Viewer, found: Record) -> list[Record]:
    """What was told through the view of one's own matter, as items; read for the matter, which the viewer was shown."""
    reader = system("retention", at=viewer.at, because="to read a matter whole before its words go")
    return [of_item(intake.ended_item(reader, ref)) for ref in contact.told_items(found.id)]


def intake_became_matter(found: Record) -> bool:
    return found.kind == ITEM and found.state == dict(intake.states())["matter"]


def _open_on_matter(viewer: Viewer, found: Record) -> Iterable[str]:
    owed = clocks.matter_duties(viewer, found.ref, viewer.today).open
    names = dict.fromkeys(f"{row.clock} {row.name}" for row in owed if row.nature in ("duty", "window", "period"))
    if names:
        yield f"Owed or awaited still: {'; '.join(names)}."
    if any(one.waits for one in decisions.decisions(viewer, found.ref)):
        yield "A decision awaits its second signature."
    if marks := evidence.still_held(found.id):
        yield f"Exhibits are neither returned nor destroyed: {', '.join(marks)}."
    if evidence.open_on(found.id):
        yield "A laboratory or a digital unit still has a submission."
    if open_appeals(found.facts.outcomes):
        yield "A review or an appeal is open."
    if any(one.is_open for one in told(viewer, found)):
        yield "What somebody told us through the view of their own matter awaits assessment."
    reviewers = [one for one in places_on(RecordKind.MATTER, found.id) if one.capacity is Capacity.REVIEWER]
    if any(one.to_on is None for one in reviewers):
        yield "A look-back has it before its reviewers."
    others = {line.ref: line for person in _officers(viewer, found) for line in matters.of_person(viewer, person)}
    if any(line.state is MatterState.OPEN for ref, line in others.items() if ref != found.ref):
        yield "Another matter of somebody concerned is open."
    if found.has_load and loading.staging():
        yield "A load is not finished."


def _open_on_pair(viewer: Viewer, pair: EndedPair) -> Iterable[str]:
    """What came of it is looked up for the two people, who may not see all of it."""
    reader = system("retention", at=viewer.at, because="to know whether what came of a pair of the wash is open")
    if pair.open_because:
        yield pair.open_because
    if pair.has_rule:
        yield "A rule of never the same rests on it. Two people lift it first."
    items = [intake.ended_item(reader, ref) for ref in pair.item_refs]
    if any(one.assessed_on is None for one in items):
        yield "An intake item that came of it awaits assessment."
    came = matters.came_of(reader, [one.id for one in items]) if items else {}
    if any(one.state is MatterState.OPEN for one in came.values()):
        yield "A matter that came of it is open."
    if any(one.state is MatterState.OPEN for one in matters.of_person(viewer, pair.person_id)):
        yield "A matter of whoever it is about is open."
    yield from vetting.rests_on(viewer, pair.ref, pair.person_id)


def _officers(viewer: Viewer, found: Record) -> tuple[int, ...]:
    return matters.ended_matter(viewer, found.ref).officer_ids


def open_appeals(outcomes: frozenset[str]) -> bool:
    """Whether a review or appeal was asked for and not decided, by the steps that stand."""
    steps = {one.partition("=")[0] for one in outcomes}
    return any(asked in steps and not decided & steps for asked, decided in APPEALS.items())


APPEALS: Mapping[str, set[str]] = {
    "review_application": {"review_decision"},
    "review_misdirected": {"review_forwarded"},
    "meeting_appeal": {"appeal_decision", "appeal_told"},
    "tribunal_appeal": {"tribunal_decision"},
}
