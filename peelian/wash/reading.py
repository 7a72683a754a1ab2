"""Files into the store as they stand, every row in accounted for: read, set aside with its reason, or withheld."""

import csv
from pathlib import Path

import duckdb

from peelian.wash.errors import DoesNotReconcile, WashError
from peelian.wash.forgetting import forget
from peelian.wash.manifest import FileOfRows
from peelian.wash.normal import listed, quoted, table
from peelian.wash.schema import COLUMNS, Side
from peelian.wash.store import Store

LONGEST_LINE = 4_000_000
DELIMITERS = ",;\t|"


def raw(file_no: int) -> str:
    """The name of the table that holds a staged file until its rows are keyed."""
    return f"raw_{file_no}"


def _table(store: Store) -> str:
    """The kind of table for a staged file: kept while a store is built, so that it can be gone on with. A night is one
    transaction, of which only the end is written down."""
    return "TEMP TABLE" if store.get("built") else "TABLE"


def stage(store: Store, file: FileOfRows, side: Side, *, file_no: int, src: int, protected: str) -> None:
    """Copy `file` into the store and set aside what cannot be used. One transaction.

    Raises WashError where the file has not the columns, DoesNotReconcile where a row of it is not accounted for.
    """
    with store.all_or_nothing():
        name = raw(file_no)
        if _is_parquet(file):
            unread = _stage_parquet(store, file, side, name)
        else:
            unread = _stage_csv(store, file, side, name, file_no, src)
        read = int(store.one(f"SELECT count(*) FROM {name}"))
        _set_aside(store, name, side, file_no, src)
        if side is Side.RECORDS:
            _withhold(store, name, file_no, src, protected)
        left = int(store.one(f"SELECT count(*) FROM {name}"))
        aside = store.one("SELECT coalesce(sum(rows), 0) FROM account WHERE file_no = ? AND kind <> 'gone'", [file_no])
        if read + unread != left + int(aside):
            raise DoesNotReconcile(
                f"{file.path.name}: {read + unread:,} rows in, {left:,} kept, {aside:,} accounted for"
            )
        store.db.execute(
            "INSERT INTO staged VALUES (?, ?, ?, ?, ?, 0, false)",
            [file_no, src, str(file.path), read + unread, unread],
        )


def _is_parquet(file: FileOfRows) -> bool:
    return file.path.suffix.lower() == ".parquet"


def check_columns(store: Store, file: FileOfRows, side: Side) -> None:
    """Raise WashError where `file` has not the columns that the manifest says, or cannot be read."""
    _chosen(file, side, _parquet_header(store, file) if _is_parquet(file) else header_of(file.path)[0])


def header_of(path: Path) -> tuple[list[str], str, str]:
    """The header of a CSV file, its delimiter and its encoding. Raises WashError where there is none."""
    for encoding in ("utf-8-sig", "latin-1"):
        try:
            with path.open("rb") as start:
                if start.read(2) in (b"\xff\xfe", b"\xfe\xff"):
                    raise WashError(f"{path.name} is UTF-16. Save it as UTF-8 (in a spreadsheet: CSV UTF-8).")
            with path.open(encoding=encoding, newline="") as file:
                line = file.readline()
                delimiter = max(DELIMITERS, key=line.count)
                header = next(csv.reader([line], delimiter=delimiter), [])
        except UnicodeDecodeError:
            continue
        except OSError as fault:
            raise WashError(f"{path.name} cannot be read: {fault.strerror}") from fault
        names = [name.strip() for name in header]
        if not any(names):
            raise WashError(f"{path.name} has no header")
        if again := {name for name in names if names.count(name) > 1}:
            raise WashError(f"{path.name}: two columns are called {', '.join(sorted(again))}")
        return names, delimiter, encoding
    raise WashError(f"{path.name} is in no encoding known here")


def _chosen(file: FileOfRows, side: Side, header: list[str]) -> str:
    """The columns of the schema as expressions over the file's own, trimmed; empty cells become missing."""
    if absent := [theirs for theirs in file.columns.values() if theirs not in header]:
        raise WashError(_no_column(file, ", ".join(absent), header))
    parts = []
    for column in COLUMNS[side]:
        theirs = file.columns.get(column.name, column.name)
        here = f"nullif(trim(CAST({_name(theirs)} AS VARCHAR)), '')" if theirs in header else "CAST(NULL AS VARCHAR)"
        parts.append(f"{here} AS {column.name}")
    named = {file.columns.get(one.name, one.name) for one in COLUMNS[side]} & set(header)
    if file.columns.get(side.key, side.key) not in named:
        raise WashError(_no_column(file, file.columns.get(side.key, side.key), header))
    if not {file.columns.get(one, one) for one in ("family_name", "full_name")} & named:
        raise WashError(f"{file.path.name} has neither family_name nor full_name{_named_otherwise(header)}")
    return ", ".join(parts)


def _no_column(file: FileOfRows, absent: str, header: list[str]) -> str:
    return f"{file.path.name} has no column {absent}{_named_otherwise(header)}"


def _named_otherwise(header: list[str]) -> str:
    """What a stranger does about a column that is called otherwise in their file."""
    return f". It has: {', '.join(header)}. Say in the manifest, under columns, which of them is which."


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def _parquet_header(store: Store, file: FileOfRows) -> list[str]:
    try:
        return [row[0] for row in store.rows(f"DESCRIBE SELECT * FROM read_parquet({quoted(str(file.path))})")]
    except duckdb.Error as fault:
        raise WashError(f"{file.path.name} cannot be read as Parquet: {fault}") from fault


def _stage_parquet(store: Store, file: FileOfRows, side: Side, name: str) -> int:
    source = f"read_parquet({quoted(str(file.path))})"
    chosen = _chosen(file, side, _parquet_header(store, file))
    try:
        store.db.execute(
            f"CREATE {_table(store)} {name} AS SELECT row_number() OVER () AS row_no, {chosen} FROM {source}"
        )
    except duckdb.Error as fault:
        raise WashError(f"{file.path.name} cannot be read as Parquet: {fault}") from fault
    held = store.one(f"SELECT sum(num_rows) FROM parquet_file_metadata({quoted(str(file.path))})")
    if int(held) != int(store.one(f"SELECT count(*) FROM {name}")):
        raise DoesNotReconcile(f"{file.path.name} says it holds {held:,} rows, and another number was read")
    return 0


def _stage_csv(store: Store, file: FileOfRows, side: Side, name: str, file_no: int, src: int) -> int:
    """Returns how many lines could not be read as rows; each is set aside with DuckDB's reason."""
    header, delimiter, encoding = header_of(file.path)
    chosen = _chosen(file, side, header)
    columns = ", ".join(f"{quoted(one or f'column {n}')}: 'VARCHAR'" for n, one in enumerate(header))
    path = quoted(str(file.path))
    how = "utf-8" if encoding == "utf-8-sig" else encoding
    store.db.execute("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans")
    breaks = " + ".join(
        f"coalesce(length({_name(one)}) - length(replace({_name(one)}, chr(10), '')), 0)" for one in header if one
    )
    try:
        store.db.execute(
            f"CREATE {_table(store)} {name} AS SELECT row_number() OVER () AS row_no, {chosen}, {breaks} AS breaks"
            f" FROM read_csv({path}, header=true, delim={quoted(delimiter)}, quote='\"', escape='\"',"
            f" auto_detect=false, encoding='{how}', columns={{{columns}}}, store_rejects=true, rejects_limit=0,"
            f" max_line_size={LONGEST_LINE})"
        )
    except duckdb.Error as fault:
        raise WashError(f"{file.path.name} cannot be read as CSV: {fault}") from fault
    store.db.execute(
        "INSERT INTO set_aside SELECT ?, ?, line, NULL, 'this line is not a row: ' || lower(any_value(error_type)),"
        " trim(any_value(csv_line), chr(10) || chr(13)) FROM reject_errors GROUP BY line",
        [file_no, src],
    )
    store.db.execute(
        "INSERT INTO account SELECT file_no, src, 'set aside', reason, count(*) FROM set_aside WHERE"
        " file_no = ? GROUP BY ALL",
        [file_no],
    )
    unread = int(store.one("SELECT count(*) FROM set_aside WHERE file_no = ?", [file_no]))
    _lines_add_up(store, file.path, name, how, file_no)
    store.db.execute(f"ALTER TABLE {name} DROP COLUMN breaks")
    return unread


def _lines_add_up(store: Store, path: Path, name: str, encoding: str, file_no: int) -> None:
    """The file's lines, counted without regard to cells, are the header, the rows with their breaks, and the unread.

    A quotation mark that is never closed swallows the rows after it; this finds it.
    """
    lines = store.one(
        f"SELECT count(*) FROM read_csv({quoted(str(path))}, columns={{'line': 'VARCHAR'}},"
        " delim='\x01', quote='', escape='',"
        f" header=false, auto_detect=false, encoding='{encoding}', null_padding=true, max_line_size={LONGEST_LINE})"
        " WHERE trim(coalesce(line, ''), ' \r') <> ''"
    )
    rows, breaks = store.rows(f"SELECT count(*), coalesce(sum(breaks), 0) FROM {name}")[0]
    if several := store.rows(
        "SELECT row_no FROM set_aside WHERE file_no = ? AND contains(trim(text, chr(10) || chr(13)), chr(10)) LIMIT 1",
        [file_no],
    ):
        raise DoesNotReconcile(
            f"{path.name}, line {several[0][0]:,}: what is no row goes on over several lines."
            " A quotation mark may stand open."
        )
    unread = int(store.one("SELECT count(*) FROM set_aside WHERE file_no = ?", [file_no]))
    low, high = 1 + rows + unread, 1 + rows + unread + int(breaks)
    if not low <= lines <= high:
        raise DoesNotReconcile(
            f"{path.name} has {lines:,} lines; {rows:,} rows and {unread:,} lines that are no rows were read from it."
            " A quotation mark may stand open."
        )


def _set_aside(store: Store, name: str, side: Side, file_no: int, src: int) -> None:
    """Rows without a key, and records whose key stands again, go to the file of what was set aside."""
    reasons = [("no key", f"{side.key} IS NULL")]
    if side is Side.RECORDS:
        reasons.append(("the same record_id stands in an earlier row", "row_no NOT IN (SELECT row_no FROM first_row)"))
        store.db.execute(
            f"CREATE OR REPLACE TEMP TABLE first_row AS SELECT min(row_no) AS row_no FROM {name} GROUP BY record_id"
        )
    for reason, where in reasons:
        put_aside(store, name, side.key, reason, where, file_no, src)


def put_aside(store: Store, name: str, key: str, reason: str, where: str, file_no: int, src: int) -> None:
    """Move the rows of `name` that meet `where` to what is set aside, counted."""
    store.db.execute(
        f"INSERT INTO set_aside SELECT {file_no}, {src}, row_no, {key}, {quoted(reason)}, CAST(to_json(t) AS VARCHAR)"
        f" FROM (SELECT * FROM {name} WHERE {where}) t"
    )
    store.db.execute(
        f"INSERT INTO account SELECT {file_no}, {src}, 'set aside', {quoted(reason)}, count(*) FROM"
        f" {name} WHERE {where}"
        " HAVING count(*) > 0"
    )
    store.db.execute(f"DELETE FROM {name} WHERE {where}")


def _withhold(store: Store, name: str, file_no: int, src: int, protected: str) -> None:
    """Victims and witnesses of a source whose terms do not let them be washed: counted, and not kept."""
    if protected == "welfare":
        return
    where = protected_part("part")
    if store.get("built"):  # a suspect who is a victim now
        was = f"src = {src} AND record_id IN (SELECT record_id FROM {name} WHERE {where})"
        forget(store, Side.RECORDS, f"SELECT owner FROM record WHERE {was}", file_no, src)
    store.db.execute(
        f"INSERT INTO account SELECT {file_no}, {src}, 'withheld', 'victims and witnesses: not in the terms of this"
        f" source', count(*) FROM {name} WHERE {where} HAVING count(*) > 0"
    )
    store.db.execute(f"DELETE FROM {name} WHERE {where}")


def protected_part(column: str) -> str:
    """The SQL that says whether a part is a victim's or witness's."""
    words = listed(table("normal")["protected_parts"])
    return f"len(list_filter({words}, lambda w: contains(coalesce(lower({column}), ''), w))) > 0"


def associate_part(column: str) -> str:
    """The SQL that says whether a part is that of somebody's associate."""
    words = listed(table("normal")["associate_parts"])
    return f"len(list_filter({words}, lambda w: contains(coalesce(lower({column}), ''), w))) > 0"
