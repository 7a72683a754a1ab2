"""On PostgreSQL, where the connecting role may: the journal's tables go to a role of their own."""

from django.db import migrations

from peelian.journal import guards


def hand_over(apps, schema_editor):
    guards.hand_over(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_guards")]
    operations = [migrations.RunPython(hand_over)]
