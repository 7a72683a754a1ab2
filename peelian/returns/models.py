"""Dated facts of the returns of the force, and who owns them. All insert-only: what is recorded again names what it
takes the place of."""

from django.db import models
from django.db.models import Q

from peelian.rules.returns import ReturnKind
from peelian.terms.labels import labels

KINDS = [(kind.value, kind.words) for kind in ReturnKind]


class Fact(models.Model):
    """Something that happened to a return. `return_key`: which; `what`: an act of `returns.acts`; `said`: its details.

    `corrects`: the fact of the same kind whose place it takes, with the reasons; `withdrawn`: that one did not happen.
    """

    ref = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20, choices=KINDS)
    return_key = models.CharField(max_length=40)
    what = models.CharField(max_length=40)
    on = models.DateField()
    said = models.JSONField(default=dict)
    reasons = models.TextField(blank=True)
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    withdrawn = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(
        operational="id ref kind return_key what on said reasons corrects withdrawn recorded_at recorded_by"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["return_key", "what"], condition=Q(corrects__isnull=True), name="a_fact_of_a_return_once"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn=False) | Q(corrects__isnull=False), name="a_withdrawn_fact_was_recorded"
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(reasons=""), name="a_fact_recorded_again_says_why"
            ),
        ]
        indexes = [models.Index(fields=["return_key", "what"])]


class Charge(models.Model):
    """Who owns the returns of a kind from a day on, with reasons; the last one stands."""

    kind = models.CharField(max_length=20, choices=KINDS)
    number = models.IntegerField()
    owner_id = models.BigIntegerField()
    reasons = models.TextField()
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(operational="id kind number owner_id reasons on recorded_at recorded_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="owners_of_returns_are_numbered"),
            models.CheckConstraint(condition=~Q(reasons=""), name="an_owner_of_returns_has_reasons"),
        ]
