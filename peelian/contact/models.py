"""What was agreed with people on a matter, what they said, what they were offered. Every row is insert-only.

All of it lies behind its matter's wall: it is read by way of the matter and never by itself. What names somebody, and
every word that was said or given as a reason, is one sealed `words`, under the key of the contact of its matter, and
goes with it; that something was agreed, said or offered, and when, stays. `place`: to what the seal is bound.
"""

from django.db import models

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

    `words`: `ways`, each with `channel`, `address`, `days`, `from`, `to`, `note`; `say`; `never_say` and `never_write`,
    one a line; `may_be_told`, `lives_there`, `interpreter`, `adjustments`; `agreed_with`; `reasons`, why it was made or
    takes the place of the one before.
    """

    version = models.IntegerField()
    wants_contact = models.BooleanField()
    words = models.BinaryField()
    every_days = models.IntegerField(null=True, blank=True)
    LABELS = labels(identity="involvement", special="words wants_contact", operational=f"{SAID} version every_days")

    class Meta(OfSomebody.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["involvement", "version"], name="one_plan_a_version")]

    @property
    def place(self) -> str:
        return f"plan {self.involvement_id} {self.version}"


class Said(OfSomebody):
    """Consent or a wish. `how`: in which way it reached the force. `words`: `words`, those it was said in; `about`,
    with whom something is shared; `reasons`, theirs; `said_by`, who said it for them, empty for themselves.
    """

    ref = models.CharField(max_length=20, unique=True)
    topic = models.CharField(max_length=20, choices=[(one.value, one.words) for one in Topic])
    stance = models.CharField(max_length=10, choices=[(one.value, one.words) for one in Stance])
    words = models.BinaryField()
    how = models.CharField(max_length=30, choices=[(one, one) for one in CHANNELS])
    LABELS = labels(identity="involvement", special="stance words", operational=f"{SAID} ref topic how")

    class Meta(OfSomebody.Meta):
        abstract = False

    @property
    def place(self) -> str:
        return str(self.ref)


class RightMark(OfSomebody):
    """Where one right of the Victims' Code stands for somebody; the last row of a right stands. `words`: `reasons`."""

    right = models.CharField(max_length=10)  # a row of `victims_right`
    state = models.CharField(max_length=20, choices=[(one.value, one.words) for one in RightState])
    words = models.BinaryField()
    LABELS = labels(identity="involvement", special="state words", operational=f"{SAID} right")

    class Meta(OfSomebody.Meta):
        abstract = False

    @property
    def place(self) -> str:
        return f"right {self.involvement_id} {self.right}"


class Referral(OfSomebody):
    """That an independent adviser was offered, and whether they agreed to be referred. `words`: `words`, theirs."""

    ref = models.CharField(max_length=20, unique=True)
    adviser = models.CharField(max_length=30)  # a row of `adviser`
    consented = models.BooleanField()
    words = models.BinaryField()
    LABELS = labels(identity="involvement", special="adviser consented words", operational=f"{SAID} ref")

    class Meta(OfSomebody.Meta):
        abstract = False

    @property
    def place(self) -> str:
        return str(self.ref)


class ReferralMade(models.Model):
    """That a referral was made, on which day. `words`: `service`, to which."""

    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="made")
    words = models.BinaryField()
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(special="words", operational="id referral on recorded_at recorded_by")

    @property
    def place(self) -> str:
        return f"{self.referral.ref} made"


class ReferralAnswer(models.Model):
    """What came of a referral. `words`: `words`."""

    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="answer")
    words = models.BinaryField()
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(special="words", operational="id referral on recorded_at recorded_by")

    @property
    def place(self) -> str:
        return f"{self.referral.ref} answer"


class ViewKey(OfSomebody):
    """A key to the view of one's own matter: a reference, and the hash of its code. The code itself is never kept.
    `words`: `reasons`, why it was given."""

    reference = models.CharField(max_length=20, unique=True)
    code_hash = models.CharField(max_length=200)
    words_are_theirs = models.BooleanField(default=False)  # what the matter came of is in their own words
    words = models.BinaryField()
    LABELS = labels(identity="involvement", special="words", operational=f"{SAID} reference code_hash words_are_theirs")

    class Meta(OfSomebody.Meta):
        abstract = False

    @property
    def place(self) -> str:
        return str(self.reference)


class ViewKeyEnd(models.Model):
    """That a key was ended. `words`: `reasons`, why."""

    key = models.OneToOneField(ViewKey, on_delete=models.PROTECT, related_name="end")
    words = models.BinaryField()
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(special="words", operational="id key on recorded_at recorded_by")

    @property
    def place(self) -> str:
        return f"{self.key.reference} end"


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
