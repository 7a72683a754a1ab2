"""The load that gave an annual review of a clearance held already."""

from django.db import migrations, models

from peelian.journal import insert_only

TABLE = "vetting_annualreview"


def lift(apps, schema_editor):
    insert_only.lift(schema_editor.connection, TABLE)


def install(apps, schema_editor):
    insert_only.install(schema_editor.connection, TABLE, refusal="Annual reviews are insert-only")


class Migration(migrations.Migration):
    dependencies = [("vetting", "0017_reviews_elsewhere_and_by_managers")]
    operations = [
        migrations.RunPython(lift),
        migrations.AddField("annualreview", "load_ref", models.CharField(blank=True, default="", max_length=20)),
        migrations.AlterField("annualreview", "load_ref", models.CharField(blank=True, max_length=20)),
        migrations.RunPython(install),
    ]
