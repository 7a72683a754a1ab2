"""Triggers that keep what was agreed, said and offered."""

from django.db import migrations

from peelian.journal import insert_only

KEPT = {
    "contact_plan": "Contact plans are insert-only",
    "contact_said": "Consent and wishes are insert-only",
    "contact_rightmark": "Marks of rights are insert-only",
    "contact_referral": "Referrals are insert-only",
    "contact_referralmade": "Referrals are insert-only",
    "contact_referralanswer": "Referrals are insert-only",
    "contact_viewkey": "Keys to a view are insert-only",
    "contact_viewkeyend": "Keys to a view are insert-only",
    "contact_viewkeytry": "Keys to a view are insert-only",
    "contact_message": "Messages are insert-only",
}


def install(apps, schema_editor):
    for table, refusal in KEPT.items():
        insert_only.install(schema_editor.connection, table, refusal=refusal)


class Migration(migrations.Migration):
    dependencies = [("contact", "0001_initial")]
    operations = [migrations.RunPython(install)]
