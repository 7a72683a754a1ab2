"""Pairs that were disposed of, known again by a name that tells nothing: which stay put away, which come back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from peelian.journal.queries import token
from peelian.matches.models import Pair
from peelian.matches.rows import Found
from peelian.terms.matches import PairState


@dataclass(frozen=True, slots=True)
class Disposed:
    """The pairs of one workforce that were disposed of. `last`: by the name of the two, the latest disposal of each."""

    workforce: str
    last: Mapping[str, Pair]

    def of(self, one: Found) -> Pair | None:
        """What was disposed of these two before."""
        return self.last.get(name_of(self.workforce, one.person_id, one.source, one.record_id)) if self.last else None


def disposed_of(workforce: str) -> Disposed:
    """One statement."""
    rows = Pair.objects.filter(workforce=workforce, disposed_on__isnull=False).order_by("pk")
    return Disposed(workforce, {row.record_key.partition("/")[0]: row for row in rows})


def name_of(workforce: str, person_key: str, source: str, record_key: str) -> str:
    """By what somebody and a record are known again: the same two, the same name."""
    return token("matches", json.dumps([workforce, person_key, source, record_key]))


def name_for(pair: Pair) -> str:
    """What stands in the place of the record of a pair that is disposed of; another for each time that it is."""
    name = name_of(pair.workforce, pair.person_key, pair.source, pair.record_key)
    times = Pair.objects.filter(workforce=pair.workforce, person_key=pair.person_key, record_key__startswith=name)
    return f"{name}/{times.count()}"


def stays_away(was: Pair, one: Found) -> bool:
    """Whether what was disposed of stays put away where a run finds it again.

    A judgement that it is somebody else survives every later run, but that of one person alone not a record that turns
    out to be of a serious kind. What was judged to be the same person, or by nobody, comes back to be judged.
    """
    if was.state != PairState.NO:
        return False
    last = was.judgements.order_by("pk").last()
    return not one.stake or bool(last and last.needs_second)
