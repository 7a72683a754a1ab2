"""The one way an action asks whether the viewer holds a power."""

from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotValid, Refusal
from peelian.terms.viewer import Viewer

LAW = "Roles of this force (docs/reference/roles.md)"


def must_hold(viewer: Viewer, *permissions: Permission) -> None:
    """Pass if `viewer` holds any of `permissions`. Raises NotAllowed otherwise, naming the first."""
    if not any(viewer.may(permission) for permission in permissions):
        raise NotAllowed(Refusal(f"Your role does not let you {permissions[0].words}.", LAW))


def must_say(reason: str, *, why: str, field: str = "reason") -> str:
    """The reason, stripped. Raises NotValid where there is none; `why` is the sentence that asks for it."""
    if not (stripped := reason.strip()):
        raise NotValid(field, why)
    return stripped
