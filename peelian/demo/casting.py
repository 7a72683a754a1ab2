"""The first days: units, the staff register, those who may sign in, and the older history."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from peelian.demo import extracts, history
from peelian.demo.cleared import CLEARANCES, Before, clearance_rows
from peelian.demo.days import moment
from peelian.demo.incidents import INCIDENTS, incident_rows
from peelian.demo.stage import Stage
from peelian.demo.structure import Structure
from peelian.demo.tables import table
from peelian.demo.workforce import Servant
from peelian.loads import actions as loads
from peelian.people import actions as people
from peelian.people import queries
from peelian.terms.viewer import Viewer
from peelian.walls import actions as walls
from peelian.walls.queries import user_by_ref, viewer_for

PASSWORD = "lantern-harbour-thornmere"  # noqa: S105 - printed for everyone; the people behind it are invented
Told = Callable[[int, int | None, str], None]
Thing = TypeVar("Thing")
EXTRACTS = (0, 1200, 2600)  # days before the move on which the register was exported
TELLS_EVERY = 500  # matters
SECOND = 25  # days before today on which the older system's second extract is loaded


def units(stage: Stage, structure: Structure, at: datetime) -> None:
    """Make every unit, parents first."""
    by = stage.as_system(at, "the force's structure was entered")
    top = people.make_unit(by=by, name=structure.force, on=at.date())
    stage.units[structure.force] = top
    for name, parent in structure.units.items():
        parent_ref = stage.units[parent] if parent else top
        stage.units[name] = people.make_unit(by=by, name=name, parent_ref=parent_ref, on=at.date())
    stage.unit_ids.update((row.name, row.id) for row in queries.units(by))


def register(stage: Stage, day: date, told: Told) -> None:
    """Load the exports of the staff register, the oldest first, so that postings and ranks follow one another."""
    days = sorted(day - timedelta(days=before) for before in EXTRACTS[: stage.size.extracts])
    for number, exported in enumerate(days):
        at = moment(day, 7 * 60 + 10 * number)
        rows = extracts.register_rows(stage.workforce.everyone, exported)
        name = f"staff-register-{exported:%Y-%m-%d}.csv"
        _load(
            stage, stage.as_system(at, "the staff register was loaded"), "register", name, extracts.REGISTER, rows, told
        )
    stage.meet(stage.workforce.everyone, extracts.PEOPLE)


def users(stage: Stage, at: datetime) -> None:
    """Make those who may sign in, each tied to their person and unit, and the chief officer's delegate.

    Whoever comes from outside is no worker of the force, and tied to nobody in its register.
    """
    by = stage.as_system(at, "the first users were made")
    on = at.date()
    password = walls.hashed(PASSWORD)  # once: a hash is dear by design, and everybody here has the same password
    for row in table("force")["sign_in"]:
        who = stage.workforce.by_sign_in[row["username"]]
        ref = walls.make_user(
            by=by,
            username=row["username"],
            name=f"{who.given.split()[0]} {who.family}",
            roles=row["roles"],
            password=password,
            person_id=None if row.get("outside") else stage.ids[who.key],
            unit_id=stage.unit_ids[row["unit"]],
            email=f"{row['username']}@example.com",
            on=on,
        )
        user_id = user_by_ref(ref).id
        stage.user_refs[row["username"]], stage.user_ids[row["username"]] = ref, user_id
        stage.viewers[row["username"]] = viewer_for(user_id, at=at)
    for row in table("force")["guest"]:
        _guest(stage, by, row, password, at)
    walls.appoint_delegate(
        by=stage.as_user("chief", at),
        user_ref=stage.user_refs["delegate"],
        reason="Stands in for me where the head of professional standards is concerned.",
        on=on,
    )


def guest_of(stage: Stage, username: str) -> Servant | None:
    """Whoever of those who serve has a sign-in beside those of the department."""
    return next((_serving(stage, row) for row in table("force")["guest"] if row["username"] == username), None)


def _serving(stage: Stage, row: dict[str, Any]) -> Servant | None:
    if "over" in row:
        managed = guest_of(stage, row["over"])
        return stage.workforce.supervisor_of(managed) if managed else None
    if "team" not in row:
        return None
    serving = (one for one in stage.workforce.everyone if one.slot and one.left is None and not one.slot.sign_in)
    return min((one for one in serving if one.slot and one.slot.title == row["team"]), key=lambda one: one.key)


def _guest(stage: Stage, by: Viewer, row: dict[str, Any], password: walls.Hashed, at: datetime) -> None:
    """A sign-in for somebody who has no place in the department."""
    who, name, on = _serving(stage, row), row["username"], at.date()
    stage.user_refs[name] = walls.make_user(
        by=by,
        username=name,
        name=f"{who.given.split()[0]} {who.family}" if who else row["name"],
        roles=row["roles"],
        password=password,
        person_id=stage.ids[who.key] if who else None,
        unit_id=None,
        email=f"{name}@example.com",
        on=on,
    )
    if "body" in row:
        walls.say_where_user_comes_from(
            by=by,
            user_ref=stage.user_refs[name],
            body=table("force")["force"]["others"][row["body"]],
            words="Lent for reviews of how this force dealt with reports.",
            on=on,
        )
    stage.viewers[name] = viewer_for(user_by_ref(stage.user_refs[name]).id, at=at)


def old_history(stage: Stage, day: date, told: Told) -> None:
    """Load the complaint history of the older system, and what other forces hold, as the analyst."""
    size = stage.size
    begins = day - timedelta(days=round(size.years * 365.25))
    count = history.how_many(size, begins, day)
    rows = history.matter_rows(stage.seed, size, stage.workforce.everyone, begins, day, count)
    by = stage.as_user("analyst", moment(day, 9 * 60 + 30))
    name = f"complaints-{day:%Y-%m-%d}.csv"
    flat = (row for matter in _counted(rows, count, name, told) for row in matter)
    _load(stage, by, "history", name, history.HISTORY, flat, told)
    by = stage.as_user("analyst", moment(day, 10 * 60))
    found = incident_rows(stage)
    _load(stage, by, "incidents", "regional-exchange.csv", INCIDENTS, found, told)


def second_history(stage: Stage, moved: date, day: date, told: Told) -> None:
    """Load the older system's later extract: the same, what units still on it closed since, and one matter missing."""
    size = stage.size
    begins = moved - timedelta(days=round(size.years * 365.25))
    count = history.how_many(size, begins, moved)
    before = history.matter_rows(stage.seed, size, stage.workforce.everyone, begins, moved, count)
    name = f"complaints-{day:%Y-%m-%d}.csv"
    here = size.open_here + size.closed_here
    more = max(6, history.how_many(size, moved, day) - here) if size.people > 1000 else 6
    since = history.matter_rows(stage.seed, size, stage.workforce.everyone, moved, day, more)

    def rows() -> Iterator[tuple[str, ...]]:
        for number, matter in enumerate(_counted(before, count, name, told)):
            if number != count // 2:
                yield from matter
        for matter in since:
            yield from ((f"L{row[0]}", *row[1:]) for row in matter)

    by = stage.as_user("analyst", moment(day, 6 * 60))
    _load(stage, by, "history", name, history.HISTORY, rows(), told)


def clearances(stage: Stage, day: date, before: Before, told: Told) -> None:
    """Load what people held before vetting moved to Peelian, as the analyst."""
    by = stage.as_user("analyst", moment(day, 6 * 60 + 30))
    found = clearance_rows(stage, day, before)
    _load(stage, by, "clearances", f"clearances-{day:%Y-%m-%d}.csv", CLEARANCES, found, told)


def _counted(things: Iterable[Thing], total: int, name: str, told: Told) -> Iterator[Thing]:
    """The same things, telling now and then how many of them are written: twenty years take a minute."""
    for number, one in enumerate(things):
        if number % TELLS_EVERY == 0:
            told(number, total, f"writing {name}")
        yield one


def _load(
    stage: Stage,
    by: Viewer,
    which: str,
    name: str,
    columns: Iterable[str],
    rows: Iterable[Iterable[str]],
    told: Told,
) -> None:
    """Write an export to a file and load it, as the analyst or the system, at the viewer's moment."""
    with TemporaryDirectory(prefix="peelian-demo-") as folder:
        path = Path(folder) / name
        told(0, None, f"writing {name}")
        extracts.write(path, columns, rows)
        loads.run(by=by, path=path, clock=lambda: by.at, map_text=extracts.map_text(which), listener=told)
