"""The maps at hand: those shipped with the product and those of a force's own folder."""

from collections.abc import Iterable
from pathlib import Path

from peelian.feeds.errors import MapError
from peelian.feeds.maps.column_map import ColumnMap
from peelian.feeds.maps.parsing import parse_map

_SHIPPED = Path(__file__).parent
_LARGEST = 1_000_000  # bytes; a map is a page of text


def load_map(path: Path | str) -> ColumnMap:
    """The map in a file. Raises MapError, naming the file, where it cannot be read or cannot stand."""
    path = Path(path)
    try:
        if path.stat().st_size > _LARGEST:
            raise MapError(path, "is too large to be a column map")
        return parse_map(path.read_text(encoding="utf-8-sig"), path.name)
    except OSError as fault:
        raise MapError(path, f"cannot be read: {fault.strerror}") from fault
    except UnicodeDecodeError as fault:
        raise MapError(path, "is not text in UTF-8") from fault


def known_maps(folders: Iterable[Path] = ()) -> list[ColumnMap]:
    """Every map of the force's own folders, then those shipped, each folder by file name.

    A force's map with the `source` of a shipped one stands in its place. Raises MapError for a folder's bad map or
    for two maps of one folder with one source.
    """
    found: dict[str, ColumnMap] = {}
    for folder in (*folders, _SHIPPED):
        here: dict[str, ColumnMap] = {}
        for path in sorted(folder.glob("*.toml")):
            column_map = load_map(path)
            if column_map.source in here:
                raise MapError(path, f"has the same source, `{column_map.source}`, as another map of its folder")
            here[column_map.source] = column_map
        found.update({source: one for source, one in here.items() if source not in found})
    return list(found.values())


def map_named(name: str, folders: Iterable[Path] = ()) -> ColumnMap | None:
    """The known map whose source or file stem is `name`; None where there is none."""
    return next((one for one in known_maps(folders) if name in (one.source, one.name)), None)


def maps_fitting(header: tuple[str, ...], maps: Iterable[ColumnMap]) -> list[ColumnMap]:
    """The maps that a file with this header fits, those with fewest columns left empty first."""
    fitting = [one for one in maps if one.fits(header)]
    return sorted(fitting, key=lambda one: len(one.columns))
