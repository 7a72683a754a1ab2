"""What a command prints and how it ends: text for people, JSON on request, one place for exit codes."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import duckdb
import typer
from django.db import DatabaseError, OperationalError

from peelian.terms.refusals import NotAllowed, NotFound, NotValid

DONE = 0
FAILED = 1
WRONG_WORDS = 2  # what was typed cannot stand
REFUSED = 3  # a wall or a power
NOTHING_THERE = 4
STOPPED = 130  # what a shell gives for Ctrl-C
UNPREPARED = "The database is not prepared for this edition. Say: peelian migrate"


def print_json(value: Any) -> None:
    """`value` as JSON on standard output; dates and keys in their written form."""
    json.dump(value, sys.stdout, indent=2, ensure_ascii=False, default=str)
    sys.stdout.write("\n")


def exit_code_of(problem: Exception) -> tuple[int, str] | None:
    """The exit code and the sentence for a problem that a person can act on; None for a fault of the program."""
    match problem:
        case NotAllowed():
            law = f" ({problem.refusal.law})" if problem.refusal.law else ""
            return REFUSED, f"Refused: {problem.refusal.reason}{law}"
        case NotFound():
            return NOTHING_THERE, f"Not found: {problem}"
        case NotValid():
            return WRONG_WORDS, f"Not valid: {problem.field}: {problem.reason}"
        case OSError(filename=str() as name, strerror=str() as fault):  # no rights, a file for a folder, a full disk
            return FAILED, f"{name}: {fault}{_to_do(fault)}"
        case DatabaseError() if _unprepared(problem):
            return FAILED, UNPREPARED
        case OperationalError():  # not reached, in use, without rights, on a full disk
            said = str(problem).splitlines()[0]
            return FAILED, f"The database could not be used: {said}{_to_do(said)}"
        case duckdb.IOException() | duckdb.FatalException() | duckdb.OutOfMemoryException():
            said = str(problem).splitlines()[0]
            return FAILED, f"The store of the wash could not be read or written: {said}{_to_do(said)}"
    if getattr(problem, "is_for_people", False):  # an error that a wing raises to be shown as it stands
        return FAILED, str(problem)
    return None


def _to_do(fault: str) -> str:
    """What to do where a disk is full or may not be written to; empty where that is not it."""
    if "No space left" in fault:
        return ". Free some space, then say the same again."
    if "Read-only" in fault or "ermission denied" in fault:
        return ". Give this account the right to write there, or choose another folder."
    return ""


def _unprepared(problem: DatabaseError) -> bool:
    """Whether a table or a column is not there: nobody made the database, or nobody brought it up to date."""
    absent = getattr(problem.__cause__, "sqlstate", "") in ("42P01", "42703")
    return absent or str(problem).startswith(("no such table", "no such column"))


@contextmanager
def stoppable(words: str) -> Iterator[None]:
    """Let Ctrl-C end what is inside with `words`, which say what was kept and what to say next."""
    try:
        yield
    except (KeyboardInterrupt, duckdb.InterruptException):
        say(f"\nStopped. {words}")
        raise SystemExit(STOPPED) from None
    except RuntimeError as fault:  # what DuckDB raises where the key falls between two of its steps
        if "interrupt" not in str(fault).lower():
            raise
        say(f"\nStopped. {words}")
        raise SystemExit(STOPPED) from None


def say(text: str) -> None:
    """A line of progress or advice on standard error, so that standard output stays what was asked for."""
    typer.echo(text, err=True)
