"""Recommendations, who owns each and by when, evidence, and what a second person made of it. All insert-only."""

from django.db import models
from django.db.models import Q

from peelian.terms.labels import labels


class Recommendation(models.Model):
    """What a report asks, in its own words. `is_published`: it stands on the page that anybody may read."""

    ref = models.CharField(max_length=20, unique=True)
    source = models.CharField(max_length=200)
    number = models.CharField(max_length=40)
    words = models.TextField()
    is_published = models.BooleanField()
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(public="source number words", operational="id ref is_published on recorded_at recorded_by")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "number"], name="one_number_of_a_report")]


class Charge(models.Model):
    """Who owns a recommendation and by when it is to be met; the last one stands.

    `owner`: a post in words, which is published; `owner_id`: the user who holds it now, who is not. `reasons`: why the
    owner or the day changed.
    """

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="charges")
    number = models.IntegerField()
    owner = models.CharField(max_length=120)
    owner_id = models.BigIntegerField(null=True, blank=True)
    due_on = models.DateField()
    reasons = models.TextField(blank=True)
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(
        public="owner due_on", operational="id recommendation number owner_id reasons on recorded_at recorded_by"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "number"], name="charges_are_numbered"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reasons=""), name="a_changed_charge_says_why"),
        ]
        indexes = [models.Index(fields=["owner_id"])]


class Evidence(models.Model):
    """What was done, and where it can be read. `says`: what the public page says of it once it is accepted."""

    ref = models.CharField(max_length=20, unique=True)
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="evidence")
    what = models.TextField()
    where = models.CharField(max_length=300)
    says = models.TextField(blank=True)
    completes = models.BooleanField()
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(operational="id ref recommendation what where says completes on recorded_at recorded_by")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(what="") & ~Q(where=""), name="evidence_says_what_and_where")
        ]


class Verdict(models.Model):
    """That a second person accepted evidence, or sent it back, with reasons."""

    evidence = models.OneToOneField(Evidence, on_delete=models.PROTECT, related_name="verdict")
    accepted = models.BooleanField()
    reasons = models.TextField()
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(operational="id evidence accepted reasons on recorded_at recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="a_verdict_says_why")]
