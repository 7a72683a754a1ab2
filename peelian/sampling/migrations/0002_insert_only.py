"""Triggers that keep draws, what was drawn, and what was decided again."""

from django.db import migrations

from peelian.journal import insert_only

KEPT = {
    "sampling_draw": "Draws are insert-only",
    "sampling_drawn": "What was drawn is insert-only",
    "sampling_redecision": "What was decided again is insert-only",
    "sampling_declined": "What was declined is insert-only",
    "sampling_looked": "What was made of a difference is insert-only",
}


def install(apps, schema_editor):
    for table, refusal in KEPT.items():
        insert_only.install(schema_editor.connection, table, refusal=refusal)


class Migration(migrations.Migration):
    dependencies = [("sampling", "0001_initial")]
    operations = [migrations.RunPython(install)]
