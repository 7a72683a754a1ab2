"""On PostgreSQL, indexes in the order of a list that shows the newest first and what has no date last.

SQLite reads its ascending indexes backwards for that, empty dates last; PostgreSQL would put them first.
"""

from django.db import migrations

ORDERS = {
    "attention": "came_to_attention_on DESC NULLS LAST, ref DESC NULLS LAST",
    "state": "state, came_to_attention_on DESC NULLS LAST, ref DESC NULLS LAST",
    "kind": "kind, came_to_attention_on DESC NULLS LAST, ref DESC NULLS LAST",
    "unit": "unit_id, state, came_to_attention_on DESC NULLS LAST, ref DESC NULLS LAST",
    "closed": "closed_on DESC NULLS LAST, ref DESC NULLS LAST",
}


def install(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name, order in ORDERS.items():
            schema_editor.execute(f"CREATE INDEX matters_newest_{name} ON matters_matter ({order})")


class Migration(migrations.Migration):
    dependencies = [("matters", "0002_insert_only")]
    operations = [migrations.RunPython(install)]
