"""Packs as lines of a list."""

from typing import Any

from django.db.models import Count, QuerySet

from peelian.clocks.law import law as law_in_force
from peelian.disclosure.models import Pack
from peelian.disclosure.rows import PackLine
from peelian.disclosure.states import PackState
from peelian.matters.queries import MatterParts
from peelian.walls import queries as users


def lines_of(packs: QuerySet[Pack], matter: MatterParts) -> tuple[PackLine, ...]:
    """Packs of a matter that the viewer was shown, latest first. Two statements."""
    listed = list(packs.select_related("given").annotate(count=Count("items")).order_by("-made_at", "ref"))
    names = users.actor_names({one.made_by for one in listed})
    return tuple(line_of(one, matter, names[one.made_by], one.count) for one in listed)


def line_of(pack: Any, matter: MatterParts, made_by: str, count: int) -> PackLine:
    given = getattr(pack, "given", None)
    return PackLine(
        ref=pack.ref,
        to=to_words(pack, matter),
        audience_words=audience_words(pack.audience),
        state=PackState(pack.state),
        count=count,
        on=pack.on,
        made_by=made_by,
        given_on=given.on if given else None,
    )


def to_words(pack: Any, matter: MatterParts) -> str:
    """To whom a pack goes, in words."""
    if pack.recipient_id is None:
        return str(pack.who)
    found = next((one for one in matter.people if one.id == pack.recipient_id), None)
    return f"{found.name} ({found.part.words.lower()})" if found else "somebody no longer on the matter"


def audience_words(key: str) -> str:
    """The words of an audience, also of one that is no longer held."""
    rows = [row for row in law_in_force().table("disclosure_audience") if row.key == key]
    return rows[-1].title if rows else key
