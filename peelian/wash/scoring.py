"""Pairs of forms into weights, in SQL: the level of each comparison, its bits, rarity, the household's evidence."""

from math import log2

from peelian.wash.gathering import gather
from peelian.wash.levels import Comparison, comparisons
from peelian.wash.model import LEAST_SHARE, Model
from peelian.wash.normal import table
from peelian.wash.store import Store

RARITY = tuple(level.common for one in comparisons() for level in one.levels if level.common)


def prior(population: int) -> float:
    """Bits before anything is compared: one record in so many is about a given person."""
    return -log2(population)


def level_columns() -> str:
    """Names of the columns that hold levels, in order."""
    return ", ".join(f"g_{one.id}" for one in comparisons())


def bits(comparison: Comparison, model: Model) -> str:
    """The bits of the level at which a pair stands, as SQL over its column of levels."""
    rows = [
        f"WHEN {level.number} THEN {model.bits(comparison, level)!r}"
        for level in comparison.levels
        if not level.is_missing
    ]
    return f"CASE g_{comparison.id} {' '.join(rows)} ELSE 0.0 END"


def _rarity(comparison: Comparison, model: Model, population: int) -> str:
    """Bits for rarity: a value that one in a thousand bears says less than one that one in a million bears."""
    parts = [
        f"CASE WHEN g_{comparison.id} = {level.number} THEN"
        f" log2({model.weights[comparison.id, level.id].u!r} / greatest({LEAST_SHARE!r},"
        f" coalesce(t_{level.common}.share, {1 / population!r}))) ELSE 0.0 END"
        for level in comparison.levels
        if level.common
    ]
    return " + ".join(parts) or "0.0"


def _is(comparison: Comparison, flag: str) -> str:
    numbers = [str(level.number) for level in comparison.levels if getattr(level, flag)]
    return f"g_{comparison.id} IN ({', '.join(numbers)})" if numbers else "false"


def score_sql(model: Model, population: int, *, pairs: str, left: str, right: str, least: float | None = None) -> str:
    """Scores of the pairs of forms in `pairs` (l_form, r_form) over the tables `left` and `right`.

    Columns: owners, forms, a level for each comparison, bits for rarity, `base` (prior and bits, as Splink adds them)
    and `weight` (`base` with the household's evidence capped). The best pair of forms stands for each pair of owners;
    those below `least` are left out before the best is looked for, since most are.
    """
    all_of = comparisons()
    levels = ", ".join(f"{one.case(lambda c: f'l.{c}', lambda c: f'r.{c}')} AS g_{one.id}" for one in all_of)
    values = ", ".join(f"l.{name} AS v_{name}" for name in RARITY)
    rarity = ", ".join(
        f"{_rarity(one, model, population)} AS r_{one.id}" for one in all_of if any(x.common for x in one.levels)
    )
    joins = " ".join(
        f"LEFT JOIN term t_{name} ON t_{name}.what = '{name}' AND t_{name}.value = levels.v_{name}" for name in RARITY
    )
    common = {one.id for one in all_of if any(level.common for level in one.levels)}
    each = {one.id: f"{bits(one, model)}{f' + r_{one.id}' if one.id in common else ''}" for one in all_of}
    household = " + ".join(
        f"CASE WHEN {_is(one, 'household')} THEN greatest(0, {each[one.id]}) ELSE 0.0 END"
        for one in all_of
        if any(level.household for level in one.levels)
    )
    most = float(table("grades")["household_most"])
    contradicted = " OR ".join(_is(one, "against") for one in all_of if one.id in ("forename", "born"))
    return f"""
    WITH levels AS MATERIALIZED (
        SELECT l.owner AS l_owner, r.owner AS r_owner, l.form_no AS l_form, r.form_no AS r_form,
            l.fn AS l_fn, l.sn AS l_sn, {levels}, {values}
        FROM {pairs} p JOIN {left} l ON l.form_no = p.l_form JOIN {right} r ON r.form_no = p.r_form
    ), rare AS MATERIALIZED (
        SELECT levels.*, {rarity} FROM levels {joins}
    ), summed AS MATERIALIZED (
        SELECT *, {prior(population)!r} + {" + ".join(f"({each_bits})" for each_bits in each.values())} AS base,
            CASE WHEN {contradicted} THEN greatest(0, ({household}) - {most!r}) ELSE 0.0 END AS capped
        FROM rare
    )
    SELECT l_owner, r_owner, l_form, r_form, {level_columns()},
        {", ".join(f"r_{one.id}" for one in all_of if one.id in common)}, base, base - capped AS weight
    FROM summed{f" WHERE base - capped >= {least!r}" if least is not None else ""}
    QUALIFY row_number() OVER (PARTITION BY l_owner, r_owner ORDER BY base - capped DESC, base DESC, l_fn, l_sn,
        r_form) = 1
    """


def make_scores(store: Store, name: str, model: Model) -> None:
    """An empty table of scores."""
    store.db.execute("CREATE TEMP TABLE IF NOT EXISTS no_pairs (l_form BIGINT, r_form BIGINT)")
    store.like(name, score_sql(model, 2, pairs="no_pairs", left="person_form", right="record_form"))


def add_scores(store: Store, name: str, model: Model, candidates: str, *, left: str, where: str = "true") -> int:
    """Score the pairs that the query `candidates` gives, and keep those above the floor. How many pairs there were."""

    def kept(right: str) -> str:
        least, population = float(table("grades")["floor"]), int(store.get("population"))
        sql = score_sql(model, population, pairs="looked_at", left=left, right=right, least=least)
        return f"SELECT * FROM ({sql}) WHERE {where}"

    if store.elsewhere:
        count = store.elsewhere.score(name, candidates, kept("record_form"))
        gather(store, f"SELECT r_form FROM {name}")
        return count
    store.db.execute(f"CREATE OR REPLACE TEMP TABLE looked_at AS {candidates}")
    count = int(store.one("SELECT count(*) FROM looked_at"))
    if count:  # to plan it takes longer than to weigh a few
        gather(store, "SELECT r_form FROM looked_at")
        store.db.execute(f"INSERT INTO {name} {kept('near_form')}")
    return count
