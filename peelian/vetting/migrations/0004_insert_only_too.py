"""Triggers that keep withdrawals, declarations and convictions as they were written."""

from django.db import migrations

from peelian.journal import insert_only

KEPT = {
    "vetting_withdrawal": "Withdrawals are insert-only",
    "vetting_withdrawalstep": "Acts of a withdrawal are insert-only",
    "vetting_declaration": "Declarations are insert-only",
    "vetting_declared": "Decisions on declarations are insert-only",
    "vetting_conviction": "Convictions are insert-only",
}


def install(apps, schema_editor):
    for table, refusal in KEPT.items():
        insert_only.install(schema_editor.connection, table, refusal=refusal)


class Migration(migrations.Migration):
    dependencies = [("vetting", "0003_withdrawals_and_declarations")]
    operations = [migrations.RunPython(install)]
