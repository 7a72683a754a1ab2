"""How much of what there is to find the judging has found, from a random sample of what nobody had judged.

In: counts of the pairs as they stood when the sample was drawn, and what was judged of them since. Out: how many hits
have been found, how many are still missed, and the share found (recall), each with an interval. The sample is drawn at
one chance for every pair that nobody had judged, so its share of hits, with the exact interval of Clopper and Pearson
(1934), is theirs; a pair of the sample that is not decided counts as no hit for the one end and as a hit for the other.

Sources: Clopper and Pearson 1934 (`shares.exact`); sampling what was set aside to estimate what was missed, as in
D. D. Lewis and others, "Certifying one-phase technology-assisted reviews", CIKM 2021 (elusion and recall).
"""

from dataclasses import dataclass

from peelian.rules.shares import EXACT, exact

SOURCE = f"{EXACT}, on a random sample of the pairs that nobody had judged"


@dataclass(frozen=True, slots=True)
class Counts:
    """Pairs by how they stood when the sample was drawn.

    Of those judged then `found_before` are hits, and `open_before` are unsure or wait for a second person. `left`:
    those not judged then, the sample among them; of them `found_since` are hits by now, and `open_still` are not
    decided. `drawn`: the sample; of it `drawn_hits` are hits, and `drawn_open` are not decided.
    """

    found_before: int
    left: int
    found_since: int
    open_still: int
    drawn: int
    drawn_hits: int
    drawn_open: int
    open_before: int = 0


@dataclass(frozen=True, slots=True)
class Reached:
    """`found`: hits so far. `missed`: hits that are still to be found, and `recall`: found of all, each with its ends.

    The middle ones are None until the whole sample is decided, and all of them where nothing was drawn.
    """

    found: int
    missed: float | None
    missed_low: float | None
    missed_high: float | None
    recall: float | None
    recall_low: float | None
    recall_high: float | None
    because: tuple[str, ...]


def reached(counts: Counts) -> Reached:
    """What recall the judged part has reached, with its 95% interval. Raises ValueError for counts that cannot be."""
    found = counts.found_before + counts.found_since
    if not counts.left:
        whole = 1.0 if found else None
        return Reached(found, 0.0, 0.0, 0.0, whole, whole, whole, ("Nothing was left unjudged when it was drawn.",))
    if not counts.drawn:
        return Reached(found, *(None,) * 6, ("Nothing was drawn of what was left: draw a larger share.",))
    low = exact(counts.drawn_hits, counts.drawn).low or 0.0
    high = exact(counts.drawn_hits + counts.drawn_open, counts.drawn).high or 0.0
    share = None if counts.drawn_open else counts.drawn_hits / counts.drawn
    missed_low, missed_high = _still(counts, low), _still(counts, high) + counts.open_before
    missed = None if share is None else _still(counts, share)
    return Reached(
        found,
        missed,
        missed_low,
        missed_high,
        None if missed is None else _of_all(found, missed),
        _of_all(found, missed_high),
        _of_all(found, missed_low),
        _because(counts, low, high),
    )


def _still(counts: Counts, share: float) -> float:
    """Hits still to be found among those left, at this share of hits: no fewer than none, no more than are open."""
    return min(max(share * counts.left - counts.found_since, 0.0), float(counts.open_still))


def _of_all(found: int, missed: float) -> float | None:
    return found / (found + missed) if found + missed else None


def _because(counts: Counts, low: float, high: float) -> tuple[str, ...]:
    decided = counts.drawn - counts.drawn_open
    said = [
        f"{counts.left:,} pairs were left when it was drawn; {counts.drawn:,} of them were drawn, {decided:,} of those"
        f" are decided, and {counts.drawn_hits:,} are hits.",
        f"So between {low:.2%} and {high:.2%} of the {counts.left:,} are hits ({EXACT}).",
        f"{counts.found_before:,} hits had been found before; {counts.found_since:,} were since, among those left.",
    ]
    if counts.open_before:
        said.append(
            f"{counts.open_before:,} that were judged by then are not decided: the high end of what is missed counts"
            " them as hits."
        )
    if counts.drawn_open:
        said.append(
            f"{counts.drawn_open:,} of the sample are not decided: each counts as no hit for the one end and as a hit"
            " for the other. The estimate between comes when all are."
        )
    return tuple(said)
