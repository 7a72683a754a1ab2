"""Who a signed-in user is at a moment; users, places on records, openings by break-glass."""

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet

from peelian.terms.acts import RecordKind
from peelian.terms.matters import Capacity
from peelian.terms.pages import SIZE, Page, Sort
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer, system
from peelian.walls.lists import page_of
from peelian.walls.managed import is_open
from peelian.walls.models import BrokenGlass, Delegation, FromOutside, Place, RoleGrant, User
from peelian.walls.powers import must_hold
from peelian.walls.roles import HEAD, permissions_of, roles
from peelian.walls.rows import DelegateRow, GrantRow, ManagedUserRow, OpeningRow, PlaceRow, UserFilters, UserRow
from peelian.walls.standing import lasting

EVERYONE = UserFilters()
BY_NAME = Sort("name")
USER = tuple(column.name for column in fields(UserRow))  # in the order of the row
USER_SORTS = {"name": ("name",), "username": ("username",), "last_login": ("last_login",)}


def viewer_for(user_id: int, *, at: datetime) -> Viewer:
    """The viewer that a user is at a moment, with the roles that last on that day.

    Raises NotFound where there is no such active user.
    """
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        raise NotFound(f"no active user {user_id}")
    on = system("sign-in", at=at, because="to find the roles of a user")
    keys = frozenset(RoleGrant.objects.filter(lasting(on), user=user).values_list("role", flat=True))
    return Viewer(
        actor=f"user:{user.ref}",
        at=at,
        user_id=user.pk,
        person_id=user.person_id,
        unit_id=user.unit_id,
        name=user.name,
        roles=keys,
        permissions=permissions_of(keys),
    )


def viewer_named(username: str, *, at: datetime) -> Viewer:
    """`viewer_for` by username. Raises NotFound."""
    user = User.objects.filter(username=username.strip().lower()).values_list("pk", flat=True).first()
    if user is None:
        raise NotFound(f"no user {username}")
    return viewer_for(user, at=at)


def viewer_of_calendar(token: str, *, at: datetime) -> Viewer:
    """The viewer whose calendar feed has this secret. Raises NotFound."""
    could_be = token and "\x00" not in token
    user = User.objects.filter(calendar_token=token).values_list("pk", flat=True).first() if could_be else None
    if user is None:
        raise NotFound("no such calendar")
    return viewer_for(user, at=at)


def has_calendar(viewer: Viewer) -> bool:
    """Whether the viewer has a calendar feed. Its secret is shown once, when it is made."""
    return User.objects.filter(pk=viewer.user_id or 0).exclude(calendar_token="").exists()


def user_by_ref(user_ref: str) -> UserRow:
    """Raises NotFound."""
    user = User.objects.filter(ref=user_ref).first()
    if user is None:
        raise NotFound(f"user {user_ref}")
    return _user(user)


def user_named(username: str) -> UserRow:
    """Raises NotFound."""
    user = User.objects.filter(username=username.strip().lower()).first()
    if user is None:
        raise NotFound(f"no user {username}")
    return _user(user)


def users_by_id(user_ids: Iterable[int]) -> dict[int, UserRow]:
    """Users by key, active or not."""
    return {user.pk: _user(user) for user in User.objects.filter(pk__in=set(user_ids))}


def users_by_actor(actors: Iterable[str]) -> dict[str, UserRow]:
    """The users that actors of records are, active or not; nobody for the system. One statement."""
    refs = {actor.removeprefix("user:") for actor in actors if actor.startswith("user:")}
    return {f"user:{user.ref}": _user(user) for user in User.objects.filter(ref__in=sorted(refs))}


def any_users() -> bool:
    """Whether anybody at all may sign in; a fresh installation has nobody."""
    return User.objects.exists()


def users_holding(power: Permission | str, on: date) -> tuple[UserRow, ...]:
    """Active users who on that day hold a permission, or a role given by its key; by name."""
    if isinstance(power, Permission):
        keys = [role.key for role in roles().values() if power in role.may]
    else:
        keys = [power]
    grants = RoleGrant.objects.filter(_on(on), role__in=keys).values("user")
    found = User.objects.filter(is_active=True, pk__in=grants).order_by("name", "ref")
    return tuple(UserRow(*row) for row in found.values_list(*USER))


def bodies_of(user_ids: Iterable[int], on: date) -> dict[int, str]:
    """From which force or body users come who, on that day, come from outside this one; the others are left out."""
    found = FromOutside.objects.filter(_on(on), user_id__in=set(user_ids), user__unit_id__isnull=True)
    return dict(found.values_list("user_id", "body"))


def actor_names(actors: Iterable[str]) -> dict[str, str]:
    """Names to show for the actors of the journal and of records: `user:<ref>`, `system:<name>`, `person:<ref>`."""
    wanted = set(actors)
    refs = {actor.removeprefix("user:") for actor in wanted if actor.startswith("user:")}
    names = dict(User.objects.filter(ref__in=refs).values_list("ref", "name"))
    shown = {}
    for actor in wanted:
        kind, _, key = actor.partition(":")
        of_person = f"{key}, in their own view" if kind == "person" else f"Peelian ({key})" if key else actor
        shown[actor] = names.get(key, key) if kind == "user" else of_person
    return shown


def head_person_ids(on: date) -> frozenset[int]:
    """Keys of the people who are a head of professional standards on that day."""
    grants = RoleGrant.objects.filter(_on(on), role=HEAD, user__is_active=True, user__person_id__isnull=False)
    return frozenset(key for key in grants.values_list("user__person_id", flat=True) if key is not None)


def delegate_user_ids(on: date) -> frozenset[int]:
    """Keys of the users who stand in on that day where the head of professional standards is concerned."""
    return frozenset(Delegation.objects.filter(_on(on), user__is_active=True).values_list("user_id", flat=True))


def delegates(viewer: Viewer) -> tuple[DelegateRow, ...]:
    """Everyone ever appointed to stand in, the latest first. Needs DELEGATE."""
    must_hold(viewer, Permission.DELEGATE)
    rows = Delegation.objects.select_related("user").order_by("-from_on", "user__name", "user__ref")
    return tuple(DelegateRow(_user(row.user), row.reason, row.from_on, row.to_on) for row in rows)


def places_on(kind: RecordKind, record_id: int) -> tuple[PlaceRow, ...]:
    """All places ever given on a record, by day and name. For a room that has shown the record to its viewer."""
    places = Place.objects.filter(kind=kind, record_id=record_id).select_related("user")
    return tuple(_place(place) for place in places.order_by("from_on", "user__name", "user__ref", "capacity"))


def my_places(viewer: Viewer, kind: RecordKind, *, signed: bool | None = None) -> tuple[PlaceRow, ...]:
    """The viewer's places on records of a kind that last today and that no involvement hides; `signed` narrows.

    By day; the caller, who knows the records' references, breaks ties by those.
    """
    places = Place.objects.filter(_my_open(viewer, kind))
    if signed is not None:
        places = places.filter(signed_at__isnull=not signed)
    return tuple(_place(place) for place in places.select_related("user").order_by("from_on", "capacity"))


def unsigned(viewer: Viewer, kind: RecordKind, record_id: int) -> bool:
    """Whether the viewer has a place on the record, has signed for none, and may be shown the names in it to sign."""
    return unsigned_keys(viewer, kind).filter(record_id=record_id).exists()


def unsigned_keys(viewer: Viewer, kind: RecordKind) -> QuerySet[Any]:
    """Keys of the records of which `unsigned` is true, as a subquery."""
    own = Place.objects.filter(_my_open(viewer, kind))
    signed = own.filter(signed_at__isnull=False).values("record_id")
    return own.filter(signed_at__isnull=True).exclude(record_id__in=signed).values("record_id")


def holds_place(viewer: Viewer, kind: RecordKind, record_id: int) -> bool:
    """Whether the viewer has a signed place on the record today."""
    return Place.objects.filter(_my_open(viewer, kind), record_id=record_id, signed_at__isnull=False).exists()


def openings(viewer: Viewer, *, number: int = 1, size: int = SIZE) -> Page[OpeningRow]:
    """Every use of break-glass, the latest first, save on records in which the viewer is involved themselves.

    Needs READ_BREAK_GLASS.
    """
    must_hold(viewer, Permission.READ_BREAK_GLASS)
    seen = Q(pk__in=[])
    for kind in BrokenGlass.objects.values_list("kind", flat=True).distinct():
        seen |= Q(is_open(RecordKind(kind), viewer, F("record_id")), kind=kind)
    return page_of(
        BrokenGlass.objects.filter(seen).select_related("user"),
        sort=Sort("at", descending=True),
        keys={"at": ("at",)},
        row=lambda row: _opening(row, viewer),
        number=number,
        size=size,
    )


def my_openings(viewer: Viewer) -> tuple[OpeningRow, ...]:
    """The viewer's own uses of break-glass that still open something, the latest first."""
    rows = BrokenGlass.objects.filter(user_id=viewer.user_id or 0, at__lte=viewer.at, until__gt=viewer.at)
    return tuple(_opening(row, viewer) for row in rows.select_related("user").order_by("-at", "ref"))


def users(
    viewer: Viewer,
    filters: UserFilters = EVERYONE,
    sort: Sort = BY_NAME,
    number: int = 1,
    size: int = SIZE,
) -> Page[ManagedUserRow]:
    """Users for the administrator. Needs MANAGE_USERS. Sorts: name, username, last_login."""
    must_hold(viewer, Permission.MANAGE_USERS)
    found = _with_grants(User.objects.all())
    if filters.words:
        found = found.filter(Q(name__icontains=filters.words) | Q(username__icontains=filters.words))
    if filters.role:
        found = found.filter(pk__in=RoleGrant.objects.filter(lasting(viewer), role=filters.role).values("user"))
    if filters.active is not None:
        found = found.filter(is_active=filters.active)
    return page_of(found, sort=sort, keys=USER_SORTS, row=lambda user: _managed(user, viewer), number=number, size=size)


def user(viewer: Viewer, user_ref: str) -> ManagedUserRow:
    """One user for the administrator, with every grant there ever was. Needs MANAGE_USERS. Raises NotFound."""
    must_hold(viewer, Permission.MANAGE_USERS)
    found = _with_grants(User.objects.filter(ref=user_ref)).first()
    if found is None:
        raise NotFound(f"user {user_ref}")
    return replace(_managed(found, viewer), body=bodies_of([found.pk], viewer.today).get(found.pk, ""))


def _on(day: date) -> Q:
    return Q(from_on__lte=day) & (Q(to_on__isnull=True) | Q(to_on__gt=day))


def _my_open(viewer: Viewer, kind: RecordKind) -> Q:
    own = Q(user_id=viewer.user_id or 0, kind=kind, conflict_at__isnull=True)
    return lasting(viewer) & own & Q(is_open(kind, viewer, F("record_id")))


def _with_grants(found: QuerySet[User]) -> QuerySet[User]:
    grants = RoleGrant.objects.order_by("from_on", "role")
    return found.prefetch_related(Prefetch("grants", queryset=grants))


def _user(user: User) -> UserRow:
    return UserRow(user.pk, user.ref, user.username, user.name, user.unit_id, user.person_id, user.is_active)


def _managed(user: User, viewer: Viewer) -> ManagedUserRow:
    known: Any = roles()
    grants = tuple(
        GrantRow(grant.role, known[grant.role].title if grant.role in known else grant.role, grant.from_on, grant.to_on)
        for grant in user.grants.all()
    )
    today = viewer.today
    held = tuple(row.title for row in grants if row.from_on <= today and (row.to_on is None or row.to_on > today))
    return ManagedUserRow(_user(user), user.email, user.last_login, held, grants)


def _place(place: Place) -> PlaceRow:
    return PlaceRow(
        kind=RecordKind(place.kind),
        record_id=place.record_id,
        user=_user(place.user),
        capacity=Capacity(place.capacity),
        from_on=place.from_on,
        to_on=place.to_on,
        signed_at=place.signed_at,
        conflict_at=place.conflict_at,
    )


def _opening(row: BrokenGlass, viewer: Viewer) -> OpeningRow:
    return OpeningRow(
        ref=row.ref,
        kind=RecordKind(row.kind),
        record_ref=row.record_ref,
        user_ref=row.user.ref,
        user_name=row.user.name,
        reason=row.reason,
        at=row.at,
        until=row.until,
        is_open=row.at <= viewer.at < row.until,
    )
