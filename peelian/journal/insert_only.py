"""Triggers for the tables of other rooms that hold dated facts of a case: what was written stays written."""

from collections.abc import Mapping

from django.db.backends.base.base import BaseDatabaseWrapper


def install(connection: BaseDatabaseWrapper, table: str, *, refusal: str) -> None:
    """Refuse UPDATE, DELETE and writing over a row of `table` (on PostgreSQL also TRUNCATE), saying `refusal`.

    For migrations. `table` and `refusal` are the migration's own words. Raises NotImplementedError on a database that
    is neither SQLite nor PostgreSQL.
    """
    if connection.vendor == "sqlite":
        statements = [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}"
            f" BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
            for verb in ("UPDATE", "DELETE")
        ]
        statements.append(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}"  # noqa: S608 - the migration's own table
            f" WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"
            f" BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
        )
    elif connection.vendor == "postgresql":
        statements = [
            f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$"
            f" BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'insufficient_privilege'; END $$",
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
        ]
    else:
        raise NotImplementedError(f"no guards for {connection.vendor}")
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def lift(connection: BaseDatabaseWrapper, table: str) -> None:
    """Take away what `install` and `let_erase` put there, for a migration that changes the table and installs anew."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for what in ("update", "delete", "replace"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{what}")
            return
        for what in ("change", "update"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{what} ON {table}")
        cursor.execute(f"DROP FUNCTION IF EXISTS {table}_refuse()")


def let_erase(connection: BaseDatabaseWrapper, table: str, *, refusal: str, erased: Mapping[str, str]) -> None:
    """Let an UPDATE of `table`, kept by `install`, put the mark of erasure in the place of words, and nothing else.

    For migrations. `erased`: the columns of words with the mark that may take their place. Every other column stays as
    it is, or the update is refused as before.
    """
    with connection.cursor() as cursor:
        columns = [one.name for one in connection.introspection.get_table_description(cursor, table)]
        if missing := sorted(set(erased) - set(columns)):
            raise ValueError(f"{table} has no column {missing[0]}")
        apart = "IS NOT" if connection.vendor == "sqlite" else "IS DISTINCT FROM"
        changed = [f'OLD."{one}" {apart} NEW."{one}"' for one in columns if one not in erased]
        changed += [f"NEW.\"{one}\"{_AS_TEXT[connection.vendor]} <> '{mark}'" for one, mark in erased.items()]
        when = " OR ".join(changed)
        if connection.vendor == "sqlite":
            for what in ("update", "delete", "replace"):  # a table that was made anew since has lost them
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{what}")
            install(connection, table, refusal=refusal)
            cursor.execute(f"DROP TRIGGER {table}_no_update")
            cursor.execute(
                f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} WHEN {when}"
                f" BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
            )
            return
        cursor.execute(f"DROP TRIGGER {table}_no_change ON {table}")
        cursor.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE DELETE OR TRUNCATE ON {table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"
        )
        cursor.execute(
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}"
            f" FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION {table}_refuse()"
        )


_AS_TEXT = {"sqlite": "", "postgresql": "::text"}
