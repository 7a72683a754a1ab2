"""A process that acts for ever: each act and its entry in one transaction, acknowledged on standard output after it.

Started by test_killing.py, which kills it.
"""

import sys
from datetime import UTC, datetime

import django
from django.db import connection, transaction

django.setup()

from peelian.journal import actions  # noqa: E402 - needs Django to be set up
from peelian.terms.acts import Act, RecordKind  # noqa: E402
from peelian.terms.viewer import system  # noqa: E402

by = system("writer", at=datetime(2026, 11, 23, 9, 0, tzinfo=UTC), because="being killed")
name = sys.argv[1]
number = 0
while True:
    number += 1
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO acts (name) VALUES (%s)", [f"{name}-{number}"])
        actions.record(
            by=by,
            act=Act.ALTERED,
            kind=RecordKind.PERSON,
            key=f"{name}-{number}",
            summary="acted",
            texts=[(f"{name}-{number % 5}", {"number": number})],
        )
    sys.stdout.write(f"{name}-{number}\n")
    sys.stdout.flush()
