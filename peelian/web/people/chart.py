"""A person's chronology as a picture: where each bar, point and word of the SVG stands. No query, no markup.

In: the entries of a chronology and the day. Out: a frozen chart that `people/_chart.html` draws with classes only.
Time runs from left to right. A bar whose end is not known, or has not come, is drawn open: an outline with a point.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from peelian.clocks.rows import ChronologyEntry
from peelian.terms.known_dates import date_words

WIDTH = 1100
LEFT = 130  # where time begins; the names of the lanes stand before it
RIGHT = WIDTH - 24
TOP = 30
ROW = 24
BAR = 18
LETTER = 6.9  # width of one letter, about
MOST_ROWS = 30  # rows of one lane; what does not fit stands in the list
LONGEST_LABEL = 34
SHORTEST = 12  # of a bar
LANES = (
    ("Ranks", frozenset({"rank", "joined", "left"})),
    ("Postings", frozenset({"posting"})),
    ("Accreditations", frozenset({"accreditation"})),
    ("Restrictions", frozenset({"restriction"})),
    ("Matters", frozenset({"matter"})),
    ("Entries", frozenset({"allegation", "event"})),
    ("Records", frozenset({"record"})),
)
POINTS = frozenset({"joined", "left", "allegation", "event", "closed", "record"})
STEPS = (1, 2, 5, 10, 20, 50)
MOST_TICKS = 12


@dataclass(frozen=True, slots=True)
class Mark:
    """A bar (`path`) or a point (`path` empty: a circle about `x`, `y`), with its words where there is room."""

    kind: str
    x: float
    y: float
    path: str
    shape: str  # the classes of its shape
    label: str
    label_x: float
    label_y: float
    anchor: str
    label_class: str
    says: str


@dataclass(frozen=True, slots=True)
class Lane:
    words: str
    y: float
    height: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """`left_out`: how many entries found no room. `says`: the picture in words."""

    height: float
    lanes: tuple[Lane, ...]
    years: tuple[tuple[float, str], ...]
    today: float
    says: str
    left_out: int
    width: int = WIDTH
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP


@dataclass(frozen=True, slots=True)
class Scale:
    first: date
    last: date

    def at(self, day: date) -> float:
        whole = (self.last - self.first).days
        part = (min(max(day, self.first), self.last) - self.first).days / whole
        return round(LEFT + part * (RIGHT - LEFT), 1)


def chart_of(entries: Sequence[ChronologyEntry], today: date) -> Chart | None:
    """The picture of dated entries on a day; None where there is nothing to draw."""
    drawn = [entry for entry in entries if entry.on is not None or entry.until is not None]
    if not drawn:
        return None
    days = [day for entry in drawn for day in (entry.on.earliest if entry.on else None, entry.until) if day]
    first = date(min(days).year, 1, 1)
    last = max(*days, today) + timedelta(days=60)
    scale = Scale(first, last)
    lanes: list[Lane] = []
    y, left_out = float(TOP), 0
    for words, kinds in LANES:
        own = [entry for entry in drawn if entry.kind in kinds]
        if not own:
            continue
        marks, rows, missing = _placed(own, scale, today, y)
        left_out += missing
        height = rows * ROW + 10
        lanes.append(Lane(words, y, height, marks))
        y += height
    return Chart(y + 6, tuple(lanes), _years(scale), scale.at(today), _says(drawn, today), left_out)


def _placed(
    entries: Iterable[ChronologyEntry], scale: Scale, today: date, top: float
) -> tuple[tuple[Mark, ...], int, int]:
    """Marks row under row so that neither bars nor their words meet; how many rows; how many found no room."""
    ends: list[float] = []
    marks: list[Mark] = []
    missing = 0
    for entry in sorted(
        entries, key=lambda one: (_start(one), one.until or date.max, one.kind, one.title, one.matter_ref)
    ):
        x, until, takes = _reach(entry, scale, today)
        begins = min(x, takes[0])
        row = next((number for number, end in enumerate(ends) if end <= begins), len(ends))
        if row == MOST_ROWS:
            missing += 1
            continue
        if row == len(ends):
            ends.append(0.0)
        ends[row] = max(until, takes[1])
        marks.append(_mark(entry, x, until, top + 5 + row * ROW, today))
    return tuple(marks), len(ends), missing


def _start(entry: ChronologyEntry) -> date:
    return entry.on.earliest if entry.on else entry.until or date.max


def _is_open(entry: ChronologyEntry, today: date) -> tuple[bool, bool]:
    """Whether the start is not known to the day, and whether the end is not known or has not come."""
    return entry.on is None or not entry.on.is_exact, entry.until is None or entry.until > today


def _reach(entry: ChronologyEntry, scale: Scale, today: date) -> tuple[float, float, tuple[float, float]]:
    """Where the shape begins and ends, and from where to where its words reach."""
    if entry.kind in POINTS:
        x = scale.at(_start(entry))
        begins, ends = x - 6, x + 6
    else:
        begins = scale.at(entry.on.earliest) if entry.on else float(LEFT)
        last = begins if entry.end_unknown else scale.at(entry.until or max(today, _start(entry)))
        ends = max(last, begins + SHORTEST)
    words = _label(entry)
    room = len(words) * LETTER
    if entry.kind not in POINTS and room + 16 <= ends - begins:
        return begins, ends, (begins, ends)
    if ends + room + 6 <= RIGHT + 20:
        return begins, ends, (begins, ends + 12 + room)
    return begins, ends, (max(begins - 12 - room, 0), ends)


def _label(entry: ChronologyEntry) -> str:
    words = " ".join(entry.title.split())
    if entry.force:
        words = f"{entry.force}: {words}"
    return words if len(words) <= LONGEST_LABEL else words[: LONGEST_LABEL - 1].rstrip() + "…"


def _mark(entry: ChronologyEntry, x: float, until: float, y: float, today: date) -> Mark:
    words = _label(entry)
    room = len(words) * LETTER
    inside = entry.kind not in POINTS and room + 16 <= until - x
    open_start, open_end = _is_open(entry, today)
    is_open = open_start or open_end
    if inside:
        label_x, anchor = x + 8, "start"
    elif until + room + 6 <= RIGHT + 20:
        label_x, anchor = until + 6, "start"
    else:
        label_x, anchor = x - 6, "end"
    if entry.kind in POINTS:
        path, shape = "", "point" if entry.kind == "event" else "point point--plain"
    else:
        path = _bar(x, until, y, open_start, open_end)
        shape = f"span span--{entry.kind}" + (" span--open" if is_open else "")
    return Mark(
        kind=entry.kind,
        x=x + 6 if entry.kind in POINTS else x,
        y=y + BAR / 2,
        path=path,
        shape=shape,
        label=words,
        label_x=round(label_x, 1),
        label_y=y + 13,
        anchor=anchor,
        label_class="on-span" if inside and not is_open else "beside",
        says=f"{entry.title}: {span_words(entry)}",
    )


def _bar(x: float, until: float, y: float, open_start: bool, open_end: bool) -> str:
    """The outline of a bar, with a point at each end that is open."""
    tip = min(7.0, (until - x) / 2)
    middle, bottom = y + BAR / 2, y + BAR
    start = f"M{x + tip:.1f} {bottom:.1f}L{x:.1f} {middle:.1f}L{x + tip:.1f} {y:.1f}"
    if not open_start:
        start = f"M{x:.1f} {bottom:.1f}L{x:.1f} {y:.1f}"
    end = f"L{until - tip:.1f} {y:.1f}L{until:.1f} {middle:.1f}L{until - tip:.1f} {bottom:.1f}Z"
    if not open_end:
        end = f"L{until:.1f} {y:.1f}L{until:.1f} {bottom:.1f}Z"
    return start + end


def _years(scale: Scale) -> tuple[tuple[float, str], ...]:
    years = range(scale.first.year, scale.last.year + 1)
    step = next((one for one in STEPS if len(years) <= one * MOST_TICKS), STEPS[-1])
    return tuple((scale.at(date(year, 1, 1)), str(year)) for year in years if (year - scale.first.year) % step == 0)


def span_words(entry: ChronologyEntry) -> str:
    """When, in words: one day, or from when to when; what is not known is said."""
    if entry.on is None and entry.until is None:
        return "day not known"
    start = entry.on.words if entry.on else "a day not known"
    if entry.kind in POINTS:
        return start
    if entry.until is None and entry.end_unknown:
        return f"from {start}, end not known"
    if entry.until is None:
        return f"from {start}, {'still open' if entry.kind == 'matter' else 'still so as far as is known'}"
    return f"from {start} until {date_words(entry.until)}"


def _says(entries: Sequence[ChronologyEntry], today: date) -> str:
    days = [_start(entry) for entry in entries]
    parts = []
    for words, kinds in LANES:
        number = sum(entry.kind in kinds for entry in entries)
        if number:
            parts.append(f"{words.lower()}: {number}")
    return (
        f"A timeline from {min(days).year} to {today.year}, one lane for each of: {'; '.join(parts)}. "
        "Everything drawn stands in the list before it, with its dates."
    )
