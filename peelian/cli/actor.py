"""Who acts when a command is typed: the system, in the name of the account of the machine that typed it."""

import getpass

from peelian.cli.clock import now
from peelian.terms.viewer import Viewer, system


def command_line(because: str) -> Viewer:
    """The viewer of a command at this moment. `because`: a sentence for the journal, without personal text."""
    try:
        account = getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in some containers
        account = "unnamed"
    return system(f"command-line:{account}", at=now(), because=because)
