"""Lines of enquiry, and every change of one. A line is never removed; what was written of a change stays."""

from django.db import models
from django.db.models import Q

from peelian.terms.investigations import LineState, Priority
from peelian.terms.labels import labels


class LineOfEnquiry(models.Model):
    """Something to be found out on a matter, by its owner, by a day. `number` addresses it within its matter.

    `allegation`: the number of the allegation that it serves; `involvement`: the person. `came_from`: the reference of
    what handed it over, such as a look-back; it is then finished there. `version` rises with each change.
    """

    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="lines_of_enquiry")
    number = models.IntegerField()
    what = models.TextField()
    why = models.TextField()
    allegation = models.IntegerField(null=True, blank=True)
    involvement = models.ForeignKey("matters.Involvement", null=True, blank=True, on_delete=models.PROTECT)
    source = models.TextField(blank=True)
    came_from = models.CharField(max_length=60, blank=True)
    priority = models.CharField(max_length=10, choices=[(one.value, one.words) for one in Priority])
    state = models.CharField(max_length=10, choices=[(one.value, one.words) for one in LineState])
    owner_id = models.BigIntegerField()
    due_on = models.DateField()
    added_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    result = models.TextField(blank=True)
    version = models.IntegerField(default=1)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(
        special="what why source result",
        operational="id matter number allegation involvement came_from priority state owner_id due_on added_on ended_on"
        " version recorded_at recorded_by",
    )

    class Meta:
        indexes = [models.Index(fields=["owner_id", "state"])]
        constraints = [
            models.UniqueConstraint(fields=["matter", "number"], name="one_line_a_number"),
            models.CheckConstraint(condition=~Q(what="") & ~Q(why=""), name="a_line_says_what_and_why"),
            models.CheckConstraint(
                condition=Q(state="open", ended_on__isnull=True, result="")
                | (~Q(state="open") & Q(ended_on__isnull=False) & ~Q(result="")),
                name="a_line_that_ended_says_how",
            ),
        ]


class LineChange(models.Model):
    """One change of a line. Insert-only. `before` and `after`: owner, day, priority and state, where they differ."""

    line = models.ForeignKey(LineOfEnquiry, on_delete=models.PROTECT, related_name="changes")
    before = models.JSONField()
    after = models.JSONField()
    words = models.TextField()
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(special="words", operational="id line before after on recorded_at recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="a_change_of_a_line_says_why")]
