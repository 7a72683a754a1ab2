"""Who is told how far a wash has come."""

from collections.abc import Callable

Listener = Callable[[int, int | None, str], None]  # how much is done, of how much (None: not known), and what is done


def silent(_done: int, _total: int | None, _message: str) -> None:
    """A listener that says nothing."""
