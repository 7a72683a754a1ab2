"""An invented workforce and invented records about the public, with the truth beside them, for trying the wash on."""

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from peelian.demo.chance import Chance
from peelian.demo.washing.background import write_records
from peelian.demo.washing.lives import Life, life
from peelian.demo.washing.mentions import HARDER, STANDARD, Mention, mentions_of
from peelian.terms.refusals import NotValid
from peelian.wash.listening import Listener, silent
from peelian.wash.schema import COLUMNS, Side

LINKED = 0.02  # of the workforce have records
TRAPPED = 0.02  # have somebody close to them, or of their name, in the records
ASSOCIATES = 0.01
TRUTH = "truth.csv"
DIRTS = {"standard": STANDARD, "harder": HARDER}


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: rows of people, of records, pairs of the truth, and the manifest to wash them by."""

    people: int
    records: int
    pairs: int
    manifest: Path


def make(
    folder: Path,
    *,
    people: int,
    records: int,
    seed: int,
    on: date,
    dirt: str = "standard",
    listener: Listener = silent,
) -> Made:
    """Write people.csv, records.parquet, truth.csv and wash.toml to `folder`. The same words make the same files.

    `truth.csv` holds person_id, record_id, kind: `same` for the person's own records, `association` for an
    associate's; any other kind is a trap, somebody who is not the person.
    """
    if people < 10 or records < 100:
        raise NotValid("records", "Ask for at least 10 people and 100 records.")
    if dirt not in DIRTS:
        raise NotValid("dirt", f"Choose one of: {', '.join(DIRTS)}.")
    chance = Chance(seed, "washing")
    workforce = [life(chance, on, f"E{number:06d}") for number in range(1, people + 1)]
    return make_of(folder, workforce, chance, records=records, seed=seed, on=on, dirt=dirt, listener=listener)


def make_of(
    folder: Path,
    workforce: Sequence[Life],
    chance: Chance,
    *,
    records: int,
    seed: int,
    on: date,
    dirt: str = "standard",
    linked: float = LINKED,
    listener: Listener = silent,
) -> Made:
    """As `make`, of these people. `linked`: the share of them who have records."""
    folder.mkdir(parents=True, exist_ok=True)
    mentions: list[Mention] = []
    rows = []
    for one in workforce:
        rows += one.as_employer_sees(chance)
        if chance.often(linked):
            mentions += mentions_of(chance, one, "same", DIRTS[dirt], on, chance.between(1, 6))
        if chance.often(TRAPPED):
            mentions += _trap(chance, one, dirt, on)
        if chance.often(ASSOCIATES):
            partner = life(chance, on, f"{one.key}-A", lives_with=one)
            rows += [
                {**row, "associate_of": one.key, "relation": "partner"} for row in partner.as_employer_sees(chance)
            ]
            if chance.often(0.3):
                mentions += mentions_of(chance, partner, "association", DIRTS[dirt], on, 1)
    _write(folder / "people.csv", rows)
    truth = write_records(
        folder / "records.parquet",
        mentions,
        records=records,
        seed=seed,
        harder=dirt == "harder",
        listener=listener,
    )
    with (folder / TRUTH).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["person_id", "record_id", "kind"])
        writer.writerows(truth)
    manifest = folder / "wash.toml"
    manifest.write_text(_manifest(on), encoding="utf-8")
    return Made(len(rows), records, len(truth), manifest)


def _trap(chance: Chance, one: Life, dirt: str, on: date) -> Sequence[Mention]:
    kind = chance.one(("twin", "parent", "sibling", "partner", "namesake", "namesake_same_day"))
    return mentions_of(chance, one.somebody_else(chance, kind, on), kind, DIRTS[dirt], on, chance.between(1, 2))


def _write(path: Path, rows: Sequence[dict[str, str]]) -> None:
    names = [column.name for column in COLUMNS[Side.PEOPLE]]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="")
        writer.writeheader()
        writer.writerows(rows)


def _manifest(on: date) -> str:
    basis = (
        'purpose = "trying the wash on invented data"\nlawful_basis = "nobody in it is real"\n'
        'impact_assessment = "none needed: invented"\napproved_by = "whoever made it"\n'
        f"expires_on = {on.replace(year=on.year + 1, day=min(on.day, 28)).isoformat()}\n"
    )
    title = json.dumps("Invented national records")
    return (
        f'[people]\npath = "people.csv"\n{basis}\n[[source]]\nid = "invented"\ntitle = {title}\n'
        f'path = "records.parquet"\nas_of = {on.isoformat()}\nvictims_and_witnesses = "welfare"\n{basis}'
    )
