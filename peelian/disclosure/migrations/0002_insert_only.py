"""Triggers that keep what was scheduled, decided, blacked out and given."""

from django.db import migrations

from peelian.journal import insert_only

KEPT = {
    "disclosure_item": "An item of a schedule is insert-only",
    "disclosure_itemversion": "What was decided of an item is insert-only",
    "disclosure_secondreading": "What a second person said is insert-only",
    "disclosure_redaction": "A redaction is insert-only",
    "disclosure_redactionmark": "A redaction is insert-only",
    "disclosure_packstep": "The steps of a pack are insert-only",
    "disclosure_given": "What was given is insert-only",
}


def install(apps, schema_editor):
    for table, refusal in KEPT.items():
        insert_only.install(schema_editor.connection, table, refusal=refusal)


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0001_initial")]
    operations = [migrations.RunPython(install)]
