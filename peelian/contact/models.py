"""What was agreed with people on a matter, what they said, what they were offered. Every row is insert-only.

All of it lies behind its matter's wall: it is read by way of the matter and never by itself.
"""

from django.db import models
from django.db.models import Q

from peelian.terms.contact import CHANNELS, RightState, Stance, Topic
from peelian.terms.labels import labels

SAID = "id matter on recorded_at recorded_by"


class OfSomebody(models.Model):
    """What every row says: of whom on which matter, the day it happened, who wrote it and when."""

    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="contact_%(class)ss")
    involvement = models.ForeignKey("matters.Involvement", on_delete=models.PROTECT, related_name="contact_%(class)ss")
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["matter", "involvement"])]


class Plan(OfSomebody):
    """A contact plan; the last one stands and the others stay with it. `on`: the day it was agreed.

    `ways`: each with `channel`, `address`, `days`, `from`, `to`, `note`. `never_say` and `never_write`: one a line.
    `reasons`: why it was made, or why it takes the place of the one before.
    """

    version = models.IntegerField()
    wants_contact = models.BooleanField()
    ways = models.JSONField()
    say = models.TextField(blank=True)
    never_say = models.TextField(blank=True)
    never_write = models.TextField(blank=True)
    may_be_told = models.TextField(blank=True)
    lives_there = models.TextField(blank=True)
    interpreter = models.CharField(max_length=200, blank=True)
    adjustments = models.TextField(blank=True)
    every_days = models.IntegerField(null=True, blank=True)
    agreed_with = models.CharField(max_length=200)
    reasons = models.TextField()
    LABELS = labels(
        identity="involvement ways may_be_told lives_there agreed_with",
        special="say never_say never_write interpreter adjustments reasons wants_contact",
        operational=f"{SAID} version every_days",
    )

    class Meta(OfSomebody.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["involvement", "version"], name="one_plan_a_version"),
            models.CheckConstraint(condition=~Q(reasons="") & ~Q(agreed_with=""), name="a_plan_says_with_whom_and_why"),
        ]


class Said(OfSomebody):
    """Consent or a wish, in the words it was said in. `about`: with whom something is shared. `reasons`: theirs.

    `said_by`: who said it for them; empty where they did themselves. `how`: in which way it reached the force.
    """

    ref = models.CharField(max_length=20, unique=True)
    topic = models.CharField(max_length=20, choices=[(one.value, one.words) for one in Topic])
    stance = models.CharField(max_length=10, choices=[(one.value, one.words) for one in Stance])
    about = models.CharField(max_length=200, blank=True)
    words = models.TextField()
    said_by = models.CharField(max_length=200, blank=True)
    how = models.CharField(max_length=30, choices=[(one, one) for one in CHANNELS])
    reasons = models.TextField()
    LABELS = labels(
        identity="involvement said_by about",
        special="stance words reasons",
        operational=f"{SAID} ref topic how",
    )

    class Meta(OfSomebody.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(condition=~Q(words="") & ~Q(reasons=""), name="what_was_said_has_words_and_reasons")
        ]


class RightMark(OfSomebody):
    """Where one right of the Victims' Code stands for somebody; the last row of a right stands."""

    right = models.CharField(max_length=10)  # a row of `victims_right`
    state = models.CharField(max_length=20, choices=[(one.value, one.words) for one in RightState])
    reasons = models.TextField()
    LABELS = labels(identity="involvement", special="state reasons", operational=f"{SAID} right")

    class Meta(OfSomebody.Meta):
        abstract = False
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="a_right_is_marked_with_reasons")]


class Referral(OfSomebody):
    """That an independent adviser was offered, and whether they agreed to be referred. `words`: theirs."""

    ref = models.CharField(max_length=20, unique=True)
    adviser = models.CharField(max_length=30)  # a row of `adviser`
    consented = models.BooleanField()
    words = models.TextField()
    LABELS = labels(identity="involvement", special="adviser consented words", operational=f"{SAID} ref")

    class Meta(OfSomebody.Meta):
        abstract = False
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="a_referral_has_their_words")]


class ReferralMade(models.Model):
    """That a referral was made, to which service, on which day."""

    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="made")
    service = models.CharField(max_length=200)
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(special="service", operational="id referral on recorded_at recorded_by")


class ReferralAnswer(models.Model):
    """What came of a referral."""

    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="answer")
    words = models.TextField()
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(special="words", operational="id referral on recorded_at recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="an_answer_says_what_came_of_it")]


class ViewKey(OfSomebody):
    """A key to the view of one's own matter: a reference, and the hash of its code. The code itself is never kept."""

    reference = models.CharField(max_length=20, unique=True)
    code_hash = models.CharField(max_length=200)
    words_are_theirs = models.BooleanField(default=False)  # what the matter came of is in their own words
    reasons = models.TextField()
    LABELS = labels(
        identity="involvement", special="reasons", operational=f"{SAID} reference code_hash words_are_theirs"
    )

    class Meta(OfSomebody.Meta):
        abstract = False
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="a_key_is_given_for_a_reason")]


class ViewKeyEnd(models.Model):
    """That a key was ended, and why."""

    key = models.OneToOneField(ViewKey, on_delete=models.PROTECT, related_name="end")
    reasons = models.TextField()
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(special="reasons", operational="id key on recorded_at recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="a_key_is_ended_for_a_reason")]


class ViewKeyTry(models.Model):
    """That somebody tried a key, with the right code or a wrong one."""

    key = models.ForeignKey(ViewKey, on_delete=models.PROTECT, related_name="tries")
    was_right = models.BooleanField()
    at = models.DateTimeField()
    LABELS = labels(operational="id key was_right at")

    class Meta:
        indexes = [models.Index(fields=["key", "at"])]


class EntryTries(models.Model):
    """Tries of a reference and a code from one network address: not a record of what happened, and kept no longer than
    it counts. `who`: a keyed hash of the address. `since`: when the count began. `until`: it waits until then.
    """

    who = models.CharField(max_length=64, unique=True)
    tries = models.IntegerField()
    since = models.DateTimeField(db_index=True)
    until = models.DateTimeField(null=True, blank=True)
    LABELS = labels(operational="id who tries since until")


class Message(OfSomebody):
    """That somebody told the force something through the view of their own matter. Its words stand in the intake.

    `is_unsafe`: they said that a way of reaching them is not safe any more; nothing leaves until their plan is agreed
    anew.
    """

    item_ref = models.CharField(max_length=20, unique=True)
    is_unsafe = models.BooleanField()
    LABELS = labels(identity="involvement", special="is_unsafe", operational=f"{SAID} item_ref")

    class Meta(OfSomebody.Meta):
        abstract = False
