"""Dated facts of a matter. Insert-only: a correction is a new event that names the one it corrects."""

from django.db import models
from django.db.models import Q

from peelian.terms.known_dates import Precision
from peelian.terms.labels import labels


class Event(models.Model):
    """Something that happened on a matter and that a clock starts from, stops at or is met by.

    `key` is a row of `statute/events.toml`. `at` is set only for clocks counted in hours. `involvement` says for
    whom it was done, where that is owed to each, whether or not anybody knows yet who they are. `clock` with
    `agreed_on` and `agreed_words` shortens or extends a period: which, to which day, and who agreed or decided.
    """

    ref = models.CharField(max_length=20, unique=True)
    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="events")
    key = models.CharField(max_length=60)
    on = models.DateField()
    precision = models.CharField(max_length=5, choices=[(p.value, p.value) for p in Precision])
    at = models.DateTimeField(null=True, blank=True)
    involvement = models.ForeignKey("matters.Involvement", null=True, blank=True, on_delete=models.PROTECT)
    note = models.TextField(blank=True)
    clock = models.CharField(max_length=10, blank=True)  # for an agreed or extended period: which clock
    agreed_on = models.DateField(null=True, blank=True)
    agreed_words = models.CharField(max_length=300, blank=True)
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    withdrawn = models.BooleanField(default=False)  # with `corrects`: that event did not happen
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    load = models.ForeignKey("intake.Load", null=True, blank=True, on_delete=models.PROTECT)
    LABELS = labels(
        special="note agreed_words",
        operational="id ref matter involvement key on precision at clock agreed_on corrects withdrawn recorded_at"
        " recorded_by load",
    )

    class Meta:
        indexes = [models.Index(fields=["matter", "on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_on__isnull=True, clock="", agreed_words="")
                | (Q(agreed_on__isnull=False) & ~Q(clock="") & ~Q(agreed_words="")),
                name="an_agreement_says_who_agreed",
            ),
            models.CheckConstraint(
                condition=Q(precision=Precision.DAY.value) | Q(at__isnull=True), name="a_moment_has_its_day"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn=False) | Q(corrects__isnull=False), name="only_a_correction_withdraws"
            ),
        ]
