"""Rounds of a test case, who was asked, their answers, and what came of a difference. All insert-only."""

from django.db import models
from django.db.models import Q

from peelian.terms.labels import labels


class Round(models.Model):
    """One test case given to several people. Its words are kept as the tables had them then, for the tables change.

    `owner_id`: who opened it and answers for it; `due_on`: the day by which answers are wanted.
    """

    ref = models.CharField(max_length=20, unique=True)
    case = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    facts = models.TextField()
    standards = models.JSONField()
    says = models.CharField(max_length=60)
    reasons = models.JSONField()
    because = models.TextField()
    owner_id = models.BigIntegerField()
    due_on = models.DateField()
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(
        operational="id ref case title facts standards says reasons because owner_id due_on on recorded_at recorded_by"
    )

    class Meta:
        indexes = [models.Index(fields=["owner_id"])]


class Asked(models.Model):
    """That somebody was asked for an answer."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="asked")
    user_id = models.BigIntegerField()
    LABELS = labels(operational="id round user_id")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "user_id"], name="asked_once_a_round")]
        indexes = [models.Index(fields=["user_id"])]


class Answer(models.Model):
    """What somebody answered, locked before they saw anybody else's. `codes`, `standards`: keys of the tables."""

    asked = models.OneToOneField(Asked, on_delete=models.PROTECT, related_name="answer")
    option = models.CharField(max_length=60)
    standards = models.JSONField()
    codes = models.JSONField()
    reasons = models.TextField()
    on = models.DateField()
    recorded_at = models.DateTimeField()
    LABELS = labels(operational="id asked option standards codes reasons on recorded_at")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="an_answer_says_why")]


class Difference(models.Model):
    """That the answers of a round are not all one; made with the answer that differed. It is discussed by `due_on`."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="difference")
    owner_id = models.BigIntegerField()
    due_on = models.DateField()
    on = models.DateField()
    recorded_at = models.DateTimeField()
    LABELS = labels(operational="id round owner_id due_on on recorded_at")


class Resolution(models.Model):
    """What a difference was resolved to, with reasons. `follows`: what changes in the guidance or in training."""

    difference = models.OneToOneField(Difference, on_delete=models.PROTECT, related_name="resolution")
    option = models.CharField(max_length=60)
    reasons = models.TextField()
    follows = models.TextField(blank=True)
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(operational="id difference option reasons follows on recorded_at recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="a_resolution_says_why")]
