"""Records without a name and with a registration mark: handed over, but those of victims and those named since."""

from pathlib import Path

from peelian.wash.model import load_model
from peelian.wash.nameless import nameless
from peelian.wash.running import run
from tests.rooms.wash.files import built

PEOPLE = [
    {"person_id": "P-1", "family_name": "Thornquill", "given_names": "Zebedee", "vehicle": "QX12 ABC; QX13ABC"},
    {"person_id": "P-2", "family_name": "Quennelby", "given_names": "Ada", "vehicle": "QX13 ABC"},
]
RECORDS = [
    {"record_id": "exposure", "vehicle": "qx12abc", "part": "suspect", "category": "Exposure", "full_name": ""},
    {"record_id": "two", "vehicle": "QX13 ABC", "part": "suspect", "full_name": ""},
    {"record_id": "nobody's", "vehicle": "QX99 ABC", "part": "suspect", "full_name": ""},
    {"record_id": "victim", "vehicle": "QX12 ABC", "part": "victim", "full_name": ""},
    {"record_id": "without", "vehicle": "", "part": "suspect", "full_name": ""},
    {"record_id": "named", "vehicle": "QX12 ABC", "part": "suspect", "full_name": "Zebedee Thornquill"},
]


def test_records_that_name_nobody_are_handed_over_with_whoever_has_the_vehicle(tmp_path: Path) -> None:
    store = built(tmp_path, PEOPLE, RECORDS)
    run(store, load_model())
    found = {row["record_id"]: row["keepers"] for row in nameless(store)}
    assert found == {"exposure": ["P-1"], "nobody's": [], "two": ["P-1", "P-2"]}
    store.close()
