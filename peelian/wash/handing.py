"""What a run hands to those who judge: its pairs with both sides beside each other, as Parquet, and back from it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from peelian.wash.errors import WashError
from peelian.wash.grading import serious, together
from peelian.wash.model import Model
from peelian.wash.normal import quoted
from peelian.wash.waterfall import steps_sql

OUTPUT = "pairs.parquet"
COLUMNS = (
    "person_id, source, record_id, weight, band, link, purpose, unsure, words_for, words_against,"
    " associate_of, relation,"
    " part, category, recorded_on, resolved_on, same_day, pass"
)
NEEDED = {"person_id", "source", "record_id", "weight", "band", "link", "purpose", "sides", "marks", "serious"}
# What stands beside each other, of a form `{0}` and of what its owner said, `{0}s`: words, and the SQL of its text.
SIDES = (
    ("name", "concat_ws(' ', {0}.fn, nullif(array_to_string({0}.mids, ' '), ''), {0}.sn)"),
    ("date of birth", "coalesce({0}.born, CAST({0}.born_year AS VARCHAR))"),
    ("sex", "{0}.sex"),
    ("place of birth", "{0}.birth_place"),
    ("addresses", "array_to_string(list_sort({0}s.places), '; ')"),
    ("postcodes", "array_to_string(list_sort({0}s.postcodes), '; ')"),
    ("telephones", "array_to_string(list_sort({0}s.phones), '; ')"),
    ("e-mail addresses", "array_to_string(list_sort({0}s.emails), '; ')"),
    ("vehicle marks and numbers", "array_to_string(list_sort(list_transform({0}s.marks, lambda m: m[3:])), '; ')"),
)


def handed_sql(model: Model, population: int) -> str:
    """Every pair, heaviest first, with what was compared on both sides, the numbers that only one person bears, and the
    steps by which its weight adds up."""
    sides = ", ".join(
        f"[{quoted(words)}, coalesce({sql.format('f')}, ''), coalesce({sql.format('r')}, '')]" for words, sql in SIDES
    )
    columns = ", ".join(f"p.{name.strip()}" for name in COLUMNS.split(","))
    return (
        f"SELECT {columns}, {serious()} AS serious,"
        f" list_filter([{sides}], lambda s: s[2] <> '' OR s[3] <> '') AS sides,"
        " list_transform(list_filter(rs.marks, lambda m: starts_with(m, 'i:')), lambda m: m[3:]) AS marks,"
        f" {steps_sql(model, population)} AS steps"
        f" FROM pair p JOIN ({together()}) s ON s.l_owner = p.l_owner AND s.r_owner = p.r_owner"
        " JOIN person_form f ON f.form_no = p.l_form JOIN near_form r ON r.form_no = p.r_form"
        " JOIN person_said fs ON fs.owner = p.l_owner JOIN record_said rs ON rs.owner = p.r_owner"
        " ORDER BY p.weight DESC, p.person_id, p.source, p.record_id"
    )


def handed(path: Path) -> Iterator[dict[str, Any]]:
    """Each pair of the Parquet file that a run or a night wrote. Raises WashError where it is none."""
    if not path.exists():
        raise WashError(f"{path} is not there. Say: peelian wash run --store {path.parent}")
    with duckdb.connect() as connection:
        try:
            cursor = connection.execute(f"SELECT * FROM read_parquet({quoted(str(path))})")
        except duckdb.Error as fault:
            raise WashError(f"{path.name} cannot be read as Parquet: {fault}") from fault
        names = [column[0] for column in cursor.description or []]
        if absent := sorted(NEEDED - set(names)):
            raise WashError(f"{path.name} has no column {', '.join(absent)}. Write it anew: peelian wash run")
        while rows := cursor.fetchmany(1000):
            yield from (dict(zip(names, row, strict=True)) for row in rows)
