"""What the database itself refuses: changing, replacing or deleting what the journal holds.

SQLite: triggers. PostgreSQL: triggers, and a database role that owns the tables while Peelian's own role may only read
and add. Whoever owns the database file, or is a PostgreSQL superuser, can still remove these; `verify` then says that
a guard is missing, and a checkpoint kept elsewhere shows what was done.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

OWNER = "peelian_journal_owner"
INSERT_ONLY = ("journal_entry", "journal_text", "journal_checkpoint")
REFUSAL = "The journal is insert-only"
KEY_REFUSAL = "A subject key goes only after the entry that says it was erased"
FIRST_COLUMN = {"journal_entry": "seq", "journal_checkpoint": "size"}

ERASED_BEFORE = """EXISTS (SELECT 1 FROM journal_entry e
    WHERE e.key = OLD.subject AND e.act = 'erased' AND e.seq > OLD.since)"""


def sqlite_statements() -> list[str]:
    """One trigger for each table and verb.

    A REPLACE deletes without firing a delete trigger unless a pragma is on, so insertion over a row is refused too.
    """
    statements = []
    for table in INSERT_ONLY:
        for verb in ("UPDATE", "DELETE"):
            statements.append(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
    over = {
        "journal_entry": "seq = NEW.seq",
        "journal_checkpoint": "size = NEW.size",
        "journal_text": "id = NEW.id OR (entry_id = NEW.entry_id AND position = NEW.position)",
        "journal_subjectkey": "subject = NEW.subject",
    }
    for table, same in over.items():
        statements.append(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}"  # noqa: S608 - names from this module only
            f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"
            f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
    statements.append(
        "CREATE TRIGGER journal_subjectkey_no_update BEFORE UPDATE ON journal_subjectkey"
        f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    )
    statements.append(
        "CREATE TRIGGER journal_subjectkey_no_delete BEFORE DELETE ON journal_subjectkey"
        f" WHEN NOT {ERASED_BEFORE} BEGIN SELECT RAISE(ABORT, '{KEY_REFUSAL}'); END"
    )
    return statements


def postgresql_statements() -> list[str]:
    statements = [
        f"""CREATE FUNCTION peelian_journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'insufficient_privilege'; END $$""",
        f"""CREATE FUNCTION peelian_journal_keep_key() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NOT {ERASED_BEFORE} THEN
                RAISE EXCEPTION '{KEY_REFUSAL}' USING ERRCODE = 'insufficient_privilege';
            END IF;
            RETURN OLD;
        END $$""",
    ]
    for table in INSERT_ONLY:
        statements.append(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION peelian_journal_refuse()"
        )
    statements.append(
        "CREATE TRIGGER journal_subjectkey_no_change BEFORE UPDATE OR TRUNCATE ON journal_subjectkey"
        " FOR EACH STATEMENT EXECUTE FUNCTION peelian_journal_refuse()"
    )
    statements.append(
        "CREATE TRIGGER journal_subjectkey_no_delete BEFORE DELETE ON journal_subjectkey"
        " FOR EACH ROW EXECUTE FUNCTION peelian_journal_keep_key()"
    )
    return statements


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place. Raises NotImplementedError on a database that is neither of the two."""
    if connection.vendor == "sqlite":
        statements = sqlite_statements()
    elif connection.vendor == "postgresql":
        statements = postgresql_statements()
    else:
        raise NotImplementedError(f"the journal has no guards for {connection.vendor}")
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of triggers that should be in place and are not, or are switched off."""
    if connection.vendor == "sqlite":
        statements = sqlite_statements()
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        statements = postgresql_statements()
        query = "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')"
    wanted = [words.split()[2] for words in statements if words.startswith("CREATE TRIGGER")]
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    return [name for name in wanted if name not in present]


def hand_over(connection: BaseDatabaseWrapper) -> bool:
    """PostgreSQL: give the tables to a role of their own; the connecting role may then read and add, no more.

    Returns whether it was done: the connecting role must be able to create roles and must own the schema (else see
    docs/how-to/postgresql-roles.md, which also says why that way is stronger). SQLite has no roles.
    """
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolcreaterole,"
            " (SELECT pg_has_role(nspowner, 'USAGE') FROM pg_namespace WHERE nspname = current_schema())"
            " FROM pg_roles WHERE rolname = current_user"
        )
        if not all(cursor.fetchone()):
            return False
        for statement in owner_statements():
            cursor.execute(statement)
    return True


def owner_statements() -> list[str]:
    """Run inside a transaction, as the role that Peelian connects as."""
    tables = (*INSERT_ONLY, "journal_subjectkey", "journal_lock")
    functions = ("peelian_journal_refuse()", "peelian_journal_keep_key()")
    return [
        # another database of the same server may have made the role, even at this moment
        f"""DO $$ BEGIN CREATE ROLE {OWNER} NOLOGIN;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$""",
        f"GRANT {OWNER} TO CURRENT_USER",
        f"""DO $$ BEGIN EXECUTE format('GRANT USAGE, CREATE ON SCHEMA %I TO {OWNER}', current_schema()); END $$""",
        *(f"ALTER TABLE {table} OWNER TO {OWNER}" for table in tables),
        *(f"ALTER FUNCTION {function} OWNER TO {OWNER}" for function in functions),
        f"SET LOCAL ROLE {OWNER}",
        *(f"REVOKE ALL ON {table} FROM PUBLIC, SESSION_USER" for table in tables),
        f"GRANT SELECT, INSERT ON {', '.join(tables)} TO SESSION_USER",
        "GRANT DELETE ON journal_subjectkey TO SESSION_USER",
        "GRANT UPDATE ON journal_lock TO SESSION_USER",  # SELECT … FOR UPDATE asks for it
        "GRANT USAGE, SELECT ON SEQUENCE journal_text_id_seq TO SESSION_USER",
        "RESET ROLE",
        f"""DO $$ BEGIN EXECUTE format('REVOKE CREATE ON SCHEMA %I FROM {OWNER}', current_schema()); END $$""",
        f"REVOKE {OWNER} FROM CURRENT_USER",
    ]
