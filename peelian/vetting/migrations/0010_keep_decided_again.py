"""Triggers that keep the draws of decisions on clearance, and what was decided again, as they were written."""

from django.db import migrations

from peelian.journal import insert_only

KEPT = {
    "vetting_draw": "Draws by lot are insert-only",
    "vetting_drawn": "What was drawn is insert-only",
    "vetting_redecision": "What was decided again is insert-only",
    "vetting_looked": "What was made of a difference is insert-only",
}


def install(apps, schema_editor):
    for table, refusal in KEPT.items():
        insert_only.install(schema_editor.connection, table, refusal=refusal)


class Migration(migrations.Migration):
    dependencies = [("vetting", "0009_decided_again")]
    operations = [migrations.RunPython(install)]
