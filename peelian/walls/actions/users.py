"""Who may sign in, and with which roles. Nobody changes their own."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from peelian.journal import actions as journal
from peelian.terms.acts import Act, RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.viewer import Viewer
from peelian.walls.actions.heads import take_as_head
from peelian.walls.models import RoleGrant, User
from peelian.walls.powers import LAW, must_hold, must_say
from peelian.walls.roles import roles

USERNAME = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,149}")


@dataclass(frozen=True, slots=True)
class Hashed:
    """A password that was hashed already, for several users who are meant to share it."""

    words: str = field(repr=False)


def hashed(password: str) -> Hashed:
    """One hash of a password that several users share, as those of a demonstration do. Raises NotValid for a weak one.

    Whoever reads the table of users sees that they share it: never for people who choose their own.
    """
    _must_be_strong(password, None)
    return Hashed(make_password(password))


def user_row(user_ref: str) -> User:
    """The user with this reference, active or not. Raises NotFound."""
    user = User.objects.filter(ref=user_ref).first()
    if user is None:
        raise NotFound(f"user {user_ref}")
    return user


@transaction.atomic
def make_user(
    *,
    by: Viewer,
    username: str,
    name: str,
    roles: Sequence[str],
    password: str | Hashed | None,
    person_id: int | None = None,
    unit_id: int | None = None,
    email: str = "",
    on: date,
) -> str:
    """Make a user who may sign in and grant them roles from `on`; returns the user's reference.

    `password`: None where they sign in through the force's directory, or are given one later. `person_id`: the person
    in the register this user is; without it no involvement can keep them out. Needs MANAGE_USERS. Raises NotValid for
    a taken or malformed username, a weak password, an unknown role or roles that may not stand together.
    """
    must_hold(by, Permission.MANAGE_USERS)
    username = username.strip().lower()
    if not USERNAME.fullmatch(username):
        raise NotValid("username", "Use 2 to 150 letters, digits or . _ @ + - and start with a letter or digit.")
    if User.objects.filter(username=username).exists():
        raise NotValid("username", f"There is already a user called {username}.")
    if person_id is not None and User.objects.filter(person_id=person_id, is_active=True).exists():
        raise NotValid("person", "This person already has a user.")
    user = User(
        ref=new_reference("PU"),
        username=username,
        name=must_say(name, why="Give the user's name.", field="name"),
        email=email.strip(),
        person_id=person_id,
        unit_id=unit_id,
    )
    _give_password(user, password)
    user.save(force_insert=True)
    journal.record(
        by=by,
        act=Act.COLLECTED,
        kind=RecordKind.USER,
        key=user.ref,
        summary="made a user",
        on=on,
        texts=[(user.ref, {"username": user.username, "name": user.name})],
    )
    for role in roles:
        _grant(by, user, role, on, reason="")
    return user.ref


@transaction.atomic
def grant_role(*, by: Viewer, user_ref: str, role: str, on: date, reason: str) -> None:
    """Grant a role from `on`. Needs MANAGE_USERS, and not for oneself. Raises NotValid, NotFound, NotAllowed.

    Where it makes a head of professional standards, open records in which they are concerned become sensitive with the
    delegate standing in (`heads.take_as_head`).
    """
    must_hold(by, Permission.MANAGE_USERS)
    user = user_row(user_ref)
    not_oneself(by, user)
    _grant(by, user, role, on, must_say(reason, why="Say why this role is granted."))


@transaction.atomic
def withdraw_role(*, by: Viewer, user_ref: str, role: str, on: date, reason: str) -> None:
    """End a role: `on` is the first day without it. Needs MANAGE_USERS, and not for oneself.

    Raises NotFound where the user does not hold it, NotValid without a reason.
    """
    must_hold(by, Permission.MANAGE_USERS)
    user = user_row(user_ref)
    not_oneself(by, user)
    reason = must_say(reason, why="Say why this role is withdrawn.")
    grant = RoleGrant.objects.filter(user=user, role=role, to_on__isnull=True).first()
    if grant is None:
        raise NotFound(f"{user.username} does not hold the role {role}")
    grant.to_on = max(on, grant.from_on)
    grant.save(update_fields=["to_on"])
    _journal(by, Act.WITHDRAWN, user, f"withdrew the role {role}", reason, on)


@transaction.atomic
def set_active(*, by: Viewer, user_ref: str, active: bool, reason: str, on: date) -> None:
    """Let a user sign in, or stop them; their next page asks again who they are. Needs MANAGE_USERS."""
    must_hold(by, Permission.MANAGE_USERS)
    user = user_row(user_ref)
    not_oneself(by, user)
    reason = must_say(reason, why="Say why.")
    if user.is_active is active:
        raise NotValid("active", f"{user.username} is {'already' if active else 'no longer'} active.")
    user.is_active = active
    user.save(update_fields=["is_active"])
    act, summary = (Act.GRANTED, "let a user sign in again") if active else (Act.WITHDRAWN, "stopped a user signing in")
    _journal(by, act, user, summary, reason, on)
    take_as_head(by, user, on)


@transaction.atomic
def set_password(*, by: Viewer, user_ref: str, password: str, on: date) -> None:
    """Give a user a new password. Needs MANAGE_USERS; everyone changes their own on their own page.

    Raises NotValid for a weak one.
    """
    must_hold(by, Permission.MANAGE_USERS)
    user = user_row(user_ref)
    _give_password(user, password)
    user.save(update_fields=["password"])
    _journal(by, Act.ALTERED, user, "gave a user a new password", "", on)


@transaction.atomic
def fresh_calendar_token(*, by: Viewer, on: date) -> str:
    """A new secret for the viewer's own calendar feed; the old address stops working. Raises NotFound for nobody."""
    user = User.objects.filter(pk=by.user_id).first() if by.user_id else None
    if user is None:
        raise NotFound("the system has no calendar")
    user.calendar_token = secrets.token_urlsafe(32)
    user.save(update_fields=["calendar_token"])
    _journal(by, Act.ALTERED, user, "made a new address for the calendar feed", "", on)
    return user.calendar_token


@transaction.atomic
def end_calendar(*, by: Viewer, on: date) -> None:
    """The viewer's calendar feed ends; its address stops working. Raises NotFound for nobody, and where none was."""
    user = User.objects.filter(pk=by.user_id).exclude(calendar_token="").first() if by.user_id else None
    if user is None:
        raise NotFound("there is no calendar feed to end")
    user.calendar_token = ""
    user.save(update_fields=["calendar_token"])
    _journal(by, Act.ALTERED, user, "ended the calendar feed", "", on)


def _give_password(user: User, password: str | Hashed | None) -> None:
    if password is None:
        user.set_unusable_password()
    elif isinstance(password, Hashed):
        user.password = password.words
    else:
        _must_be_strong(password, user)
        user.set_password(password)


def _must_be_strong(password: str, user: User | None) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise NotValid("password", " ".join(error.messages)) from error


def not_oneself(by: Viewer, user: User) -> None:
    """Raises NotAllowed where `by` is that user."""
    if by.user_id == user.pk:
        raise NotAllowed(Refusal("Nobody changes their own roles or access; ask another administrator.", LAW))


def _grant(by: Viewer, user: User, role: str, on: date, reason: str) -> None:
    if role not in roles():
        raise NotValid("role", f"There is no role {role!r}. Roles: {', '.join(roles())}.")
    held = set(RoleGrant.objects.filter(user=user, to_on__isnull=True).values_list("role", flat=True))
    if role in held:
        raise NotValid("role", f"{user.username} already holds the role {roles()[role].title}.")
    for alone in {role, *held}:
        if alone in roles() and roles()[alone].alone and held:
            raise NotValid("role", f"{roles()[alone].title} stands alone: whoever holds it holds no other role.")
    RoleGrant.objects.create(user=user, role=role, from_on=on, granted_by=by.actor)
    _journal(by, Act.GRANTED, user, f"granted the role {role}", reason, on)
    take_as_head(by, user, on)


def _journal(by: Viewer, act: Act, user: User, summary: str, reason: str, on: date) -> None:
    texts = [(user.ref, {"reason": reason})] if reason else []
    journal.record(by=by, act=act, kind=RecordKind.USER, key=user.ref, summary=summary, on=on, texts=texts)
