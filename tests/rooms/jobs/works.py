"""Works for the tests: registered on import, in the test's process and in the workers it starts."""

import time
from pathlib import Path

from peelian.jobs.progress import Progress
from peelian.jobs.works import WORKS, Outcome, work
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotValid, Refusal

if "test-count" not in WORKS:  # two test modules may import this one under two names

    @work("test-count", permission=Permission.LOAD)
    def count(progress: Progress, *, to: int, folder: str = "", hold: bool = False) -> Outcome:
        """Do units 1 to `to`, each once: a unit done before is passed over. On its first run it may hold half-way."""
        done_before = {path.name for path in Path(folder).glob("unit-*")} if folder else set()
        for unit in range(1, to + 1):
            if folder and f"unit-{unit}" not in done_before:
                (Path(folder) / f"unit-{unit}").touch(exist_ok=False)
            progress.step(unit, to, "counting")
            while hold and progress.attempt == 1 and unit == to // 2:
                (Path(folder) / "holding").touch()
                time.sleep(0.05)  # the test kills this process here
                progress.step(unit, to, "holding")
        return Outcome(f"Counted to {to}.", kind="load", key="PL-TEST")

    @work("test-fault", permission=Permission.LOAD)
    def fault(progress: Progress) -> Outcome:
        """A fault of the program."""
        raise ZeroDivisionError("the name of a person")

    @work("test-refusal", permission=Permission.LOAD)
    def refusal(progress: Progress) -> Outcome:
        """Refused half-way."""
        raise NotAllowed(Refusal("The file lies behind a wall."))

    @work("test-not-valid", permission=Permission.LOAD)
    def not_valid(progress: Progress) -> Outcome:
        """Asked for with something that cannot stand."""
        raise NotValid("file", "choose a file that exists")
