"""How a command ends: one line for a problem that a person can act on, an exit code, refusals in the journal."""

import sys

import duckdb
import psycopg
import pytest
from django.db import OperationalError, ProgrammingError

from peelian.cli import answers, main
from peelian.journal.models import Entry
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal


class Told(Exception):
    is_for_people = True


def absent(kind: type[psycopg.Error]) -> ProgrammingError:
    """What the product meets where PostgreSQL has not a table or a column."""
    problem = ProgrammingError("it is not there")
    problem.__cause__ = kind()
    return problem


@pytest.mark.parametrize(
    ("problem", "code", "sentence"),
    [
        (NotAllowed(Refusal("You were in it.", "reg 10")), 3, "Refused: You were in it. (reg 10)"),
        (NotAllowed(Refusal("You were in it.")), 3, "Refused: You were in it."),
        (NotFound("matter PM-22222-22222"), 4, "Not found: matter PM-22222-22222"),
        (NotValid("on", "give a day"), 2, "Not valid: on: give a day"),
        (Told("row 3, column date: no such day"), 1, "row 3, column date: no such day"),
        (
            OSError(30, "Read-only file system", "/srv/wash"),
            1,
            "/srv/wash: Read-only file system. Give this account the right to write there, or choose another folder.",
        ),
        (OperationalError("no such table: walls_user"), 1, answers.UNPREPARED),
        (OperationalError("no such column: matters_matter.left_on"), 1, answers.UNPREPARED),
        (absent(psycopg.errors.UndefinedTable), 1, answers.UNPREPARED),
        (absent(psycopg.errors.UndefinedColumn), 1, answers.UNPREPARED),
        (OperationalError("database is locked"), 1, "The database could not be used: database is locked"),
        (
            duckdb.IOException("Could not write file: No space left on device\nat 12"),
            1,
            "The store of the wash could not be read or written: Could not write file: No space left on device."
            " Free some space, then say the same again.",
        ),
    ],
)
def test_a_problem_that_a_person_can_act_on_is_one_line_and_an_exit_code(
    problem: Exception, code: int, sentence: str
) -> None:
    assert answers.exit_code_of(problem) == (code, sentence)


def test_a_fault_of_the_program_keeps_its_trace() -> None:
    assert answers.exit_code_of(ZeroDivisionError()) is None
    assert answers.exit_code_of(ProgrammingError("a slip of ours")) is None
    assert answers.exit_code_of(BrokenPipeError(32, "Broken pipe")) is None


@pytest.mark.django_db
def test_a_refusal_is_written_to_the_journal_without_what_was_typed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused() -> None:
        raise NotAllowed(Refusal("You were in it."))

    monkeypatch.setattr(main, "app", Refusing(refused))
    monkeypatch.setattr(sys, "argv", ["peelian", "users", "the name of a person"])
    with pytest.raises(SystemExit) as ended:
        main.run()
    assert ended.value.code == 3
    assert capsys.readouterr().err == "Refused: You were in it.\n"
    entry = Entry.objects.order_by("-seq")[0]
    assert (entry.act, entry.key, entry.reason) == ("refused", "peelian users", "You were in it.")


class Refusing:
    """The command line with its words as they are, but every command refused."""

    registered_groups = main.app.registered_groups
    registered_commands = main.app.registered_commands

    def __init__(self, refused) -> None:
        self.refused = refused

    def __call__(self) -> None:
        self.refused()
