"""What the tables hold, by key and by day."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from peelian import statute
from peelian.statute.citations import provisions

TABLES = ("matters", "standards", "referral", "clocks", "outcomes", "categories", "access")
HERE = Path(statute.__file__).parent
SHARED = Path(__file__).parents[4] / "shared" / "domain"
ADDED = {"in_force_from", "in_force_to", "saving", "law"}


def test_the_questions_of_the_brief_have_answers() -> None:
    assert statute.clock("CMP-03", on=date(2025, 4, 11)).length == 28
    assert {row.key for row in statute.table("disciplinary")} >= {"D-DISM", "D-FWW", "D-WW"}
    assert statute.table("standard")[0]["title"] == "Honesty and Integrity"
    assert len(statute.table("kind")) == 8
    assert [row.key for row in statute.categories()][:3] == ["A", "A1", "A2"]
    assert len(statute.editions("CMP-03")) == 1
    assert len(statute.clocks()) == 98
    assert "SI 2020/2" in {one.key for one in statute.instruments()}
    assert "update_given" in {one.key for one in statute.events()}


def test_an_unknown_clock_or_table_raises() -> None:
    with pytest.raises(statute.UnknownClock):
        statute.clock("CMP-99", on=date(2025, 1, 1))
    with pytest.raises(statute.UnknownTable):
        statute.table("nothing")
    with pytest.raises(statute.UnknownTable):
        statute.product().row("kind", "nothing")


@pytest.mark.parametrize(
    ("clock", "before", "first"),
    [
        ("CMP-03", date(2020, 1, 31), date(2020, 2, 1)),
        ("CMP-11", date(2014, 9, 30), date(2014, 10, 1)),
        ("LST-01", date(2017, 12, 14), date(2017, 12, 15)),
        ("INF-03", date(2004, 12, 31), date(2005, 1, 1)),
        ("VET-01", date(2025, 5, 13), date(2025, 5, 14)),
    ],
)
def test_a_clock_is_in_force_from_its_first_day_and_not_the_day_before(clock: str, before: date, first: date) -> None:
    assert statute.clock(clock, on=first).in_force_from == first
    with pytest.raises(statute.NotInForce):
        statute.clock(clock, on=before)


def test_a_proposed_clock_is_never_in_force() -> None:
    with pytest.raises(statute.NotInForce, match="proposed, not law"):
        statute.clock("PAT-04", on=date(2028, 1, 1))


@pytest.mark.parametrize(
    ("section", "key", "day", "held"),
    [
        ("disciplinary", "D-NFA", date(2025, 5, 27), True),
        ("disciplinary", "D-NFA", date(2025, 5, 28), False),
        ("disciplinary", "D-MA", date(2020, 1, 31), True),
        ("disciplinary", "D-MA", date(2020, 2, 1), False),
        ("complaint_action", "ACT-VET", date(2025, 5, 27), False),
        ("complaint_action", "ACT-VET", date(2025, 5, 28), True),
        ("other_outcome", "VET-DISM", date(2025, 5, 13), False),
        ("other_outcome", "VET-DISM", date(2025, 5, 14), True),
    ],
)
def test_a_row_is_held_on_the_days_the_law_gives_it(section: str, key: str, day: date, held: bool) -> None:
    assert (key in {row.key for row in statute.table(section, on=day)}) is held


def test_every_row_cites_an_instrument_and_says_whether_it_was_read() -> None:
    law = statute.product()
    rows = [row for section in law.sections.values() for row in section]
    assert all(row.citations for row in rows)
    assert all(isinstance(row.unverified, bool) for row in rows)
    assert any(row.unverified for row in rows)
    assert all(clock.citations for clock in law.clocks())
    assert sum(clock.unverified for clock in law.clocks()) == 43


def test_no_row_begins_before_the_first_instrument_it_cites() -> None:
    law = statute.product()
    early = []
    for row in [*law.clocks(), *(row for section in law.sections.values() for row in section)]:
        first = law.instruments[row.citations[0].instrument].in_force_from
        if row.in_force_from is not None and first is not None and row.in_force_from < first:
            early.append((row.law, row.in_force_from, first))
    assert early == []


def test_a_citation_is_read_down_to_its_provisions() -> None:
    clock = statute.clock("CMP-05", on=date(2025, 1, 1))
    assert [(one.instrument, provisions(one)) for one in clock.citations] == [("SI 2020/2", ("reg 34", "reg 33"))]
    listed = statute.clock("LST-03", on=date(2025, 1, 1)).citations
    assert [provisions(one) for one in listed] == [("s 88F", "s 88L"), ("reg 5", "reg 14")]
    part = statute.product().row("kind", "dsi").citations
    assert provisions(part[0])[0] == "s 12"
    assert "Sch 3 para 14D" in provisions(part[0])


NUMBERS = {  # what the words of a schedule say, so that a day can be computed
    "retention": {
        *("after_service_years", "by_itself", "categories", "factors", "for"),
        *("not_before_age", "outcomes", "review_years", "until_age"),
    }
}


@pytest.mark.real_input
@pytest.mark.parametrize("name", TABLES)
def test_the_products_copy_differs_from_the_shared_table_only_by_what_was_added(name: str) -> None:
    if not SHARED.is_dir():
        pytest.skip("the shared tables do not stand beside the project")
    shared = tomllib.loads((SHARED / f"{name}.toml").read_text())
    copied = tomllib.loads((HERE / f"{name}.toml").read_text())
    assert list(shared) == list(copied)
    for section, content in shared.items():
        ours = copied[section]
        if isinstance(content, dict):
            content, ours = [content], [ours]
        assert len(content) == len(ours)
        for theirs, mine in zip(content, ours, strict=True):
            assert {key: mine.get(key) for key in theirs} == theirs
            assert set(mine) - set(theirs) <= ADDED | NUMBERS.get(section, set())


def test_a_row_has_words_for_a_person() -> None:
    law = statute.product()
    assert law.row("disciplinary", "D-WW").title == "Written warning"
    assert law.row("validation", "OUT-V1").title.startswith("A meeting can give only")
    assert law.row("log_event", "collection").title == "collection"
    assert law.row("disciplinary", "D-WW").get("live_for_months") == 18
    assert law.row("harm_ground", "crime").unverified
