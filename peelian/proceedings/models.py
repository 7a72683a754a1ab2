"""Proceedings, who sits in them, objections, papers, replies, witnesses and the chair's directions. Insert-only.

All lies behind its matter's wall: it is read by way of the matter and never by itself. What is said anew is a new row,
and the last one stands.
"""

from django.db import models
from django.db.models import Q

from peelian.terms.labels import labels
from peelian.terms.proceedings import Attendance, Attending, Named, Pleaded


class Proceeding(models.Model):
    """One meeting or hearing about one person concerned. `forum`: a row of `statute/panels.toml`."""

    ref = models.CharField(max_length=20, unique=True)
    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="proceedings")
    involvement = models.ForeignKey("matters.Involvement", on_delete=models.PROTECT, related_name="proceedings")
    forum = models.CharField(max_length=40)
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(operational="id ref matter involvement forum on recorded_at recorded_by")

    class Meta:
        indexes = [models.Index(fields=["matter", "recorded_at"])]


class PanelMember(models.Model):
    """Somebody named to a seat. `seat`, `qualification`: rows of `statute/panels.toml`.

    `person_id`: in the register; None for somebody from outside, whom `name` names. `user_id`: where they sign in.
    `rank`: as the register held it on the day. `known_by`: how it is known that they qualify and are independent.
    """

    ref = models.CharField(max_length=20, unique=True)
    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="members")
    seat = models.CharField(max_length=60)
    qualification = models.CharField(max_length=60)
    person_id = models.BigIntegerField(null=True, blank=True)
    user_id = models.BigIntegerField(null=True, blank=True)
    name = models.CharField(max_length=200)
    rank = models.CharField(max_length=80, blank=True)
    known_by = models.TextField()
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(
        identity="person_id name",
        special="known_by",
        operational="id ref proceeding seat qualification user_id rank on recorded_at recorded_by",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(known_by=""), name="panel_member_is_named_and_known")
        ]


class Departure(models.Model):
    """That somebody no longer sits, from a day, and why."""

    member = models.OneToOneField(PanelMember, on_delete=models.PROTECT, related_name="departure")
    reasons = models.TextField()
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(special="reasons", operational="id member on recorded_at recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="departure_says_why")]


class Objection(models.Model):
    """What the officer concerned objects to in somebody who sits or advises, with the grounds."""

    ref = models.CharField(max_length=20, unique=True)
    member = models.ForeignKey(PanelMember, on_delete=models.PROTECT, related_name="objections")
    grounds = models.TextField()
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(special="grounds", operational="id ref member on recorded_at recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(grounds=""), name="objection_has_grounds")]


class ObjectionAnswer(models.Model):
    objection = models.OneToOneField(Objection, on_delete=models.PROTECT, related_name="answer")
    upheld = models.BooleanField()
    reasons = models.TextField()
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(special="reasons", operational="id objection upheld on recorded_at recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="objection_is_answered_with_reasons")]


class Paper(models.Model):
    """One document of the bundle, by title; the file itself is kept with the exhibits."""

    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="papers")
    number = models.IntegerField()
    title = models.CharField(max_length=200)
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(special="title", operational="id proceeding number on recorded_at recorded_by")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proceeding", "number"], name="one_paper_a_number")]


class Reply(models.Model):
    """The officer's written reply, as it came in on a day."""

    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="replies")
    mitigation = models.TextField(blank=True)
    points_of_law = models.TextField(blank=True)
    documents = models.TextField(blank=True)
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(
        special="mitigation points_of_law documents", operational="id proceeding on recorded_at recorded_by"
    )


class ReplyToAllegation(models.Model):
    """What the reply says of one allegation, by the number it has on the matter, in the officer's words."""

    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="answers")
    allegation = models.IntegerField()
    pleaded = models.CharField(max_length=20, choices=[(one.value, one.words) for one in Pleaded])
    words = models.TextField()
    LABELS = labels(special="pleaded words", operational="id reply allegation")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reply", "allegation"], name="one_answer_an_allegation"),
            models.CheckConstraint(condition=~Q(words=""), name="a_reply_is_in_words"),
        ]


class Witness(models.Model):
    """Somebody on a list of witnesses, and what they would speak to."""

    ref = models.CharField(max_length=20, unique=True)
    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="witnesses")
    name = models.CharField(max_length=200)
    about = models.TextField()
    listed_by = models.CharField(max_length=20, choices=[(one.value, one.words) for one in Named])
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(
        identity="name", special="about", operational="id ref proceeding listed_by on recorded_at recorded_by"
    )


class WitnessDirection(models.Model):
    """Whether the chair lets a witness be called, and why."""

    witness = models.ForeignKey(Witness, on_delete=models.PROTECT, related_name="directions")
    chair = models.ForeignKey(PanelMember, on_delete=models.PROTECT, related_name="witness_directions")
    attends = models.BooleanField()
    reasons = models.TextField()
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(special="reasons", operational="id witness chair attends on recorded_at recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="witness_direction_says_why")]


class Direction(models.Model):
    """What the chair directed, on one day, of every field of what may be published. The last one stands.

    `name`, `date`, `place`, `content`: whether that may be published; `…_reason`: why it is withheld.
    """

    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="directions")
    chair = models.ForeignKey(PanelMember, on_delete=models.PROTECT, related_name="publication_directions")
    name = models.BooleanField()
    name_reason = models.CharField(max_length=300, blank=True)
    date = models.BooleanField()
    date_reason = models.CharField(max_length=300, blank=True)
    place = models.BooleanField()
    place_reason = models.CharField(max_length=300, blank=True)
    content = models.BooleanField()
    content_reason = models.CharField(max_length=300, blank=True)
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(
        special="name_reason date_reason place_reason content_reason",
        operational="id proceeding chair name date place content on recorded_at recorded_by",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(name=True) | ~Q(name_reason=""))
                & (Q(date=True) | ~Q(date_reason=""))
                & (Q(place=True) | ~Q(place_reason=""))
                & (Q(content=True) | ~Q(content_reason="")),
                name="what_is_withheld_says_why",
            )
        ]


class Arrangement(models.Model):
    """How somebody attends, as the chair directed; the last one for each stands."""

    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="arrangements")
    chair = models.ForeignKey(PanelMember, on_delete=models.PROTECT, related_name="arrangements")
    who = models.CharField(max_length=20, choices=[(one.value, one.words) for one in Attending])
    how = models.CharField(max_length=30, choices=[(one.value, one.words) for one in Attendance])
    reasons = models.TextField()
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(special="reasons", operational="id proceeding chair who how on recorded_at recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="arrangement_says_why")]
