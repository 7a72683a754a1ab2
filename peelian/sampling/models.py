"""Draws, what was drawn, what was decided again and what was made of a difference. All insert-only."""

from django.db import models
from django.db.models import Q

from peelian.terms.labels import labels


class Draw(models.Model):
    """One draw of one sample for one month. `seed` makes it again; `share` is in a hundred, as the row said then."""

    ref = models.CharField(max_length=20, unique=True)
    sample = models.CharField(max_length=40)
    month = models.DateField()
    seed = models.CharField(max_length=80)
    share = models.IntegerField()
    law = models.CharField(max_length=200)
    of = models.IntegerField()
    drawn = models.IntegerField()
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(operational="id ref sample month seed share law of drawn on recorded_at recorded_by")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sample", "month"], name="one_draw_a_sample_and_month")]


class Drawn(models.Model):
    """One member of a draw: a decision, or an open investigation where `decision_ref` is empty.

    `owner_id`: whose task it is; empty where nobody independent was found, which counts as missing.
    """

    ref = models.CharField(max_length=20, unique=True)
    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="members")
    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="drawn")
    decision_ref = models.CharField(max_length=20, blank=True)
    owner_id = models.BigIntegerField(null=True, blank=True)
    due_on = models.DateField()
    LABELS = labels(operational="id ref draw matter decision_ref owner_id due_on")

    class Meta:
        indexes = [models.Index(fields=["owner_id", "due_on"])]


class Redecision(models.Model):
    """What somebody decided again, locked before they saw the first. `was_blind`: they had opened nothing else of the
    matter. `looker_id`, `look_due_on`: who looks at it where the two differ, and by when."""

    drawn = models.OneToOneField(Drawn, on_delete=models.PROTECT, related_name="redecision")
    option = models.CharField(max_length=60)
    answers = models.JSONField()
    reasons = models.TextField()
    agrees = models.BooleanField()
    was_blind = models.BooleanField()
    looker_id = models.BigIntegerField(null=True, blank=True)
    look_due_on = models.DateField(null=True, blank=True)
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(
        special="reasons",
        operational="id drawn option answers agrees was_blind looker_id look_due_on on recorded_at recorded_by",
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="a_redecision_says_why")]


class Declined(models.Model):
    """That somebody said they cannot decide again, since they have a conflict."""

    drawn = models.OneToOneField(Drawn, on_delete=models.PROTECT, related_name="declined")
    on = models.DateField()
    recorded_at = models.DateTimeField()
    LABELS = labels(operational="id drawn on recorded_at")


class Looked(models.Model):
    """What a supervisor made of two decisions that differ."""

    redecision = models.OneToOneField(Redecision, on_delete=models.PROTECT, related_name="looked")
    words = models.TextField()
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(special="words", operational="id redecision on recorded_at recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="a_look_says_something")]
