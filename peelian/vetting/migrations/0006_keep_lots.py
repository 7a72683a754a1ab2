"""Triggers that keep the random draws as they were made."""

from django.db import migrations

from peelian.journal import insert_only


def install(apps, schema_editor):
    insert_only.install(schema_editor.connection, "vetting_lot", refusal="Draws by lot are insert-only")


class Migration(migrations.Migration):
    dependencies = [("vetting", "0005_lots")]
    operations = [migrations.RunPython(install)]
