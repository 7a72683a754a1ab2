"""Triggers that keep what was written: that an item is to be logged, and what the second person made of it."""

from django.db import migrations

from peelian.journal import insert_only

KEPT = {
    "intake_logproposal": "A proposal to log an item is insert-only",
    "intake_loganswer": "An answer to it is insert-only",
}


def install(apps, schema_editor):
    for table, refusal in KEPT.items():
        insert_only.install(schema_editor.connection, table, refusal=refusal)


class Migration(migrations.Migration):
    dependencies = [("intake", "0003_second_reader")]
    operations = [migrations.RunPython(install)]
