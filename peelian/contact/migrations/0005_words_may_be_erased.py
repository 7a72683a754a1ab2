"""Words of contact may give way to the mark of erasure; what was written stays otherwise as it was."""

from django.db import migrations

from peelian.journal import insert_only

GONE = "Erased"
ERASED = {
    "contact_plan": {
        "ways": "[]",
        **dict.fromkeys(
            ("say", "never_say", "never_write", "may_be_told", "lives_there", "interpreter", "adjustments"), ""
        ),
        **dict.fromkeys(("agreed_with", "reasons"), GONE),
    },
    "contact_said": {"about": "", "said_by": "", "words": GONE, "reasons": GONE},
    "contact_rightmark": {"reasons": GONE},
    "contact_referral": {"words": GONE},
    "contact_referralmade": {"service": GONE},
    "contact_referralanswer": {"words": GONE},
    "contact_viewkey": {"reasons": GONE},
    "contact_viewkeyend": {"reasons": GONE},
}
REFUSAL = "What was agreed, said and offered is insert-only; its words may be erased"


def install(apps, schema_editor):
    for table, erased in ERASED.items():
        insert_only.let_erase(schema_editor.connection, table, refusal=REFUSAL, erased=erased)


class Migration(migrations.Migration):
    dependencies = [("contact", "0004_tries_of_entry")]
    operations = [migrations.RunPython(install)]
