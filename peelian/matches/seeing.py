"""How pairs were last seen: what was compared, in the words of their sources, while they are kept."""

from collections.abc import Iterable, Sequence

from django.db.models import Max

from peelian.matches.compared import Compared
from peelian.matches.models import Pair, Sighting
from peelian.matches.words import opened

AT_ONCE = 500  # pairs in one statement
ERASED = Compared(is_erased=True)


def last_seen(pairs: Iterable[Pair]) -> dict[int, Compared]:
    """What the last run that found each pair compared, by the pair's key. Two statements for up to 500 pairs."""
    listed, found = list(pairs), dict[int, Compared]()
    for start in range(0, len(listed), AT_ONCE):
        part = {row.pk: row.ref for row in listed[start : start + AT_ONCE]}
        found |= {key: seen for key, (_, seen) in _seen(part).items()}
    return found


def latest(pair: Pair) -> tuple[Sighting, Compared]:
    """The last sighting that found the pair, with what it compared."""
    return _seen({pair.pk: pair.ref})[pair.pk]


def compared(sightings: Sequence[Sighting], pair_ref: str) -> dict[Sighting, Compared]:
    """What sightings of one pair compared."""
    words = opened((pair_ref, one) for one in sightings)
    return {one: Compared.of(words[one]) if words[one] else ERASED for one in sightings}


def _seen(refs: dict[int, str]) -> dict[int, tuple[Sighting, Compared]]:
    last = Sighting.objects.filter(pair__in=list(refs), is_gone=False).values("pair").annotate(last=Max("pk"))
    rows = list(Sighting.objects.filter(pk__in=last.values("last")))
    words = opened((refs[one.pair_id], one) for one in rows)
    return {one.pair_id: (one, Compared.of(words[one]) if words[one] else ERASED) for one in rows}
