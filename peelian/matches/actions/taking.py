"""`take_in`: what a run or night found, beside what is held. What people said stays; what is urgent goes to intake."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction

from peelian.journal import actions as journal
from peelian.matches.actions.raising import raise_to_intake, to_raise
from peelian.matches.actions.ruling import standing
from peelian.matches.models import Pair, Run, Sighting
from peelian.matches.rows import Found
from peelian.people import queries as people
from peelian.terms.acts import Act, RecordKind
from peelian.terms.matches import PairState
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotValid
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer, system
from peelian.walls.powers import must_hold

CHUNK = 500
PART = 5000  # pairs between two steps that the listener is told of
OPEN = (PairState.WAITING, PairState.UNSURE)
Key = tuple[str, str, str]
Listener = Callable[[int, int | None, str], None]


def silent(_done: int, _total: int | None, _message: str) -> None:
    """A listener that says nothing."""


@transaction.atomic
def take_in(
    *,
    by: Viewer,
    workforce: str,
    account: Mapping[str, Any],
    found: Sequence[Found],
    on: date,
    listener: Listener = silent,
) -> str:
    """Take in one run; returns its reference. The same run taken in twice changes nothing but the list of runs.

    `workforce`: which wash it is. `account`: the proof of coverage, kept as it stands. `found`: every pair of the run;
    one that the last run had and this one has not is kept, and marked as found no more. What is not to wait goes to
    intake now, also where nobody could judge it (`raising`). `on`: the day of the run. `listener`: told what is done,
    of how much. One transaction: stopped, nothing happened.

    Needs LOAD. Raises NotAllowed; NotValid for a day to come, a run older than the last, or a pair that stands twice.
    """
    must_hold(by, Permission.LOAD)
    not_ahead(by, on)
    workforce = sound("workforce", workforce, most=80, needed="Say which workforce was washed.")
    last = Run.objects.filter(workforce=workforce).order_by("-on").first()
    if last and last.on > on:
        raise NotValid("on", f"The run of {last.on:%-d %B %Y} was taken in already, and it is later.")
    keys = {_key(one) for one in found}
    if len(keys) < len(found):
        raise NotValid("found", "A person and a record stand in it twice.")
    held = {(row.person_key, row.source, row.record_key): row for row in Pair.objects.filter(workforce=workforce)}
    known = people.held_by(_everybody(by), sorted({one.of_workforce for one in found}))
    new = [one for one in found if _key(one) not in held]
    changed = [one for one in found if _key(one) in held and _differs(held[_key(one)], one, known)]
    gone = [row for key, row in held.items() if not row.is_gone and key not in keys]
    raising = to_raise(found, new, changed, held, on)
    run = Run.objects.create(
        ref=new_reference("PW"),
        workforce=workforce,
        account=dict(account),
        found=len(found),
        new=len(new),
        changed=len(changed),
        gone=len(gone),
        unknown=sum(one.of_workforce not in known for one in found),
        on=on,
        recorded_at=by.at,
        recorded_by=by.actor,
    )
    _write(run, (new, changed, gone), held, known, listener)
    raised = raise_to_intake(by, run, raising, known, on)
    summary = f"took in a run of the wash: {len(found)} pairs, {len(new)} new, {len(changed)} changed, {len(gone)} gone"
    journal.record(
        by=by,
        act=Act.COLLECTED,
        kind=RecordKind.LIST,
        key=f"wash {run.ref}",
        summary=f"{summary}; {raised} raised",
        decision=f"{run.unknown} about people whom the register does not know",
        on=on,
    )
    return str(run.ref)


def _everybody(by: Viewer) -> Viewer:
    return system("matches", at=by.at, because="to find who of the workforce a pair is about")


def _key(one: Found) -> Key:
    return (one.person_id, one.source, one.record_id)


def _digest(one: Found) -> str:
    return hashlib.sha256(json.dumps(asdict(one), sort_keys=True).encode()).hexdigest()


def _differs(row: Pair, one: Found, known: Mapping[str, int]) -> bool:
    return row.is_gone or row.digest != _digest(one) or row.person_id != known.get(one.of_workforce)


def _stands(one: Found, known: Mapping[str, int]) -> dict[str, Any]:
    """How a pair stands by what a run found."""
    return {
        "person_id": known.get(one.of_workforce),
        "stake": one.stake,
        "weight": one.weight,
        "band": one.band,
        "link": one.link,
        "purpose": one.purpose,
        "is_gone": False,
        "digest": _digest(one),
    }


def _sighting(run: Run, pair: Pair, one: Found) -> Sighting:
    return Sighting(
        pair=pair,
        run=run,
        weight=one.weight,
        band=one.band,
        unsure=one.unsure,
        words_for=list(one.words_for),
        words_against=list(one.words_against),
        sides=[list(side) for side in one.sides],
        marks=list(one.marks),
        part=one.part,
        category=one.category,
        recorded_on=one.recorded_on,
        resolved_on=one.resolved_on,
        relation=one.relation,
    )


def _write(
    run: Run,
    told: tuple[list[Found], list[Found], list[Pair]],
    held: Mapping[Key, Pair],
    known: Mapping[str, int],
    listener: Listener,
) -> None:
    """What is new, changed and gone, each with how the run saw it; then what standing rules put away."""
    new, changed, gone = told
    total, done = len(new) + len(changed) + len(gone), 0
    for start in range(0, len(new), PART):
        listener(done, total, "taking in")
        part = new[start : start + PART]
        _put_new(run, part, known)
        done += len(part)
    listener(done, total, "taking in what changed")
    _put_changed(run, changed, held, known)
    listener(done + len(changed), total, "marking what is found no more")
    _put_gone(run, gone)
    listener(total, total, "applying rules")
    _rule_out(run.workforce, [*new, *changed])


def _put_new(run: Run, found: Sequence[Found], known: Mapping[str, int]) -> None:
    pairs = Pair.objects.bulk_create(
        (
            Pair(
                ref=new_reference("PW"),
                workforce=run.workforce,
                person_key=one.person_id,
                source=one.source,
                record_key=one.record_id,
                **_stands(one, known),
            )
            for one in found
        ),
        batch_size=CHUNK,
    )
    seen = (_sighting(run, pair, one) for pair, one in zip(pairs, found, strict=True))
    Sighting.objects.bulk_create(seen, batch_size=CHUNK)


def _put_changed(run: Run, found: Sequence[Found], held: Mapping[Key, Pair], known: Mapping[str, int]) -> None:
    for one in found:
        for field, value in _stands(one, known).items():
            setattr(held[_key(one)], field, value)
    rows = [held[_key(one)] for one in found]
    fields = ["person_id", "stake", "weight", "band", "link", "purpose", "is_gone", "digest"]
    Pair.objects.bulk_update(rows, fields, batch_size=CHUNK)
    Sighting.objects.bulk_create((_sighting(run, held[_key(one)], one) for one in found), batch_size=CHUNK)
    for row in rows:
        if _is_open_again(row):
            row.state = PairState.WAITING
    Pair.objects.bulk_update(rows, ["state"], batch_size=CHUNK)


def _is_open_again(row: Pair) -> bool:
    """A record that turns out to be of a serious kind, when a rule or one person alone had put it away."""
    if not row.stake or row.state not in (PairState.RULED_OUT, PairState.NO):
        return False
    last = row.judgements.order_by("pk").last()
    return row.state == PairState.RULED_OUT or not (last and last.needs_second)


def _put_gone(run: Run, rows: Sequence[Pair]) -> None:
    Sighting.objects.bulk_create(
        (
            Sighting(
                pair=row,
                run=run,
                is_gone=True,
                weight=row.weight,
                band=row.band,
                words_for=[],
                words_against=[],
                sides=[],
                marks=[],
            )
            for row in rows
        ),
        batch_size=CHUNK,
    )
    for row in rows:
        row.is_gone = True
    Pair.objects.bulk_update(rows, ["is_gone"], batch_size=CHUNK)


def _rule_out(workforce: str, found: Sequence[Found]) -> None:
    """Pairs that a standing rule says are never the same, unless the record is of a serious kind."""
    rules = standing().filter(pair__workforce=workforce).values_list("pair__person_key", "mark")
    never = set(rules)
    keys = [one for one in found if not one.stake and any((one.person_id, mark) in never for mark in one.marks)]
    for one in keys:
        Pair.objects.filter(
            workforce=workforce, person_key=one.person_id, source=one.source, record_key=one.record_id, state__in=OPEN
        ).update(state=PairState.RULED_OUT)
