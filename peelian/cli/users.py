"""`peelian users`: who may sign in, and with which roles, from the command line of the machine itself."""

import sys
from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated

import typer

from peelian.cli.actor import command_line
from peelian.cli.answers import print_json, say
from peelian.people import queries as people
from peelian.terms.pages import Sort
from peelian.terms.viewer import Viewer
from peelian.walls import actions, queries
from peelian.walls.rows import ManagedUserRow, UserFilters

app = typer.Typer(help="Users and their roles.", no_args_is_help=True)

Username = Annotated[str, typer.Argument(help="The name the user signs in with.")]
RoleKey = Annotated[str, typer.Argument(help="A role's key, as docs/reference/roles.md lists them.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; it is kept with the act.")]
On = Annotated[
    datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The day it counts from; today if unset.")
]
FromInput = Annotated[
    bool, typer.Option("--password-from-input", help="Read the password from standard input instead of asking for it.")
]
MOST = 100_000


@app.command()
def add(
    username: Username,
    name: Annotated[str, typer.Option("--name", help="The user's name, as others see it.")],
    role: Annotated[list[str], typer.Option("--role", help="A role's key; say it again for each role.")],
    email: Annotated[str, typer.Option("--email", help="Where letters about signing in go.")] = "",
    password_from_input: FromInput = False,
    on: On = None,
) -> None:
    """Make a user who may sign in."""
    by = command_line("a user was made at the command line")
    password = _password(password_from_input)
    ref = actions.make_user(
        by=by, username=username, name=name, roles=role, password=password, email=email, on=_day(by, on)
    )
    say(f"{username} may sign in now ({ref}).")


@app.command("list")
def list_users(
    role: Annotated[str, typer.Option("--role", help="Only those who hold this role today.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """List users with the roles they hold today."""
    by = command_line("users were listed at the command line")
    found = queries.users(by, UserFilters(role=role), Sort("username"), size=MOST)
    if as_json:
        print_json([_shown(row) for row in found.rows])
        return
    for row in found.rows:
        state = "" if row.user.is_active else "  (may not sign in)"
        print(f"{row.user.username:<24} {row.user.name:<32} {', '.join(row.roles) or 'no role'}{state}")
    if not found.rows:
        say("There are no such users. Make one: peelian users add NAME --name … --role …")


@app.command()
def grant(username: Username, role: RoleKey, reason: Reason, on: On = None) -> None:
    """Grant a role."""
    by = command_line("a role was granted at the command line")
    actions.grant_role(by=by, user_ref=_ref(username), role=role, on=_day(by, on), reason=reason)
    say(f"{username} holds the role {role}.")


@app.command()
def withdraw(username: Username, role: RoleKey, reason: Reason, on: On = None) -> None:
    """Withdraw a role; the day is the first without it."""
    by = command_line("a role was withdrawn at the command line")
    actions.withdraw_role(by=by, user_ref=_ref(username), role=role, on=_day(by, on), reason=reason)
    say(f"{username} no longer holds the role {role}.")


@app.command()
def unit(
    username: Username,
    reason: Reason,
    unit: Annotated[str, typer.Option("--unit", help="The unit's reference; none if unset.")] = "",
    on: On = None,
) -> None:
    """Change the unit a user works in."""
    by = command_line("a user's unit was changed at the command line")
    unit_id = people.unit(by, unit).id if unit else None
    actions.move_user(by=by, user_ref=_ref(username), unit_id=unit_id, reason=reason, on=_day(by, on))
    say(f"{username} works in {unit or 'no unit'}.")


@app.command()
def person(
    username: Username,
    reason: Reason,
    person: Annotated[str, typer.Option("--person", help="Their reference in the register; nobody if unset.")] = "",
    on: On = None,
) -> None:
    """Say which person in the register a user is: the walls keep them out of what concerns that person."""
    by = command_line("it was said at the command line who a user is")
    person_id = people.line(by, person).id if person else None
    actions.say_who_user_is(by=by, user_ref=_ref(username), person_id=person_id, reason=reason, on=_day(by, on))
    say(f"{username} is {person or 'nobody in the register'}.")


@app.command()
def password(username: Username, password_from_input: FromInput = False) -> None:
    """Give a user a new password."""
    by = command_line("a password was given at the command line")
    actions.set_password(by=by, user_ref=_ref(username), password=_password(password_from_input), on=by.today)
    say(f"{username} has a new password.")


def _ref(username: str) -> str:
    return queries.user_named(username).ref


def _day(by: Viewer, on: datetime | None) -> date:
    return on.date() if on else by.today


def _password(from_input: bool) -> str:
    if from_input:
        return sys.stdin.readline().rstrip("\n")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))


def _shown(row: ManagedUserRow) -> dict[str, object]:
    """A user without the internal keys."""
    grants = [asdict(grant) for grant in row.grants]
    user = row.user
    return {
        "ref": user.ref,
        "username": user.username,
        "name": user.name,
        "email": row.email,
        "active": user.is_active,
        "roles": list(row.roles),
        "grants": grants,
    }
