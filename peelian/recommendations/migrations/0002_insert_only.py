"""Triggers that keep recommendations, owners and days, evidence and what was made of it."""

from django.db import migrations

from peelian.journal import insert_only

KEPT = {
    "recommendations_recommendation": "A recommendation is insert-only",
    "recommendations_charge": "Who owned a recommendation and by when is insert-only",
    "recommendations_evidence": "Evidence for a recommendation is insert-only",
    "recommendations_verdict": "What was made of evidence is insert-only",
}


def install(apps, schema_editor):
    for table, refusal in KEPT.items():
        insert_only.install(schema_editor.connection, table, refusal=refusal)


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0001_initial")]
    operations = [migrations.RunPython(install)]
