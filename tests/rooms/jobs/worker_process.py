"""`python -m tests.rooms.jobs.worker_process`: the command `peelian work` with the tests' works and a quick pace."""

import typer

from peelian.cli import main  # noqa: F401 - sets Django up
from peelian.cli.serve import work
from tests.rooms.jobs import works  # noqa: F401 - registers the tests' works

if __name__ == "__main__":
    typer.run(work)
