"""Users, the roles they hold, their places on records, their ties to people, and broken glass.

Records and people live in later rooms, so they are named here by kind and key, not by foreign key.
"""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from peelian.terms.acts import RecordKind
from peelian.terms.labels import labels
from peelian.terms.matters import Capacity


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """Someone who may sign in. `person_id` is the person in the register this user is, where there is one."""

    ref = models.CharField(max_length=20, unique=True)
    username = models.CharField(max_length=150, unique=True)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    person_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    unit_id = models.BigIntegerField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    calendar_token = models.CharField(max_length=64, blank=True, db_index=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()
    LABELS = labels(
        identity="username name email person_id",
        special="password calendar_token",
        operational="id ref unit_id is_active last_login",
    )

    def __str__(self) -> str:
        return self.username


class RoleGrant(models.Model):
    """A role held by a user for a span; the keys are those of `roles.toml`."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=50)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    granted_by = models.CharField(max_length=80)
    LABELS = labels(operational="id user role from_on to_on granted_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role"], condition=Q(to_on__isnull=True), name="one_open_grant_a_role"
            )
        ]


class FromOutside(models.Model):
    """A user who works for another force or body and is here while this lasts. `words`: how that is known."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="from_outside")
    body = models.CharField(max_length=120)
    words = models.TextField()
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(operational="id user body words from_on to_on recorded_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(to_on__isnull=True), name="one_body_a_user"),
            models.CheckConstraint(condition=~Q(body="") & ~Q(words=""), name="a_body_with_how_it_is_known"),
        ]


class Place(models.Model):
    """A user's place on a record. Until `signed_at` they see names and a declaration to sign, and nothing more.

    `conflict_at` with `conflict_reason`: they declared a conflict, and are kept out.
    """

    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in RecordKind])
    record_id = models.BigIntegerField()
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="places")
    capacity = models.CharField(max_length=30, choices=[(c.value, c.words) for c in Capacity])
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    given_by = models.CharField(max_length=80)
    signed_at = models.DateTimeField(null=True, blank=True)
    conflict_at = models.DateTimeField(null=True, blank=True)
    conflict_reason = models.TextField(blank=True)
    LABELS = labels(
        special="conflict_reason",
        operational="id kind record_id user capacity from_on to_on given_by signed_at conflict_at",
    )

    class Meta:
        indexes = [models.Index(fields=["user", "kind", "to_on"]), models.Index(fields=["kind", "record_id"])]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "record_id", "user", "capacity"],
                condition=Q(to_on__isnull=True),
                name="one_open_place_a_capacity",
            ),
            models.CheckConstraint(
                condition=Q(conflict_at__isnull=True) | ~Q(conflict_reason=""),
                name="a_conflict_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="a_place_ends_after_it_starts",
            ),
        ]


class Tie(models.Model):
    """`person_id` is kept out of anything about `other_id` while the tie lasts."""

    class Ground(models.TextChoices):
        LINE_MANAGER = "line_manager", "Line manager"
        DECLARED_RELATIONSHIP = "declared_relationship", "Declared relationship"

    person_id = models.BigIntegerField(db_index=True)
    other_id = models.BigIntegerField(db_index=True)
    ground = models.CharField(max_length=30, choices=Ground.choices)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    LABELS = labels(identity="person_id other_id", special="ground", operational="id from_on to_on")


class BrokenGlass(models.Model):
    """A walled record opened by a named role, for a reason, for a span of hours."""

    ref = models.CharField(max_length=20, unique=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT)
    kind = models.CharField(max_length=20)
    record_id = models.BigIntegerField()
    record_ref = models.CharField(max_length=20)
    reason = models.TextField()
    at = models.DateTimeField()
    until = models.DateTimeField()
    LABELS = labels(special="reason", operational="id ref user kind record_id record_ref at until")

    class Meta:
        indexes = [models.Index(fields=["user", "kind", "until"])]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="broken_glass_has_a_reason")]


class Delegation(models.Model):
    """Someone appointed by a chief officer to stand in where the head of professional standards is concerned."""

    user = models.ForeignKey(User, on_delete=models.PROTECT)
    appointed_by = models.CharField(max_length=80)
    reason = models.TextField()
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    LABELS = labels(operational="id user appointed_by reason from_on to_on")


class Tether(models.Model):
    """A person known only through a record: seen by those who may see at least one such record."""

    person_id = models.BigIntegerField(db_index=True)
    kind = models.CharField(max_length=20)
    record_id = models.BigIntegerField()
    LABELS = labels(identity="person_id", operational="id kind record_id")

    class Meta:
        indexes = [models.Index(fields=["kind", "record_id"])]
        constraints = [models.UniqueConstraint(fields=["person_id", "kind", "record_id"], name="one_tether_a_record")]


class StandIn(models.Model):
    """A record in which the head of professional standards is concerned: whoever is the delegate is named on it."""

    kind = models.CharField(max_length=20)
    record_id = models.BigIntegerField()
    record_ref = models.CharField(max_length=20)
    since_on = models.DateField()
    LABELS = labels(operational="id kind record_id record_ref since_on")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "record_id"], name="one_stand_in_a_record")]
