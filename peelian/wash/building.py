"""`build`: the files of a manifest into the store, normalised and keyed; resumable, every row accounted for."""

from datetime import date
from pathlib import Path

from peelian.wash.candidates import key_columns, make_record_keys, put_person_keys
from peelian.wash.errors import DoesNotReconcile, WashError
from peelian.wash.forgetting import leave_held
from peelian.wash.forming import learn_roots, put_cells, put_people, put_records, read_names
from peelian.wash.listening import Listener, silent
from peelian.wash.manifest import FileOfRows, Manifest, Source, basis_text, refusal
from peelian.wash.postings import make_whole
from peelian.wash.reading import check_columns, put_aside, raw, stage
from peelian.wash.schema import Side
from peelian.wash.store import Store

BATCH = 500_000
PEOPLE = 0  # the number of the file of people; sources of records follow from 1


def build(store: Store, manifest: Manifest, *, on: date, listener: Listener = silent, batch: int = BATCH) -> bool:
    """Read, normalise and key everything the manifest allows on the day `on`. False if it was built already.

    Killed at any moment, the same call goes on where it stopped. Raises WashError for another manifest than the one
    begun with, DoesNotReconcile where a row is not accounted for.
    """
    begun = store.get("manifest")
    if begun and begun != manifest.digest:
        raise WashError("This store was built from another manifest. Use another folder, or `peelian wash nightly`.")
    if store.get("built"):
        return False
    if basis := refusal(manifest.basis, on):
        raise WashError(f"The workforce may not be washed: {basis}.")
    if nowhere := [part for part, file in manifest.files() if file is None]:
        raise WashError(f"The manifest gives no path of {nowhere[0]}")
    assert manifest.people is not None
    if not manifest.people.path.exists():
        raise WashError(f"The file of people is missing: {manifest.people.path}")
    learn_roots(store)
    if not begun:
        for side, file in manifest.allowed(on):  # before anything is kept of a manifest that is to be mended
            check_columns(store, file, side)
        with store.all_or_nothing():
            store.put("manifest", manifest.digest)
            store.put("on", on.isoformat())
            store.put("basis", basis_text(manifest.basis))
            register_sources(store, manifest.sources, on)
    on = date.fromisoformat(store.get("on"))
    take(store, manifest.people, Side.PEOPLE, PEOPLE, PEOPLE, "", on, listener, batch)
    for src, source in enumerate(manifest.sources, 1):
        if source.file and store.one("SELECT state FROM source WHERE src = ?", [src]) == "washed":
            take(store, source.file, Side.RECORDS, src, src, source.protected, on, listener, batch)
    listener(0, None, "counting names")
    with store.all_or_nothing():
        freeze_terms(store)
        make_record_keys(store)
        put_person_keys(store)
        store.put("built", "yes")
    make_whole(store, listener)
    write_set_aside(store)
    reconcile_reading(store)
    return True


def register_sources(store: Store, sources: tuple[Source, ...], on: date) -> None:
    """Each source with its state: washed, refused (with the reason) or missing."""
    for src, source in enumerate(sources, 1):
        reason = source.refusal(on)
        state = "refused" if reason else "washed"
        if not reason and not (source.file and source.file.path.exists()):
            state, reason = "missing", "its file was not there"
        store.db.execute(
            "INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [src, source.id, source.title, state, reason, source.as_of, basis_text(source.basis), source.protected],
        )


def take(
    store: Store,
    file: FileOfRows,
    side: Side,
    file_no: int,
    src: int,
    protected: str,
    on: date,
    listener: Listener,
    batch: int,
) -> None:
    """One file: staged in one transaction, then formed batch by batch, each in its own."""
    if not store.rows("SELECT 1 FROM staged WHERE file_no = ?", [file_no]):
        listener(0, None, f"reading {file.path.name}")
        stage(store, file, side, file_no=file_no, src=src, protected=protected)
    path, done, finished = store.rows("SELECT path, done_to, finished FROM staged WHERE file_no = ?", [file_no])[0]
    if finished:
        return
    if path != str(file.path):
        raise WashError(f"{file.path.name} is not the file that was begun with ({path})")
    name = raw(file_no)
    last = int(store.one(f"SELECT coalesce(max(row_no), 0) FROM {name}"))
    if side is Side.PEOPLE:
        batch = max(last, 1)  # the rows of one person may stand anywhere
    while done < last:
        listener(done, last, f"forming {file.path.name}")
        with store.all_or_nothing():
            where = f"row_no > {done} AND row_no <= {done + batch}"
            form(store, name, side, file_no, src, where, file.month_first, on)
            done += batch
            store.db.execute("UPDATE staged SET done_to = ? WHERE file_no = ?", [done, file_no])
    with store.all_or_nothing():
        store.db.execute("UPDATE staged SET finished = true WHERE file_no = ?", [file_no])
        store.db.execute(f"DROP TABLE {name}")


def form(store: Store, name: str, side: Side, file_no: int, src: int, where: str, month_first: bool, on: date) -> None:
    """Rows of a staged file into people or records and their forms; those without a name are set aside."""
    put_cells(store, name, side, where, month_first, on)
    if side is Side.RECORDS:
        _put_records(store, name, file_no, src)
    else:
        _put_people(store, name, file_no)


def _put_records(store: Store, name: str, file_no: int, src: int) -> None:
    store.db.execute(
        "CREATE OR REPLACE TEMP TABLE profile AS SELECT nextval('number') AS owner, * FROM (SELECT *"
        " FROM cell ORDER BY row_no)"
    )
    read_names(store)
    store.db.execute(
        "CREATE OR REPLACE TEMP TABLE nameless AS SELECT row_no FROM profile WHERE owner NOT IN"
        " (SELECT owner FROM named WHERE fn IS NOT NULL OR sn IS NOT NULL)"
    )
    if store.one("SELECT count(*) FROM nameless"):
        where = "row_no IN (SELECT row_no FROM nameless)"
        put_aside(store, name, Side.RECORDS.key, "no name that can be compared", where, file_no, src)
        store.db.execute(f"DELETE FROM profile WHERE {where}")
    leave_held(store, Side.RECORDS, file_no, src)
    store.db.execute(
        f"INSERT INTO record SELECT p.owner, {src}, p.key, w.part, w.recorded_on, w.resolved_on, w.category, p.digest,"
        " hash(p.key)"
        f" FROM profile p JOIN {name} w ON w.row_no = p.row_no ORDER BY p.owner"
    )
    put_records(store)
    key_columns(store)
    store.db.execute(
        f"INSERT INTO account SELECT {file_no}, {src}, 'accepted', '', count(*) FROM profile HAVING count(*) > 0"
    )
    _note_days(store, name, Side.RECORDS, file_no, src)


def _put_people(store: Store, name: str, file_no: int) -> None:
    """People: all rows of a key read together; somebody without a name is kept as a person who could not be washed."""
    store.db.execute("""
        CREATE OR REPLACE TEMP TABLE profile AS SELECT nextval('number') AS owner, * FROM (
        SELECT key, hash(list_sort(list(digest))) AS digest, min(row_no) AS row_no,
            flatten(list(names ORDER BY row_no)) AS names,
            first(born ORDER BY row_no) FILTER (born IS NOT NULL) AS born,
            first(born_year ORDER BY row_no) FILTER (born_year IS NOT NULL) AS born_year,
            bool_or(unreadable_day) AS unreadable_day,
            first(sex ORDER BY row_no) FILTER (sex IS NOT NULL) AS sex,
            first(birth_place ORDER BY row_no) FILTER (birth_place IS NOT NULL) AS birth_place,
            flatten(list(homes ORDER BY row_no)) AS homes,
            list_distinct(flatten(list(phones ORDER BY row_no))) AS phones,
            list_distinct(flatten(list(emails ORDER BY row_no))) AS emails,
            list_distinct(flatten(list(marks ORDER BY row_no))) AS marks
        FROM cell GROUP BY key ORDER BY key)""")
    leave_held(store, Side.PEOPLE, file_no, PEOPLE)
    store.db.execute(
        f"INSERT INTO person SELECT p.owner, p.key, w.associate_of, w.relation, p.digest, hash(p.key)"
        f" FROM profile p JOIN {name} w ON w.row_no = p.row_no ORDER BY p.owner"
    )
    put_people(store)
    store.db.execute(
        f"INSERT INTO account SELECT {file_no}, {PEOPLE}, 'accepted', '', count(*) FROM cell"
        " WHERE key IN (SELECT key FROM profile) HAVING count(*) > 0"
    )
    _note_days(store, name, Side.PEOPLE, file_no, PEOPLE)


def _note_days(store: Store, name: str, side: Side, file_no: int, src: int) -> None:
    """Dates of birth of the staged table `name` that say nothing: each cell is written down, and they are counted."""
    store.db.execute(
        f"INSERT INTO left_out SELECT {file_no}, {src}, c.row_no, c.key, 'birth_on', w.birth_on, 'no date, or none of"
        f" somebody alive' FROM cell c JOIN {name} w ON w.row_no = c.row_no AND w.{side.key} = c.key"
        " WHERE c.unreadable_day AND c.key IN (SELECT key FROM profile) ORDER BY c.row_no"
    )
    store.db.execute(
        f"INSERT INTO account SELECT {file_no}, {src}, 'note', 'a date of birth that cannot be read was left out',"
        " count(*) FROM profile WHERE unreadable_day HAVING count(*) > 0"
    )


def freeze_terms(store: Store) -> None:
    """How often each name and birthplace stands in the records, and how many there are: fixed until a new build."""
    store.db.execute("DELETE FROM term")
    for what in ("fn", "sn", "birth_place"):
        store.db.execute(
            f"INSERT INTO term SELECT '{what}', {what}, count(*) / sum(count(*)) OVER () FROM record_form"
            f" WHERE {what} IS NOT NULL GROUP BY {what} ORDER BY {what}"
        )
    store.put("population", str(max(1, int(store.one("SELECT count(*) FROM record")))))


def reconcile_reading(store: Store) -> None:
    """Rows of each file = accepted + set aside + withheld. Raises DoesNotReconcile."""
    wrong = store.rows("""
        SELECT s.path, s.rows, coalesce(sum(a.rows), 0) FROM staged s
        LEFT JOIN account a ON a.file_no = s.file_no AND a.kind IN ('accepted', 'already held', 'set aside', 'withheld')
        GROUP BY s.file_no, s.path, s.rows HAVING s.rows <> coalesce(sum(a.rows), 0)""")
    if wrong:
        path, rows, accounted = wrong[0]
        raise DoesNotReconcile(f"{Path(path).name}: {rows:,} rows in, {int(accounted):,} accounted for")
    accepted = store.one("SELECT coalesce(sum(rows), 0) FROM account WHERE kind = 'accepted' AND src > 0")
    gone = store.one("SELECT coalesce(sum(rows), 0) FROM account WHERE kind = 'gone' AND src > 0")
    held = store.one("SELECT count(*) FROM record")
    if int(accepted) - int(gone) != int(held):
        raise DoesNotReconcile(f"{int(accepted) - int(gone):,} records were accepted and {held:,} are held")


def write_set_aside(store: Store) -> Path:
    """The rows set aside, and the cells left out of others, with their reasons, as CSV beside the store."""
    path = store.folder / "set_aside.csv"
    part = path.with_suffix(".part")
    store.db.execute(
        "COPY (SELECT coalesce(s.id, 'people') AS source, t.path AS file, a.row_no AS row, a.key,"
        " a.reason, a.text FROM set_aside a"
        " LEFT JOIN source s ON s.src = a.src LEFT JOIN staged t ON t.file_no = a.file_no ORDER BY a.file_no, a.row_no)"
        f" TO '{part}' (HEADER)"
    )
    part.replace(path)
    cells = store.folder / "left_out.csv"
    store.db.execute(
        "COPY (SELECT coalesce(s.id, 'people') AS source, t.path AS file, c.row_no AS row, c.key, c.field, c.written,"
        " c.reason FROM left_out c LEFT JOIN source s ON s.src = c.src LEFT JOIN staged t ON t.file_no = c.file_no"
        f" ORDER BY c.file_no, c.row_no) TO '{part}' (HEADER)"
    )
    part.replace(cells)
    return path


def figures(store: Store) -> list[str]:
    """What was read of each file, in words."""
    lines = []
    for file_no, title, rows in store.rows(
        "SELECT t.file_no, coalesce(s.title, 'people'), t.rows FROM staged t LEFT JOIN source s ON"
        " s.src = t.src ORDER BY 1"
    ):
        counted = store.rows(
            "SELECT kind, sum(rows) FROM account WHERE file_no = ? AND kind IN ('accepted', 'set aside', 'withheld')"
            " GROUP BY kind ORDER BY kind",
            [file_no],
        )
        lines.append(f"{title}: {rows:,} rows = " + " + ".join(f"{int(count):,} {kind}" for kind, count in counted))
    if store.one("SELECT count(*) FROM set_aside"):
        lines.append(f"Rows set aside, with reasons: {store.folder / 'set_aside.csv'}")
    if left := int(store.one("SELECT count(*) FROM left_out")):
        lines.append(f"Cells left out of rows that were kept, {left:,}: {store.folder / 'left_out.csv'}")
    for title, state, reason in store.rows(
        "SELECT title, state, reason FROM source WHERE state <> 'washed' ORDER BY src"
    ):
        lines.append(f"{title}: {state}: {reason}")
    return lines
