"""The folder of a workforce that can be washed: one person of it in the register, one record, one that came since."""

from datetime import datetime, timedelta
from pathlib import Path

from peelian.people import actions as people
from peelian.terms.people import IdentifierKind
from tests import worlds
from tests.rooms.matches.test_handing_over import PERSON, RECORD
from tests.rooms.wash.files import BASIS, csv_file, manifest


def ready(place: Path, at: datetime, name: str = "workforce") -> Path:
    """The folder `name` in `place`, with a manifest whose approval lasts."""
    folder = place / name
    folder.mkdir(parents=True)
    basis = BASIS.replace("2027-03-31", (at + timedelta(days=90)).date().isoformat())
    csv_file(folder / "people.csv", [PERSON])
    csv_file(folder / "records.csv", [RECORD])
    csv_file(folder / "night.csv", [RECORD | {"record_id": "CR/2", "category": "Burglary"}])
    manifest(folder, source=basis, people=basis)
    officer = worlds.officer(at, "Quillfeather", "Ada")
    kind = IdentifierKind.STAFF_NUMBER
    people.add_identifier(by=worlds.peelian(at), person_ref=officer, kind=kind, value="E1", on=at.date())
    return folder
