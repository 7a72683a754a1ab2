"""Cohorts, their cases, who reviews them and what they said. What was frozen, locked or decided stays as it is."""

from django.db import models
from django.db.models import Q

from peelian.terms.known_dates import Precision
from peelian.terms.labels import labels
from peelian.terms.lookback import Consent, Position, Reading, Recontact, ReviewCategory, TaskKind
from peelian.terms.matters import MatterKind, MatterState

CATEGORIES = [(one.value, one.words) for one in ReviewCategory]


class Cohort(models.Model):
    """Past matters chosen by written criteria. Insert-only: `owner_id` is the user who answers for what comes of it."""

    ref = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=200)
    purpose = models.TextField()
    reasons = models.TextField()
    reading = models.CharField(
        max_length=20, choices=[(one.value, one.words) for one in Reading], default=Reading.CONDUCT
    )
    criteria = models.JSONField()
    target_on = models.DateField()
    follow_up_days = models.IntegerField()  # from a decision on risk management to the day its task is due
    owner_id = models.BigIntegerField()
    frozen_on = models.DateField()
    frozen_at = models.DateTimeField()
    frozen_by = models.CharField(max_length=80)
    leader_id = models.BigIntegerField(null=True, blank=True)
    LABELS = labels(
        operational="id ref title purpose reasons reading criteria target_on follow_up_days owner_id frozen_on"
        " frozen_at frozen_by leader_id"
    )

    class Meta:
        indexes = [models.Index(fields=["frozen_on", "ref"])]
        constraints = [
            models.CheckConstraint(condition=~Q(purpose="") & ~Q(reasons=""), name="a_cohort_has_purpose_and_reasons"),
            models.CheckConstraint(condition=Q(follow_up_days__gt=0), name="follow_up_takes_days"),
        ]


class Case(models.Model):
    """One matter of a cohort, with what it was when the cohort was frozen. Addressed by the two references."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="cases", db_index=False)
    matter_id = models.BigIntegerField(db_index=True)
    matter_ref = models.CharField(max_length=20)
    kind = models.CharField(max_length=40, choices=[(one.value, one.words) for one in MatterKind])
    state = models.CharField(max_length=20, choices=[(one.value, one.words) for one in MatterState])
    came_on = models.DateField(null=True, blank=True)
    came_precision = models.CharField(max_length=5, choices=[(p.value, p.value) for p in Precision], blank=True)
    LABELS = labels(operational="id cohort matter_id matter_ref kind state came_on came_precision")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "matter_id"], name="a_matter_is_one_case_of_a_cohort")]


class Allocation(models.Model):
    """A reviewer given to a case; ended with a reason if somebody else must do it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="allocations")
    position = models.IntegerField(choices=[(one.value, one.words) for one in Position])
    user_id = models.BigIntegerField(db_index=True)
    given_on = models.DateField()
    given_by = models.CharField(max_length=80)
    ended_on = models.DateField(null=True, blank=True)
    ended_reason = models.TextField(blank=True)
    LABELS = labels(special="ended_reason", operational="id case position user_id given_on given_by ended_on")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "position"], condition=Q(ended_on__isnull=True), name="one_reviewer_a_position"
            ),
            models.UniqueConstraint(fields=["case", "user_id"], name="a_reviewer_has_one_position_on_a_case"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | ~Q(ended_reason=""), name="an_ended_allocation_says_why"
            ),
        ]


class Draft(models.Model):
    """A review being written: what its form held, seen by its author alone, gone once it is locked."""

    allocation = models.OneToOneField(Allocation, on_delete=models.PROTECT, related_name="draft")
    said = models.JSONField()
    saved_at = models.DateTimeField()
    LABELS = labels(special="said", operational="id allocation saved_at")


class Review(models.Model):
    """A locked review. `round`: 0 for the first two; each time the third reviewer resolves a case is a round more."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reviews")
    position = models.IntegerField(choices=[(one.value, one.words) for one in Position])
    round = models.IntegerField()
    user_id = models.BigIntegerField()
    category = models.CharField(max_length=30, choices=CATEGORIES)
    reasons = models.TextField()
    recontact = models.CharField(max_length=20, choices=[(one.value, one.words) for one in Recontact])
    recontact_how = models.TextField(blank=True)
    recontact_owner_id = models.BigIntegerField(null=True, blank=True)
    recontact_due_on = models.DateField(null=True, blank=True)
    consent = models.CharField(max_length=20, choices=[(one.value, one.words) for one in Consent])
    consent_on = models.DateField(null=True, blank=True)
    locked_on = models.DateField()
    locked_at = models.DateTimeField()
    LABELS = labels(
        special="reasons recontact_how",
        operational="id case position round user_id category recontact recontact_owner_id recontact_due_on consent"
        " consent_on locked_on locked_at",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "position", "round"], name="one_review_a_position_and_round"),
            models.CheckConstraint(condition=~Q(reasons=""), name="a_review_has_reasons"),
            models.CheckConstraint(
                condition=~Q(recontact="planned")
                | (~Q(recontact_how="") & Q(recontact_owner_id__isnull=False) & Q(recontact_due_on__isnull=False)),
                name="planned_contact_says_how_who_and_when",
            ),
            models.CheckConstraint(
                condition=(Q(consent="not_asked") & Q(consent_on__isnull=True))
                | (~Q(consent="not_asked") & Q(consent_on__isnull=False)),
                name="consent_has_its_day",
            ),
        ]


class Enquiry(models.Model):
    """A new line of enquiry of a locked review; it becomes a task when the reviews open to each other."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="enquiries")
    number = models.IntegerField()
    words = models.TextField()
    owner_id = models.BigIntegerField()
    due_on = models.DateField()
    LABELS = labels(special="words", operational="id review number owner_id due_on")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "number"], name="an_enquiry_has_its_number")]


class Seat(models.Model):
    """A place on the panel of a cohort."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="seats")
    user_id = models.BigIntegerField(db_index=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    given_by = models.CharField(max_length=80)
    LABELS = labels(operational="id cohort user_id from_on to_on given_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "user_id"], condition=Q(to_on__isnull=True), name="one_seat_a_member"
            )
        ]


class Note(models.Model):
    """What a member of the panel said of a case in a round: agrees, or sends it back to the third reviewer."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    round = models.IntegerField()
    user_id = models.BigIntegerField()
    agrees = models.BooleanField()
    words = models.TextField()
    on = models.DateField()
    at = models.DateTimeField()
    LABELS = labels(special="words", operational="id case round user_id agrees on at")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "round", "user_id"], name="one_note_a_member_and_round"),
            models.CheckConstraint(condition=~Q(words=""), name="a_note_says_something"),
        ]


class Decision(models.Model):
    """What a case came to, once two of the panel agreed. `intake_ref`: the item that a new assessment opened."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="decision")
    category = models.CharField(max_length=30, choices=CATEGORIES)
    decided_on = models.DateField()
    decided_at = models.DateTimeField()
    intake_ref = models.CharField(max_length=20, blank=True)
    LABELS = labels(operational="id case category decided_on decided_at intake_ref")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(category="new_assessment") | ~Q(intake_ref=""), name="a_new_assessment_is_at_intake"
            )
        ]


class ConsentSaid(models.Model):
    """What the complainant or victim said of being contacted, each time they were asked."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="consents")
    consent = models.CharField(max_length=20, choices=[(one.value, one.words) for one in Consent])
    on = models.DateField()
    words = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(special="words", operational="id case consent on recorded_at recorded_by")


class Task(models.Model):
    """Something to do because of a review, by its owner, by a day. `number` addresses it within its case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks", db_index=False)
    number = models.IntegerField()
    kind = models.CharField(max_length=20, choices=[(one.value, one.words) for one in TaskKind])
    words = models.TextField()
    owner_id = models.BigIntegerField(db_index=True)
    due_on = models.DateField()
    made_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    done_words = models.TextField(blank=True)
    LABELS = labels(special="words done_words", operational="id case number kind owner_id due_on made_on done_on")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_task_a_number"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | ~Q(done_words=""), name="a_task_done_says_what_was_done"
            ),
        ]


class SignOff(models.Model):
    """A second, independent person found every case of a cohort that they may see decided, and the sum to reconcile."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="sign_offs")
    user_id = models.BigIntegerField()
    cases = models.IntegerField()
    words = models.TextField()
    on = models.DateField()
    at = models.DateTimeField()
    LABELS = labels(operational="id cohort user_id cases words on at")
