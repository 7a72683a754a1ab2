"""Column maps: small TOML files, one for each source; the shipped ones lie beside this file."""

from peelian.feeds.maps.column_map import (
    Column,
    ColumnMap,
    FileHints,
    Order,
    Unmapped,
    fingerprint,
    fold,
)
from peelian.feeds.maps.known import known_maps, load_map, map_named, maps_fitting
from peelian.feeds.maps.parsing import parse_map

__all__ = [
    "Column",
    "ColumnMap",
    "FileHints",
    "Order",
    "Unmapped",
    "fingerprint",
    "fold",
    "known_maps",
    "load_map",
    "map_named",
    "maps_fitting",
    "parse_map",
]
