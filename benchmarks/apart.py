"""Importing this gives a benchmark an embedded database of its own, in the new folder HOME."""

import os
import tempfile
from pathlib import Path

HOME = Path(tempfile.mkdtemp(prefix="peelian-bench-"))
os.environ.update(PEELIAN_HOME=str(HOME), PEELIAN_DATABASE="")

from benchmarks import ready  # noqa: E402, F401 - the settings read the lines above
