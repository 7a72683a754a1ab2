"""Filling an empty database with the demonstration force."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from peelian.demo import (
    calibrated,
    casting,
    clearances,
    judged,
    read_again,
    recommended,
    rereading,
    returned,
    reviewed,
    service,
    waiting,
    washable,
)
from peelian.demo.caseload import Caseload
from peelian.demo.casework import Casework
from peelian.demo.casting import PASSWORD
from peelian.demo.chance import Chance
from peelian.demo.days import moment
from peelian.demo.diary import Diary
from peelian.demo.set_pieces import SetPieces
from peelian.demo.sizes import size_named
from peelian.demo.stage import Stage
from peelian.demo.tables import table
from peelian.demo.workforce import workforce
from peelian.people import queries as people
from peelian.terms.known_dates import date_words
from peelian.terms.refusals import NotAllowed, Refusal
from peelian.terms.viewer import Viewer
from peelian.walls.queries import any_users

Listener = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class SignIn:
    username: str
    name: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Made:
    """What was made. `force`: its name. `sign_ins` share `password`. `own_view`: a reference and its code."""

    force: str
    sign_ins: tuple[SignIn, ...]
    password: str
    deeds: int
    matters: int
    own_view: tuple[str, str]


def make(*, by: Viewer, size: str, seed: int, on: date, listener: Listener) -> Made:
    """Make the demonstration force of a size as it stands on the morning of `on`, the same for the same seed.

    By the system only. `listener(message, done, total)` hears how far it is. Raises NotValid for an unknown size,
    NotAllowed on a database that holds people or users already: nobody invented may ever stand among real people.
    """
    chosen = size_named(size)
    if not by.is_system:
        raise NotAllowed(Refusal("The demonstration force is made at the command line.", "Local rule"))
    if any_users() or people.people(by).total:
        reason = (
            "This database already holds people or users. The demonstration force is made only in an empty one: "
            "set PEELIAN_HOME to a new folder (and PEELIAN_DATABASE to a new database, if it is set)."
        )
        raise NotAllowed(Refusal(reason, "Local rule: nobody invented stands among real people"))
    listener("inventing people", 0, 100)
    moved = on - timedelta(days=chosen.days_here)
    chance = Chance(seed, "stage")
    diary = Diary(chance, moved, on)
    stage = Stage(chosen, seed, on, workforce(chosen, seed, diary.first), diary, chance)
    _cast(stage, listener)
    caseload = Caseload(stage)
    SetPieces(stage, caseload).write_down()
    Casework(stage, caseload).write_down()
    caseload.draw()
    service.write_down(stage, caseload.concerned)
    waiting.write_down(stage)
    judged.write_down(stage)
    washable.write_files(stage)
    rereading.write_down(stage)
    calibrated.write_down(stage)
    recommended.write_down(stage)
    returned.write_down(stage)
    free, others, before = clearances.write_down(stage, caseload.concerned)
    read_again.write_down(stage, free, others)
    reviewed.write_down(stage, casting.SECOND)
    days = max(1, (diary.last - diary.first).days)
    second = on - timedelta(days=casting.SECOND)

    def told(day: date) -> None:
        listener(date_words(day), (day - diary.first).days, days)

    deeds = diary.live(second, told)
    casting.second_history(stage, diary.first, second, _loading(listener))
    casting.clearances(stage, second, before, _loading(listener))
    deeds += diary.live(None, told)
    rows = [*table("force")["sign_in"], *table("force")["guest"]]
    sign_ins = tuple(
        SignIn(row["username"], stage.viewers[row["username"]].name, row["title"], row.get("words", "")) for row in rows
    )
    return Made(stage.workforce.structure.force, sign_ins, PASSWORD, deeds, len(caseload.lives), stage.own_view)


def _cast(stage: Stage, listener: Listener) -> None:
    """Units, register, users and history, in the morning of the day on which the force moves to Peelian."""
    day = stage.diary.first
    with transaction.atomic():
        casting.units(stage, stage.workforce.structure, moment(day, 6 * 60))
    casting.register(stage, day, _loading(listener))
    listener("making sign-ins", 0, 1)
    with transaction.atomic():
        casting.users(stage, moment(day, 8 * 60))
    casting.old_history(stage, day, _loading(listener))
    stage.diary.now = moment(day, 11 * 60)


def _loading(listener: Listener) -> Callable[[int, int | None, str], None]:
    return lambda done, total, message: listener(message or "loading", done, total or max(done, 1))
