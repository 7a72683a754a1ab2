"""Triggers that keep runs, sightings, judgements and what followed from them."""

from django.db import migrations

from peelian.journal import insert_only

KEPT = {
    "matches_run": "Runs taken in are insert-only",
    "matches_sighting": "How a pair was seen is insert-only",
    "matches_judgement": "Judgements are insert-only",
    "matches_second": "What a second person said is insert-only",
    "matches_never": "Rules of never the same are insert-only",
    "matches_result": "What followed is insert-only",
    "matches_raised": "What was raised is insert-only",
}


def install(apps, schema_editor):
    for table, refusal in KEPT.items():
        insert_only.install(schema_editor.connection, table, refusal=refusal)


class Migration(migrations.Migration):
    dependencies = [("matches", "0001_initial")]
    operations = [migrations.RunPython(install)]
