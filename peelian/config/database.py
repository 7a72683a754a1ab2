"""One setting chooses the database: a URL."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def database_from(url: str, home: Path) -> dict[str, Any]:
    """Django's settings for `url`; SQLite in `home` when empty.

    Raises ValueError for a scheme other than `sqlite`, `postgres` or `postgresql`.
    """
    if not url:
        return sqlite(home / "peelian.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path.removeprefix("/") if parts.path.startswith("//") else parts.path)))
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError(f"PEELIAN_DATABASE must start with sqlite: or postgresql:, not {parts.scheme!r}")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def sqlite(path: Path) -> dict[str, Any]:
    """SQLite so that concurrent writers wait and none fails: write-ahead log, IMMEDIATE transactions, a long wait.

    `synchronous=FULL` because an acknowledged act must survive a power cut, not only a killed process.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "timeout": 30,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                " PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32000; PRAGMA recursive_triggers=ON"
            ),
        },
    }
