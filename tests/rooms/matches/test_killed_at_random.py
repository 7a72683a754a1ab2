"""A take-in killed at random, as a process is killed: the same words go on, and every row stands once."""

import random
import signal
import time
from datetime import datetime

from peelian.matches import queries
from peelian.matches.models import Pair, Part, Raised, Run, Sighting
from tests import worlds
from tests.databases import Database
from tests.washed import found, washed

PAIRS, DEATHS = 120, 2
DOES = """
import django; django.setup()
from tests.rooms.matches.test_killed_at_random import PAIRS, told
from tests.washed import ACCOUNT
from peelian.matches import actions
from peelian.terms.viewer import system
from datetime import datetime
at = datetime.fromisoformat("{at}")
print("ready", flush=True)
by = system("test", at=at, because="a take-in that is killed")
actions.take_in(by=by, workforce="workforce", account=ACCOUNT, found=told(), on=at.date(), size=3)
"""


def told() -> list[object]:
    """A few of them go to intake at once."""
    return [found(f"CR/{number}", recorded_on="2016-05-04" if number % 5 else "2026-11-20") for number in range(PAIRS)]


def test_killed_at_random_every_pair_stands_once(own_database: Database, at: datetime) -> None:
    made = washed(at)
    words, draw, deaths = DOES.format(at=at.isoformat()), random.Random(), []
    for _ in range(DEATHS):
        process = own_database.start("-c", words)
        assert process.stdout is not None
        process.stdout.readline()  # until then nothing was taken in
        deaths.append(draw.uniform(0, 0.5))
        time.sleep(deaths[-1])  # the moment of death is to be any moment
        process.send_signal(signal.SIGKILL)
        process.communicate()
    done = own_database.start("-c", words)
    said = done.communicate(timeout=120)
    assert done.returncode == 0, f"killed after {deaths}: {said}"
    [run] = Run.objects.all()
    assert (run.new, run.changed, run.gone) == (PAIRS, 0, 0), f"killed after {deaths}"
    assert sorted(Pair.objects.values_list("record_key", flat=True)) == sorted(f"CR/{one}" for one in range(PAIRS))
    assert Sighting.objects.count() == PAIRS
    assert Raised.objects.count() == PAIRS / 5, f"killed after {deaths}"
    shown = queries.run(worlds.peelian(at), run.ref)
    assert (shown.taken, shown.is_whole) == (PAIRS, True)
    assert list(Part.objects.order_by("number").values_list("number", flat=True)) == [*range(1, PAIRS // 3 + 1)]
    assert sum(Part.objects.values_list("raised", flat=True)) == PAIRS / 5
    assert queries.left(made.judge.viewer).waiting == PAIRS
