"""A refusal carries its reason and its law; an action raises it, a page shows it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something may not be done or seen.

    `reason`: a sentence for the person refused. `law`: the provision or the local rule it rests on.
    """

    reason: str
    law: str = ""


class NotAllowed(Exception):
    """The viewer may not do this. Raised by actions and walled reads; carries the refusal."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.reason)
        self.refusal = refusal


class NotFound(Exception):
    """No such record for this viewer: it does not exist, or its existence may not be known."""


class NotValid(Exception):
    """What was given cannot stand. `field` names the place in the form, `reason` says what to do."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason
