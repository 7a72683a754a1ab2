"""Users and their roles, for the administrator, who sees no record."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.forms import Form
from django.http import HttpResponseBase

from peelian.people.queries import ids, unit_by_id, units
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotValid
from peelian.terms.viewer import Viewer, system
from peelian.walls import actions, queries
from peelian.walls.roles import roles
from peelian.walls.rows import ManagedUserRow, UserFilters
from peelian.web.fields import errors_shown_in
from peelian.web.lists import Column, list_state
from peelian.web.oversight.forms import (
    BodyOfUserForm,
    GrantForm,
    PasswordForm,
    PersonOfUserForm,
    ReasonForm,
    UnitOfUserForm,
    UserFilterForm,
    UserForm,
)
from peelian.web.pages import Open, PageRequest, go, page, shown

COLUMNS = (
    Column("name", "Name"),
    Column("username", "Username"),
    Column("roles", "Roles held today", sortable=False),
    Column("last_login", "Last signed in"),
    Column("active", "May sign in", sortable=False),
)
WRITES = ("GET", "HEAD", "POST")
Given = Mapping[str, Any]
WHO_THEY_ARE = (
    "From that moment they are kept out of every record in which that person is involved, and of records about anybody"
    " that person is tied to. Their places on such records end, and are not given back if this is changed again."
)


class Said(NamedTuple):
    """What a page that changes a user says: its title, its button, what it says when done, a warning before."""

    title: str
    button: str
    done: str
    warning: str = ""


@page("users/", name="users", needs=Permission.MANAGE_USERS, lists="users", menu="Users")
def users(request: PageRequest) -> HttpResponseBase:
    state = list_state(request, COLUMNS, default="name")
    form = UserFilterForm(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    active = {"yes": True, "no": False}.get(given.get("active", ""))
    filters = UserFilters(words=given.get("words", ""), role=given.get("role", ""), active=active)
    found = queries.users(request.viewer, filters, state.order, state.page)
    context = {"found": found, "columns": COLUMNS, "state": state, "form": form}
    return shown(request, "oversight/users.html", context, listed=[row.user.ref for row in found.rows])


@page("users/new/", name="user-new", needs=Permission.MANAGE_USERS, methods=WRITES)
def new(request: PageRequest) -> HttpResponseBase:
    places = units(request.viewer)
    form = UserForm(request.POST or None, units=places)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with errors_shown_in(form):
            ref = actions.make_user(
                by=request.viewer,
                username=given["username"],
                name=given["name"],
                roles=given["roles"],
                password=given["password"] or None,
                person_id=_person(request.viewer, given["person"].strip().upper()),
                unit_id=next((unit.id for unit in places if unit.ref == given["unit"]), None),
                email=given["email"],
                on=request.viewer.today,
            )
            return go("user", request=request, done="The user was made.", ref=ref)
    return shown(request, "oversight/user_new.html", {"form": form})


@page("users/<str:ref>/", name="user", needs=Permission.MANAGE_USERS, opens=RecordKind.USER)
def user(request: PageRequest, ref: str) -> HttpResponseBase:
    found = queries.user(request.viewer, ref)
    unit = unit_by_id(request.viewer).get(found.user.unit_id) if found.user.unit_id else None
    context = {"found": found, "unit": unit, "is_oneself": found.user.id == request.viewer.user_id}
    return shown(request, "oversight/user.html", context, opened=ref)


@page("users/<str:ref>/grant/", name="user-grant", needs=Permission.MANAGE_USERS, opens=RecordKind.USER, methods=WRITES)
def grant(request: PageRequest, ref: str) -> HttpResponseBase:
    def act(given: Given) -> None:
        actions.grant_role(
            by=request.viewer, user_ref=ref, role=given["role"], reason=given["reason"], on=request.viewer.today
        )

    found, form = queries.user(request.viewer, ref), GrantForm(request.POST or None)
    return _change(request, found, form, act, Said("Grant a role", "Grant the role", "The role was granted."))


@page(
    "users/<str:ref>/withdraw/<str:role>/",
    name="user-withdraw",
    needs=Permission.MANAGE_USERS,
    opens=RecordKind.USER,
    methods=WRITES,
)
def withdraw(request: PageRequest, ref: str, role: str) -> HttpResponseBase:
    def act(given: Given) -> None:
        actions.withdraw_role(
            by=request.viewer, user_ref=ref, role=role, reason=given["reason"], on=request.viewer.today
        )

    found, form = queries.user(request.viewer, ref), ReasonForm(request.POST or None)
    title = f"Withdraw the role {roles()[role].title}" if role in roles() else "Withdraw a role"
    return _change(request, found, form, act, Said(title, "Withdraw the role", "The role was withdrawn."))


@page(
    "users/<str:ref>/active/", name="user-active", needs=Permission.MANAGE_USERS, opens=RecordKind.USER, methods=WRITES
)
def active(request: PageRequest, ref: str) -> HttpResponseBase:
    """Stops a user from signing in, or lets them again."""
    found, form = queries.user(request.viewer, ref), ReasonForm(request.POST or None)
    stopping = found.user.is_active

    def act(given: Given) -> None:
        actions.set_active(
            by=request.viewer, user_ref=ref, active=not stopping, reason=given["reason"], on=request.viewer.today
        )

    title = "Stop this user from signing in" if stopping else "Let this user sign in again"
    done = "The user can no longer sign in." if stopping else "The user can sign in again."
    return _change(request, found, form, act, Said(title, title, done))


@page(
    "users/<str:ref>/password/",
    name="user-password",
    needs=Permission.MANAGE_USERS,
    opens=RecordKind.USER,
    methods=WRITES,
)
def password(request: PageRequest, ref: str) -> HttpResponseBase:
    def act(given: Given) -> None:
        actions.set_password(by=request.viewer, user_ref=ref, password=given["password"], on=request.viewer.today)

    found, form = queries.user(request.viewer, ref), PasswordForm(request.POST or None)
    said = Said("Give a new password", "Change the password", "The password was changed.")
    return _change(request, found, form, act, said)


@page("users/<str:ref>/unit/", name="user-unit", needs=Permission.MANAGE_USERS, opens=RecordKind.USER, methods=WRITES)
def unit(request: PageRequest, ref: str) -> HttpResponseBase:
    found, places = queries.user(request.viewer, ref), units(request.viewer)
    now = next((unit.ref for unit in places if unit.id == found.user.unit_id), "")
    form = UnitOfUserForm(request.POST or None, units=places, initial={"unit": now})

    def act(given: Given) -> None:
        chosen = next((unit.id for unit in places if unit.ref == given["unit"]), None)
        actions.move_user(
            by=request.viewer, user_ref=ref, unit_id=chosen, reason=given["reason"], on=request.viewer.today
        )

    return _change(request, found, form, act, Said("Change the unit", "Change the unit", "The unit was changed."))


@page(
    "users/<str:ref>/person/",
    name="user-person",
    needs=Permission.MANAGE_USERS,
    opens=RecordKind.USER,
    methods=WRITES,
)
def person(request: PageRequest, ref: str) -> HttpResponseBase:
    """Which person in the register a user is: what keeps them out of what concerns that person."""

    def act(given: Given) -> None:
        person_id = _person(request.viewer, given["person"].strip().upper())
        actions.say_who_user_is(
            by=request.viewer, user_ref=ref, person_id=person_id, reason=given["reason"], on=request.viewer.today
        )

    found, form = queries.user(request.viewer, ref), PersonOfUserForm(request.POST or None)
    title = "Change who they are in the register"
    said = Said(title, title, "It was changed who they are.", WHO_THEY_ARE)
    return _change(request, found, form, act, said)


@page(
    "users/<str:ref>/body/",
    name="user-body",
    needs=Permission.MANAGE_USERS,
    opens=RecordKind.USER,
    methods=WRITES,
)
def body(request: PageRequest, ref: str) -> HttpResponseBase:
    """From which force or body a user comes: what lets them decide how this force dealt with something."""

    def act(given: Given) -> None:
        actions.say_where_user_comes_from(
            by=request.viewer, user_ref=ref, body=given["body"], words=given["words"], on=request.viewer.today
        )

    found = queries.user(request.viewer, ref)
    form = BodyOfUserForm(request.POST or None, initial={"body": found.body})
    title = "Change where they come from"
    said = Said(title, title, "It was changed where they come from.")
    return _change(request, found, form, act, said)


def _change(
    request: PageRequest, found: ManagedUserRow, form: Form, act: Callable[[Given], None], said: Said
) -> HttpResponseBase:
    """One form that changes a user: `act` is given what was filled in, and what it refuses is shown in the form."""
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            act(form.cleaned_data)
            return go("user", request=request, done=said.done, ref=found.user.ref)
    context = {"found": found, "form": form, "said": said}
    return shown(request, "oversight/user_act.html", context, opened=found.user.ref)


@page("roles/", name="roles", needs=Open.SIGNED_IN)
def role_table(request: PageRequest) -> HttpResponseBase:
    """Which role may do what, for anybody who is signed in."""
    return shown(request, "oversight/roles.html", {"roles": tuple(roles().values()), "permissions": tuple(Permission)})


def _person(viewer: Viewer, ref: str) -> int | None:
    """The key of the person with this reference; None where none was given.

    The administrator sees no record, so the system looks: that a reference exists is all that comes back.
    """
    if not ref:
        return None
    looking = system("users", at=viewer.at, because="to say which person in the register a user is")
    key = ids(looking, [ref]).get(ref)
    if key is None:
        raise NotValid("person", f"There is nobody in the register with the reference {ref}.")
    return key
