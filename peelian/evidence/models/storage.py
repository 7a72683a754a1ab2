"""Where exhibits lie: units with their readings and failures, and what was put where. No unit belongs to a matter."""

from django.db import models
from django.db.models import F, Q

from peelian.evidence.models.exhibits import Exhibit
from peelian.evidence.states import UnitKind
from peelian.terms.labels import labels


class StorageUnit(models.Model):
    """A freezer, a fridge, a room. `lowest`, `highest`: degrees Celsius that it is kept within, where that matters."""

    ref = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=12, choices=[(one.value, one.words) for one in UnitKind])
    site = models.CharField(max_length=120)
    capacity = models.IntegerField()
    lowest = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    highest = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    from_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(
        operational="id ref name kind site capacity lowest highest from_on recorded_at recorded_by",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(capacity__gt=0), name="a_unit_holds_something"),
            models.CheckConstraint(
                condition=Q(lowest__isnull=True, highest__isnull=True) | Q(lowest__lte=F("highest")),
                name="a_unit_is_cold_within_limits",
            ),
        ]


class Reading(models.Model):
    """A temperature read, in degrees Celsius. Insert-only."""

    unit = models.ForeignKey(StorageUnit, on_delete=models.PROTECT, related_name="readings")
    celsius = models.DecimalField(max_digits=4, decimal_places=1)
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(operational="id unit celsius on recorded_at recorded_by")

    class Meta:
        indexes = [models.Index(fields=["unit", "on"])]


class Failure(models.Model):
    """That a unit failed from a day on. Insert-only."""

    ref = models.CharField(max_length=20, unique=True)
    unit = models.ForeignKey(StorageUnit, on_delete=models.PROTECT, related_name="failures")
    what = models.TextField()
    from_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(operational="id ref unit what from_on recorded_at recorded_by")


class FailureEnd(models.Model):
    """The last day of a failure, and what was done. Insert-only."""

    failure = models.OneToOneField(Failure, on_delete=models.PROTECT, related_name="ended")
    done = models.TextField()
    last_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(operational="id failure done last_on recorded_at recorded_by")


class Placement(models.Model):
    """That an exhibit was put into a unit, or taken out of every unit where there is none. The last one stands.

    Insert-only; each is on or after the day of the one before.
    """

    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="placements")
    unit = models.ForeignKey(StorageUnit, null=True, blank=True, on_delete=models.PROTECT, related_name="placements")
    shelf = models.CharField(max_length=60, blank=True)
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(operational="id exhibit unit shelf on recorded_at recorded_by")

    class Meta:
        indexes = [models.Index(fields=["unit", "on"]), models.Index(fields=["exhibit", "id"])]
