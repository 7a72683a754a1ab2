"""People in the register: identity and service, each fact with its span of days (the end not included)."""

from django.db import models
from django.db.models import F, Q

from peelian.people.wall import person_kept_in, person_wall
from peelian.terms.acts import RecordKind
from peelian.terms.known_dates import Precision
from peelian.terms.labels import labels
from peelian.terms.people import IdentifierKind, NameKind, PersonKind
from peelian.terms.viewer import Viewer
from peelian.walls.managed import WalledManager, guard

PRECISIONS = [(p.value, p.value) for p in Precision]


class Unit(models.Model):
    """A part of the force: a command, a basic command unit, a team."""

    ref = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)
    load = models.ForeignKey("intake.Load", null=True, blank=True, on_delete=models.PROTECT)
    LABELS = labels(public="ref name", operational="id parent from_on to_on load")


class Person(models.Model):
    """One person, one row. The display name is the current name; all names ever held stand in `Name`."""

    ref = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=30, choices=[(k.value, k.words) for k in PersonKind])
    display_name = models.CharField(max_length=200)
    sort_name = models.CharField(max_length=200)
    born_on = models.DateField(null=True, blank=True)
    born_precision = models.CharField(max_length=5, choices=PRECISIONS, blank=True)
    sex = models.CharField(max_length=40, blank=True)
    ethnicity = models.CharField(max_length=80, blank=True)
    joined_on = models.DateField(null=True, blank=True)
    joined_precision = models.CharField(max_length=5, choices=PRECISIONS, blank=True)
    left_on = models.DateField(null=True, blank=True)
    left_precision = models.CharField(max_length=5, choices=PRECISIONS, blank=True)
    registered_on = models.DateField(null=True, blank=True)  # null: known only through a record, see walls.Tether
    source_id = models.BigIntegerField(null=True, blank=True)
    source_key = models.CharField(max_length=120, blank=True)
    load = models.ForeignKey("intake.Load", null=True, blank=True, on_delete=models.PROTECT)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = WalledManager()
    LABELS = labels(
        identity="display_name sort_name born_on born_precision source_key",
        special="sex ethnicity",
        operational="id ref kind joined_on joined_precision left_on left_precision registered_on source_id load"
        " recorded_at recorded_by",
    )

    class Meta:
        indexes = [models.Index(fields=["sort_name", "ref"])]
        constraints = [
            models.UniqueConstraint(
                fields=["source_id", "source_key"],
                condition=Q(source_id__isnull=False),
                name="one_person_a_source_key",
            ),
            models.CheckConstraint(
                condition=Q(born_on__isnull=True, born_precision="") | Q(born_on__isnull=False) & ~Q(born_precision=""),
                name="a_birth_says_how_far_it_is_known",
            ),
        ]

    @staticmethod
    def wall(viewer: Viewer) -> Q:
        return person_wall(viewer)

    @staticmethod
    def kept_in(viewer: Viewer) -> Q:
        return person_kept_in(viewer)


class OfPerson(models.Model):
    """Shared shape: a fact of a person with its span and its load."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="%(class)ss")
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)
    load = models.ForeignKey("intake.Load", null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(from_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="%(class)s_ends_after_it_starts",
            )
        ]


class Name(OfPerson):
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in NameKind])
    family = models.CharField(max_length=120)
    given = models.CharField(max_length=120, blank=True)
    LABELS = labels(identity="person family given", operational="id kind from_on to_on load")


class NameKey(models.Model):
    """A spelling-blind key of one word of a name, so that near spellings are found (`people/names.py`)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="name_keys")
    key = models.CharField(max_length=40)
    LABELS = labels(identity="person key", operational="id")

    class Meta:
        indexes = [models.Index(fields=["key", "person"])]


class Identifier(OfPerson):
    kind = models.CharField(max_length=30, choices=[(k.value, k.words) for k in IdentifierKind])
    value = models.CharField(max_length=120)
    folded = models.CharField(max_length=120, db_index=True)  # upper case, letters and digits only
    LABELS = labels(identity="person value folded", operational="id kind from_on to_on load")


class Vehicle(OfPerson):
    """A vehicle that somebody keeps or uses: its registration mark, from when to when, and who says so."""

    mark = models.CharField(max_length=20)
    folded = models.CharField(max_length=20, db_index=True)  # upper case, letters and digits only
    words = models.CharField(max_length=120, blank=True)  # make, model, colour
    source = models.CharField(max_length=120, blank=True)  # where it is known from
    LABELS = labels(identity="person mark folded words", operational="id source from_on to_on load")


class RankHeld(OfPerson):
    rank = models.CharField(max_length=80)
    LABELS = labels(identity="person", operational="id rank from_on to_on load")


class Posting(OfPerson):
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="postings")
    title = models.CharField(max_length=120, blank=True)
    supervisor = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="supervised")
    LABELS = labels(identity="person supervisor", operational="id unit title from_on to_on load")


class Accreditation(OfPerson):
    title = models.CharField(max_length=120)
    LABELS = labels(identity="person", operational="id title from_on to_on load")


class Restriction(OfPerson):
    """A restriction, redeployment or suspension; the decision behind it stands in its matter."""

    kind = models.CharField(max_length=40)
    words = models.CharField(max_length=300)
    LABELS = labels(identity="person", special="kind words", operational="id from_on to_on load")


class Contact(OfPerson):
    """A way to reach a person, whether it is safe to use, whether they prefer it, or asked that it not be used.

    A refused way without a `value` is refused whatever the address.
    """

    channel = models.CharField(max_length=20)
    value = models.CharField(max_length=300)
    is_preferred = models.BooleanField(default=False)
    is_refused = models.BooleanField(default=False)  # they asked that it not be used; `safety` says why
    safety = models.CharField(max_length=300, blank=True)  # when it is safe to use; empty: no limit was stated
    LABELS = labels(
        identity="person value",
        special="safety is_refused",
        operational="id channel is_preferred from_on to_on load",
    )


class Need(OfPerson):
    """What a person needs so as to take part: an adjustment, an interpreter, a format."""

    words = models.CharField(max_length=300)
    LABELS = labels(identity="person", special="words", operational="id from_on to_on load")


guard(RecordKind.PERSON, Person.objects)
