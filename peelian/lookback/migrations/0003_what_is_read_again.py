"""What a look-back reads again; those frozen before read what was done. SQLite may make the table anew: triggers too."""

from django.db import migrations, models

from peelian.journal import insert_only

COHORT = "lookback_cohort"
CHOICES = [("conduct", "What was done by those concerned"), ("handling", "How this force dealt with it")]


def lift(apps, schema_editor):
    insert_only.lift(schema_editor.connection, COHORT)


def install(apps, schema_editor):
    insert_only.install(schema_editor.connection, COHORT, refusal="A cohort is frozen")


class Migration(migrations.Migration):
    dependencies = [("lookback", "0002_insert_only")]
    operations = [
        migrations.RunPython(lift),
        migrations.AddField(
            "cohort", "reading", models.CharField(choices=CHOICES, default="conduct", max_length=20)
        ),
        migrations.RunPython(install),
    ]
