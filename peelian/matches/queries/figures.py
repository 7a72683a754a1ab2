"""What the hits of a run led to, as shares of those washed with their intervals, and what that would be of a whole."""

from collections import defaultdict

from django.db.models import OuterRef, Subquery

from peelian.matches.models import Judgement, Run
from peelian.matches.results import result_kinds
from peelian.matches.rows import FigureRow, Figures
from peelian.matches.wall import seen
from peelian.rules.projecting import projected
from peelian.terms.matches import PairState
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer

NO_RESULT = "No result yet"


def figures(viewer: Viewer, whole: int = 0) -> Figures | None:
    """People and pairs by result, as shares of those whom the last run washed; None before the first run.

    `whole`: how many people the shares are scaled to; fewer than were washed counts as those washed. Hits are those
    that the viewer may see; those washed are everybody in the run's own account. Three statements.
    """
    run = Run.objects.order_by("-on", "-recorded_at", "-ref").first() if viewer.may(Permission.READ_MATCHES) else None
    if run is None:
        return None
    people = run.account["people"]
    washed = int(people["with_pairs"]) + int(people["no_trace"])
    last = Judgement.objects.filter(pair=OuterRef("pk")).order_by("-pk").values("result__result")[:1]
    hits = seen(viewer).filter(state=PairState.YES, workforce=run.workforce).annotate(led_to=Subquery(last))
    pairs: dict[str, int] = defaultdict(int)
    who: dict[str, set[str]] = defaultdict(set)
    for key, result in hits.values_list("person_key", "led_to"):
        pairs[result or ""] += 1
        who[result or ""].add(key)
    scale = max(whole, washed)
    kinds = [(kind.key, kind.title) for kind in result_kinds().values()]
    rows = tuple(
        FigureRow(title, pairs[key], projected(min(len(who[key]), washed), washed, scale))
        for key, title in (*kinds, ("", NO_RESULT))
    )
    everybody = set().union(*who.values())
    one_row_each = sum(len(keys) for keys in who.values())
    return Figures(
        on=run.on,
        workforce=run.workforce,
        washed=washed,
        not_washed=int(people["people"]) - washed,
        rows=rows,
        whole=scale,
        people=projected(min(len(everybody), washed), washed, scale),
        in_several=one_row_each - len(everybody),
        waiting=seen(viewer).filter(workforce=run.workforce, is_gone=False, state=PairState.WAITING).count(),
    )
