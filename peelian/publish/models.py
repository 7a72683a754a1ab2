"""Letters in the making, what was issued of them, and how each was served; and whose identity is protected.

What was issued, served or decided of a letter is insert-only. A letter lies behind its matter's wall: it is read by
way of the matter and never by itself.
"""

from django.db import models
from django.db.models import Q

from peelian.publish.states import FIELD_WORDS, Ground, LetterState, Move
from peelian.terms.labels import labels


class Letter(models.Model):
    """One letter from its first draft. `template`: a key of the templates. `addressee`: the involvement it is to; none
    for the public or a body, which `body` names. `about`: the officer whom it concerns, where that is somebody else.

    `text` with `text_sha256` is what was submitted; whoever approves, approves that and nothing else.
    """

    ref = models.CharField(max_length=20, unique=True)
    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="letters")
    template = models.CharField(max_length=60)
    template_version = models.IntegerField(default=0)  # of the template that the submitted text was made from
    template_sha256 = models.CharField(max_length=64, blank=True)
    title = models.CharField(max_length=200)
    addressee = models.ForeignKey(
        "matters.Involvement", null=True, blank=True, on_delete=models.PROTECT, related_name="letters"
    )
    about = models.ForeignKey(
        "matters.Involvement", null=True, blank=True, on_delete=models.PROTECT, related_name="letters_about"
    )
    body = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=12, choices=[(one.value, one.words) for one in LetterState])
    text = models.TextField(blank=True)
    text_sha256 = models.CharField(max_length=64, blank=True)
    directed_by = models.CharField(max_length=200, blank=True)  # who gave the directions on what may be published
    directed_on = models.DateField(null=True, blank=True)
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=80)
    version = models.IntegerField(default=1)  # raised by each act, so that a second writer is told
    LABELS = labels(
        identity="addressee about",
        special="text directed_by",
        operational="id ref matter template template_version template_sha256 title body state text_sha256 directed_on"
        " written_at written_by version",
    )

    class Meta:
        indexes = [
            models.Index(fields=["matter", "written_at"]),
            models.Index(fields=["state", "written_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=LetterState.SUBMITTED) | ~Q(text_sha256=""), name="a_submitted_letter_has_its_text"
            ),
        ]


class Written(models.Model):
    """A paragraph of the writer's own, as it stands in the draft."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="written")
    key = models.CharField(max_length=60)
    text = models.TextField()
    LABELS = labels(special="text", operational="id letter key")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letter", "key"], name="one_paragraph_a_key")]


class Direction(models.Model):
    """What the chair said of one field of something to be published. `reason`: in the chair's words, where given."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="directions")
    field = models.CharField(max_length=10, choices=list(FIELD_WORDS.items()))
    may_be_published = models.BooleanField()
    reason = models.CharField(max_length=300, blank=True)
    LABELS = labels(special="reason", operational="id letter field may_be_published")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letter", "field"], name="one_direction_a_field")]


class LetterMove(models.Model):
    """One step in the life of a letter: who did it, when and why. Insert-only."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="moves")
    move = models.CharField(max_length=12, choices=[(one.value, one.words) for one in Move])
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    reasons = models.TextField(blank=True)
    text_sha256 = models.CharField(max_length=64, blank=True)
    LABELS = labels(special="reasons", operational="id letter move at by text_sha256")

    class Meta:
        indexes = [models.Index(fields=["letter", "at"])]


class Issued(models.Model):
    """The exact text that was issued, its hash, and the bytes of its PDF. Insert-only."""

    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="issued")
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    pdf = models.BinaryField()
    pdf_sha256 = models.CharField(max_length=64)
    template_version = models.IntegerField()
    template_sha256 = models.CharField(max_length=64)
    law = models.CharField(max_length=300)
    records = models.CharField(max_length=300, blank=True)  # keys of the events that its service records, in one line
    counts = models.CharField(max_length=10)  # they happen on the day it is `sent`, or on the day it is `served`
    is_conduct_notice = models.BooleanField()  # served as SI 2020/4 reg 9 says
    issued_on = models.DateField()
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=80)
    LABELS = labels(
        special="text pdf",
        operational="id letter sha256 pdf_sha256 template_version template_sha256 law records counts"
        " is_conduct_notice issued_on issued_at issued_by",
    )


class Served(models.Model):
    """How and when a letter was given, and the day on which it counts as given. Insert-only.

    `way`: a row of `statute/service.toml`. `events`: references of the events that it recorded, in one line.
    """

    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="served")
    way = models.CharField(max_length=40)
    way_words = models.CharField(max_length=120)
    address = models.CharField(max_length=300, blank=True)
    sent_on = models.DateField()
    sent_at = models.TimeField(null=True, blank=True)  # the hour, London, where it was asked for
    served_on = models.DateField()
    law = models.CharField(max_length=300)
    unverified = models.BooleanField()
    note = models.TextField(blank=True)
    events = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(
        identity="address",
        special="note",
        operational="id letter way way_words sent_on sent_at served_on law unverified events recorded_at recorded_by",
    )


class ProtectedIdentity(models.Model):
    """Somebody on a matter whom no letter to another person may name, because a person marked them so."""

    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="protected_identities")
    involvement = models.ForeignKey("matters.Involvement", on_delete=models.PROTECT, related_name="protected")
    ground = models.CharField(max_length=20, choices=[(one.value, one.words) for one in Ground])
    reason = models.CharField(max_length=300)
    marked_on = models.DateField()
    marked_by = models.CharField(max_length=80)
    lifted_on = models.DateField(null=True, blank=True)
    lifted_reason = models.CharField(max_length=300, blank=True)
    LABELS = labels(
        identity="involvement",
        special="ground reason lifted_reason",
        operational="id matter marked_on marked_by lifted_on",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["involvement"], condition=Q(lifted_on__isnull=True), name="one_mark_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(lifted_on__isnull=True) | ~Q(lifted_reason=""), name="a_lifted_mark_says_why"
            ),
        ]
