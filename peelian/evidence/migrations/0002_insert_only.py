"""Triggers that keep what was said of a file."""

from django.db import migrations

from peelian.journal import insert_only


def install(apps, schema_editor):
    insert_only.install(schema_editor.connection, "evidence_storedfile", refusal="A stored file is insert-only")


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial")]
    operations = [migrations.RunPython(install)]
