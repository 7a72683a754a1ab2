"""The page of figures: what was measured is replaced, with its day and machine, and the rest stays as it was."""

from pathlib import Path
from typing import Any

import pytest

from benchmarks import ranking, run
from benchmarks.figures import machine


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    page = tmp_path / "performance.md"
    monkeypatch.setattr(run, "PAGE", page)
    return page


def measuring(value: str, fails: str = "") -> Any:
    """Instead of running a benchmark: one figure of this value; the benchmark named in `fails` fails."""

    def measured(name: str) -> dict[str, Any] | None:
        figures = [{"what": "a page", "value": value, "aim": "quick"}]
        return None if name == fails else {"title": f"About {name}", "note": "A note.", "figures": figures}

    return measured


def test_a_section_is_replaced_and_the_others_are_kept(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "measured", measuring("1 ms"))
    assert run.main(["pages", "clocks"]) == 0
    before = run.sections()
    monkeypatch.setattr(run, "measured", measuring("2 ms"))
    assert run.main(["pages"]) == 0
    after = run.sections()
    assert list(after) == ["clocks", "pages"]
    assert after["clocks"] == before["clocks"]
    assert "| a page | 2 ms | quick |" in after["pages"]
    assert "1 ms" not in after["pages"]
    assert written.read_text().startswith("# Performance\n")


def test_a_section_says_on_which_day_and_machine_it_was_measured(
    written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "measured", measuring("1 ms"))
    run.main(["pages"])
    last = run.sections()["pages"].splitlines()[-1]
    assert last.startswith("Measured on 20")
    assert last.endswith(f"{machine()}.")


def test_what_fails_is_told_and_leaves_its_section_alone(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "measured", measuring("1 ms"))
    run.main(["pages"])
    before = written.read_text()
    monkeypatch.setattr(run, "measured", measuring("2 ms", fails="pages"))
    assert run.main(["pages"]) == 1
    assert written.read_text() == before


def test_every_benchmark_is_found() -> None:
    assert {"pages", "clocks", "journal", "load", "commands"} <= set(run.names())


def test_quality_is_counted_as_on_paper() -> None:
    truth = {("a", "1"), ("b", "2"), ("c", "3"), ("d", "4")}
    weighed = {("a", "1"): 9.0, ("b", "2"): 8.0, ("a", "2"): 8.0, ("c", "3"): 1.0, ("x", "9"): 0.5}
    found = ranking.quality(weighed, truth)
    # 3 of 4 are reached; best at 1.0 and above: 4 taken, 3 true: 2 × 3 / (4 + 4)
    assert (found.reach, found.best_f1, found.precision, found.recall) == (0.75, 0.75, 0.75, 0.75)
    assert ranking.recall_at(weighed, truth, 0.5) == 0.25, (
        "of a-1 and a-2, which weighs as much as b-2 and stands first"
    )
    assert ranking.recall_at(weighed, truth, 1) == 0.75
    assert ranking.one_way([("2", "1", 3.0), ("1", "2", 4.0), ("1", "1", 9.0)]) == {("1", "2"): 4.0}
