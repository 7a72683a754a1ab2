"""Finding people by reference, identifier or name, with former names and near spellings.

How near a name is depends on that person and on what was asked, never on the rest of the register.
"""

import re
from collections.abc import Iterable
from functools import reduce
from operator import and_

from django.db.models import Exists, OuterRef, Q, QuerySet

from peelian.intake.queries import published
from peelian.people.models import Identifier, NameKey, Person
from peelian.people.names import NameSought, folded_identifier, keys_of_word
from peelian.people.queries.naming import lines_of
from peelian.people.rows import PersonLine
from peelian.terms.people import NameKind
from peelian.terms.viewer import Viewer

MOST_WORDS = 6
NAME = ("sort_name", "ref", "pk", "names__kind", "names__given", "names__family")
REFERENCE = re.compile(r"PP-[0-9A-Z]{5}-[0-9A-Z]{5}")


def find(viewer: Viewer, words: str, *, limit: int = 20, serving_only: bool = False) -> tuple[PersonLine, ...]:
    """The nearest people to what was typed, nearest first, at most `limit`."""
    narrowed = Person.objects.visible_to(viewer)
    if serving_only:
        narrowed = narrowed.filter(left_on__isnull=True).exclude(kind="public")
    ranked = ranking(narrowed, words)[:limit]
    return ranked_lines(viewer, ranked)


def ranked_lines(viewer: Viewer, ranked: list[tuple[int, str]]) -> tuple[PersonLine, ...]:
    """Lines for pairs of a key and what it was met as, in their order."""
    held = Person.objects.visible_to(viewer).filter(pk__in=[key for key, _ in ranked])
    rows = {row.id: row for row in lines_of(viewer, held, dict(ranked))}
    return tuple(rows[key] for key, _ in ranked if key in rows)


def ranking(narrowed: QuerySet[Person], words: str) -> list[tuple[int, str]]:
    """Keys of the people in `narrowed` that `words` may mean, nearest first, each with what it was met as.

    `narrowed` holds only people the viewer may see. Ties are broken by sort name, then reference.
    """
    if found := REFERENCE.fullmatch(words.strip().upper()):
        return [(pk, "") for pk in narrowed.filter(ref=found[0]).values_list("pk", flat=True)]
    if any(c.isdigit() for c in words):
        return _by_identifier(narrowed, folded_identifier(words))
    return _by_name(narrowed, words)


def _by_identifier(narrowed: QuerySet[Person], folded: str) -> list[tuple[int, str]]:
    held = Identifier.objects.filter(published(), folded=folded, person__in=narrowed.values("pk"))
    rows = held.order_by("person__sort_name", "person__ref", "from_on").values_list("person_id", "kind", "value")
    return list({pk: f"{kind.replace('_', ' ').capitalize()} {value}" for pk, kind, value in rows}.items())


def _by_name(narrowed: QuerySet[Person], words: str) -> list[tuple[int, str]]:
    sought = NameSought.of(words, MOST_WORDS)
    if not sought.words:
        return []
    each = (
        Q(Exists(NameKey.objects.filter(person=OuterRef("pk"), key__in=sorted(keys_of_word(word)))))
        for word in sought.words[1:]
    )
    first = NameKey.objects.filter(key__in=sorted(keys_of_word(sought.words[0]))).values("person_id")
    candidates = narrowed.filter(reduce(and_, each, Q(pk__in=first))).filter(
        published("names__load"), names__isnull=False
    )
    people: dict[int, tuple[str, str]] = {}
    names: dict[int, tuple[tuple[str, ...], ...]] = {}
    for sort, ref, pk, *name in candidates.values_list(*NAME):
        people[pk] = (sort, ref)
        names[pk] = (*names.get(pk, ()), tuple(name))
    alike = {held: _nearness(sought, held) for held in set(names.values())}  # of a common name there are hundreds
    found = [(-alike[held][0], *people[pk], pk, alike[held][1]) for pk, held in names.items() if alike[held][0]]
    return [(pk, met_as) for _, _, _, pk, met_as in sorted(found)]


def _nearness(sought: NameSought, names: Iterable[tuple[str, ...]]) -> tuple[float, str]:
    """How near somebody of these names is, and what they were met as."""
    held = [(f"{given} {family}".strip(), kind) for kind, given, family in names]
    near = sought.nearness([name for name, _ in held])
    return near, _met_as(sought, held, near) if near else ""


def _met_as(sought: NameSought, held: list[tuple[str, str]], near: float) -> str:
    """The former name or alias that was met, if one was: the one nearest together with the current name."""
    current = [name for name, kind in held if kind == NameKind.CURRENT]
    others = [name for name, kind in held if kind != NameKind.CURRENT]
    if not others or sought.nearness(current) >= near:
        return ""
    return max(others, key=lambda name: (sought.nearness([name, *current]), name))
