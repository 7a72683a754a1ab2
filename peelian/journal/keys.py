"""Key files of the journal, in `PEELIAN_HOME/keys`: made once, readable by their owner alone.

`journal-master.key` wraps the key of every subject. Whoever loses it loses every personal text in the journal (the
chain stays whole); whoever has it and the database reads them.
"""

import os
import secrets
from pathlib import Path

from django.conf import settings

MASTER = "journal-master.key"


def folder() -> Path:
    path = Path(settings.PEELIAN_HOME) / "keys"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def made_once(name: str, fresh: bytes) -> bytes:
    """The content of key file `name`; `fresh` becomes its content if there is none. Safe when several start at once.

    The file appears complete or not at all: it is written beside and then linked into place.
    """
    path = folder() / name
    try:
        return path.read_bytes()
    except FileNotFoundError:
        pass
    beside = path.with_name(f".{name}.{secrets.token_hex(8)}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(fresh)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(beside, path)
    except FileExistsError:
        pass  # another process was first; its key stands
    finally:
        beside.unlink()
    return path.read_bytes()


def master_key() -> bytes:
    """256 bits that wrap the key of every subject."""
    return bytes.fromhex(made_once(MASTER, secrets.token_hex(32).encode()).decode())
