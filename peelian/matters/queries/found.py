"""Where in a matter the words of a search stand."""

from collections.abc import Iterable

from peelian.intake.queries import published
from peelian.matters.models import Allegation, Matter, Narrative
from peelian.search.excerpts import Pieces, excerpt
from peelian.terms.viewer import Viewer


def excerpts(viewer: Viewer, matter_ids: Iterable[int], typed: str) -> dict[int, Pieces]:
    """For each of the matters that the viewer may see, the stretch of its narrative, or of an allegation, that met
    what was typed, by key; a matter that was met by its heading or its reference alone is left out. Two statements.
    """
    wanted = sorted(set(matter_ids))
    seen = Matter.objects.visible_to(viewer).filter(pk__in=wanted).values("pk")
    told = Narrative.objects.filter(matter__in=seen).values_list("matter_id", "text")
    alleged = Allegation.objects.filter(published(), matter__in=seen).exclude(text="").order_by("matter_id", "number")
    found: dict[int, Pieces] = {}
    for matter_id, text in (*told, *alleged.values_list("matter_id", "text")):
        if matter_id not in found and (pieces := excerpt(text, typed)):
            found[matter_id] = pieces
    return found
