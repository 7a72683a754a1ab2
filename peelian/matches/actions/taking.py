"""`take_in`: what a run or night found, beside what is held. What people said stays; what is urgent goes to intake."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Sum

from peelian.journal import actions as journal
from peelian.matches.actions.differing import Brought, Difference, difference, digest_of, digest_of_all, key_of
from peelian.matches.actions.putting import name_sources, put
from peelian.matches.actions.raising import raise_to_intake, to_raise
from peelian.matches.models import Pair, Part, Run
from peelian.matches.rows import Found
from peelian.people import queries as people
from peelian.terms.acts import Act, RecordKind
from peelian.terms.known_dates import date_words
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotValid
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer, system
from peelian.walls.powers import must_hold

PART = 1000  # pairs that are taken in at once, whole, with an entry in the journal
STRANGERS = (
    "The register knows nobody in this run by their number, and every pair held would count as found no more."
    " Is it the right store? Load those people first, or give another workforce."
)
Listener = Callable[[int, int | None, str], None]


def silent(_done: int, _total: int | None, _message: str) -> None:
    """A listener that says nothing."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one run hands over. `digest`: of all of it. `known`: who each of the workforce is in the register."""

    by: Viewer
    workforce: str
    account: Mapping[str, Any]
    found: Sequence[tuple[Found, str]]
    digest: str
    known: Mapping[str, int]
    on: date


def take_in(
    *,
    by: Viewer,
    workforce: str,
    account: Mapping[str, Any],
    found: Sequence[Found],
    on: date,
    listener: Listener = silent,
    size: int = PART,
) -> str:
    """Take in one run; returns its reference. The same handed over again, when all of it is held, changes nothing.

    `workforce`: which wash it is. `account`: the proof of coverage, kept as it stands. `found`: every pair of the run;
    one that the last run had and this one has not is kept, and marked as found no more. What is not to wait goes to
    intake now, also where nobody could judge it (`raising`). `on`: the day of the run. `listener`: told between parts
    what is done, of how much. `size`: pairs in a part.

    Each part is one transaction with its own entry in the journal. Stopped or killed, the parts until then stay, and
    the same handed over again goes on after them; what was handed over instead takes the place of what is left.

    Needs LOAD. Raises NotAllowed; NotValid for a day to come, a run older than the last, a pair that stands twice, or
    where somebody else takes in the same run.
    """
    must_hold(by, Permission.LOAD)
    not_ahead(by, on)
    workforce = sound("workforce", workforce, most=80, needed="Say which workforce was washed.")
    if len({key_of(one) for one in found}) < len(found):
        raise NotValid("found", "A person and a record stand in it twice.")
    listener(0, None, "comparing with what is held")
    digests = [digest_of(one) for one in found]
    known = people.held_by(_everybody(by), sorted({one.of_workforce for one in found}))
    held = Pair.objects.filter(workforce=workforce, person_id__isnull=False, is_gone=False)
    if found and not known and held.exists():
        raise NotValid("found", STRANGERS)
    pairs = list(zip(found, digests, strict=True))
    told = Told(by, workforce, account, pairs, digest_of_all(account, digests), known, on)
    last = _last(told)
    run = last if last and not last.parts.filter(is_last=True).exists() else None
    left = difference(workforce, pairs, known, run)
    brought = left.brought
    if last and not run and not brought:
        return str(last.ref)
    number = run.parts.count() if run else 0
    done = (run.parts.aggregate(pairs=Sum("pairs"))["pairs"] or 0) if run else 0
    total = done + len(brought)
    for start in range(0, max(1, len(brought)), size):
        listener(done, total, "taking in")
        part = brought[start : start + size]
        number += 1
        run = _take_part(told, run, left, part, number, is_last=start + size >= len(brought))
        done += len(part)
    listener(done, total, "taken in")
    return str(run.ref) if run else ""


def _last(told: Told) -> Run | None:
    """The last run, where it handed over just this. Raises NotValid where the last is of a later day."""
    last: Run | None = Run.objects.filter(workforce=told.workforce).order_by("-on", "-pk").first()
    if last and last.on > told.on:
        raise NotValid("on", f"The run of {date_words(last.on)} was taken in already, and it is later.")
    return last if last and (last.digest, last.on) == (told.digest, told.on) else None


@transaction.atomic
def _take_part(
    told: Told, run: Run | None, left: Difference, part: Sequence[Brought], number: int, *, is_last: bool
) -> Run:
    """One part: what is new, changed and gone, what goes to intake, the entry that says so; all of it, or nothing."""
    by, on = told.by, told.on
    if run is None:
        run = _begin(told, left)
    elif Run.objects.select_for_update().get(pk=run.pk).parts.count() != number - 1:
        raise NotValid("found", "Somebody else takes in this run. Wait until they are done.")
    raising = to_raise(part, left.sources, on)
    put(run, part, told.known)
    titles = {str(one.get("id")): str(one["title"]) for one in told.account["sources"]}
    raised = raise_to_intake(by, run, raising, told.known, titles, on)
    Part.objects.create(
        run=run,
        number=number,
        pairs=len(part),
        raised=raised,
        is_last=is_last,
        on=on,
        recorded_at=by.at,
        recorded_by=by.actor,
    )
    summary = f"took in part {number} of a run of the wash: {len(part)} pairs; {raised} raised"
    if is_last:
        raised = run.parts.aggregate(raised=Sum("raised"))["raised"] or 0
        counts = f"{run.found} pairs, {run.new} new, {run.changed} changed, {run.gone} gone"
        away = f"; {run.kept_away} disposed of before stay put away" if run.kept_away else ""
        summary = f"took in a run of the wash: {counts}; {raised} raised{away}"
    journal.record(
        by=by,
        act=Act.COLLECTED,
        kind=RecordKind.LIST,
        key=f"wash {run.ref}",
        summary=summary,
        decision=f"{run.unknown} about people whom the register does not know" if is_last else "",
        on=on,
    )
    return run


def _begin(told: Told, brought: Difference) -> Run:
    run: Run = Run.objects.create(
        ref=new_reference("PW"),
        workforce=told.workforce,
        account=dict(told.account),
        digest=told.digest,
        found=len(told.found),
        new=len(brought.new),
        changed=len(brought.changed),
        gone=len(brought.gone),
        kept_away=brought.kept_away,
        unknown=sum(one.of_workforce not in told.known for one, _ in told.found),
        on=told.on,
        recorded_at=told.by.at,
        recorded_by=told.by.actor,
    )
    name_sources(run)
    return run


def _everybody(by: Viewer) -> Viewer:
    return system("matches", at=by.at, because="to find who of the workforce a pair is about")
