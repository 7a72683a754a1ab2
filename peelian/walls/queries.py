"""Who a signed-in user is at a moment."""

from datetime import datetime

from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer, system
from peelian.walls.models import RoleGrant, User
from peelian.walls.roles import permissions_of
from peelian.walls.standing import lasting


def viewer_for(user_id: int, *, at: datetime) -> Viewer:
    """The viewer that a user is at a moment, with the roles that last on that day.

    Raises NotFound where there is no such active user.
    """
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        raise NotFound(f"no active user {user_id}")
    on = system("sign-in", at=at, because="to find the roles of a user")
    keys = frozenset(RoleGrant.objects.filter(lasting(on), user=user).values_list("role", flat=True))
    return Viewer(
        actor=f"user:{user.ref}",
        at=at,
        user_id=user.pk,
        person_id=user.person_id,
        unit_id=user.unit_id,
        name=user.name,
        roles=keys,
        permissions=permissions_of(keys),
    )
