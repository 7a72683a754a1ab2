"""The model: how much each level of agreement weighs. `model/weights.toml` is the one that comes with the product."""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from math import log2
from pathlib import Path
from typing import Any

from peelian.wash.errors import WashError
from peelian.wash.levels import Comparison, Level, comparisons
from peelian.wash.normal import table

LEAST_SHARE = 1e-6  # no value is taken to be rarer than this, however seldom it was seen


@dataclass(frozen=True, slots=True)
class Weight:
    """m and u of a level, and its weight in bits."""

    m: float
    u: float

    @property
    def bits(self) -> float:
        return log2(self.m / self.u)


@dataclass(frozen=True, slots=True)
class Model:
    """A trained model. `weights`: (comparison, level) -> Weight. `version` changes when any of it does.

    `trained`: on what, when and by what, for the card.
    """

    weights: Mapping[tuple[str, str], Weight]
    trained: str

    @property
    def version(self) -> str:
        said = sorted((*key, weight.m, weight.u) for key, weight in self.weights.items())
        levels = table("comparisons")
        return hashlib.sha256(json.dumps([said, levels], sort_keys=True).encode()).hexdigest()[:12]

    def bits(self, comparison: Comparison, level: Level) -> float:
        """The weight of a level before rarity; nothing where there was nothing to compare."""
        return 0.0 if level.is_missing else self.weights[comparison.id, level.id].bits


def load_model(path: Path | None = None) -> Model:
    """The model in `path`, or the product's own. Raises WashError where a level has no weight or a needless one."""
    if path is None:
        return model_of(table("weights"))
    try:
        return read_model(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise WashError(f"{path} cannot be read: {fault.strerror}") from fault


def read_model(text: str) -> Model:
    """The model that `text` holds as TOML. Raises WashError."""
    try:
        return model_of(tomllib.loads(text))
    except tomllib.TOMLDecodeError as fault:
        raise WashError(f"This is no model: {fault}") from fault


def model_of(data: dict[str, Any]) -> Model:
    given = {
        (comparison, level): Weight(float(row["m"]), float(row["u"]))
        for comparison, levels in data.get("weights", {}).items()
        for level, row in levels.items()
    }
    needed = {(one.id, level.id) for one in comparisons() for level in one.levels if not level.is_missing}
    if odd := sorted(needed ^ set(given)):
        raise WashError(f"The model does not fit the comparisons: {'.'.join(odd[0])}")
    if wrong := [key for key, weight in given.items() if not (0 < weight.m <= 1 and 0 < weight.u <= 1)]:
        raise WashError(f"The model has a share outside 0 to 1: {'.'.join(wrong[0])}")
    return Model(given, str(data.get("trained", "")))


def model_text(model: Model) -> str:
    """`model` as the TOML that `load_model` reads."""
    lines = [f'trained = "{model.trained}"', ""]
    for comparison in comparisons():
        lines.append(f"[weights.{comparison.id}]")
        for level in comparison.levels:
            if not level.is_missing:
                weight = model.weights[comparison.id, level.id]
                lines.append(f"{level.id} = {{ m = {weight.m!r}, u = {weight.u!r} }}")
        lines.append("")
    return "\n".join(lines)


def card_text(model: Model) -> str:
    """What the model believes, for people: each level with its weight for or against."""
    lines = [f"Model {model.version}. {model.trained}", ""]
    lines.append("Bits: +1 makes it twice as likely that both are one person, -1 half as likely.")
    for comparison in comparisons():
        lines += ["", comparison.id.replace("_", " ")]
        for level in comparison.levels:
            if level.is_missing:
                continue
            weight = model.weights[comparison.id, level.id]
            notes = [note for note, is_so in (("more for a rare one, less for a common one", level.common),) if is_so]
            notes += ["set by hand"] if level.fixed else []
            note = f"  ({'; '.join(notes)})" if notes else ""
            lines.append(f"  {weight.bits:+6.1f}  {level.words}{note}")
            lines.append(f"          {weight.m:.4%} of one person's records, {weight.u:.4%} of strangers'")
    return "\n".join(lines) + "\n"
