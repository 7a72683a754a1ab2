"""Triggers that make the journal insert-only, and the one row that writers lock."""

from django.db import migrations

from peelian.journal import guards


def install(apps, schema_editor):
    apps.get_model("journal", "Lock").objects.using(schema_editor.connection.alias).create(id=1)
    guards.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(install)]
