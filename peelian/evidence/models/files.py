"""Files under seal."""

from django.db import models
from django.db.models import Q

from peelian.terms.labels import labels


class StoredFile(models.Model):
    """One file: an untouched original, and a clean copy where its kind allows one.

    `secret`: the key of the content with its hash, its name and the words it was given, wrapped under the key of the
    subject `ref` in the journal; whoever erases that subject erases content, hash, name and words at once.
    `on_disk`, `clean_on_disk`: random names in the store. `size`: of the plain content. `scanned`: by what it was found
    free of anything known; empty where no scanner was set. `made_from`: the file of which it is a worked copy.
    """

    ref = models.CharField(max_length=20, unique=True)
    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="files")
    made_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="copies")
    secret = models.BinaryField()
    on_disk = models.CharField(max_length=40, unique=True)
    size = models.BigIntegerField()
    media = models.CharField(max_length=100)
    scanned = models.CharField(max_length=80, blank=True)
    clean_on_disk = models.CharField(max_length=40, blank=True)
    clean_size = models.BigIntegerField(null=True, blank=True)
    clean_words = models.CharField(max_length=300)
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(
        special="secret",
        operational="id ref matter made_from on_disk size media scanned clean_on_disk clean_size clean_words on"
        " recorded_at recorded_by",
    )

    class Meta:
        indexes = [models.Index(fields=["matter", "recorded_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(clean_on_disk="", clean_size__isnull=True)
                | (~Q(clean_on_disk="") & Q(clean_size__isnull=False)),
                name="a_clean_copy_is_whole",
            )
        ]
