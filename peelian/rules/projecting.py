"""From the part of a workforce that was checked to the whole: the share with its interval, scaled, with its warnings.

Source of the interval: Wilson 1927 (`shares.wilson`). It says how far chance alone may carry the share; the warnings
say what it cannot say.
"""

from dataclasses import dataclass

from peelian.rules.shares import Share, wilson

WARNINGS = (
    "Those who were checked first may not be a random part of the whole. The interval covers chance alone.",
    "One person can be in two rows: rows count findings, and their sum is not a number of people.",
)


@dataclass(frozen=True, slots=True)
class Projected:
    """`share` of those checked; `about`, `low`, `high`: how many that would be of `whole`; None where nobody was."""

    share: Share
    whole: int
    about: int | None
    low: int | None
    high: int | None


def projected(found: int, checked: int, whole: int) -> Projected:
    """Scale `found` of `checked` to `whole`. Raises ValueError where the whole is less than what was checked."""
    if whole < checked:
        raise ValueError(f"{whole:,} people cannot be the whole of which {checked:,} were checked")
    share = wilson(found, checked)
    if share.share is None or share.low is None or share.high is None:
        return Projected(share, whole, None, None, None)
    return Projected(share, whole, round(share.share * whole), round(share.low * whole), round(share.high * whole))
