"""What every act on a return shares: what stands of it, one fact in the place of the last, the entry in the journal."""

from datetime import date
from typing import Any

from peelian.journal import actions as journal
from peelian.returns.acts import DOINGS, STARTS
from peelian.returns.facts import kind_of, standing
from peelian.returns.models import Fact
from peelian.rules.returns import ReturnKind
from peelian.statute import product
from peelian.terms.acts import Act, RecordKind
from peelian.terms.known_dates import date_words
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.typed import sound
from peelian.terms.viewer import Viewer

KEEP = Permission.KEEP_RETURNS


def law_of(kind: ReturnKind) -> str:
    """The provision under which a return is owed."""
    return product().editions_of[kind.clock][-1].law


def reference_of(typed: str) -> str:
    """The reference of what was sent or received, which must be given. Raises NotValid."""
    return sound("reference", typed, most=120, needed="Give the reference by which it can be found.")


def held_start(return_key: str, kind: ReturnKind) -> Any:
    """What started a return of this kind, withdrawn or not. Raises NotFound."""
    found = standing([return_key]).get(return_key, {}).get(STARTS[kind])
    if found is None or kind_of(return_key) is not kind:
        raise NotFound(f"return {return_key}")
    return found


def started(return_key: str, kind: ReturnKind) -> Any:
    """As `held_start`, of a return that stands. Raises NotAllowed for one that was recorded by mistake."""
    found = held_start(return_key, kind)
    if found.withdrawn:
        raise NotAllowed(Refusal(f"This did not happen: {DOINGS[found.what].words}. Record it first.", law_of(kind)))
    return found


def write(by: Viewer, return_key: str, what: str, on: date, said: dict[str, str], reasons: str) -> str:
    """One fact in the place of the last of its kind, and its entry in the journal; returns the key of the return.

    Inside the caller's transaction. Raises NotValid without `reasons` where one stands.
    """
    kind = DOINGS[what].kind
    last = (
        Fact.objects.select_for_update(of=("self",))
        .filter(return_key=return_key, what=what, corrected_by__isnull=True)
        .first()
    )
    reasons = sound("reasons", reasons)
    if last is not None and not reasons:
        if not last.withdrawn:
            raise NotValid(
                "reasons", f"This was recorded already, for {date_words(last.on)}. Say why it is recorded again."
            )
        reasons = "It happened after all."
    create(by, kind, return_key, what, on, said, reasons if last is not None else "", last)
    again = "" if last is None else ", in the place of what was recorded before"
    act = Act.COLLECTED if last is None else Act.ALTERED
    enter(by, return_key, act, f"recorded: {DOINGS[what].words}{again}", on, kind)
    return return_key


def create(
    by: Viewer,
    kind: str,
    return_key: str,
    what: str,
    on: date,
    said: dict[str, str],
    reasons: str,
    last: Any,
    *,
    withdrawn: bool = False,
) -> None:
    """One row, as it was checked. `last`: the fact whose place it takes, or None."""
    Fact.objects.create(
        ref=new_reference("PE"),
        kind=kind,
        return_key=return_key,
        what=what,
        on=on,
        said=said,
        reasons=reasons,
        corrects=last,
        withdrawn=withdrawn,
        recorded_at=by.at,
        recorded_by=by.actor,
    )


def enter(by: Viewer, key: str, act: Act, summary: str, on: date, kind: ReturnKind) -> None:
    """One entry in the journal about a return, or about the returns of a kind."""
    journal.record(
        by=by, act=act, kind=RecordKind.LIST, key=f"return {key}", summary=summary, decision=law_of(kind), on=on
    )
