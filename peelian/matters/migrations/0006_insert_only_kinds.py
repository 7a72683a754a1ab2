"""Triggers that keep what was written: changes of kind, joint reviews and what came of them."""

from django.db import migrations

from peelian.journal import insert_only

KEPT = {
    "matters_kindchange": "A change of kind is insert-only",
    "matters_jointreview": "A joint review is insert-only",
    "matters_jointreviewanswer": "What came of a joint review is insert-only",
}


def install(apps, schema_editor):
    for table, refusal in KEPT.items():
        insert_only.install(schema_editor.connection, table, refusal=refusal)


class Migration(migrations.Migration):
    dependencies = [("matters", "0005_kinds_and_joint_reviews")]
    operations = [migrations.RunPython(install)]
