"""What keeps a matter whole. Rooms above say it; whatever erases words of a matter asks before anything goes."""

from collections.abc import Callable

from peelian.terms.refusals import NotAllowed, Refusal

Asks = Callable[[int], Refusal | None]
_ASKED: dict[str, Asks] = {}


def ask_before_anything_goes(name: str, asks: Asks) -> None:
    """Register a question: `asks(matter_id)` gives the refusal, or None where nothing of the matter need be kept."""
    _ASKED[name] = asks


def must_not_be_held(matter_id: int) -> None:
    """Raises NotAllowed with the first refusal, in the order of their names."""
    for name in sorted(_ASKED):
        if refusal := _ASKED[name](matter_id):
            raise NotAllowed(refusal)
