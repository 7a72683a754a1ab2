"""Triggers that keep annual statements as they were written."""

from django.db import migrations

from peelian.journal import insert_only


def install(apps, schema_editor):
    insert_only.install(schema_editor.connection, "vetting_statement", refusal="Statements are insert-only")


class Migration(migrations.Migration):
    dependencies = [("vetting", "0012_statements")]
    operations = [migrations.RunPython(install)]
