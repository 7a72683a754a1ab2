"""How people serve, to be compared: who worked with whom, under whom, from when. For rules; never shown."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from peelian.intake.queries import published
from peelian.people.models import Accreditation, Contact, Person, Posting, RankHeld
from peelian.people.queries.naming import known, lasts_on, lines_of
from peelian.people.rows import PersonLine
from peelian.rules.conflicts import Serving, Stretch
from peelian.terms.pages import Page, Sort
from peelian.terms.people import PersonKind
from peelian.terms.viewer import Viewer
from peelian.walls.lists import page_of

LEVELS = 6  # of management above somebody: constable to chief constable
POST = "post"
RISK = "risk"


def services(person_ids: Iterable[int], on: date, *, because: str) -> dict[int, Serving]:
    """What a rule compares of each of these people on a day, by key. Ten statements at most, however many they are.

    `because`: why everything is read. Units and supervisors with all their days; the rest as it is on the day.
    """
    wanted = sorted({key for key in person_ids if key})
    units, supervisors = postings(wanted)
    now = lasts_on(on) & published()
    ranks = dict(
        RankHeld.objects.filter(now, person_id__in=wanted)
        .order_by(F("from_on").asc(nulls_first=True))
        .values_list("person_id", "rank")
    )
    held = _gathered(Accreditation.objects.filter(now, person_id__in=wanted).values_list("person_id", "title"))
    reached = Contact.objects.filter(now, person_id__in=wanted, channel=POST).exclude(value="")
    addresses = _gathered((key, folded(value)) for key, value in reached.values_list("person_id", "value"))
    above = _above(wanted, on)
    people = Person.objects.as_system(because=because).filter(pk__in=wanted)
    return {
        key: Serving(
            units=tuple(units[key]),
            supervisors=tuple(supervisors[key]),
            above=above.get(key, frozenset()),
            rank=ranks.get(key, ""),
            joined=known(joined_on, precision),
            addresses=frozenset(addresses.get(key, ())),
            held=frozenset(held.get(key, ())),
        )
        for key, joined_on, precision in people.values_list("pk", "joined_on", "joined_precision")
    }


def postings(person_ids: Iterable[int]) -> tuple[dict[int, list[Stretch]], dict[int, list[Stretch]]]:
    """The units each of these people ever worked in, and those who managed them directly, by key. One statement."""
    wanted = sorted(set(person_ids))
    units: dict[int, list[Stretch]] = {key: [] for key in wanted}
    supervisors: dict[int, list[Stretch]] = {key: [] for key in wanted}
    posts = Posting.objects.filter(published(), person_id__in=wanted).order_by("from_on", "pk")
    for person_id, unit, supervisor, start, end in posts.values_list(
        "person_id", "unit_id", "supervisor_id", "from_on", "to_on"
    ):
        units[person_id].append(Stretch(unit, start, end))
        if supervisor:
            supervisors[person_id].append(Stretch(supervisor, start, end))
    return units, supervisors


def last_ranks(person_ids: Iterable[int], on: date) -> dict[int, str]:
    """The rank that each of these people held on a day, or held last before it, by key. One statement.

    For rules that compare ranks of people on a record: a former officer counts by the last one.
    """
    begun = Q(from_on__isnull=True) | Q(from_on__lte=on)
    rows = RankHeld.objects.filter(begun, published(), person_id__in=sorted(set(person_ids)))
    return dict(rows.order_by(F("from_on").asc(nulls_first=True), "pk").values_list("person_id", "rank"))


def kinds_and_leaving(person_ids: Iterable[int], *, because: str) -> dict[int, tuple[PersonKind, date | None]]:
    """What kind of worker each of these people is, and the day they left (the last it can be), by key. One statement.

    `because`: why everything is read; for rules about people on a record.
    """
    rows = Person.objects.as_system(because=because).filter(pk__in=sorted(set(person_ids)))
    return {
        key: (PersonKind(kind), left.latest if (left := known(left_on, precision)) else None)
        for key, kind, left_on, precision in rows.values_list("pk", "kind", "left_on", "left_precision")
    }


def addresses_of(person_ids: Iterable[int], on: date) -> frozenset[str]:
    """Postal addresses of these people on a day, folded so that they can be compared. One statement."""
    now = lasts_on(on) & published()
    found = Contact.objects.filter(now, person_id__in=list(person_ids), channel=POST).exclude(value="")
    return frozenset(folded(value) for value in found.values_list("value", flat=True))


def folded(address: str) -> str:
    """Letters and digits alone, in small letters."""
    return "".join(letter for letter in address.casefold() if letter.isalnum())


def seen_among(viewer: Viewer, person_ids: Iterable[int]) -> frozenset[int]:
    """Those of the people whose page the viewer may open. One statement."""
    return frozenset(
        Person.objects.visible_to(viewer).filter(pk__in=sorted(set(person_ids))).values_list("pk", flat=True)
    )


def keyed(person_ref: str) -> QuerySet[Any]:
    """The key of a person, as a subquery. Says nothing of them: the caller's own wall does."""
    everyone: QuerySet[Any] = Person.objects.as_system(because="to tell who opened the page of somebody in a matter")
    return everyone.filter(ref=person_ref).values("pk")


def served_with(person_id: int | None, unit_id: int | None, since: date, until: date) -> Exists:
    """True of a row whose `person_id` worked in one unit with somebody at some time from `since` to `until`.

    `unit_id`: a unit that they work in now whatever the register says of postings. For a statement of another room.
    """
    lately = (Q(to_on__isnull=True) | Q(to_on__gt=since)) & (Q(from_on__isnull=True) | Q(from_on__lte=until))
    theirs = Posting.objects.filter(lately & published(), person_id=OuterRef("person_id"))
    own = Posting.objects.filter(lately & published(), person_id=person_id or 0, unit_id=OuterRef("unit_id"))
    together = own.filter(  # three spans that meet two by two meet all at once
        Q(from_on__isnull=True) | Q(from_on__lt=Coalesce(OuterRef("to_on"), date.max)),
        Q(to_on__isnull=True) | Q(to_on__gt=Coalesce(OuterRef("from_on"), date.min)),
    )
    return Exists(theirs.filter(Q(unit_id=unit_id or 0) | Q(Exists(together))))


def _above(wanted: Iterable[int], on: date) -> dict[int, frozenset[int]]:
    """Everybody who manages each of these people on the day, directly or not."""
    direct: dict[int, set[int]] = {}
    asked, level = set(wanted), set(wanted)
    for _ in range(LEVELS):
        posts = Posting.objects.filter(
            lasts_on(on) & published(), person_id__in=sorted(level), supervisor__isnull=False
        ).values_list("person_id", "supervisor_id")
        for person_id, supervisor_id in posts:
            direct.setdefault(person_id, set()).add(int(supervisor_id or 0))
        level = {one for key in level for one in direct.get(key, ())} - asked
        asked |= level
        if not level:
            break
    return {key: _reached(key, direct) for key in wanted}


def _reached(key: int, direct: dict[int, set[int]]) -> frozenset[int]:
    found: set[int] = set()
    edge = set(direct.get(key, ()))
    while edge:
        found |= edge
        edge = {one for person in edge for one in direct.get(person, ())} - found
    return frozenset(found)


def _gathered(pairs: Iterable[tuple[int, str]]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for key, value in pairs:
        found.setdefault(key, set()).add(value)
    return found


def managed_by(viewer: Viewer) -> dict[int, tuple[PersonLine, str]]:
    """Whom the viewer manages directly today, of those who serve: the line and the post of each by key, by name.

    The wall of the person is not asked: managers know whom they manage. What else is shown of them is the caller's.
    """
    now = lasts_on(viewer.today) & published()
    held = Posting.objects.filter(now, supervisor_id=viewer.person_id or 0)
    works = dict(held.order_by(F("from_on").asc(nulls_first=True), "pk").values_list("person_id", "title"))
    lasting = Q(left_on__isnull=True) | Q(left_on__gt=viewer.today)
    everybody = Person.objects.as_system(because="managers see whom they manage")
    rows = list(everybody.filter(lasting, pk__in=list(works)).order_by("sort_name", "ref")) if works else []
    return {line.id: (line, works[line.id]) for line in lines_of(viewer, rows)} if rows else {}


def _in_post(viewer: Viewer) -> QuerySet[Person]:
    lasting = Q(left_on__isnull=True) | Q(left_on__gt=viewer.today)
    found: QuerySet[Person] = Person.objects.visible_to(viewer).filter(lasting, registered_on__isnull=False)
    return found


def number_in_post(viewer: Viewer, kinds: Collection[PersonKind]) -> int:
    """How many people of these kinds are in post, of those whom the viewer may see: what a share is taken of."""
    return _in_post(viewer).filter(kind__in=kinds).count()


def in_post_but(
    viewer: Viewer,
    held: Mapping[tuple[PersonKind, ...], QuerySet[Any]],
    *,
    ran_out: Combinable,
    first: Collection[str],
    sort: Sort,
    number: int,
    size: int,
) -> Page[tuple[PersonLine, str]]:
    """People in post whom the viewer may see, save those whose key is in the subquery of their kinds; with their post.

    For a room that knows what somebody in post must hold. Sorted by `name` or by `risk`: those whose post or unit is
    called one of the words `first` before all others, then by the day that `ran_out` gives of their key.
    """
    missing = Q(pk__in=[])
    for kinds, keys in held.items():
        missing |= Q(kind__in=kinds) & ~Q(pk__in=keys)
    found = _in_post(viewer).filter(missing)
    now = Posting.objects.filter(lasts_on(viewer.today) & published())
    if sort.key == RISK:
        called = Q(pk__in=[])
        for word in first:
            called |= Q(title__icontains=word) | Q(unit__name__icontains=word)
        theirs = Exists(now.filter(called, person_id=OuterRef("pk")))
        found = found.annotate(after=Case(When(theirs, then=0), default=1), ran_out=ran_out)
    keys_of = {"name": ("sort_name",), RISK: ("after", "ran_out", "sort_name")}
    page = page_of(found, sort=sort, keys=keys_of, row=lambda row: row, number=number, size=size)
    lines = {line.ref: line for line in lines_of(viewer, page.rows)}
    posts = now.filter(person_id__in=[row.pk for row in page.rows])
    works = dict(posts.order_by(F("from_on").asc(nulls_first=True), "pk").values_list("person_id", "title"))
    return page.of(lambda row: (lines[row.ref], works.get(row.pk, "")))
