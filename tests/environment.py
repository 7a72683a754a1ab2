"""The surroundings of every test, set before Django reads its settings (loaded by `-p tests.environment`).

Each test process has a home of its own in a temporary folder, so that no test reads or writes the developer's data.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

MINE = "PEELIAN_TEST_HOME"

if MINE not in os.environ:
    os.environ[MINE] = tempfile.mkdtemp(prefix="peelian-tests-")
    _owner = os.getpid()

    @atexit.register
    def _tidy() -> None:
        if os.getpid() == _owner:
            shutil.rmtree(os.environ[MINE], ignore_errors=True)


SHARED = Path(os.environ[MINE])
HOME = SHARED / os.environ.get("PYTEST_XDIST_WORKER", "main")
HOME.mkdir(mode=0o700, exist_ok=True)
os.environ["PEELIAN_HOME"] = str(HOME)
os.environ["DJANGO_SETTINGS_MODULE"] = "peelian.config.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's own loop runs beside the ORM in a browser test
