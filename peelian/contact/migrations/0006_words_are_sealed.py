"""The words of contact go under the key of the contact of their matter, so that erasing the key erases them."""

from django.db import migrations, models

from peelian.contact.words import sealed
from peelian.journal import insert_only

WORDS = {
    "Plan": (
        *("ways", "say", "never_say", "never_write", "may_be_told", "lives_there", "interpreter", "adjustments"),
        *("agreed_with", "reasons"),
    ),
    "Said": ("about", "words", "said_by", "reasons"),
    "RightMark": ("reasons",),
    "Referral": ("words",),
    "ReferralMade": ("service",),
    "ReferralAnswer": ("words",),
    "ViewKey": ("reasons",),
    "ViewKeyEnd": ("reasons",),
}
PLACES = {
    "Plan": lambda row: f"plan {row.involvement_id} {row.version}",
    "Said": lambda row: row.ref,
    "RightMark": lambda row: f"right {row.involvement_id} {row.right}",
    "Referral": lambda row: row.ref,
    "ReferralMade": lambda row: f"{row.referral.ref} made",
    "ReferralAnswer": lambda row: f"{row.referral.ref} answer",
    "ViewKey": lambda row: row.reference,
    "ViewKeyEnd": lambda row: f"{row.key.reference} end",
}


def _matter(name, row):
    if name.startswith("Referral") and name != "Referral":
        return row.referral.matter
    return row.key.matter if name == "ViewKeyEnd" else row.matter


def lift(apps, schema_editor):
    for name in WORDS:
        insert_only.lift(schema_editor.connection, f"contact_{name.lower()}")


def seal(apps, schema_editor):
    for name, columns in WORDS.items():
        for row in apps.get_model("contact", name).objects.order_by("pk"):
            said = {column: getattr(row, column) for column in columns}
            row.sealed = sealed(_matter(name, row).ref, PLACES[name](row), **said)
            row.save(update_fields=["sealed"])


class Migration(migrations.Migration):
    dependencies = [("contact", "0005_words_may_be_erased"), ("journal", "0003_owner")]
    operations = [
        migrations.RunPython(lift),
        *(migrations.AddField(name.lower(), "sealed", models.BinaryField(default=b"")) for name in WORDS),
        migrations.RunPython(seal),
    ]
