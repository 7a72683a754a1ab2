"""Triggers that keep independent readings and their answers as they were written."""

from django.db import migrations

from peelian.journal import insert_only

KEPT = {
    "vetting_reading": "Readings are insert-only",
    "vetting_readinganswer": "Answers of readings are insert-only",
}


def install(apps, schema_editor):
    for table, refusal in KEPT.items():
        insert_only.install(schema_editor.connection, table, refusal=refusal)


class Migration(migrations.Migration):
    dependencies = [("vetting", "0007_readings")]
    operations = [migrations.RunPython(install)]
