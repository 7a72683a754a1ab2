"""The picture of a chronology: what is drawn where, and what is drawn open."""

from datetime import date

from peelian.clocks.rows import ChronologyEntry
from peelian.terms.known_dates import KnownDate
from peelian.web.people import chart
from peelian.web.people.chart import Chart, Mark, chart_of, span_words

TODAY = date(2026, 11, 23)


def entry(kind: str, title: str, on: KnownDate | None, until: date | None = None, **more: object) -> ChronologyEntry:
    return ChronologyEntry(on, until, kind, title, "", **more)  # type: ignore[arg-type]  # drawn tables of facts


def drawn(*entries: ChronologyEntry) -> Chart:
    found = chart_of(entries, TODAY)
    assert found is not None
    return found


def marks(found: Chart) -> dict[str, Mark]:
    return {mark.label: mark for lane in found.lanes for mark in lane.marks}


def test_nothing_with_a_date_is_no_picture() -> None:
    assert chart_of([], TODAY) is None
    assert chart_of([entry("matter", "Undated", None)], TODAY) is None


def test_each_kind_stands_in_its_lane_and_empty_lanes_are_left_out() -> None:
    found = drawn(
        entry("matter", "Rude", KnownDate(date(2020, 5, 1)), date(2020, 9, 1)),
        entry("rank", "Sergeant", KnownDate(date(2012, 4, 2))),
        entry("joined", "Joined", KnownDate.of(2006, 9)),
        entry("event", "Notice served", KnownDate(date(2020, 6, 1))),
    )
    assert [lane.words for lane in found.lanes] == ["Ranks", "Matters", "Entries"]
    assert [mark.label for mark in found.lanes[0].marks] == ["Joined", "Sergeant"]


def test_a_span_that_is_known_is_filled_and_one_that_is_not_is_an_outline() -> None:
    found = marks(
        drawn(
            entry("posting", "Known", KnownDate(date(2010, 1, 4)), date(2015, 1, 5)),
            entry("posting", "Going on", KnownDate(date(2015, 1, 5))),
            entry("posting", "Since some month", KnownDate.of(2008, 2), date(2009, 1, 1)),
            entry("posting", "Since nobody knows when", None, date(2008, 2, 1)),
        )
    )
    assert "span--open" not in found["Known"].shape
    for words in ("Going on", "Since some month", "Since nobody knows when"):
        assert "span--open" in found[words].shape


def test_a_matter_that_may_have_ended_is_not_drawn_as_if_it_ran_until_today() -> None:
    old = KnownDate(date(2001, 1, 1))
    found = marks(drawn(entry("matter", "Running", old), entry("matter", "History", old, end_unknown=True)))

    def end(mark: Mark) -> float:
        return max(float(pair.split()[0]) for pair in mark.path.strip("MZ").split("L"))

    assert end(found["Running"]) > end(found["History"]) + 500
    assert end(found["History"]) == found["History"].x + chart.SHORTEST


def test_a_matter_of_another_force_names_it() -> None:
    found = drawn(entry("matter", "Rude", KnownDate(date(2020, 5, 1)), force="Essex"))
    assert "Essex: Rude" in marks(found)


def test_marks_that_meet_stand_in_rows_of_their_own_and_those_too_many_are_counted() -> None:
    day = KnownDate(date(2020, 5, 1))
    many = [entry("matter", f"Matter {number:02}", day, date(2020, 9, 1)) for number in range(chart.MOST_ROWS + 3)]
    found = drawn(*many)
    heights = [mark.y for mark in found.lanes[0].marks]
    assert len(set(heights)) == len(heights) == chart.MOST_ROWS
    assert found.left_out == 3


def test_spans_that_follow_each_other_share_a_row() -> None:
    found = drawn(
        entry("rank", "Constable", KnownDate(date(2006, 1, 1)), date(2013, 1, 1)),
        entry("rank", "Sergeant", KnownDate(date(2013, 1, 1)), date(2020, 1, 1)),
    )
    assert len({mark.y for mark in found.lanes[0].marks}) == 1


def test_every_word_and_shape_stays_inside_the_picture() -> None:
    found = drawn(
        entry("posting", "W" * 60, KnownDate(date(2026, 11, 1))),
        entry("posting", "First of all", KnownDate(date(1986, 1, 1)), date(1986, 2, 1)),
    )
    for mark in marks(found).values():
        width = len(mark.label) * chart.LETTER
        begins = mark.label_x - width if mark.anchor == "end" else mark.label_x
        assert begins >= 0
        assert begins + width <= found.width
    assert all(0 <= x <= found.width for x, _ in found.years)


def test_the_picture_says_in_words_what_it_shows() -> None:
    found = drawn(
        entry("matter", "Rude", KnownDate(date(2020, 5, 1))), entry("posting", "North", KnownDate(date(2012, 5, 1)))
    )
    assert found.says.startswith("A timeline from 2012 to 2026")
    assert "postings: 1; matters: 1" in found.says


def test_when_is_said_in_words() -> None:
    day = KnownDate(date(2020, 5, 1))
    assert span_words(entry("posting", "x", day, date(2021, 1, 4))) == "from 1 May 2020 until 4 January 2021"
    assert span_words(entry("posting", "x", None, date(2021, 1, 4))) == "from a day not known until 4 January 2021"
    assert span_words(entry("matter", "x", day, end_unknown=True)) == "from 1 May 2020, end not known"
    assert span_words(entry("matter", "x", day)) == "from 1 May 2020, still open"
    assert span_words(entry("rank", "x", day)) == "from 1 May 2020, still so as far as is known"
    assert span_words(entry("event", "x", day)) == "1 May 2020"
    assert span_words(entry("matter", "x", None)) == "day not known"
