"""A throwaway PostgreSQL server for one command: `python -m tests.postgres COMMAND…`.

The cluster lies in a temporary folder, listens on a Unix socket there and nowhere else, and is removed afterwards.
Under root it runs as the user postgres, since the server refuses to run as root.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

SPEED = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"  # a throwaway may be lost to a power cut
SIZE = "-c max_connections=200 -c shared_buffers=256MB"


def programs() -> Path | None:
    """The folder with the server's programs (Debian keeps it off the path); None where there is no server."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda f: int(f.parent.name), reverse=True):
        if (folder / "initdb").exists():
            return folder
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def throwaway(options: str = SPEED) -> Iterator[str]:
    """The URL of a fresh server for PEELIAN_DATABASE, gone afterwards. Raises FileNotFoundError without one."""
    folder = programs()
    if folder is None:
        raise FileNotFoundError("no PostgreSQL server: apt-get install postgresql")
    home = Path(tempfile.mkdtemp(prefix="peelian-pg-"))
    as_owner = [] if os.getuid() else ["runuser", "-u", "postgres", "--"]
    if as_owner:
        account = pwd.getpwnam("postgres")
        os.chown(home, account.pw_uid, account.pw_gid)
    data = home / "data"

    def control(*words: str) -> None:
        done = subprocess.run([*as_owner, *words], cwd=home, capture_output=True, text=True)
        if done.returncode:
            log = home / "log"
            raise RuntimeError(f"{words[0]} failed\n{done.stderr}\n{log.read_text() if log.exists() else ''}")

    try:
        control(
            *(str(folder / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "--no-sync"),
            *("-E", "UTF8", "--locale", "C.UTF-8"),
        )
        settings = f"-c listen_addresses='' -c unix_socket_directories='{home}' {SIZE} {options}"
        control(str(folder / "pg_ctl"), "-D", str(data), "-l", str(home / "log"), "-w", "-o", settings, "start")
        try:
            yield f"postgresql://postgres@/postgres?host={quote(str(home), safe='')}"
        finally:
            control(str(folder / "pg_ctl"), "-D", str(data), "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def main(words: list[str]) -> int:
    """Run `words` with PEELIAN_DATABASE set to a throwaway server; its exit code. In CI a missing server fails."""
    if programs() is None:
        print("Not run: the tests on PostgreSQL, because no server is installed (apt-get install postgresql)")
        return 1 if os.environ.get("CI") == "true" else 0
    with throwaway() as url:
        return subprocess.run(words, env={**os.environ, "PEELIAN_DATABASE": url}).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
