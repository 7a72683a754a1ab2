"""Key files of the journal, in `PEELIAN_HOME/keys`: made once, readable by their owner alone.

`journal-master.key` wraps the key of every subject. Whoever loses it loses every personal text in the journal (the
chain stays whole); whoever has it and the database reads them.

`journal-checkpoint.key` signs checkpoints (Ed25519, written as a C2SP note key). `journal.vkey` is its public half:
give it to whoever is to verify, by another way than the checkpoints.
"""

import base64
import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

MASTER = "journal-master.key"
SIGNING = "journal-checkpoint.key"
PUBLIC = "journal.vkey"
ED25519 = b"\x01"


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


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs notes in C2SP form. `name` is the origin line of this journal's checkpoints."""

    name: str
    private: Ed25519PrivateKey

    @property
    def _public(self) -> bytes:
        return ED25519 + self.private.public_key().public_bytes_raw()

    @property
    def _key_id(self) -> bytes:
        return hashlib.sha256(f"{self.name}\n".encode() + self._public).digest()[:4]

    @property
    def vkey(self) -> str:
        """The public key as C2SP writes it: `name+hash+base64`."""
        return f"{self.name}+{self._key_id.hex()}+{base64.b64encode(self._public).decode()}"

    @property
    def skey(self) -> str:
        secret = base64.b64encode(ED25519 + self.private.private_bytes_raw()).decode()
        return f"PRIVATE+KEY+{self.name}+{self._key_id.hex()}+{secret}"

    @classmethod
    def of(cls, skey: str) -> "Signer":
        """From the private form `PRIVATE+KEY+name+hash+base64`. Raises ValueError when it is not one."""
        first, second, name, _, secret = skey.strip().split("+", 4)
        decoded = base64.b64decode(secret, validate=True)
        if (first, second) != ("PRIVATE", "KEY") or decoded[:1] != ED25519:
            raise ValueError("this is not an Ed25519 note key")
        return cls(name, Ed25519PrivateKey.from_private_bytes(decoded[1:]))

    def signed(self, text: str) -> str:
        """`text` (ending in a newline) with this key's signature under it."""
        signature = base64.b64encode(self._key_id + self.private.sign(text.encode())).decode()
        return f"{text}\n— {self.name} {signature}\n"


def signer() -> Signer:
    """The key that signs this installation's checkpoints, made on first use with a name of its own."""
    fresh = Signer(f"peelian-journal/{secrets.token_hex(5)}", Ed25519PrivateKey.generate())
    kept = Signer.of(made_once(SIGNING, fresh.skey.encode()).decode())
    made_once(PUBLIC, f"{kept.vkey}\n".encode())
    return kept
