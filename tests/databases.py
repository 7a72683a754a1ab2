"""Databases of a test's own: copies of one migrated template, on SQLite and on PostgreSQL alike.

The journal refuses UPDATE and DELETE, so a database can be copied and thrown away, but never emptied.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit
from uuid import uuid4

import psycopg
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from peelian.config.database import database_from
from tests.environment import SHARED

ROOT = Path(__file__).resolve().parents[1]
GIVEN = os.environ.get("PEELIAN_DATABASE", "")
ON_POSTGRES = GIVEN.startswith("postgres")
TINY = ("demo", "--size", "tiny", "--seed", "7", "--on", "2026-11-20")


@dataclass(frozen=True)
class Database:
    """`url` for PEELIAN_DATABASE; `home` for PEELIAN_HOME; `run(...)` calls the command `peelian` on it."""

    url: str
    home: Path
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "PEELIAN_HOME": str(self.home), "PEELIAN_DATABASE": self.url, **self.extra}

    def run(self, *words: str, check: bool = True, typed: str | None = None) -> subprocess.CompletedProcess[str]:
        """`peelian words…` as a process. `check`: raise where it ends in an error, with what it said."""
        return run_command([sys.executable, "-m", "peelian.cli.main", *words], self.environment, check, typed)

    def start(self, *words: str) -> subprocess.Popen[str]:
        """`python words…` left running with this database; the caller ends it."""
        return subprocess.Popen(
            [sys.executable, *words], env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )


def run_command(
    words: list[str], environment: dict[str, str], check: bool, typed: str | None = None
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(words, env=environment, capture_output=True, text=True, input=typed, timeout=300)
    if check and done.returncode:
        raise AssertionError(f"{' '.join(words)} ended with {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done


def migrated(name: str, *steps: tuple[str, ...]) -> Database:
    """The template called `name`: migrated, then filled by the commands `steps`; made once for all test processes."""
    folder = SHARED / "templates"
    folder.mkdir(exist_ok=True)
    home = folder / name
    with open(folder / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        database = Database(url_named(f"template_{name}", home), home)
        if not (home / "ready").exists():
            shutil.rmtree(home, ignore_errors=True)
            home.mkdir(mode=0o700)
            if ON_POSTGRES:
                administer(f'DROP DATABASE IF EXISTS "template_{name}"', f'CREATE DATABASE "template_{name}"')
            for step in steps if _as_kept(database) else (("migrate", "--quiet"), *steps):
                database.run(*step)
            _fold_log(database)
            (home / "ready").touch()
    return database


def _as_kept(database: Database) -> bool:
    """Take a migrated SQLite file from an earlier run, or keep one for the next: whether `database` is migrated now.

    Kept under the hash of what migrating runs, so that a changed migration makes a new one.
    """
    if ON_POSTGRES:
        return False
    kept, here = ROOT / "var" / "tests" / f"{_migrations()}.sqlite3", database.home / "peelian.sqlite3"
    if not kept.exists():
        database.run("migrate", "--quiet")
        kept.parent.mkdir(parents=True, exist_ok=True)
        for old in sorted(kept.parent.glob("*.sqlite3"), key=lambda one: one.stat().st_mtime)[:-3]:
            old.unlink()
        beside = kept.with_suffix(f".{uuid4().hex}")
        with closing(sqlite3.connect(here)) as made, closing(sqlite3.connect(beside)) as copied:
            made.backup(copied)
        beside.rename(kept)
        return True
    shutil.copy(kept, here)
    return True


def _fold_log(database: Database) -> None:
    """Bring SQLite's write-ahead log into the file, all that `copy_of` takes: a process may leave one behind."""
    if not ON_POSTGRES:
        with closing(sqlite3.connect(database.home / "peelian.sqlite3")) as made:
            busy, _, _ = made.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            assert not busy, f"{database.home}: another process still writes to the template"


def _migrations() -> str:
    """A hash of the migrations and of what they call, with the versions of the libraries that bring their own."""
    whole = hashlib.sha256((ROOT / "requirements" / "core.txt").read_bytes())
    for place in ("*/migrations/*.py", "journal/*.py", "search/*.py", "config/*.py"):
        for path in sorted((ROOT / "peelian").glob(place)):
            whole.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return whole.hexdigest()[:32]


def demonstration() -> Database:
    """A tiny demonstration force, made once for all test processes."""
    return migrated("demonstration-tiny", TINY)


@contextmanager
def copy_of(template: Database, home: Path) -> Iterator[Database]:
    """A copy of `template` with its keys and files in `home`, dropped afterwards."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    # SQLite: the log was folded in when the template was made, so the file is whole
    shutil.copytree(template.home, home, dirs_exist_ok=True, ignore=shutil.ignore_patterns("ready", "*-wal", "*-shm"))
    name = f"copy_{uuid4().hex[:16]}"
    copy = Database(url_named(name, home), home)
    if ON_POSTGRES:
        administer(f'CREATE DATABASE "{name}" TEMPLATE "{urlsplit(template.url).path[1:]}"')
    try:
        yield copy
    finally:
        if ON_POSTGRES:
            administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def connected_to(database: Database) -> Iterator[None]:
    """Django's default connection of this process is to `database` while it lasts, in every thread."""
    before, settings = connections["default"], connections.settings["default"].copy()
    given = {**settings, **database_from(database.url, database.home)}
    connections.settings["default"].update(given)
    fresh: BaseDatabaseWrapper = before.__class__({**before.settings_dict, **given}, "default")
    connections["default"] = fresh
    try:
        yield
    finally:
        fresh.close()
        connections["default"] = before
        connections.settings["default"].update(settings)


def url_named(name: str, home: Path) -> str:
    if not ON_POSTGRES:
        return f"sqlite:///{quote(str(home / 'peelian.sqlite3'))}"
    return urlunsplit(urlsplit(GIVEN)._replace(path=f"/{name}"))


def administer(*statements: str) -> None:
    """Statements on the server's maintenance database, outside any transaction. One retry is never needed."""
    with psycopg.connect(urlunsplit(urlsplit(GIVEN)._replace(path="/postgres")), autocommit=True) as server:
        for statement in statements:
            server.execute(statement.encode())
