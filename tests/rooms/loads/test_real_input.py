"""The main job on real input, on whichever database is configured. Nothing of the files is written here but counts."""

from pathlib import Path

import pytest

from peelian.intake.models import Load
from peelian.matters.models import Matter
from peelian.people.models import Person
from peelian.terms.people import PersonKind

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data"
MET = DATA / "met_foi" / "met-police-complaints.csv"
ALLEGATIONS = DATA / "chicago" / "allegations_to_2009.csv.gz"
OFFICERS = DATA / "chicago" / "officers.csv.gz"
WHY = "a test looks at everything"

pytestmark = [
    pytest.mark.real_input,
    pytest.mark.skipif(not MET.exists(), reason=f"no real input beside the project ({DATA.name} is not there)"),
]


def people_made() -> int:
    return Person.objects.as_system(because=WHY).exclude(kind=PersonKind.PLACEHOLDER).count()


def test_a_large_force_s_five_years(own_database):
    said = own_database.run("load", str(MET)).stdout
    load = Load.objects.get()
    assert (load.read, load.accepted, load.already_held, load.set_aside) == (58_129, 58_129, 0, 0)
    assert Matter.objects.as_system(because=WHY).count() == 31_271
    assert people_made() == 22_060
    assert len(load.figures["placeholders"]) == 2
    assert "Organisational" in said
    again = own_database.run("load", str(MET)).stdout
    assert "Nothing changed" in again
    assert Matter.objects.as_system(because=WHY).count() == 31_271


def test_two_hundred_thousand_allegations_and_their_officers(own_database):
    for path in (ALLEGATIONS, OFFICERS):
        process = own_database.start("-m", "peelian.cli.main", "load", str(path))  # no limit of time: a busy machine
        said, _ = process.communicate()
        assert process.returncode == 0, said
    figures = {load.source.key: load for load in Load.objects.select_related("source")}
    assert figures["chicago_allegations"].accepted == 208_713
    assert figures["chicago_officers"].accepted == 29_769
    assert Matter.objects.as_system(because=WHY).count() == 115_698
    assert people_made() == 29_769 + 7  # seven are named in allegations and not in the register
    assert Person.objects.as_system(because=WHY).filter(kind=PersonKind.OFFICER).count() == 29_769
