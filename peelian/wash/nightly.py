"""`nightly`: what came since, against everything: new and changed people × all records, all people × the new records.

What it comes to is what a full run over the same store would come to: the names were counted, and the model was chosen,
when the store was built and first washed.
"""

from dataclasses import dataclass
from datetime import date

from peelian.wash.accounts import reconcile
from peelian.wash.building import BATCH, PEOPLE, take, write_set_aside
from peelian.wash.candidates import add_person_keys, few_candidates_sql, list_few
from peelian.wash.errors import WashError
from peelian.wash.forgetting import HELD, begin
from peelian.wash.forming import learn_roots
from peelian.wash.grading import grade_again
from peelian.wash.listening import Listener, silent
from peelian.wash.manifest import Manifest, basis_text, refusal
from peelian.wash.model import Model, read_model
from peelian.wash.postings import make_whole, pairs_of, post_again
from peelian.wash.running import lend, look_again, take_up
from peelian.wash.schema import Side
from peelian.wash.scoring import add_scores
from peelian.wash.store import Store

SAME = 0.000_001  # bits between two weights that are one


@dataclass(frozen=True, slots=True)
class Night:
    """What one night brought. `records_gone`: replaced by what came, or withheld now. `looked_at`: pairs of forms.

    `appeared`, `went`, `moved`: pairs to judge that are new, are no longer there, or stand otherwise.
    `same_day`: how many pairs are raised today, appeared or moved.
    """

    night_on: date
    new_people: int
    changed_people: int
    new_records: int
    changed_records: int
    records_gone: int
    looked_at: int
    appeared: int
    went: int
    moved: int
    same_day: int


def nightly(store: Store, manifest: Manifest, *, on: date, listener: Listener = silent) -> Night:
    """Take in what `manifest` brings and bring the pairs up to date, in one transaction.

    The manifest names the sources of the store, each with its basis; a part without a path brings nothing. Its files
    hold what is new or changed, every row of a person who changed; what stands in the store as it is, is left alone.
    Killed at any moment, nothing has happened, and the same night can be washed again. Raises WashError where nothing
    was washed yet, where a source of the store is not named, is not allowed on the day `on`, or its file is missing;
    and DoesNotReconcile where a row, a person or a record is not accounted for.
    """
    if not store.get("run"):
        raise WashError("Nothing was washed in this store yet. Say: peelian wash run")
    numbers = _numbers(store, manifest, on)
    model = read_model(store.get("model"))
    owners = "SELECT max(owner) AS n FROM person UNION ALL SELECT max(owner) FROM record"
    before = int(store.one(f"SELECT max(n) FROM ({owners})"))
    learn_roots(store)
    make_whole(store, listener)
    with store.all_or_nothing():
        begin(store)
        _read(store, manifest, numbers, on, listener)
        looked_at = _compare(store, model, before, listener)
        lend_again(store, model, before, listener)
        listener(0, None, "grading")
        grade_again(store, model, "SELECT owner FROM touched")
        store.put("looked_at", str(int(store.get("looked_at") or 0) + looked_at))
        store.put("scored_to", str(int(store.one("SELECT coalesce(max(form_no), 0) FROM record_key"))))
        store.put("night_on", on.isoformat())
        found = _note(store, before, looked_at, on)
        reconcile(store, since=before)
    write_set_aside(store)
    post_again(store, listener)
    return found


def _numbers(store: Store, manifest: Manifest, on: date) -> dict[str, int]:
    """Source id -> its number in the store, once everything may be washed. Raises WashError."""
    if basis := refusal(manifest.basis, on):
        raise WashError(f"The workforce may not be washed: {basis}.")
    held = {str(name): int(src) for src, name in store.rows("SELECT src, id FROM source WHERE state = 'washed'")}
    named = {source.id: source for source in manifest.sources}
    if strange := sorted({*named} - {*held}):
        raise WashError(f"The store holds no source {strange[0]}. A new source needs a new build.")
    for name in held:
        if name not in named:
            raise WashError(f"The manifest of the night does not name {name}, whose records the store holds.")
        if reason := named[name].refusal(on):
            raise WashError(f"{named[name].title} may no longer be washed: {reason}. Renew it, or build without it.")
    for _, file in manifest.files():
        if file and not file.path.exists():
            raise WashError(f"A file of the night is missing: {file.path}")
    return held


def _read(store: Store, manifest: Manifest, numbers: dict[str, int], on: date, listener: Listener) -> None:
    """The files of the night into the store, beside or in the place of what it holds."""
    number = int(store.one("SELECT max(file_no) + 1 FROM staged"))
    store.put("basis", basis_text(manifest.basis))
    if manifest.people:
        take(store, manifest.people, Side.PEOPLE, number, PEOPLE, "", on, listener, 1)
    for further, source in enumerate(manifest.sources, 1):
        src = numbers[source.id]
        terms = store.one("SELECT protected FROM source WHERE src = ?", [src])
        if source.protected != terms:
            raise WashError(f"{source.title}: other terms for victims and witnesses need a new build.")
        store.db.execute("UPDATE source SET basis = ? WHERE src = ?", [basis_text(source.basis), src])
        if source.file:
            store.db.execute("UPDATE source SET as_of = coalesce(?, as_of) WHERE src = ?", [source.as_of, src])
            take(store, source.file, Side.RECORDS, number + further, src, source.protected, on, listener, BATCH)


def _compare(store: Store, model: Model, before: int, listener: Listener) -> int:
    """Score what could not have been scored before, in one go. How many pairs of forms were looked at."""
    listener(0, None, "comparing")
    list_few(store, int(store.get("posted_to")))
    pairs = []
    if _any_new(store, Side.PEOPLE, before):
        store.db.execute(f"CREATE OR REPLACE TEMP TABLE fresh_form AS SELECT * FROM person_form WHERE owner > {before}")
        add_person_keys(store, "fresh_form")
        store.db.execute(f"CREATE OR REPLACE TEMP TABLE fresh_key AS SELECT * FROM person_key WHERE owner > {before}")
        pairs.append(pairs_of(store, "fresh_key"))
    if _any_new(store, Side.RECORDS, before):
        pairs.append(few_candidates_sql("person_key", f"k.owner > {before}"))
    candidates = " UNION ".join(pairs)
    return add_scores(store, "score", model, candidates, left="person_form") if candidates else 0


def _any_new(store: Store, side: Side, before: int) -> bool:
    return bool(store.rows(f"SELECT 1 FROM {HELD[side]} WHERE owner > {before} LIMIT 1"))


def lend_again(store: Store, model: Model, before: int, listener: Listener) -> None:
    """The second pass: whole for those to whom other records lend now, else against the new records alone."""
    listener(0, None, "looking again with what records lend")
    store.db.execute(f"INSERT INTO touched SELECT r_owner FROM score WHERE l_owner > {before} OR r_owner > {before}")
    store.db.execute("DELETE FROM loan WHERE record IN (FROM touched)")
    lend(store, "r_owner IN (FROM touched)")
    store.db.execute(
        "CREATE OR REPLACE TEMP TABLE otherwise AS SELECT DISTINCT owner FROM ("
        "(FROM loan EXCEPT FROM loan_before) UNION ALL (FROM loan_before EXCEPT FROM loan))"
    )
    pairs = []
    if store.rows("SELECT 1 FROM otherwise LIMIT 1"):
        _touch(store, "l_owner IN (FROM otherwise)")
        for table, column in (("score_again", "l_owner"), ("lent_form", "owner"), ("lent_key", "owner")):
            store.db.execute(f"DELETE FROM {table} WHERE {column} IN (FROM otherwise)")
        take_up(store, "n.owner IN (FROM otherwise)")
        store.db.execute("CREATE OR REPLACE TEMP TABLE lent_anew AS FROM lent_key WHERE owner IN (FROM otherwise)")
        pairs.append(pairs_of(store, "lent_anew"))
    if _any_new(store, Side.RECORDS, before):
        pairs.append(few_candidates_sql("lent_key", f"k.owner > {before}"))
    if pairs:
        whose = f"l_owner IN (FROM otherwise) OR r_owner > {before}"
        look_again(store, model, pairs, where=whose)
        _touch(store, whose)


def _touch(store: Store, where: str) -> None:
    """Note the records of these scores as ones that may be explained otherwise now."""
    for scores in ("score", "score_again"):
        store.db.execute(f"INSERT INTO touched SELECT r_owner FROM {scores} WHERE {where}")


def _note(store: Store, before: int, looked_at: int, on: date) -> Night:
    """What changed since the last night and why, kept beside the pairs."""
    night_no = int(store.one("SELECT count(*) + 1 FROM night"))
    store.db.execute(
        f"""
        INSERT INTO change
        SELECT {night_no}, person_id, source, record_id, CASE
                WHEN person_id IN (SELECT key FROM replaced WHERE side = 'people') THEN 'the person changed'
                WHEN EXISTS (FROM replaced r JOIN source s ON s.src = r.src
                    WHERE r.side = 'records' AND s.id = source AND r.key = record_id) THEN 'the record changed'
                WHEN p.l_owner > {before} THEN 'a new person'
                WHEN p.r_owner > {before} THEN 'a new record'
                ELSE 'other records or people explain it otherwise now' END,
            coalesce(p.link, b.link), coalesce(p.purpose, b.purpose), b.band, p.band, b.weight, p.weight,
            coalesce(p.same_day, false) AND (b.band IS NULL OR NOT b.same_day)
        FROM (FROM pair WHERE r_owner IN (FROM touched)) p FULL JOIN pair_before b USING (person_id, source, record_id)
        WHERE p.band IS DISTINCT FROM b.band OR abs(p.weight - b.weight) > {SAME!r} OR p.purpose <> b.purpose
            OR p.same_day <> b.same_day
        ORDER BY coalesce(p.weight, b.weight) DESC, person_id, source, record_id"""
    )
    people, changed = _came(store, Side.PEOPLE, before)
    records, again = _came(store, Side.RECORDS, before)
    gone = int(store.one("SELECT count(*) FROM replaced WHERE side = 'records'"))
    store.db.execute(
        "INSERT INTO night VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [night_no, on, people, changed, records, again, gone, looked_at],
    )
    counted = store.rows(
        "SELECT count(*) FILTER (was_band IS NULL), count(*) FILTER (band IS NULL),"
        " count(*) FILTER (was_band IS NOT NULL AND band IS NOT NULL), count(*) FILTER (same_day)"
        " FROM change WHERE night_no = ?",
        [night_no],
    )[0]
    return Night(on, people, changed, records, again, gone, looked_at, *(int(count) for count in counted))


def _came(store: Store, side: Side, before: int) -> tuple[int, int]:
    """How many of a side are new, and how many were held otherwise."""
    same_source = " AND r.src = h.src" if side is Side.RECORDS else ""
    new, changed = store.rows(
        f"SELECT count(*) FILTER (r.key IS NULL), count(r.key) FROM {HELD[side]} h LEFT JOIN replaced r"
        f" ON r.side = '{side.value}' AND r.key = h.{side.key}{same_source} WHERE h.owner > {before}"
    )[0]
    return int(new), int(changed)
