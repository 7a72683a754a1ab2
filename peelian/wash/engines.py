"""Which engine puts pairs together and weighs them: DuckDB in this process, or Spark. What comes out is the same."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from enum import StrEnum
from importlib import import_module
from pathlib import Path

from peelian.wash.errors import WashError
from peelian.wash.listening import Listener, silent
from peelian.wash.running import PART
from peelian.wash.store import Store


class Engine(StrEnum):
    DUCKDB = "duckdb"
    SPARK = "spark"

    @property
    def part(self) -> int:
        """Numbers of records and forms that a run looks at in one transaction; to Spark each part goes as files."""
        return PART if self is Engine.DUCKDB else 5_000_000


@contextmanager
def weighing(
    store: Store,
    engine: Engine,
    *,
    master: str = "",
    folder: Path | None = None,
    threads: int = 1,
    memory: str = "1100MB",
    listener: Listener = silent,
) -> Iterator[None]:
    """Inside, `engine` weighs the pairs of `store`, unless they were weighed already.

    Of Spark alone: `master`, where it is (on this machine with `threads` processors if empty); `folder`, seen by all
    its machines (the store's own if unset); `memory`, the most that it takes of this machine. Raises WashError where
    Spark cannot be had.
    """
    found: AbstractContextManager[None] = nullcontext()
    place = outside(store, folder)
    shutil.rmtree(place, ignore_errors=True)  # of a run that was killed
    if engine is Engine.SPARK and not store.get("run"):
        try:
            on_spark = import_module("peelian.wash.spark.engine").on_spark
        except ImportError as fault:
            raise WashError("Washing on Spark needs the extra requirement `spark`: make install-spark") from fault
        listener(0, None, "starting Spark")
        found = on_spark(store, master or f"local[{threads}]", place, memory=memory)
    with found:
        yield


def outside(store: Store, folder: Path | None) -> Path:
    """Where Spark finds what it is sent of `store`: in the store's folder, or in `folder` under a name of its own."""
    if folder is None:
        return store.folder.resolve() / "spark"
    own = hashlib.sha256(str(store.folder.resolve()).encode()).hexdigest()[:12]
    return folder.resolve() / f"spark-{own}"
