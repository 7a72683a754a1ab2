"""The loader refuses what is not sound, naming the file, the row, the field and the reason."""

import shutil
from pathlib import Path

import pytest

from peelian import statute

TABLES = Path(statute.__file__).parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path in TABLES.glob("*.toml"):
        shutil.copy(path, tmp_path / path.name)
    return tmp_path


CMP_02 = 'id = "CMP-02"\ntrack = "complaint"'
CONDUCT = '["complaint_s3", "conduct_matter", "recordable_conduct_matter", "dsi", "history"]'
REFUSED = {
    "a clock without law": ("clocks.toml", 'law = "SI 2020/2 reg 3"\n', "", "CMP-02", "law", "no law, no load"),
    "an unknown statutory instrument": (
        "clocks.toml",
        'law = "SI 2020/2 reg 3"',
        'law = "SI 1999/999 reg 3"',
        "CMP-02",
        "law",
        "SI 1999/999",
    ),
    "an unknown Act": ("clocks.toml", 'law = "SI 2020/2 reg 3"', 'law = "Fish Act 1999 s1"', "CMP-02", "law", "Act"),
    "a second part that names nothing": (
        "clocks.toml",
        'law = "SI 2020/2 reg 3"',
        'law = "SI 2020/2 reg 3; folklore"',
        "CMP-02",
        "law",
        "folklore",
    ),
    "an unknown unit": ("clocks.toml", 'unit = "working_days"', 'unit = "fortnights"', "CMP-05", "unit", "fortnights"),
    "an unknown count": (
        "clocks.toml",
        'count_from = "day_after"',
        'count_from = "whenever"',
        "CMP-03",
        "count_from",
        "whenever",
    ),
    "an unknown direction": (
        "clocks.toml",
        'direction = "before"',
        'direction = "sideways"',
        "PRO-12",
        "direction",
        "sideways",
    ),
    "a number that is text": ("clocks.toml", "length = 28", 'length = "28"', "CMP-03", "length", "whole number"),
    "a number of nought": ("clocks.toml", "length = 28", "length = 0", "CMP-03", "length", "above nought"),
    "a missing first day": (
        "clocks.toml",
        'on_breach = "As CMP-03."\nin_force_from = 2020-02-01',
        'on_breach = "As CMP-03."',
        "CMP-04",
        "in_force_from",
        "no first day, no load",
    ),
    "a first day that is text": (
        "clocks.toml",
        "in_force_from = 2014-10-01",
        'in_force_from = "2014"',
        "CMP-11",
        "in_force_from",
        "must be a date",
    ),
    "two rows for one day": (
        "clocks.toml",
        CMP_02,
        'id = "CMP-01"\ntrack = "x"',
        "CMP-01",
        "in_force_from",
        "two rows",
    ),
    "a span that ends before it begins": (
        "clocks.toml",
        "in_force_from = 2021-05-31",
        "in_force_from = 2021-05-31\nin_force_to = 2021-05-31",
        "CMP-16",
        "in_force_to",
        "after in_force_from",
    ),
    "an outcome with an unknown instrument": (
        "outcomes.toml",
        'law = "SI 2020/4 reg 42(2)"',
        'law = "SI 2031/4 reg 42(2)"',
        "validation OUT-V1",
        "law",
        "SI 2031/4",
    ),
    "two outcomes of one code": (
        "outcomes.toml",
        'code = "D-RPRP"',
        'code = "D-NIL"',
        "D-NIL",
        "in_force_from",
        "two rows",
    ),
    "a table without a first day": (
        "access.toml",
        "in_force_from = 2018-05-25",
        "",
        "regime part3",
        "in_force_from",
        "must be given",
    ),
    "a form that stands for two instruments": (
        "instruments.toml",
        'forms = ["SI 2024/521"]',
        'forms = ["SI 2020/1"]',
        "SI 2024/521",
        "forms",
        "already stands for",
    ),
    "an instrument without a first day": (
        "instruments.toml",
        "in_force_from = 2024-05-07\n",
        "",
        "SI 2024/521",
        "in_force_from",
        "must be given",
    ),
    "a holiday past the reach of the table": (
        "holidays.toml",
        "reaches_to = 2029-01-01",
        "reaches_to = 2028-12-26",
        "holiday 2028-12-26",
        "day",
        "within the reach",
    ),
    "an unknown division": ("holidays.toml", '"scotland"', '"cornwall"', "holiday 2012-01-02", "divisions", "cornwall"),
    "an event nobody defined": (
        "events.toml",
        'starts = ["complaint_recorded"]',
        'starts = ["complaint_filed"]',
        "CMP-02",
        "starts",
        "complaint_filed",
    ),
    "an unknown place inside the force": (
        "events.toml",
        'capacity = "assessor"',
        'capacity = "oracle"',
        "INV-01",
        "capacity",
        "oracle",
    ),
    "a clock that no event drives": (
        "events.toml",
        'clock = "INF-06"',
        'clock = "INF-05"',
        "INF-05",
        "clock",
        "two rows",
    ),
    "a driven clock that no table holds": (
        "events.toml",
        'clock = "INF-06"',
        'clock = "INF-66"',
        "INF-66",
        "clock",
        "not in clocks.toml",
    ),
    "a mark that is neither true nor false": (
        "clocks.toml",
        'evidence = "S"\nseen = false',
        'evidence = "S"\nseen = "no"',
        "working_day working_day",
        "seen",
        "true or false",
    ),
    "a number without a day to count from": (
        "clocks.toml",
        'count_from = "day_after"',
        'count_from = "none"',
        "CMP-03",
        "count_from",
        "needs a day to count from",
    ),
    "forms that are no list": (
        "instruments.toml",
        'forms = ["SI 2024/521"]',
        'forms = "SI 2024/521"',
        "SI 2024/521",
        "forms",
        "list of texts",
    ),
    "an instrument twice": (
        "instruments.toml",
        'key = "SI 2024/521"',
        'key = "SI 2012/2632"',
        "SI 2012/2632",
        "key",
        "twice",
    ),
    "an edition without a first day": (
        "editions.toml",
        "in_force_from = 2024-05-07\n",
        "",
        "2024",
        "in_force_from",
        "must be given",
    ),
    "a table of holidays that does not say how far it reaches": (
        "holidays.toml",
        "reaches_to = 2029-01-01\n",
        "",
        "meta",
        "reaches_from",
        "from which day to which day",
    ),
    "a holiday of no division": (
        "holidays.toml",
        'divisions = ["england-and-wales", "scotland", "northern-ireland"]',
        "divisions = []",
        "holiday 2012-01-02",
        "divisions",
        "at least one",
    ),
    "an event twice": (
        "events.toml",
        'key = "complaint_received"',
        'key = "came_to_attention"',
        "came_to_attention",
        "key",
        "twice",
    ),
    "a clock that nothing starts": (
        "events.toml",
        'starts = ["complaint_recorded"]',
        "starts = []",
        "CMP-02",
        "starts",
        "at least one event",
    ),
    "a clock of no kind of matter": (
        "events.toml",
        f'capacity = "assessor"\nkinds = {CONDUCT}',
        'capacity = "assessor"\nkinds = []',
        "INV-01",
        "kinds",
        "at least one kind",
    ),
    "a clock for each person that names no part": (
        "events.toml",
        'owed_parts = ["complainant", "officer_concerned"]',
        "owed_parts = []",
        "CMP-02",
        "owed_parts",
        "to whom",
    ),
    "two citations for one clock where its law does not reach": (
        "events.toml",
        '"INV-08", "INV-09", "SUS-01"',
        '"INV-08", "INV-08", "SUS-01"',
        "otherwise",
        "clocks",
        "INV-08 has two rows",
    ),
    "a worker whom nobody knows": (
        "instruments.toml",
        'reaches = ["officer", "special_constable"]',
        'reaches = ["officer", "public"]',
        "SI 2020/4",
        "reaches",
        "unknown kind of worker 'public'",
    ),
    "two tables with one section": ("access.toml", "[[regime]]", "[[kind]]", "kind", "-", "another table"),
    "a file that is not TOML": ("matters.toml", "[meta]", "[meta", "-", "-", "not a TOML file"),
}


@pytest.mark.parametrize("what", REFUSED, ids=str)
def test_the_loader_refuses(folder: Path, what: str) -> None:
    file, old, new, row, field, reason = REFUSED[what]
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1))
    with pytest.raises(statute.UnsoundLaw) as refused:
        statute.load(folder)
    assert (refused.value.file, refused.value.row, refused.value.field) == (file, row, field)
    assert reason in refused.value.reason


def test_a_clock_left_without_a_row_of_events_is_refused(folder: Path) -> None:
    text = (folder / "events.toml").read_text()
    (folder / "events.toml").write_text(text[: text.rindex("[[drives]]")])
    with pytest.raises(statute.UnsoundLaw, match="no row says which events drive this clock"):
        statute.load(folder)


def test_a_proposed_clock_alone_may_lack_a_first_day(folder: Path) -> None:
    assert statute.load(folder).editions("PAT-04")[0].in_force_from is None
    text = (folder / "clocks.toml").read_text().replace('status = "proposed"', 'status = "live"')
    (folder / "clocks.toml").write_text(text)
    with pytest.raises(statute.UnsoundLaw, match="PAT-04, in_force_from"):
        statute.load(folder)


def test_the_tables_as_shipped_are_sound(folder: Path) -> None:
    assert len(statute.load(folder).clock_ids()) == 98
