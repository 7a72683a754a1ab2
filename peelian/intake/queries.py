"""What has arrived, through the wall; and, for the rooms above, which rows of a load are readable."""

from typing import Any

from django.db.models import Q, QuerySet

from peelian.intake.models import Item, KeptOut
from peelian.intake.wall import barred_from
from peelian.terms.viewer import Viewer


def published(prefix: str = "load") -> Q:
    """True of a row whose load is published, and of one that no load made. `prefix`: the path to the load."""
    return Q(**{f"{prefix}__isnull": True}) | Q(**{f"{prefix}__published_at__isnull": False})


def items_kept_from(viewer: Viewer) -> QuerySet[Any]:
    """Keys of items that `viewer` must never see, nor anything that came of them; a subquery for the matter's wall."""
    items: QuerySet[Any] = Item.objects.as_system(because="to keep people out of what came of an item")
    return items.filter(barred_from(viewer, KeptOut.objects.all())).values("pk")
