"""What a run brings that is not held as it stands: new pairs, changed ones, those found no more. What to do, undone."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from peelian.matches.again import disposed_of, stays_away
from peelian.matches.models import Pair, Raised, Run, Sighting
from peelian.matches.rows import Found
from peelian.terms.matches import PairState

Key = tuple[str, str, str]
JUDGED = (PairState.NO, PairState.YES)


@dataclass(frozen=True, slots=True)
class Brought:
    """One pair that a run brings otherwise. `found` without `held`: it is new; `held` without `found`: found no more.

    `digest`: of what was found. `is_as_held`: nothing changed, but it goes to intake today and did not before. `was`:
    the pair of the same two that was disposed of.
    """

    found: Found | None
    held: Pair | None
    digest: str = ""
    is_as_held: bool = False
    was: Pair | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """All that a run brings, in the order in which it is taken in. `sources`: those known before the run. `kept_away`:
    how many it found again that were judged to be somebody else, and disposed of."""

    new: tuple[Brought, ...]
    changed: tuple[Brought, ...]
    gone: tuple[Brought, ...]
    raised_late: tuple[Brought, ...]
    sources: frozenset[str]
    kept_away: int

    @property
    def brought(self) -> list[Brought]:
        return [*self.new, *self.changed, *self.gone, *self.raised_late]


def difference(
    workforce: str, found: Sequence[tuple[Found, str]], known: Mapping[str, int], begun: Run | None
) -> Difference:
    """What `found`, each with its digest, brings beside what is held.

    `known`: who each of the workforce is in the register. `begun`: the run of which a part was taken in already; what
    that part saw is left out, and it makes no source known.
    """
    rows = Pair.objects.filter(workforce=workforce, disposed_on__isnull=True)
    held = {(row.person_key, row.source, row.record_key): row for row in rows}
    disposed = disposed_of(workforce)
    seen = set(Sighting.objects.filter(run=begun).values_list("pair_id", flat=True)) if begun else set()
    keys = {key_of(one) for one, _ in found}
    new, changed, same, kept_away = [], [], [], 0
    for one, digest in found:
        row = held.get(key_of(one))
        was = disposed.of(one) if row is None else None
        if was is not None and stays_away(was, one):
            kept_away += 1
        elif row is None:
            new.append(Brought(one, None, digest, was=was))
        elif row.pk in seen:
            continue
        elif row.is_gone or row.digest != digest or row.person_id != known.get(one.of_workforce):
            changed.append(Brought(one, row, digest))
        elif one.same_day and row.state not in JUDGED:
            same.append(Brought(one, row, digest, is_as_held=True))
    gone = [Brought(None, row) for key, row in held.items() if not row.is_gone and key not in keys]
    return Difference(
        new=tuple(new),
        changed=tuple(changed),
        gone=tuple(sorted(gone, key=lambda one: one.held.ref if one.held else "")),
        raised_late=_not_raised(same),
        sources=frozenset(_known_before(workforce, begun) if begun else (source for _, source, _ in held)),
        kept_away=kept_away,
    )


def digest_of(one: Found) -> str:
    """Of everything that a run found of a pair."""
    return hashlib.sha256(json.dumps(asdict(one), sort_keys=True).encode()).hexdigest()


def digest_of_all(account: Mapping[str, Any], digests: Sequence[str]) -> str:
    """Of all that a run hands over, whatever its order."""
    said = json.dumps([account, sorted(digests)], sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()


def key_of(one: Found) -> Key:
    return (one.person_id, one.source, one.record_id)


def _known_before(workforce: str, begun: Run) -> Iterable[str]:
    """The sources of which another run saw a pair."""
    others = Sighting.objects.filter(pair__workforce=workforce).exclude(run=begun)
    return others.values_list("pair__source", flat=True).distinct()


def _not_raised(same: Sequence[Brought]) -> tuple[Brought, ...]:
    if not same:
        return ()
    raised = set(Raised.objects.values_list("pair_id", flat=True))
    return tuple(one for one in same if one.held and one.held.pk not in raised)
