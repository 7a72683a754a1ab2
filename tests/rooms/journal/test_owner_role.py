"""PostgreSQL: the journal belongs to a role of its own, and Peelian's role may read and add, no more.

Tried with a role as a force would make one: it may create roles and owns its database, and is no superuser.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest

from peelian.journal import guards
from tests.databases import GIVEN, administer

pytestmark = pytest.mark.postgres
ROOT = Path(__file__).resolve().parents[3]
INSERT = """INSERT INTO journal_entry (seq, at, actor, act, kind, key, "on", summary, reason, decision, shown, payload,
    previous, hash) VALUES (1, '', '', '', '', 'k', '', '', '', '', '[]', '[]', '', '')"""
WRITE_AND_ERASE = """
import django; django.setup()
from datetime import UTC, date, datetime
from django.db import transaction
from peelian.journal import actions, verification
from peelian.terms.acts import Act, RecordKind
from peelian.terms.viewer import system
by = system("test", at=datetime(2026, 11, 23, tzinfo=UTC), because="a test")
with transaction.atomic():
    actions.record(by=by, act=Act.ALTERED, kind=RecordKind.PERSON, key="PP-1", summary="x", texts=[("PP-1", {"a": 1})])
actions.erase_subject(by=by, kind=RecordKind.PERSON, subject_key="PP-1", reason="asked", on=date(2026, 11, 23))
verdict = verification.verify()
assert verdict.is_whole, verdict.findings
print(verdict.entries)
"""


@contextmanager
def database_of(role_options: str, *, is_owner: bool = True) -> Iterator[str]:
    """A fresh database and a fresh role with `role_options`, which owns it or may only make tables; its URL."""
    name = f"owner_{uuid4().hex[:12]}"
    administer(f"CREATE ROLE {name} LOGIN {role_options}", f"CREATE DATABASE {name}")
    if is_owner:
        administer(f"ALTER DATABASE {name} OWNER TO {name}")
    else:
        as_administrator(name, f"GRANT CREATE ON SCHEMA public TO {name}")
    host = urlsplit(GIVEN).netloc.rpartition("@")[2]
    try:
        yield urlunsplit(urlsplit(GIVEN)._replace(netloc=f"{name}@{host}", path=f"/{name}"))
    finally:
        administer(f"DROP DATABASE {name} WITH (FORCE)", f"DROP ROLE {name}")


def as_administrator(name: str, statements: str) -> None:
    with psycopg.connect(urlunsplit(urlsplit(GIVEN)._replace(path=f"/{name}")), autocommit=True) as connection:
        connection.execute(statements.encode())


def python(url: str, home: Path, *words: str) -> str:
    environment = {
        **os.environ,
        "PEELIAN_DATABASE": url,
        "PEELIAN_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "tests.rooms.journal.settings",
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run([sys.executable, *words], env=environment, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def refused(url: str, statement: str) -> str:
    with psycopg.connect(url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege) as error:
        connection.execute(statement)
    return str(error.value)


def test_the_role_that_peelian_connects_as_may_read_and_add_and_no_more(own_home):
    with database_of("CREATEROLE") as url:
        python(url, own_home, "-m", "django", "migrate", "--verbosity=0")
        with psycopg.connect(url) as connection:
            owners = connection.execute("SELECT DISTINCT tableowner FROM pg_tables WHERE tablename LIKE 'journal%'")
            assert owners.fetchall() == [(guards.OWNER,)]
            connection.execute(INSERT)
            assert connection.execute("SELECT count(*) FROM journal_entry").fetchone() == (1,)
            connection.rollback()
        for verb in (
            "UPDATE journal_entry SET act = 'x'",
            "DELETE FROM journal_entry",
            "TRUNCATE journal_entry CASCADE",
        ):
            assert "permission denied" in refused(url, verb)
        for owned in (
            "ALTER TABLE journal_entry DISABLE TRIGGER USER",
            "DROP TRIGGER journal_entry_no_change ON journal_entry",
            "CREATE OR REPLACE FUNCTION peelian_journal_refuse() RETURNS trigger LANGUAGE plpgsql"
            " AS $$ BEGIN RETURN NULL; END $$",
        ):
            assert "must be owner" in refused(url, owned)


def test_the_journal_works_under_that_role(own_home):
    with database_of("CREATEROLE") as url:
        python(url, own_home, "-m", "django", "migrate", "--verbosity=0")
        assert python(url, own_home, "-c", WRITE_AND_ERASE) == "2\n"


def test_without_the_power_to_make_roles_the_triggers_still_refuse(own_home):
    with database_of("NOCREATEROLE") as url:
        python(url, own_home, "-m", "django", "migrate", "--verbosity=0")
        assert guards.REFUSAL in refused(url, "UPDATE journal_entry SET act = 'x'")
        assert python(url, own_home, "-c", WRITE_AND_ERASE) == "2\n"


def test_an_administrator_can_hand_the_tables_over_by_the_documented_statements(own_home):
    guide = (ROOT / "docs/how-to/postgresql-roles.md").read_text()
    statements = guide.partition("```sql\n")[2].partition("```")[0]
    with database_of("NOCREATEROLE", is_owner=False) as url:
        python(url, own_home, "-m", "django", "migrate", "--verbosity=0")
        name = urlsplit(url).path[1:]
        as_administrator(name, statements.replace("peelian_app", name))
        assert "permission denied" in refused(url, "UPDATE journal_entry SET act = 'x'")
        assert "must be owner" in refused(url, "DROP TABLE journal_text")
        assert python(url, own_home, "-c", WRITE_AND_ERASE) == "2\n"
