"""Triggers that keep what was written of each change of a line of enquiry."""

from django.db import migrations

from peelian.journal import insert_only


def install(apps, schema_editor):
    insert_only.install(
        schema_editor.connection,
        "investigations_linechange",
        refusal="Changes of lines of enquiry are insert-only",
    )


class Migration(migrations.Migration):
    dependencies = [("investigations", "0001_initial")]
    operations = [migrations.RunPython(install)]
