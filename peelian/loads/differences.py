"""What a later file says differently, field by field."""

from peelian.loads.lines import Said


def difference(before: Said, now: Said) -> Said:
    """What had been said in the fields that are different now; None for a field that was not there."""
    return {name: before.get(name) for name in sorted({*before, *now}) if before.get(name) != now.get(name)}
