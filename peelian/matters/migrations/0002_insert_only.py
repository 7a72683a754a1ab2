"""Triggers that keep what was written: matters_identification."""

from django.db import migrations

from peelian.journal import insert_only


def install(apps, schema_editor):
    insert_only.install(schema_editor.connection, "matters_identification", refusal="An identification is insert-only")


class Migration(migrations.Migration):
    dependencies = [("matters", "0001_initial")]
    operations = [migrations.RunPython(install)]
