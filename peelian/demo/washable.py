"""A workforce that a visitor may wash from a page: who joined last, with invented lives, beside invented records."""

from dataclasses import replace
from pathlib import Path

from django.conf import settings

from peelian.demo import washing
from peelian.demo.chance import Chance
from peelian.demo.stage import Stage
from peelian.demo.washing.lives import Life, life
from peelian.demo.workforce import Servant

NAME = "recruits"
MOST, RECORDS = 60, 3000
LINKED = 0.12  # of them have records: more than of a force, so that there is something to judge


def write_files(stage: Stage) -> None:
    """The folder of the workforce, with its manifest; what it holds follows from the seed and the day."""
    serving = [one for one in stage.workforce.everyone if one.warrant and one.slot and not one.left]
    latest = sorted(serving, key=lambda one: (one.joined, one.key), reverse=True)[:MOST]
    chance = Chance(stage.seed, NAME)
    lives = [_life(chance, one, stage) for one in latest]
    folder = Path(settings.PEELIAN_WASHES) / NAME
    washing.make_of(folder, lives, chance, records=RECORDS, seed=stage.seed, on=stage.today, linked=LINKED)
    (folder / washing.TRUTH).unlink()  # whoever judges is not told


def _life(chance: Chance, one: Servant, stage: Stage) -> Life:
    """A life for somebody of the force: their own name, day of birth and sex, and all else invented."""
    given, _, middle = one.given.partition(" ")
    families = (one.family, one.former) if one.former else (one.family,)
    drawn = life(chance, stage.today, one.warrant)
    email = f"{given}.{one.family}@example.org".lower().replace("'", "").replace(" ", "")
    named = replace(drawn, given=given, middle=middle, families=families, known_as="", email=email)
    return replace(named, born=one.born, sex=one.sex)
