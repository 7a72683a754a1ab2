"""Keys that lie in `PEELIAN_HOME`, made on first use and readable by their owner alone."""

import os
import secrets
from pathlib import Path


def secret_key_in(home: Path) -> str:
    """The session-signing key of this installation (`PEELIAN_SECRET_KEY`, or a file made once)."""
    given = os.environ.get("PEELIAN_SECRET_KEY")
    if given:
        return given
    path = home / "keys" / "session.key"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()
