"""Who answers for an item, who is named on a sensitive one, and what text may be kept."""

from collections.abc import Sequence
from datetime import date

from peelian.intake.models import Item
from peelian.journal import actions as journal
from peelian.terms.acts import Act, RecordKind
from peelian.terms.matters import Capacity
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound, NotValid
from peelian.terms.viewer import Viewer
from peelian.walls.actions import give_place, stand_in_for_head
from peelian.walls.managed import open_keys
from peelian.walls.queries import places_on, users_holding, viewer_for
from peelian.walls.roles import HEAD

KIND = RecordKind.INTAKE_ITEM


def open_only_to_named(by: Viewer, item: Item, reason: str, never_show_to: Sequence[tuple[int, str]], on: date) -> None:
    """Make the item sensitive where a reason says so or a head of professional standards is concerned.

    `never_show_to`: who is kept out by this act. The owner is named, and so is whoever acts unless it concerns them.
    """
    concerned = stand_in_for_head(
        by=by,
        kind=KIND,
        record_id=item.pk,
        record_ref=item.ref,
        person_ids=[person_id for person_id, _ in never_show_to],
        on=by.today,
    )
    if item.sensitive_on or not (concerned or reason.strip()):
        return
    item.sensitive_on = on
    item.save(update_fields=["sensitive_on"])
    said = reason.strip() or "A head of professional standards is concerned."
    journal.record(
        by=by,
        act=Act.ALTERED,
        kind=KIND,
        key=item.ref,
        summary="made sensitive: open only to those named",
        on=on,
        texts=[(item.ref, {"reason": said})],
    )
    if item.owner_id is not None:
        name_on(by, item, item.owner_id, on)
    if by.user_id is not None and open_keys(KIND, by).filter(pk=item.pk).exists():
        name_on(by, item, by.user_id, on)


def name_on(by: Viewer, item: Item, user_id: int, on: date) -> None:
    """Name a user on the item, unless they are already; they see it once they have signed."""
    if any(place.user.id == user_id and place.to_on is None for place in places_on(KIND, item.pk)):
        return
    give_place(
        by=by,
        kind=KIND,
        record_id=item.pk,
        record_ref=item.ref,
        user_id=user_id,
        capacity=Capacity.NAMED,
        on=on,
        because="takes part in a sensitive item",
    )


def must_be_able(by: Viewer, item: Item) -> str:
    """The actor key of the item's owner, if they may see items and this one does not concern them."""
    try:
        owner = viewer_for(item.owner_id or 0, at=by.at)
    except NotFound as error:
        raise NotValid("owner", "Choose an active user.") from error
    if not owner.may(Permission.READ_INTAKE):
        raise NotValid("owner", f"{owner.name} holds no role that sees what has arrived.")
    if not open_keys(KIND, owner).filter(pk=item.pk).exists():
        raise NotValid("owner", f"{owner.name} is to be kept out of this item, so cannot own it.")
    return owner.actor


def who_answers(by: Viewer, kept_out: frozenset[int]) -> int | None:
    """Who answers for a finding: whoever acts, else a head, else an assessor, never one kept out; None for nobody."""
    if by.user_id is not None and by.may(Permission.READ_INTAKE) and by.person_id not in kept_out:
        return by.user_id
    candidates = (*users_holding(HEAD, by.today), *users_holding(Permission.ASSESS, by.today))
    for user in candidates:
        able = viewer_for(user.id, at=by.at)
        if able.may(Permission.READ_INTAKE) and user.person_id not in kept_out:
            return user.id
    return None


def text_of(field: str, given: str, *, why: str = "", longest: int | None = None) -> str:
    """The text as it came. Raises NotValid where it is missing (if `why` asks for it), too long or not storable."""
    if why and not given.strip():
        raise NotValid(field, why)
    if longest is not None and len(given) > longest:
        raise NotValid(field, f"Use at most {longest} characters.")
    if "\x00" in given or any("\ud800" <= letter <= "\udfff" for letter in given):
        raise NotValid(field, "This text holds characters that cannot be kept. Remove them.")
    return given
