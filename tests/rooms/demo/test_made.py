"""A demonstration as it stands in a database: made by the command, whole, the same twice, with work for everybody."""

import csv
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.hashers import check_password
from django.db import connection

from peelian.clocks import queries as clocks
from peelian.decisions import queries as decisions
from peelian.demo.casting import PASSWORD
from peelian.intake import queries as intake
from peelian.investigations import queries as investigations
from peelian.lookback import queries as lookback
from peelian.lookback.independence import panellists, reviewers
from peelian.matters import queries as matters
from peelian.matters.rows import MatterFilters
from peelian.people import queries as people
from peelian.proceedings import queries as proceedings
from peelian.returns import queries as returns
from peelian.rules.facts import DutyState
from peelian.rules.returns import ReturnKind
from peelian.sampling import queries as sampling
from peelian.terms.acts import RecordKind
from peelian.terms.lookback import Reading, Stage
from peelian.terms.matters import MatterState
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer, system
from peelian.vetting import queries as vetting
from peelian.walls import queries as walls
from tests.databases import ON_POSTGRES, TINY, Database, connected_to, copy_of, demonstration, migrated

AT = datetime(2026, 11, 20, 9, tzinfo=ZoneInfo("Europe/London"))
TODAY = date(2026, 11, 20)
REFERENCE = re.compile(r"P[A-Z]-[0-9A-Z]{5}-[0-9A-Z]{5}")
DIGEST = re.compile(r"\b(?:[0-9a-f]{64}|[0-9a-f]{40})\b")  # and the random names of sealed files
FOLDER = re.compile(r"peelian-demo-\w+")
RANDOM = frozenset(
    {"hash", "previous", "payload", "sealed", "sealed_key", "password", "salt", "calendar_token", "claim", "code_hash"}
    | {"size"}  # of a pack: references are pressed into more or fewer bytes
)


@pytest.fixture(scope="module")
def template() -> Database:
    return demonstration()


@pytest.fixture(scope="module")
def force(template: Database, tmp_path_factory: Any, django_db_blocker: Any) -> Iterator[Database]:
    """One demonstration for this file; nothing here writes to it."""
    with ExitStack() as stack:
        copy = stack.enter_context(copy_of(template, tmp_path_factory.mktemp("demonstration")))
        stack.enter_context(django_db_blocker.unblock())
        stack.enter_context(connected_to(copy))
        yield copy


def as_user(username: str) -> Viewer:
    return walls.viewer_named(username, at=AT)


def as_system() -> Viewer:
    return system("test", at=AT, because="to look at the demonstration")


def everything(viewer: Viewer) -> Any:
    return matters.matters(viewer, size=1000).rows


def in_words(row: tuple[Any, ...]) -> str:
    """A row without references, digests, sealed bytes and the folder that a file of a load lay in."""
    said = str(tuple(value for value in row if not isinstance(value, bytes | memoryview)))
    for pattern, word in ((REFERENCE, "reference"), (DIGEST, "digest"), (FOLDER, "folder")):
        said = pattern.sub(word, said)
    return said


def in_set_words(database: Database) -> dict[str, list[str]]:
    """Every table of a database as sorted lines, without what is random by design."""
    found: dict[str, list[str]] = {}
    with connected_to(database), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("django_", "auth_", "account_", "mfa_", "socialaccount_", "search_", "sqlite_")):
                continue
            columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
            kept = [column for column in columns if column not in RANDOM]
            cursor.execute(f"SELECT {', '.join(connection.ops.quote_name(column) for column in kept)} FROM {table}")
            found[table] = sorted(in_words(row) for row in cursor.fetchall())
    return found


@pytest.mark.database
@pytest.mark.skipif(ON_POSTGRES, reason="what is invented does not depend on the database, and is compared on SQLite")
def test_the_same_seed_and_day_make_the_same_content(
    template: Database, tmp_path: Path, django_db_blocker: Any
) -> None:
    again = migrated("demonstration-tiny-again", TINY)
    with (
        django_db_blocker.unblock(),
        copy_of(template, tmp_path / "one") as one,
        copy_of(again, tmp_path / "two") as two,
    ):
        first, second = in_set_words(one), in_set_words(two)
    assert set(first) == set(second)
    assert len(first["matters_matter"]) > 40
    different = {table: set(first[table]) ^ set(second[table]) for table in first if first[table] != second[table]}
    assert not different


@pytest.mark.database
def test_a_database_that_holds_people_is_refused_and_stays_as_it_is(template: Database, tmp_path: Path) -> None:
    with copy_of(template, tmp_path / "copy") as copy:
        done = copy.run(*TINY, check=False)
    assert done.returncode == 3
    assert "only in an empty one" in done.stderr


@pytest.mark.database
def test_the_sign_ins_are_left_in_words_beside_the_data(template: Database) -> None:
    told = (template.home / "demonstration").read_text()
    assert PASSWORD in told
    for username in ("handler", "supervisor", "head", "auditor", "administrator", "delegate"):
        assert re.search(rf"^  {username} ", told, re.MULTILINE)
    assert not (template.home / "demonstration.unfinished").exists()


@pytest.mark.database
def test_the_last_who_joined_stand_ready_to_be_washed_by_a_visitor(force: Database, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(force.home / "washes" / "recruits", tmp_path / "recruits"))
    assert {path.name for path in folder.iterdir()} == {"people.csv", "records.parquet", "wash.toml"}
    with (folder / "people.csv").open(encoding="utf-8") as lines:
        numbers = {row["person_id"] for row in csv.DictReader(lines) if not row["associate_of"]}
    store = str(tmp_path / "store")
    force.run("wash", "build", str(folder / "wash.toml"), "--store", store, "--on", TODAY.isoformat())
    report = json.loads(force.run("wash", "run", "--store", store, "--json").stdout)
    assert report["people"]["people"] - report["people"]["associates"] == len(numbers)
    assert report["people"]["with_pairs"] > 0
    assert set(people.held_by(as_system(), sorted(numbers))) == numbers


@pytest.mark.database
def test_the_journal_verifies_and_its_moments_rise(force: Database) -> None:
    assert "Whole." in force.run("journal", "verify").stdout
    with connection.cursor() as cursor:
        cursor.execute("SELECT at FROM journal_entry WHERE act <> 'refused' ORDER BY seq")
        moments = [row[0] for row in cursor.fetchall()]
    assert moments == sorted(moments)
    assert moments[-1] < "2026-11-20"


@pytest.mark.database
def test_every_user_is_somebody_in_the_register_and_has_a_unit(force: Database) -> None:
    found = [walls.user_named(username) for username in ("handler", "inspector", "auditor", "chief")]
    assert all(user.person_id and user.unit_id for user in found)
    assert walls.user_named("panel").person_id is None, "of the policing body's list, and no worker of the force"


@pytest.mark.database
def test_the_one_password_was_hashed_once(force: Database) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*), COUNT(DISTINCT password), MIN(password) FROM walls_user")
        users, hashes, stored = cursor.fetchone()
    assert users > 20
    assert hashes == 1
    assert check_password(PASSWORD, stored)


@pytest.mark.database
def test_the_handler_has_updates_overdue_due_today_and_due_this_week(force: Database) -> None:
    work = clocks.export_my_work(as_user("handler"))
    assert 12 <= len(work) <= 60
    assert sum(row.is_overdue for row in work) >= 2
    assert sum(row.due_on == TODAY for row in work) >= 2
    assert sum(row.due_on is not None and 0 < (row.due_on - TODAY).days <= 7 for row in work) >= 3


@pytest.mark.database
def test_investigators_authorities_and_the_panel_owe_something_too(force: Database) -> None:
    for username in ("investigator", "authority", "panel", "supervisor2"):
        assert clocks.export_my_work(as_user(username)), username


@pytest.mark.database
def test_a_few_in_post_are_not_cleared_each_on_named_work_and_nothing_that_is_asked_for_is_unopened(
    force: Database,
) -> None:
    by = as_user("vetting")
    found, whole = vetting.in_post(by), vetting.whole_in_post(by)
    assert 0.02 < found.total / whole < 0.08
    assert all(row.work and row.person.unit for row in found.rows)
    assert {"No clearance on record", "RV: expired"} <= {row.why for row in found.rows}
    assert vetting.raised(as_system()) == ()
    reviews = [row for row in vetting.applications(by).rows if row.purpose.startswith("Review")]
    assert {(bool(row.silent), bool(row.settled)) for row in reviews} >= {(True, True), (False, False)}


@pytest.mark.database
def test_something_waits_on_people_outside_the_force(force: Database) -> None:
    waiting = [row for name in ("investigator", "supervisor2") for row in clocks.export_my_work(as_user(name))]
    assert any(row.waits_on for row in waiting)


@pytest.mark.database
def test_returns_of_the_force_are_met_met_late_and_late_and_one_answer_waits_for_the_chief(force: Database) -> None:
    found = returns.returns(as_user("chief"))
    assert {one.duty.state for one in found} >= {DutyState.MET, DutyState.MET_LATE, DutyState.OVERDUE, DutyState.OPEN}
    assert {one.kind for one in found} == set(ReturnKind)
    assert [one.asks_viewer for one in returns.mine(as_user("chief"))] == [True]


@pytest.mark.database
def test_one_officer_with_a_beard_was_identified_by_evidence_and_one_was_not(force: Database) -> None:
    by = as_user("assessor")
    whole = [matters.matter(by, row.ref) for row in everything(by) if row.state is MatterState.OPEN]
    bearded = [one for row in whole for one in row.involvements if "beard" in one.description]
    assert sorted(bool(one.person) for one in bearded) == [False, True]
    assert all(one.evidence for one in bearded if one.person)


@pytest.mark.database
def test_the_head_cannot_know_of_the_matter_in_which_they_are_concerned_and_the_delegate_can(force: Database) -> None:
    head, delegate = as_user("head"), as_user("delegate")
    concerned = head.person_id
    assert concerned is not None
    mine = [row for row in everything(delegate) if row.ref not in {one.ref for one in everything(head)}]
    with_head = [
        row for row in mine if any(one.person_id == concerned for one in matters.parts(delegate, row.ref).people)
    ]
    assert len(with_head) == 1
    assert with_head[0].is_sensitive
    with pytest.raises(NotFound):
        matters.matter(head, with_head[0].ref)


@pytest.mark.database
def test_the_glass_was_broken_once_with_a_reason(force: Database) -> None:
    found = walls.openings(as_user("auditor")).rows
    assert len(found) == 1
    assert found[0].kind is RecordKind.MATTER
    assert "witness" in found[0].reason


@pytest.mark.database
def test_a_conflict_was_declared_and_the_matter_given_to_another(force: Database) -> None:
    by = as_user("assessor")
    places = [place for row in everything(by) for place in matters.matter(by, row.ref).places]
    assert sum(place.conflict_at is not None for place in places) == 2
    assert any(place.signed_at is None and place.to_on is None and place.conflict_at is None for place in places)


@pytest.mark.database
def test_items_wait_are_logged_and_became_matters_and_one_tells_of_a_record_that_vanished(force: Database) -> None:
    found = intake.items(as_system(), size=500).rows
    assert set(Counter(one.state for one in found)) == {"awaiting", "logged", "matter"}
    assert any("vanished" in one.heading for one in found)


@pytest.mark.database
def test_one_persons_history_spans_several_forces_and_goes_on_here(force: Database) -> None:
    by = as_system()
    elsewhere = [
        row for name in matters.forces(by) for row in matters.matters(by, MatterFilters(force=name), size=100).rows
    ]
    assert len({row.force for row in elsewhere}) >= 3
    names = {name for row in elsewhere for name in row.officers}
    assert len(names) == 1
    line = people.find(by, names.pop())[0]
    here = [row for row in matters.of_person(by, line.id) if not row.force and row.state is MatterState.OPEN]
    assert here
    entries = clocks.chronology(by, line.ref)
    assert len(entries.dated) > 8


@pytest.mark.database
def test_casework_is_shown_whole(force: Database) -> None:
    """A hearing ahead with its panel, a pack that was given, a look-back that is under way, things that wait."""
    by = as_user("authority")
    (found,) = [one for row in everything(by) for one in proceedings.of_matter(by, row.ref)]
    assert found.whole
    assert found.first_day is not None
    assert 0 < (found.first_day.earliest - TODAY).days < 21
    with connection.cursor() as cursor:  # what a schedule says is sealed, with the keys of that demonstration
        cursor.execute("SELECT COUNT(*) FROM disclosure_pack WHERE state = 'given'")
        assert cursor.fetchone() == (1,)
    (cohort,) = lookback.cohorts(as_user("head"))
    board = lookback.board(as_user("head"), cohort.ref)
    assert 0 < board.figures.locked < board.figures.wanted
    assert board.figures.stages[Stage.TO_THIRD] == 1
    assert len(decisions.to_sign(as_user("supervisor2"))) >= 1
    assert any(one.is_overdue for one in investigations.my_lines(as_user("investigator")))
    assert len(sampling.mine(as_user("assessor")).blind) == 1


@pytest.mark.database
def test_enough_come_from_outside_to_read_how_the_force_dealt_with_something(force: Database) -> None:
    """LES-33: two review a case, a third where they differ, and two others sit on the panel that reads all of it."""
    reviewing = {one.ref for one in reviewers(TODAY)}
    sitting = {one.ref for one in panellists(TODAY, Reading.HANDLING)}
    assert len(reviewing & sitting) == 3
    assert len(sitting - reviewing) == 2


@pytest.mark.database
def test_words_for_nobody_are_held_as_placeholders_and_count_as_no_people(force: Database) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT display_name FROM people_person WHERE kind = 'placeholder'")
        assert {row[0] for row in cursor.fetchall()} & {"Organisational", "Unknown"}
