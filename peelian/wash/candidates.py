"""Which pairs are looked at: the rules of `model/candidates.toml` as one column of 64-bit keys each."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from peelian.wash.errors import WashError
from peelian.wash.normal import table
from peelian.wash.store import Store

PARTS = {
    "fn": "f.fn",
    "sn": "f.sn",
    "fn1": "left(f.fn, 1)",
    "sn1": "left(f.sn, 1)",
    "fn_sound": "f.fn_sound",
    "sn_sound": "f.sn_sound",
    "mid": "f.mids[1]",
    "born": "f.born",
    "born_year": "f.born_year",
    "month_day": "f.born[6:]",
    "year_month": "f.born[:7]",
    "year_day": "f.born[:4] || f.born[9:]",
    "year_month_day": "f.born",
    "year_day_month": "f.born[:5] || f.born[9:] || '-' || f.born[6:7]",
    "birth_place": "f.birth_place",
    "district": "f.district",
    "postcode": "f.postcode",
    "place": "f.place",
    "phone": "f.phone",
    "email": "f.email",
    "mark": "f.mark",
}
UNKNOWN_DAY = "(f.born IS NULL OR f.born[6:] = '01-01')"
EACH = {
    "each district": "districts",
    "each postcode": "postcodes",
    "each place": "places",
    "each phone": "phones",
    "each email": "emails",
    "each mark": "marks",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `column`: the keys of the records; see `model/candidates.toml` for the rest."""

    id: str
    person: tuple[str, ...]
    record: tuple[str, ...]
    rare: bool
    undated: bool
    unknown_day: str

    @property
    def column(self) -> str:
        return f"k_{self.id}"


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, in the order of the file. Raises WashError for a part there is not."""
    found = []
    for row in table("candidates")["rule"]:
        person, record = tuple(row["person"]), tuple(row.get("record", row["person"]))
        if unknown := [part for part in (*person, *record) if part not in {*PARTS, *EACH, "root"}]:
            raise WashError(f"candidates.toml: {row['id']} names {unknown[0]}, which is no part of a form")
        found.append(
            Rule(
                row["id"], person, record, row.get("rare", False), row.get("undated", False), row.get("unknown_day", "")
            )
        )
    return tuple(found)


def _key(parts: list[str], where: list[str]) -> str:
    present = " AND ".join([*(f"{part} IS NOT NULL" for part in parts), *where])
    return f"CASE WHEN {present} THEN hash({', '.join(parts)}) END"


def record_keys() -> str:
    """The keys of a form of a record, one column a rule, as a list of SQL expressions over `f`."""
    columns = []
    for rule in rules():
        parts = ["f.roots[1]" if part == "root" else PARTS[part] for part in rule.record]
        where = ["f.born IS NULL"] if rule.undated else [UNKNOWN_DAY] if rule.unknown_day == "record" else []
        columns.append(f"{_key(parts, where)} AS {rule.column}")
    return ", ".join(columns)


def make_record_keys(store: Store) -> None:
    """The table of the keys of records, empty, where there is none."""
    # Not made of an empty SELECT: DuckDB 2.0 shows nobody what several threads put into such a table at once.
    columns = ", ".join(f"{rule.column} UBIGINT" for rule in rules())
    store.db.execute(f"CREATE TABLE IF NOT EXISTS record_key (form_no BIGINT, owner BIGINT, {columns})")


def key_columns(store: Store) -> None:
    """Key the forms of records that have no keys yet."""
    make_record_keys(store)
    store.db.execute(
        f"INSERT INTO record_key SELECT f.form_no, f.owner, {record_keys()} FROM record_form f"
        " WHERE f.form_no > (SELECT coalesce(max(form_no), 0) FROM record_key) ORDER BY f.form_no"
    )


def person_keys(forms: str, population: int) -> str:
    """A query that gives (rule, key, form_no, owner) of the forms in the table `forms`: every key once."""
    limit = float(table("candidates")["rare_expected"]) / population
    keys = ", ".join(_keys_of(rule, limit) for rule in rules())
    return (
        "SELECT DISTINCT rule, unnest(keys) AS key, form_no, owner FROM (SELECT f.form_no, f.owner,"
        f" unnest(range({len(rules())})) AS rule, unnest([{keys}]) AS keys FROM {forms} f"
        " LEFT JOIN term tf ON tf.what = 'fn' AND tf.value = f.fn"
        " LEFT JOIN term ts ON ts.what = 'sn' AND ts.value = f.sn)"
    )


def _keys_of(rule: Rule, limit: float) -> str:
    """The keys of a form of a person by one rule, as a list: one for each combination of the values of its lists."""
    where = [f"coalesce(tf.share, 0) * coalesce(ts.share, 0) <= {limit!r}"] if rule.rare else []
    where += [UNKNOWN_DAY] if rule.unknown_day == "person" else []
    lists = {part: f"f.{'roots' if part == 'root' else EACH[part]}" for part in rule.person if part not in PARTS}
    values = {part: f"v{number}" for number, part in enumerate(lists)}
    alone = [PARTS[part] for part in rule.person if part in PARTS]
    present = " AND ".join([*(f"{part} IS NOT NULL" for part in alone), *where]) or "true"
    keys = f"[hash({', '.join(values.get(part) or PARTS[part] for part in rule.person)})]"
    for part, several in lists.items():
        keys = f"flatten(list_transform({several}, lambda {values[part]}: {keys}))"
    return f"CASE WHEN {present} THEN {keys} END"


def put_person_keys(store: Store) -> None:
    """The keys of every person, one row for each rule, key and form, sorted."""
    store.db.execute("CREATE OR REPLACE TABLE person_key (rule UTINYINT, key UBIGINT, form_no BIGINT, owner BIGINT)")
    add_person_keys(store, "person_form")


def add_person_keys(store: Store, forms: str) -> None:
    """The keys of the forms in the table `forms`, beside those there are."""
    keys = person_keys(forms, int(store.get("population")))
    store.db.execute(f"INSERT INTO person_key SELECT * FROM ({keys}) ORDER BY rule, key")


def candidate_sql(keys: str, where: str, only: Collection[int] | None = None) -> str:
    """The pairs of forms that some rule puts together: `keys` a table like `person_key`, `where` over `k` (record_key)
    and `p` (`keys`). `only`: the numbers of the rules of which `keys` has any, for each rule reads all records; where
    there are none, nothing is said.
    """
    parts = [
        f"SELECT p.form_no AS l_form, k.form_no AS r_form FROM record_key k JOIN {keys} p"
        f" ON p.rule = {number} AND p.key = k.{rule.column} WHERE {where}"
        for number, rule in enumerate(rules())
        if only is None or number in only
    ]
    return " UNION ".join(parts)


def numbers_of(store: Store, keys: str) -> list[int]:
    """The numbers of the rules of which the table `keys` has any."""
    return [int(number) for (number,) in store.rows(f"SELECT DISTINCT rule FROM {keys} ORDER BY rule")]


def list_few(store: Store, after: int) -> None:
    """The keys of the forms of records numbered after `after`, one row each, as the table `few_key` of this connection:
    few, so that one join of them all is quicker than one for each rule.
    """
    store.db.execute("CREATE OR REPLACE TEMP TABLE few_key (rule UTINYINT, key UBIGINT, form_no BIGINT, owner BIGINT)")
    if store.rows("SELECT 1 FROM record_key WHERE form_no > ? LIMIT 1", [after]):
        columns = ", ".join(rule.column for rule in rules())
        store.db.execute(
            f"INSERT INTO few_key SELECT * FROM (SELECT unnest(range({len(rules())})) AS rule, unnest([{columns}]) AS"
            f" key, form_no, owner FROM record_key WHERE form_no > {after}) WHERE key IS NOT NULL"
        )


def few_candidates_sql(keys: str, where: str = "true") -> str:
    """As `candidate_sql` for the records in `few_key` (`k`)."""
    return (
        f"SELECT DISTINCT p.form_no AS l_form, k.form_no AS r_form FROM few_key k JOIN {keys} p"
        f" ON p.rule = k.rule AND p.key = k.key WHERE {where}"
    )
