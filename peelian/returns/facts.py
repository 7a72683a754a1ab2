"""What stands of a return: the last fact of each kind. Shared by acts and questions."""

from collections.abc import Iterable, Mapping
from typing import Any

from peelian.clocks.law import law
from peelian.journal.queries import first_day
from peelian.returns.acts import JUDGED, WRITTEN
from peelian.returns.models import Fact
from peelian.rules.returns import Quarter, ReturnKind, quarters_ended
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer

Standing = Mapping[str, Any]  # what: the fact of that kind that nothing took the place of


def data_key(quarter: Quarter) -> str:
    return f"{ReturnKind.DATA.value}-{quarter.code}"


def bulletin_key(quarter: Quarter) -> str:
    return f"{ReturnKind.BULLETIN.value}-{quarter.code}"


def kind_of(return_key: str) -> ReturnKind:
    """Which kind a key is of: of a quarter by its prefix, else the reference of a super-complaint."""
    prefix = return_key.partition("-")[0]
    return ReturnKind(prefix) if prefix in ("data", "bulletin") else ReturnKind.SUPER_COMPLAINT


def quarter_in(return_key: str) -> Quarter:
    """The quarter of a key of quarterly data or of a bulletin. Raises NotFound for a key that names none."""
    found = Quarter.coded(return_key.partition("-")[2])
    if found is None:
        raise NotFound(f"return {return_key}")
    return found


def owed_quarters(viewer: Viewer) -> tuple[Quarter, ...]:
    """The quarters of which data are owed: those that ended since acts are recorded here and the clock is in force."""
    in_force = law().editions(ReturnKind.DATA.clock)[0].in_force_from
    since = first_day(viewer)
    return tuple(quarters_ended(max(since, in_force) if in_force else since, viewer.today))


def standing(return_keys: Iterable[str] | None = None) -> dict[str, dict[str, Any]]:
    """The last fact of each kind, withdrawn or not, of some returns or of all. One statement."""
    rows = Fact.objects.filter(corrected_by__isnull=True)
    if return_keys is not None:
        rows = rows.filter(return_key__in=list(return_keys))
    found: dict[str, dict[str, Any]] = {}
    for row in rows.order_by("return_key", "what"):
        found.setdefault(row.return_key, {})[row.what] = row
    return found


def stands(return_key: str, what: str) -> Any:
    """The fact of a kind that stands and was not withdrawn, or None."""
    return live(standing([return_key]).get(return_key, {}), what)


def live(held: Standing, what: str) -> Any:
    """As `stands`, from what was read."""
    found = held.get(what)
    return None if found is None or found.withdrawn else found


def verdict(held: Standing) -> Any:
    """What a second person said of the answer as last written, or None."""
    written, judged = live(held, WRITTEN), live(held, JUDGED)
    return judged if written is not None and judged is not None and judged.said["answer"] == written.ref else None


def approved(held: Standing) -> Any:
    """The verdict that approves the answer as last written, or None."""
    said = verdict(held)
    return said if said is not None and said.said["agreed"] == "Approved" else None
