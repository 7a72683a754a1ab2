"""Triggers that keep what was written: a panel, its objections, papers, replies and directions."""

from django.db import migrations

from peelian.journal import insert_only

KEPT = {
    "proceedings_proceeding": "Proceedings are insert-only",
    "proceedings_panelmember": "Who was named is insert-only",
    "proceedings_departure": "A departure is insert-only",
    "proceedings_objection": "An objection is insert-only",
    "proceedings_objectionanswer": "An answer to an objection is insert-only",
    "proceedings_paper": "A bundle is insert-only",
    "proceedings_reply": "A reply is insert-only",
    "proceedings_replytoallegation": "A reply is insert-only",
    "proceedings_witness": "A list of witnesses is insert-only",
    "proceedings_witnessdirection": "A direction is insert-only",
    "proceedings_direction": "A direction is insert-only",
    "proceedings_arrangement": "A direction is insert-only",
}


def install(apps, schema_editor):
    for table, refusal in KEPT.items():
        insert_only.install(schema_editor.connection, table, refusal=refusal)


class Migration(migrations.Migration):
    dependencies = [("proceedings", "0001_initial")]
    operations = [migrations.RunPython(install)]
