"""Triggers that keep what was written: a frozen cohort, locked reviews, notes, decisions, consent, sign-off."""

from django.db import migrations

from peelian.journal import insert_only

KEPT = {
    "lookback_cohort": "A cohort is frozen",
    "lookback_case": "A cohort is frozen with its list",
    "lookback_review": "A locked review is insert-only",
    "lookback_enquiry": "A locked review is insert-only",
    "lookback_note": "A note of the panel is insert-only",
    "lookback_decision": "A decision is insert-only",
    "lookback_consentsaid": "Consent as it was said is insert-only",
    "lookback_signoff": "A sign-off is insert-only",
}


def install(apps, schema_editor):
    for table, refusal in KEPT.items():
        insert_only.install(schema_editor.connection, table, refusal=refusal)


class Migration(migrations.Migration):
    dependencies = [("lookback", "0001_initial")]
    operations = [migrations.RunPython(install)]
