"""Every stored field wears a label, and every model has its migration."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command

from peelian.terms.labels import Label


def test_every_stored_field_wears_exactly_one_label() -> None:
    wrong = []
    for model in apps.get_models():
        if not model.__module__.startswith("peelian."):
            continue
        given = getattr(model, "LABELS", {})
        fields = {field.name for field in model._meta.get_fields() if getattr(field, "concrete", False)}
        wrong += [f"{model.__module__}.{model.__name__}.{name} has no label" for name in sorted(fields - set(given))]
        wrong += [f"{model.__module__}.{model.__name__}.{name} is no field" for name in sorted(set(given) - fields)]
        assert all(isinstance(label, Label) for label in given.values())
    assert wrong == []


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    said = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said)
    except SystemExit:
        pytest.fail(f"a model changed without a migration:\n{said.getvalue()}")
