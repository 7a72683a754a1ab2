"""Triggers that keep rounds, answers and what came of a difference."""

from django.db import migrations

from peelian.journal import insert_only

KEPT = {
    "calibration_round": "A round of a test case is insert-only",
    "calibration_asked": "Who was asked is insert-only",
    "calibration_answer": "An answer to a test case is insert-only",
    "calibration_difference": "A difference is insert-only",
    "calibration_resolution": "What a difference was resolved to is insert-only",
}


def install(apps, schema_editor):
    for table, refusal in KEPT.items():
        insert_only.install(schema_editor.connection, table, refusal=refusal)


class Migration(migrations.Migration):
    dependencies = [("calibration", "0001_initial")]
    operations = [migrations.RunPython(install)]
