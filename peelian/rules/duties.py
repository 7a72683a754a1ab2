"""What is owed on a matter: every clock that its dated facts start, with the day, the person and the working.

Pure: the facts of a matter and a day in, duties out. Nothing counts down and nothing is stored.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from peelian import statute
from peelian.rules.answers import Answer
from peelian.rules.editions import governing_edition
from peelian.rules.facts import Duty, DutyState, EventFact, MatterFacts, PersonOwed
from peelian.rules.periods import period_duties
from peelian.rules.registered import implements
from peelian.rules.runs import Run, not_started, run_duty
from peelian.statute import ClockEvents, Direction, Nature, Otherwise, Register, Runs, SchemeEdition
from peelian.statute.event_rows import ANY, OF_THE_FORCE
from peelian.terms.known_dates import KnownDate
from peelian.terms.matters import Part

CAME = "came_to_attention"
CHANGES = ("period_shortened", "period_extended")


@dataclass(frozen=True, slots=True)
class _Known:
    """The facts put in order once: events by key, each list in order of day and then of recording."""

    facts: MatterFacts
    on: date
    at: datetime | None
    law: Register
    by_key: dict[str, list[tuple[int, EventFact]]]
    sorted_by: dict[tuple[str, ...], list[tuple[int, EventFact]]]
    edition: Answer[SchemeEdition | None]

    def any_of(self, keys: Iterable[str]) -> bool:
        return any(key in self.by_key for key in keys)

    def events(self, keys: tuple[str, ...]) -> list[tuple[int, EventFact]]:
        """The events of any of these kinds, in order; sorted once for each set of kinds."""
        found = self.sorted_by.get(keys)
        if found is None:
            by_key = self.by_key
            found = [pair for key in keys if key in by_key for pair in by_key[key]]
            if len(found) > 1:
                found.sort(key=_order)
            self.sorted_by[keys] = found
        return found


def _order(pair: tuple[int, EventFact]) -> tuple[date, int]:
    return pair[1].on.earliest, pair[0]


@implements("SI 2020/2 regs 3, 13, 34, 39; SI 2020/4 reg 19")
def duties(
    facts: MatterFacts, on: date, *, at: datetime | None = None, law: Register | None = None
) -> tuple[Duty, ...]:
    """Every duty that the facts of a matter start, as it stands at the end of the day `on`.

    One clock for each complainant and interested person where the law owes it to each; updates reset by the last
    one given; timeliness reports by period. Events dated after `on` are left out, except days fixed beforehand.
    `at`: the moment, for clocks in hours. `law`: a register with a force's own changes; the product's where none
    is given. Order: by clock as in the tables, then by person, then by day. Raises nothing for odd facts: a duty
    whose day cannot be told says why.
    """
    law = law or statute.product()
    known = _known(facts, on, at, law)
    started = {clock for key in known.by_key for clock in law.started_by.get(key, ())}
    found: list[Duty] = []
    for clock_id, drive in law.drives.items():
        if clock_id in started and _arises(known, drive):
            found.extend(_cited(facts, drive.otherwise, _of_clock(known, drive)))
    return tuple(found)


def edition_of(facts: MatterFacts, law: Register | None = None) -> Answer[SchemeEdition | None]:
    """Which edition of the scheme governs the matter, and why; value None where the dates do not settle it."""
    first: dict[str, KnownDate] = {}
    for event in facts.events:
        if event.key not in first or event.on.earliest < first[event.key].earliest:
            first[event.key] = event.on
    return governing_edition(
        law or statute.product(),
        facts.came_to_attention,
        earlier=facts.earlier,
        referral_notice=first.get("papers_supplied"),
        reopened=first.get("reinvestigation_ordered"),
        by_todays_rules=facts.by_todays_rules,
    )


def _known(facts: MatterFacts, on: date, at: datetime | None, law: Register) -> _Known:
    by_key: dict[str, list[tuple[int, EventFact]]] = {}
    if facts.came_to_attention is not None and facts.came_to_attention.earliest <= on:
        by_key[CAME] = [(-1, EventFact(CAME, facts.came_to_attention))]
    for number, event in enumerate(facts.events):
        row = law.events.get(event.key)
        if event.key == CAME or row is None or (event.on.earliest > on and not row.may_be_ahead):
            continue
        by_key.setdefault(event.key, []).append((number, event))
    for found in by_key.values():
        if len(found) > 1:
            found.sort(key=_order)
    return _Known(facts, on, at, law, by_key, {}, edition_of(facts, law))


def _arises(known: _Known, drive: ClockEvents) -> bool:
    kind = known.facts.kind
    if kind is None:
        if OF_THE_FORCE not in drive.kinds:
            return False
    elif ANY not in drive.kinds and kind not in drive.kinds:
        return False
    if drive.not_if and known.any_of(drive.not_if):
        return False
    return not drive.needs or known.any_of(drive.needs)


def _of_clock(known: _Known, drive: ClockEvents) -> list[Duty]:
    edition = known.edition.value
    starts = known.events(drive.starts)
    if drive.scheme and (edition is None or not edition.held):
        newest = known.law.editions_of[drive.clock][-1]
        return [not_started(newest, drive, starts[0][1], known.edition.because, known.edition.law)]
    if drive.nature is Nature.PERIOD:
        return period_duties(
            known.law,
            drive,
            on=known.on,
            anchor=starts[0][1].on,
            reports=[event for _, event in known.events(drive.met_by)],
            opened=[event.on for _, event in known.events(drive.needs)],
            ended=next((event.on for _, event in known.events(drive.ended_by)), None),
            closed_on=known.facts.closed_on,
            by_todays_rules=known.facts.by_todays_rules,
        )
    if not drive.per_person:
        return _for_person(known, drive, starts, None, 1)
    people = [one for one in known.facts.people_owed if one.part in drive.owed_parts]
    people += _strangers(known, drive, starts, people)
    return [duty for person in people for duty in _for_person(known, drive, starts, person, len(people))]


def _cited(facts: MatterFacts, otherwise: Otherwise | None, found: list[Duty]) -> list[Duty]:
    """The duties of a clock, with another citation where its law does not reach whoever is concerned."""
    if otherwise is None:
        return found
    concerned = [one for one in facts.people_owed if one.part is Part.OFFICER_CONCERNED]
    cited = []
    for one in found:
        kinds = [person.kind for person in concerned if one.person_key in ("", person.key)]
        if kinds and one.state is not DutyState.NOT_STARTED and all(kind in otherwise.workers for kind in kinds):
            one = replace(one, law=otherwise.law, unverified=False, because=(*one.because, otherwise.says))
        cited.append(one)
    return cited


def _strangers(
    known: _Known, drive: ClockEvents, starts: list[tuple[int, EventFact]], people: list[PersonOwed]
) -> list[PersonOwed]:
    """People a starting event names who are not, or no longer, on the matter in any part: still owed."""
    if drive.starts_for_all:
        return []
    on_matter = {one.key for one in known.facts.people_owed}
    keys = dict.fromkeys(event.person_key for _, event in starts if event.person_key not in on_matter)
    if "" in keys and (people or not all(known.law.events[key].needs_person for key in drive.starts)):
        del keys[""]  # an event for nobody in particular is owed to those on the matter, or to nobody
    return [PersonOwed(key, drive.owed_parts[0]) for key in keys]


def _for_person(
    known: _Known,
    drive: ClockEvents,
    starts: list[tuple[int, EventFact]],
    person: PersonOwed | None,
    people: int,
) -> list[Duty]:
    everyone = person is None or drive.starts_for_all
    mine = [pair for pair in starts if everyone or _is(pair[1], person) or not pair[1].person_key]
    if not mine:
        return []
    answered = [pair for pair in known.events(drive.met_by) if _counts_for(known, pair[1], person, people)]
    ended = [pair for pair in known.events(drive.ended_by) if _counts_for(known, pair[1], person, people)]
    changes = tuple(
        event
        for _, event in known.events(CHANGES)
        if event.clock_id == drive.clock and (not event.person_key or _is(event, person))
    )
    before = tuple(event.on for _, event in known.events((drive.unless_before,))) if drive.unless_before else ()
    found = []
    for spell, release in _spells(known, drive, person, mine):
        for number, start in _chosen(drive, spell):
            until = [release] if release else [pair for pair in ended if pair[1].on.earliest >= start.on.earliest]
            run = Run(
                drive=drive,
                start=start,
                person=person,
                met=_meeting(known, drive, (number, start), _until(answered, release)),
                ended=until[0][1].on if until else None,
                changes=changes,
                before=before,
            )
            found.append(run_duty(known.law, run, known.facts, known.on, known.at))
    return found


def _spells(
    known: _Known, drive: ClockEvents, person: PersonOwed | None, starts: list[tuple[int, EventFact]]
) -> list[tuple[list[tuple[int, EventFact]], tuple[int, EventFact] | None]]:
    """The starts in each stretch of time in which the person was owed it, and what ended that stretch.

    Nothing starts between a release and the event by which it is owed again.
    """
    releases = [pair for pair in known.events(drive.released_by) if _is(pair[1], person)] if person else []
    if not releases:
        return [(starts, None)]
    taken_up = {id(pair[1]) for pair in known.events(drive.owed_again_by) if _is(pair[1], person)}
    turns = known.events((*drive.released_by, *drive.owed_again_by))
    found: list[tuple[list[tuple[int, EventFact]], tuple[int, EventFact] | None]] = []
    since: tuple[date, int] | None = (date.min, -1)
    for turn in (one for one in turns if _is(one[1], person)):
        if id(turn[1]) in taken_up:
            since = since or _order(turn)
        elif since is not None:
            found.append(([one for one in starts if since <= _order(one) < _order(turn)], turn))
            since = None
    if since is not None:
        found.append(([one for one in starts if since <= _order(one)], None))
    return [(spell, release) for spell, release in found if spell]


def _until(answered: list[tuple[int, EventFact]], release: tuple[int, EventFact] | None) -> list[tuple[int, EventFact]]:
    """What was done before the release: what comes after it meets nothing that began before it."""
    return answered if release is None else [one for one in answered if _order(one) < _order(release)]


def _is(event: EventFact, person: PersonOwed | None) -> bool:
    return person is None or event.person_key == person.key


def _counts_for(known: _Known, event: EventFact, person: PersonOwed | None, people: int) -> bool:
    """An event for a person counts for that person; one that names nobody, for all, unless it is owed to each."""
    if _is(event, person):
        return True
    return not event.person_key and (people == 1 or not known.law.events[event.key].needs_person)


def _chosen(drive: ClockEvents, mine: list[tuple[int, EventFact]]) -> list[tuple[int, EventFact]]:
    if drive.runs is Runs.FIRST:
        return mine[:1]
    if drive.runs is Runs.LATEST:
        return [max(mine, key=lambda pair: pair[0])]
    return mine


def _meeting(
    known: _Known, drive: ClockEvents, start: tuple[int, EventFact], answered: list[tuple[int, EventFact]]
) -> KnownDate | None:
    """The day the run was met: the first event that meets it on or after its start."""
    ahead = known.law.editions_of[drive.clock][-1].direction is Direction.BEFORE
    began = start[1].on.earliest
    for number, event in answered:
        if number == start[0]:
            continue
        if drive.runs is Runs.CHAIN and (event.on.earliest, number) < (began, start[0]):
            continue
        if ahead or event.on.latest >= began:
            return event.on
    return None


__all__ = ["DutyState", "duties", "edition_of"]
