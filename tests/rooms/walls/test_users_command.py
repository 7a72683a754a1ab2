"""`peelian users`, as somebody types it on the machine itself."""

import json
from collections.abc import Callable
from datetime import datetime

import pytest
from click.testing import Result
from typer.testing import CliRunner

from peelian.cli.users import app
from peelian.terms.refusals import NotFound, NotValid
from peelian.walls.models import User
from tests import worlds

PASSWORD = "a long enough passphrase"
Type = Callable[..., Result]


@pytest.fixture
def typed(db: None) -> Type:
    def run(*words: str, given: str = "") -> Result:
        return CliRunner().invoke(app, list(words), input=given)

    return run


def add(typed: Type, username: str, *roles: str) -> Result:
    chosen = [word for role in roles for word in ("--role", role)]
    return typed("add", username, "--name", username.title(), *chosen, "--password-from-input", given=f"{PASSWORD}\n")


def test_a_user_is_made_listed_and_changed(typed: Type) -> None:
    assert add(typed, "anna", "assessor", "investigator").exit_code == 0
    assert User.objects.get(username="anna").check_password(PASSWORD)
    assert typed("grant", "anna", "supervisor", "--reason", "promoted").exit_code == 0
    assert typed("withdraw", "anna", "assessor", "--reason", "moved").exit_code == 0
    assert "Investigator, Supervisor" in typed("list").stdout
    [row] = json.loads(typed("list", "--json").stdout)
    assert (row["username"], row["roles"], len(row["grants"])) == ("anna", ["Investigator", "Supervisor"], 3)
    assert "id" not in row


def test_a_unit_and_a_person_are_changed_and_taken_away(typed: Type, at: datetime) -> None:
    add(typed, "anna", "assessor")
    unit, person = worlds.unit(at, "North"), worlds.officer(at, "Shaw", "Anna")
    assert typed("unit", "anna", "--unit", unit, "--reason", "moved").exit_code == 0
    assert typed("person", "anna", "--person", person, "--reason", "an officer").exit_code == 0
    user = User.objects.get(username="anna")
    assert user.unit_id is not None
    assert user.person_id == worlds.key(at, person)
    assert isinstance(typed("person", "anna", "--person", "PP-NONE", "--reason", "so").exception, NotFound)
    assert typed("unit", "anna", "--reason", "left it").exit_code == 0
    assert User.objects.get(username="anna").unit_id is None


def test_a_password_is_asked_for_twice_and_changed(typed: Type) -> None:
    add(typed, "anna", "assessor")
    other = "another long passphrase"
    assert typed("password", "anna", given=f"{other}\n{other}\n").exit_code == 0
    assert User.objects.get(username="anna").check_password(other)


def test_what_cannot_stand_is_said_and_nothing_is_kept(typed: Type) -> None:
    assert isinstance(add(typed, "anna", "sheriff").exception, NotValid)
    assert isinstance(typed("grant", "nobody", "assessor", "--reason", "x").exception, NotFound)
    assert not User.objects.exists()
    assert "Make one" in typed("list").stderr
