"""Who may investigate, decide on or sit in judgement of whom, on a day.

In: facts of a candidate and of the people of a matter. Out: every ground on which the candidate may not be given the
place, with its law. `access.toml` CI-1 to CI-6: the law keeps out some for good; the local rule CI-4 keeps out others,
and whoever decides for the appropriate authority may set that aside with reasons (LES-25).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import product

from peelian.rules.limits import add_months
from peelian.rules.registered import implements
from peelian.terms.known_dates import KnownDate, Precision
from peelian.terms.matters import Capacity
from peelian.terms.refusals import Refusal

YEARS = 5
INDEPENDENT = frozenset({Capacity.INVESTIGATOR, Capacity.APPROPRIATE_AUTHORITY, Capacity.PANEL_MEMBER})
JUDGES = frozenset({Capacity.APPROPRIATE_AUTHORITY, Capacity.PANEL_MEMBER})
CHIEFS = frozenset({"Chief Constable", "Commissioner"})
IMPARTIAL = "SI 2020/4 reg 15; SI 2020/2 reg 12"
LOCAL = "Local rule CI-4 (conflict rules)"


class Ground(StrEnum):
    """Why somebody may not be given a place. `law` is what it rests on."""

    INVOLVED = "involved"
    TIED = "tied"
    DECLARED = "declared"
    OTHER_PLACE = "other place"
    UNDER = "under"
    SAME_FORCE = "same force"
    UNIT = "unit"
    SUPERVISOR = "supervisor"
    TOGETHER = "together"
    ADDRESS = "address"
    INTAKE = "intake"
    UNACCREDITED = "unaccredited"

    @property
    def law(self) -> str:
        return _LAW[self]

    @property
    def may_be_set_aside(self) -> bool:
        """Whether it rests on a local rule alone."""
        return self.law == LOCAL

    @property
    def is_wall(self) -> bool:
        """Whether it hides the matter itself from them, so that nothing they are given opens it."""
        return self in (Ground.INVOLVED, Ground.TIED, Ground.DECLARED)


_LAW = dict.fromkeys(Ground, LOCAL) | {
    Ground.INVOLVED: IMPARTIAL,
    Ground.TIED: IMPARTIAL,
    Ground.DECLARED: f"{IMPARTIAL}; local rule CI-5 (conflict rules)",
    Ground.OTHER_PLACE: "SI 2020/4; PRA Sch 3 (CI-6)",
    Ground.UNDER: IMPARTIAL,
    Ground.SAME_FORCE: "SI 2020/2 reg 12",
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some days with one unit or under one supervisor, by its key; the end is not included, None is not known."""

    key: int
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class Serving:
    """What is compared of one person. `above`: who manages them on the day, directly or not. `rank`: on the day.
    `held`: accreditations held on the day."""

    units: tuple[Stretch, ...] = ()
    supervisors: tuple[Stretch, ...] = ()
    above: frozenset[int] = frozenset()
    rank: str = ""
    joined: KnownDate | None = None
    addresses: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()


NOTHING = Serving()


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who might be given a place. `person`: their key, None where they are nobody in the register.

    `places`: what they hold on the matter, or held and signed for. `declared`: they declared a conflict about it.
    `tied_to`: keys of people. `earlier`: keys of the other matters in which they and a person concerned both play a
    part, by that person. `member`: they belong to this force.
    """

    person: int | None = None
    service: Serving = NOTHING
    places: frozenset[Capacity] = frozenset()
    declared: bool = False
    tied_to: frozenset[int] = frozenset()
    earlier: Mapping[int, frozenset[int]] = field(default_factory=dict)
    member: bool = True


@dataclass(frozen=True, slots=True)
class Concerned:
    """The people of a matter. `subjects`: the officers concerned; `all`: them and everybody else it must not reach."""

    subjects: Mapping[int, Serving]
    all: frozenset[int]
    addresses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Exclusion:
    """One ground. `subject`: the person concerned it is about, where it is; `matters`: keys of those it rests on."""

    ground: Ground
    reason: str
    subject: int | None = None
    matters: frozenset[int] = frozenset()

    @property
    def refusal(self) -> Refusal:
        return Refusal(self.reason, self.ground.law)


@implements("SI 2020/4 reg 15; SI 2020/2 reg 12")
def exclusions(
    candidate: Candidate, concerned: Concerned, capacity: Capacity, on: date, *, wanted: frozenset[str] = frozenset()
) -> tuple[Exclusion, ...]:
    """Every ground on which somebody may not be given a place on that day; none for somebody eligible.

    `wanted`: accreditations of which an investigator must hold one; where there are none, none is asked for. Places
    other than investigator, appropriate authority and panel member are barred by the walls alone. CI-1 to CI-6.
    """
    found = list(_walls(candidate, concerned))
    if capacity not in INDEPENDENT:
        return tuple(found)
    barred = JUDGES if capacity is Capacity.INVESTIGATOR else frozenset({Capacity.INVESTIGATOR})
    if candidate.places & barred:
        words = "Whoever investigates a matter does not decide on it or sit on its panel."
        found.append(Exclusion(Ground.OTHER_PLACE, words))
    for subject, service in sorted(concerned.subjects.items()):
        if subject != candidate.person:
            found += _between(candidate, subject, service, on)
    if candidate.service.addresses & concerned.addresses and candidate.person not in concerned.all:
        found.append(Exclusion(Ground.ADDRESS, "Has the same address as somebody in this matter."))
    if capacity is Capacity.INVESTIGATOR and wanted and not candidate.service.held & wanted:
        words = f"Does not hold an accreditation to investigate on this day ({' or '.join(sorted(wanted))})."
        found.append(Exclusion(Ground.UNACCREDITED, words))
    return tuple(found)


@implements("SI 2020/2 reg 12")
def needs_another_force(subjects: Iterable[Serving]) -> bool:
    """Whether a chief officer is concerned, so that nobody of the same force may investigate. CI-3."""
    return any(one.rank in CHIEFS for one in subjects)


def shared(one: Iterable[Stretch], other: Iterable[Stretch], on: date) -> date | None:
    """The last day in the five years to `on` on which both had the same unit or supervisor; None where there is none.

    A start or an end that is not known counts as begun, or as still so.
    """
    first, last = add_months(on, -12 * YEARS), on + timedelta(days=1)
    days = []
    for mine, theirs in product(one, tuple(other)):
        began = max(mine.from_on or first, theirs.from_on or first, first)
        ended = min(mine.to_on or last, theirs.to_on or last, last)
        if mine.key == theirs.key and began < ended:
            days.append(ended)
    return max(days) - timedelta(days=1) if days else None


def _walls(candidate: Candidate, concerned: Concerned) -> Iterable[Exclusion]:
    if candidate.person is not None and candidate.person in concerned.all:
        yield Exclusion(Ground.INVOLVED, "Plays a part in this matter.", candidate.person)
    if candidate.tied_to & concerned.all:
        yield Exclusion(Ground.TIED, "Is tied to somebody in this matter.")
    if candidate.declared:
        yield Exclusion(Ground.DECLARED, "Declared a conflict about this matter.")


def _between(candidate: Candidate, subject: int, service: Serving, on: date) -> Iterable[Exclusion]:
    """What stands between a candidate and one person concerned."""
    own = candidate.service
    if subject in own.above:
        yield Exclusion(Ground.UNDER, "Works under a person concerned.", subject)
    if candidate.member and needs_another_force([service]):
        yield Exclusion(Ground.SAME_FORCE, "Is of the same force as the chief officer concerned.", subject)
    for ground, what, last in (
        (Ground.UNIT, "a unit", shared(own.units, service.units, on)),
        (Ground.SUPERVISOR, "a supervisor", shared(own.supervisors, service.supervisors, on)),
    ):
        if last is not None:
            words = f"Shares {what}" if last == on else f"Shared {what} in the last {YEARS} years"
            yield Exclusion(ground, f"{words} with a person concerned.", subject)
    if matters := candidate.earlier.get(subject):
        words = "Plays a part in another matter together with a person concerned."
        yield Exclusion(Ground.TOGETHER, words, subject, matters)
    if _same_intake(own.joined, service.joined):
        yield Exclusion(Ground.INTAKE, "Joined with a person concerned, in the same training intake.", subject)


def _same_intake(one: KnownDate | None, other: KnownDate | None) -> bool:
    """The same day of joining; the same month where one of the days is not known; nothing where a month is not."""
    if one is None or other is None or Precision.YEAR in (one.precision, other.precision):
        return False
    if Precision.MONTH in (one.precision, other.precision):
        return (one.earliest.year, one.earliest.month) == (other.earliest.year, other.earliest.month)
    return one.earliest == other.earliest
