"""What a query gave, as it is compared between two worlds."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any


def plain(value: Any) -> Any:
    """What a query gave, without the internal keys, which differ between the two worlds and never show."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            one.name: plain(getattr(value, one.name))
            for one in fields(value)
            if one.name != "id" and not one.name.endswith(("_id", "_ids"))
        }
    if isinstance(value, dict):
        keyed = ((key if not isinstance(key, int) else "", one) for key, one in value.items())
        return sorted((repr(plain(key)), repr(plain(one))) for key, one in keyed)
    if isinstance(value, set | frozenset):
        return sorted(repr(plain(one)) for one in value)
    if isinstance(value, list | tuple | Iterator):
        return [plain(one) for one in value]
    return value
