"""What stops a wash, said so that whoever started it can mend it."""


class WashError(Exception):
    """A sentence for a person; the command line prints it as it stands."""

    is_for_people = True


class DoesNotReconcile(WashError):
    """A sum of the account does not come out: nothing of the run may be relied on."""
