"""Triggers that keep every table of vetting as it was written."""

from django.db import migrations

from peelian.journal import insert_only

KEPT = {
    "vetting_application": "Applications are insert-only",
    "vetting_closed": "An end without a decision is insert-only",
    "vetting_source": "What was said of a source is insert-only",
    "vetting_information": "Information is insert-only",
    "vetting_recommendation": "Recommendations are insert-only",
    "vetting_weight": "Weights are insert-only",
    "vetting_decision": "Decisions on clearance are insert-only",
    "vetting_clearance": "Clearances are insert-only",
    "vetting_control": "Controls are insert-only",
    "vetting_controlreview": "Reviews of controls are insert-only",
    "vetting_standing": "What became of a clearance is insert-only",
    "vetting_annualreview": "Annual reviews are insert-only",
}


def install(apps, schema_editor):
    for table, refusal in KEPT.items():
        insert_only.install(schema_editor.connection, table, refusal=refusal)


class Migration(migrations.Migration):
    dependencies = [("vetting", "0001_initial")]
    operations = [migrations.RunPython(install)]
