"""Readers: a file of any kind that feeds know, as typed rows in batches."""

from peelian.feeds.readers.opening import READABLE
from peelian.feeds.readers.reading import BATCH, inspect, map_for, read

__all__ = ["BATCH", "READABLE", "inspect", "map_for", "read"]
