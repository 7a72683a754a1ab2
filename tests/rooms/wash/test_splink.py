"""Splink is the reference: for one model and the same pairs our weights are its weights."""

from collections.abc import Iterator

import pytest

from peelian.demo.washing import make
from peelian.wash.building import build
from peelian.wash.levels import comparisons
from peelian.wash.manifest import load_manifest
from peelian.wash.model import Model, load_model, model_text, read_model
from peelian.wash.scoring import add_scores, make_scores, prior
from peelian.wash.store import Store
from peelian.wash.training import splink, splink_settings, train, training_columns
from tests.rooms.wash.files import ON

pytest.importorskip("splink", reason="training needs the extra requirement `wash`")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("splink")
    made = make(folder, people=400, records=4_000, seed=3, on=ON, dirt="harder")
    held = Store(folder / "store", make=True)
    build(held, load_manifest(made.manifest), on=ON)
    yield held
    held.close()


def splink_weights(store: Store, model: Model, block: str) -> dict[tuple[int, int], float]:
    """The weight that Splink gives each pair of forms that `block` puts together."""
    odds = 2.0 ** prior(int(store.get("population")))
    for name in ("person", "record"):
        store.db.execute(f"CREATE OR REPLACE TABLE a_{name} AS SELECT {training_columns()} FROM {name}_form")
    module, api = splink(store)
    settings = splink_settings(model, link="link_only", prior=odds / (1 + odds), blocks=(block,))
    linker = module.Linker([api.register("a_person"), api.register("a_record")], settings, log_level="ERROR")
    for what in ("fn", "sn", "birth_place"):
        store.db.execute(
            f"CREATE OR REPLACE TABLE tf_of_{what} AS SELECT value AS {what}, share AS tf_{what} FROM"
            f" term WHERE what = '{what}'"
        )
        linker.table_management.register_term_frequency_lookup(api.register(f"tf_of_{what}"), what)
    predicted = linker.inference.predict()
    return {
        (int(left), int(right)): float(weight)
        for left, right, weight in store.rows(
            f"SELECT form_no_l, form_no_r, match_weight FROM {predicted.physical_name}"
        )
    }


def our_weights(store: Store, model: Model, block: str) -> dict[tuple[int, int], float]:
    store.db.execute("DROP TABLE IF EXISTS ours")
    make_scores(store, "ours", model)
    block = block.replace("fn1", "fn[1]")
    pairs = f"SELECT l.form_no AS l_form, r.form_no AS r_form FROM person_form l JOIN record_form r ON {block}"
    add_scores(store, "ours", model, pairs, left="person_form")
    return {(left, right): base for left, right, base in store.rows("SELECT l_form, r_form, base FROM ours")}


@pytest.mark.parametrize("block", ["l.born = r.born", "l.fn1 = r.fn1 AND l.sn_sound = r.sn_sound", "l.phone = r.phone"])
def test_our_weights_are_splinks_within_a_hundredth_of_a_bit(store: Store, block: str) -> None:
    model = load_model()
    block = block.replace("l.phone = r.phone", "list_has_any(l.phones, r.phones)")
    theirs, ours = splink_weights(store, model, block), our_weights(store, model, block)
    common = ours.keys() & theirs.keys()
    assert len(common) == len(ours) > 5, "every pair of ours is one of Splink's"
    assert {pair: (ours[pair], theirs[pair]) for pair in common if abs(ours[pair] - theirs[pair]) > 0.01} == {}


def test_the_comparison_can_fail(store: Store) -> None:
    model = load_model()
    other = read_model(model_text(model).replace("same = { m = 0.5", "same = { m = 0.25"))
    block = "list_has_any(l.phones, r.phones)"
    theirs, ours = splink_weights(store, model, block), our_weights(store, other, block)
    assert any(abs(ours[pair] - theirs[pair]) > 0.5 for pair in ours)


def test_a_trained_model_fits_and_believes_what_the_records_show(store: Store) -> None:
    model = train(store, about="invented")
    assert read_model(model_text(model)) == model
    bits = {
        (one.id, level.id): model.bits(one, level)
        for one in comparisons()
        for level in one.levels
        if not level.is_missing
    }
    assert bits["born", "same"] > 8 > bits["born", "year_only"]
    assert bits["forename", "same"] > 0 > bits["forename", "different"]
    assert bits["phone", "same"] == load_model().weights["phone", "same"].bits, "set by hand, never trained"
    assert "invented" in model.trained
