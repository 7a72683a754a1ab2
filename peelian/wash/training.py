"""`train`: Splink learns from the records themselves how often each level holds, for one person and for strangers.

Splink links the records to each other, where true pairs are common; between a workforce and the nation they are so rare
that its expectation-maximisation would learn households instead. Needs the extra requirement `wash`.
"""

import importlib
from typing import Any

from peelian.wash.errors import WashError
from peelian.wash.levels import Comparison, Level, columns, comparisons
from peelian.wash.model import LEAST_SHARE, Model, Weight
from peelian.wash.store import Store

SAMPLE = 1_000_000  # records that Splink trains on
STRANGERS = 2_000_000  # pairs drawn at random
LEAST, MOST = 1e-5, 0.9999  # no share is believed to be nothing or all
BLOCKS = (
    "l.born = r.born AND l.fn1 = r.fn1",
    "l.fn = r.fn AND l.sn = r.sn AND l.district = r.district",
    "l.phone = r.phone",
)


def splink_settings(model: Model | None, *, link: str, prior: float = 1e-4, blocks: tuple[str, ...] = BLOCKS) -> Any:
    """Our comparisons as Splink's settings; with the weights of `model` where there is one."""
    return {
        "link_type": link,
        "unique_id_column_name": "form_no",
        "probability_two_random_records_match": prior,
        "comparisons": [_splink_comparison(one, model) for one in comparisons()],
        "blocking_rules_to_generate_predictions": list(blocks),
        "retain_intermediate_calculation_columns": True,
        "retain_matching_columns": False,
        "additional_columns_to_retain": ["owner"],
    }


def _splink_comparison(comparison: Comparison, model: Model | None) -> dict[str, Any]:
    levels: list[dict[str, Any]] = []
    for level in comparison.levels:
        condition = level.condition(lambda column: f'"{column}_l"', lambda column: f'"{column}_r"')
        row: dict[str, Any] = {"sql_condition": condition, "label_for_charts": level.id}
        if level.is_missing:
            row["is_null_level"] = True
        elif model:
            weight = model.weights[comparison.id, level.id]
            row |= {"m_probability": weight.m, "u_probability": weight.u}
        elif level.fixed:
            row |= {"m_probability": level.fixed[0], "u_probability": level.fixed[1]}
            row |= {"fix_m_probability": True, "fix_u_probability": True}
        if level.common and not level.is_missing:
            row["tf_adjustment_column"] = level.common
            row["tf_minimum_u_value"] = LEAST_SHARE
            row["disable_tf_exact_match_detection"] = True
        levels.append(row)
    return {"output_column_name": comparison.id, "comparison_levels": levels}


def training_columns() -> str:
    """The columns of a form that Splink reads, with those it puts pairs together by."""
    wanted = [*columns(), "district", "phone"]
    return ", ".join(["form_no", "owner", "left(fn, 1) AS fn1", *dict.fromkeys(wanted)])


def splink(store: Store) -> tuple[Any, Any]:
    """Splink and its interface over the store's connection. Raises WashError where it is not installed."""
    try:
        module = importlib.import_module("splink")
    except ImportError as fault:
        raise WashError("Training needs the extra requirement `wash` (Splink). Wash with the model at hand.") from fault
    return module, module.DuckDBAPI(store.db)


def train(store: Store, *, sample: int = SAMPLE, seed: int = 1, about: str = "") -> Model:
    """A model of the records in `store`. Reads no truth and no judgement.

    `about`: what the records are, for the card. Raises WashError where they are too few to learn from.
    """
    module, api = splink(store)
    before = {row[0] for row in store.rows("SELECT table_name FROM duckdb_tables()")}
    held = int(store.one("SELECT count(*) FROM record"))
    store.db.execute(
        f"CREATE OR REPLACE TABLE trained_on AS SELECT {training_columns()} FROM record_form WHERE owner IN"
        " (SELECT owner FROM record ORDER BY hash(owner, ?), owner LIMIT ?)"
        " QUALIFY row_number() OVER (PARTITION BY owner ORDER BY form_no) = 1",
        [seed, sample],
    )
    try:
        settings = splink_settings(None, link="dedupe_only")
        linker = module.Linker(api.register("trained_on"), settings, log_level="ERROR")
        linker.training.estimate_u_using_random_sampling(max_pairs=STRANGERS, seed=seed)
        for block in BLOCKS:
            linker.training.estimate_parameters_using_expectation_maximisation(block)
        learned = linker.misc.save_model_to_json()
    finally:
        for (left,) in store.rows("SELECT table_name FROM duckdb_tables()"):
            if left not in before:
                store.db.execute(f'DROP TABLE IF EXISTS "{left}"')
    weights = {}
    for comparison, row in zip(comparisons(), learned["comparisons"], strict=True):
        for level, found in zip(comparison.levels, row["comparison_levels"], strict=True):
            if not level.is_missing:
                weights[comparison.id, level.id] = _weight(comparison, level, found)
    taken = min(sample, held)
    return Model(
        weights, f"Trained by Splink {module.__version__} on {taken:,} of {held:,} records{about and f': {about}'}."
    )


def _weight(comparison: Comparison, level: Level, found: dict[str, Any]) -> Weight:
    if level.fixed:
        return Weight(*level.fixed)
    m, u = found.get("m_probability"), found.get("u_probability")
    if m is None or u is None or min(m, u) < LEAST:  # hardly seen: what was set by hand, or it speaks neither way
        m, u = level.unseen or (m or LEAST, u or LEAST)
    return Weight(min(MOST, max(level.least, LEAST, float(m))), min(MOST, max(LEAST, float(u))))
