"""Triggers that keep what was decided, signed and read."""

from django.db import migrations

from peelian.journal import insert_only


def install(apps, schema_editor):
    for table in ("decisions_decision", "decisions_signature", "decisions_jointview"):
        insert_only.install(schema_editor.connection, table, refusal="Decisions are insert-only")


class Migration(migrations.Migration):
    dependencies = [("decisions", "0001_initial")]
    operations = [migrations.RunPython(install)]
