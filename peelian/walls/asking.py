"""Which of many values, asked with one parameter: for loads and long lists, which ask for thousands at a time.

`field__in=[…]` makes each value ready and gives each a place in the statement, which takes longer than the answer.
"""

import json
from collections.abc import Sequence

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL


def among(field: str, values: Sequence[str] | Sequence[int]) -> Q:
    """True of a row whose `field` is one of the values: texts or whole numbers, and of one kind. Of none: no row."""
    return Q(**{f"{field}__in": listed(values)}) if values else Q(pk__in=[])


def listed(values: Sequence[str] | Sequence[int]) -> RawSQL:
    """These values as a subquery, in one parameter: texts or whole numbers, and of one kind."""
    if connection.vendor == "sqlite":
        return RawSQL("SELECT value FROM json_each(%s)", (json.dumps(list(values)),))
    kind = "text" if values and isinstance(values[0], str) else "bigint"
    return RawSQL(f"SELECT unnest(%s::{kind}[])", (list(values),))  # noqa: S611 - one parameter
