"""The tables that the demonstration force is drawn from: names, the force, shares and durations, what is alleged."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """One table: `names`, `force`, `mixes`, `stories`, `worked` or `washing`."""
    return tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8"))
