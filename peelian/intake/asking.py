"""Which of many values, asked with one parameter; for loads, which ask for thousands at a time.

`field__in=[…]` makes each value ready and gives each a place in the statement, which takes longer than the answer.
"""

import json
from collections.abc import Sequence

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL


def among(field: str, values: Sequence[str] | Sequence[int]) -> Q:
    """True of a row whose `field` is one of the values: texts or whole numbers, and of one kind. Of none: no row."""
    if not values:
        return Q(pk__in=[])
    if connection.vendor == "sqlite":
        listed = RawSQL("SELECT value FROM json_each(%s)", (json.dumps(list(values)),))
    else:
        kind = "text" if isinstance(values[0], str) else "bigint"
        listed = RawSQL(f"SELECT unnest(%s::{kind}[])", (list(values),))  # noqa: S611 - one parameter
    return Q(**{f"{field}__in": listed})
