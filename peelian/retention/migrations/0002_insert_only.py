"""Triggers that keep what was said of a record's retention."""

from django.db import migrations

from peelian.journal import insert_only

KEPT = {
    "retention_chosen": "A chosen schedule is insert-only",
    "retention_hold": "A legal hold is insert-only",
    "retention_lifted": "What was said of a hold is insert-only",
    "retention_reviewed": "A review is insert-only",
    "retention_disposal": "A disposal is insert-only",
    "retention_answered": "What was said of a disposal is insert-only",
}


def install(apps, schema_editor):
    for table, refusal in KEPT.items():
        insert_only.install(schema_editor.connection, table, refusal=refusal)


class Migration(migrations.Migration):
    dependencies = [("retention", "0001_initial")]
    operations = [migrations.RunPython(install)]
