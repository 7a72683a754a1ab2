"""How long things wait, where some wait still. Pure."""

from collections.abc import Iterable


def half_after(waits: Iterable[tuple[int, bool]]) -> int | None:
    """Days after which half have arrived; None where that cannot be said yet.

    `waits`: days waited, and whether it arrived then (else it waits still, or was given up). Kaplan and Meier (1958):
    those that wait still count among those at risk up to their day, so that slow ones do not drop out of the figure.
    """
    listed = sorted(waits)
    left, share = len(listed), 1.0
    for day in sorted({days for days, _ in listed}):
        at_day = [arrived for days, arrived in listed if days == day]
        share *= 1 - sum(at_day) / left
        if share <= 0.5 + 1e-12:
            return day
        left -= len(at_day)
    return None
