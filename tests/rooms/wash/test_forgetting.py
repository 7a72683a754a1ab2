"""A store that forgets who left and a source whose basis ended: in its pairs, in its file, and the coverage adds up."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from peelian.wash.building import build
from peelian.wash.erasing import forget_for_good, write_anew
from peelian.wash.errors import WashError
from peelian.wash.manifest import load_manifest
from peelian.wash.model import load_model
from peelian.wash.nightly import nightly
from peelian.wash.reporting import report, write_pairs
from peelian.wash.running import run
from peelian.wash.store import FILE, opened
from tests.rooms.wash.files import BASIS, ON, csv_file, manifest
from tests.rooms.wash.test_nightly import ADA, ADAS, CROWD, LEN, LENDER, LENT

WHAT = "SELECT person_id, source, record_id, round(weight, 6), band, pass FROM pair ORDER BY ALL"
ENDS = date(2026, 12, 1)  # the basis of the second source
OTHER = '[[source]]\nid = "other"\ntitle = "Another force"\npath = "other.csv"\n' + BASIS.replace(
    "2027-03-31", "2026-11-30"
)


def washed(folder: Path, people: list[dict[str, str]], *, other: bool) -> Path:
    """A store over the records and, where `other`, a second source whose basis ends before the first's."""
    folder.mkdir()
    csv_file(folder / "people.csv", people)
    csv_file(folder / "records.csv", [ADAS, LENT, *CROWD])
    csv_file(folder / "other.csv", [LENDER, {"full_name": "Nobody", "part": "suspect"}])
    with opened(folder / "store", make=True) as store:
        build(store, load_manifest(manifest(folder, more=OTHER if other else "")), on=ON)
        run(store, load_model())
    return folder / "store"


def test_what_is_forgotten_is_as_if_it_had_never_been_washed(tmp_path: Path) -> None:
    held = washed(tmp_path / "held", [LEN, ADA], other=True)
    never = washed(tmp_path / "never", [LEN], other=False)
    with opened(held) as store:
        before = store.rows(WHAT)
        assert {"E-ADA", "E-LEN"} == {row[0] for row in before}
        assert {"other", "pnd"} == {row[1] for row in before}
        gone = forget_for_good(store, people=["E-ADA"], on=ENDS)
        after = store.rows(WHAT)
        write_pairs(store)
        said = report(store)
    assert (gone.people, gone.records, gone.sources, gone.pairs) == (1, 1, ("Another force",), len(before) - len(after))
    with opened(never) as store:
        assert after == store.rows(WHAT), "what the second source lent is lent no more"
    assert [one["state"] for one in said["sources"]] == ["refused", "washed"]
    assert said["sources"][0]["reason"] == "its approval ended on 30 November 2026"
    assert said["people"]["people"] == 1


def test_nothing_of_them_is_left_in_the_file_and_the_next_night_goes_on(tmp_path: Path) -> None:
    held = washed(tmp_path / "held", [LEN, ADA], other=True)
    with opened(held) as store:
        forget_for_good(store, people=["E-ADA"], on=ENDS)
        numbers = store.rows("SELECT owner, person_id FROM person ORDER BY 1")
        forms = {int(number) for (number,) in store.rows("SELECT form_no FROM record_key")}
    copied = [np.fromfile(path, dtype=np.uint32) for path in held.glob("postings-*/*.forms")]
    assert {int(number) for several in copied for number in several} == forms, "nor in the sorted keys"
    write_anew(held)
    assert b"E-ADA" not in (held / FILE).read_bytes()
    assert not (held / f"{FILE}.anew").exists()
    folder = held.parent
    csv_file(folder / "joins.csv", [{**ADA, "person_id": "E-NEW"}])
    told = folder / "night.toml"
    told.write_text(f'[people]\npath = "joins.csv"\n{BASIS}\n[[source]]\nid = "pnd"\n{BASIS}', encoding="utf-8")
    with opened(held) as store:
        assert store.rows("SELECT owner, person_id FROM person ORDER BY 1") == numbers
        night = nightly(store, load_manifest(told), on=ENDS)
        assert (night.new_people, night.appeared) == (1, 1)
        report(store)


def test_killed_while_it_forgets_nothing_was_forgotten(tmp_path: Path) -> None:
    held = washed(tmp_path / "held", [LEN, ADA], other=True)

    def stopped(_done: int, _total: int | None, message: str) -> None:
        if message == "grading":
            raise KeyboardInterrupt

    with opened(held) as store:
        before = store.rows(WHAT)
        with pytest.raises(KeyboardInterrupt):
            forget_for_good(store, people=["E-ADA"], on=ENDS, listener=stopped)
        assert store.rows(WHAT) == before
        assert store.one("SELECT count(*) FROM source WHERE state = 'washed'") == 2


def test_before_a_run_there_is_nothing_to_forget(tmp_path: Path) -> None:
    with opened(tmp_path / "store", make=True) as store, pytest.raises(WashError, match="Nothing was washed"):
        forget_for_good(store, people=[], on=ENDS)
