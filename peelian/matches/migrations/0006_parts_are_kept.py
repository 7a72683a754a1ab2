"""What was taken in is insert-only again, parts too."""

from django.db import migrations

from peelian.journal import insert_only

KEPT = {
    "matches_run": "Runs taken in are insert-only",
    "matches_sighting": "How a pair was seen is insert-only",
    "matches_part": "What was taken in of a run is insert-only",
}


def install(apps, schema_editor):
    for table, refusal in KEPT.items():
        insert_only.install(schema_editor.connection, table, refusal=refusal)


class Migration(migrations.Migration):
    dependencies = [("matches", "0005_taken_in_by_parts")]
    operations = [migrations.RunPython(install)]
