"""What people declare, convictions, and the draws of random re-vetting."""

from django.db import models
from django.db.models import Q

from peelian.terms.labels import labels
from peelian.vetting.models.applications import Recorded


class Declaration(Recorded):
    """An association, a business interest or a change. `on`: declared or found; `arose_on`: since when.

    `about`: in words; nobody becomes a person of the register for being named. `by_self`: they said it themselves.
    """

    ref = models.CharField(max_length=20, unique=True)
    person_id = models.BigIntegerField(db_index=True)
    kind = models.CharField(max_length=30)
    about = models.CharField(max_length=200)
    words = models.TextField()
    by_self = models.BooleanField()
    arose_on = models.DateField()
    LABELS = labels(
        identity="person_id about",
        special="words by_self arose_on",
        operational="id ref kind on recorded_at recorded_by",
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="a_declaration_says_something")]


class Declared(Recorded):
    """What was decided on a declaration; the last one stands. `review_on`: when it is looked at again."""

    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="decided")
    outcome = models.CharField(max_length=30)
    words = models.TextField()
    review_on = models.DateField(null=True, blank=True)
    LABELS = labels(special="words", operational="id declaration outcome review_on on recorded_at recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="a_decided_declaration_has_reasons")]


class Conviction(Recorded):
    """A conviction or caution. `category` and `while_serving` are two facts, and never one list."""

    ref = models.CharField(max_length=20, unique=True)
    person_id = models.BigIntegerField(db_index=True)
    category = models.CharField(max_length=30)
    disposal = models.CharField(max_length=30)
    while_serving = models.BooleanField()
    committed_on = models.DateField(null=True, blank=True)
    committed_precision = models.CharField(max_length=5, blank=True)
    words = models.TextField()
    LABELS = labels(
        identity="person_id",
        special="category disposal while_serving committed_on committed_precision words",
        operational="id ref on recorded_at recorded_by",
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="a_conviction_says_something")]


class Lot(Recorded):
    """One month's draw of people whose clearance is looked at again. `seed` makes it again; `share` is in a hundred."""

    ref = models.CharField(max_length=20, unique=True)
    month = models.DateField(unique=True)
    seed = models.CharField(max_length=80)
    share = models.IntegerField()
    of = models.IntegerField()
    drawn = models.IntegerField()
    LABELS = labels(operational="id ref month seed share of drawn on recorded_at recorded_by")


class Statement(Recorded):
    """What somebody answered about themselves, once a year: each question of the tables, yes or no, and their words."""

    person_id = models.BigIntegerField(db_index=True)
    answers = models.JSONField()
    words = models.TextField(blank=True)
    LABELS = labels(identity="person_id", special="answers words", operational="id on recorded_at recorded_by")
