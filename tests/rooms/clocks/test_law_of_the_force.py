"""A force's own dated numbers reach the duties of its matters, from the day they hold and not before."""

from datetime import date, datetime
from pathlib import Path

import pytest

from peelian.clocks import queries
from peelian.clocks.law import law
from peelian.statute import UnsoundLaw
from tests import worlds

pytestmark = pytest.mark.django_db
SHORTER = """
[[clock]]
id = "CMP-03"
length = 21
in_force_from = {first}
law = "local"
checked_by = "Head of complaints"
checked_on = 2026-10-01
"""


@pytest.fixture
def law_folder(tmp_path: Path, settings: pytest.FixtureRequest) -> Path:
    settings.PEELIAN_HOME = tmp_path
    folder = tmp_path / "law"
    folder.mkdir()
    return folder


def first_update(at: datetime, came: date) -> tuple[date | None, str]:
    handler = worlds.user(at, "Hana Handler", "assessor", unit_ref=worlds.unit(at))
    caller = worlds.member_of_the_public(at, "Lee")
    ref = worlds.open_complaint(handler.viewer, came, complainants=(caller,))
    row = next(row for row in queries.matter_duties(handler.viewer, ref, at.date()).open if row.clock == "CMP-03")
    return row.due_on, " ".join(row.because)


def test_the_forces_own_number_governs_from_its_day(at: datetime, law_folder: Path) -> None:
    (law_folder / "ours.toml").write_text(SHORTER.format(first="2026-11-01"))
    due, working = first_update(at, date(2026, 11, 2))
    assert due == date(2026, 11, 23)  # day 1 is 3 November, day 21 is 23 November
    assert "Head of complaints" in working


def test_before_its_day_the_products_number_governs(at: datetime, law_folder: Path) -> None:
    (law_folder / "ours.toml").write_text(SHORTER.format(first="2026-11-10"))
    due, _ = first_update(at, date(2026, 11, 2))
    assert due == date(2026, 11, 30)  # 28 days


def test_a_file_without_its_law_is_refused_by_name(law_folder: Path) -> None:
    (law_folder / "ours.toml").write_text(SHORTER.format(first="2026-11-10").replace('law = "local"\n', ""))
    with pytest.raises(UnsoundLaw, match=r"ours\.toml.*CMP-03.*law"):
        law()
