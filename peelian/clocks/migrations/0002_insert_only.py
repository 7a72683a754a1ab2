"""Triggers that keep what was written: clocks_event."""

from django.db import migrations

from peelian.journal import insert_only


def install(apps, schema_editor):
    insert_only.install(
        schema_editor.connection, "clocks_event", refusal="Dated facts of a matter are insert-only"
    )


class Migration(migrations.Migration):
    dependencies = [("clocks", "0001_initial")]
    operations = [migrations.RunPython(install)]
