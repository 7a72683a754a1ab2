"""The last annual review that a file gives with a clearance, and whether the line manager signed a review."""

from django.db import migrations, models

from peelian.journal import insert_only

KEPT = {
    "vetting_clearance": "Clearances are insert-only",
    "vetting_annualreview": "Annual reviews are insert-only",
}


def lift(apps, schema_editor):
    for table in KEPT:
        insert_only.lift(schema_editor.connection, table)


def install(apps, schema_editor):
    for table, refusal in KEPT.items():
        insert_only.install(schema_editor.connection, table, refusal=refusal)


class Migration(migrations.Migration):
    dependencies = [("vetting", "0016_controls_told")]
    operations = [
        migrations.RunPython(lift),
        migrations.AddField("clearance", "reviewed_on", models.DateField(blank=True, null=True)),
        migrations.AddField("annualreview", "by_manager", models.BooleanField(default=False)),
        migrations.RunPython(install),
    ]
