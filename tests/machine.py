"""What the tests need beside Python: Chromium, a PostgreSQL server and Java, from Debian where they are missing.

`python -m tests.machine` installs them with apt-get if this account may (root, or sudo without a password), and
otherwise says what will not be run and why; in CI (CI=true) that is a failure.
"""

import os
import shutil
import subprocess
from pathlib import Path

from tests.postgres import programs

CHROMIUM = Path("/usr/bin/chromium")


def chromium() -> str | None:
    """The browser's path, or None."""
    return str(CHROMIUM) if CHROMIUM.exists() else shutil.which("chromium") or shutil.which("chromium-browser")


def java() -> str | None:
    """The Java that Spark would run on, or None."""
    return os.environ.get("JAVA_HOME") or shutil.which("java")


def missing() -> dict[str, str]:
    """Debian's package to what cannot be run without it."""
    wanted = {}
    if chromium() is None:
        wanted["chromium"] = "the browser tests"
    if programs() is None:
        wanted["postgresql"] = "the tests on PostgreSQL"
    if java() is None:
        wanted["default-jre-headless"] = "the tests of the wash on Spark"
    return wanted


def install(packages: list[str]) -> str:
    """Install `packages`; an empty answer, or the reason why not."""
    if shutil.which("apt-get") is None:
        return "this machine has no apt-get"
    if os.getuid() == 0:
        prefix = []
    elif shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        prefix = ["sudo", "-n"]
    else:
        return "this account may not install packages (neither root nor sudo without a password)"
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    words = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    subprocess.run([*prefix, "apt-get", "update", "-q"], env=quiet, stdout=subprocess.DEVNULL)
    done = subprocess.run([*prefix, *words], env=quiet, stdout=subprocess.DEVNULL)
    return "" if done.returncode == 0 else "apt-get failed (its message is above)"


def main() -> int:
    """Install what is missing; 0 if nothing is left missing, or if it is and this is not CI."""
    wanted = missing()
    reason = install(sorted(wanted)) if wanted else ""
    for package, what in missing().items():
        print(f"Not run: {what}, because {package} is not installed and {reason}")
    return 1 if missing() and os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    raise SystemExit(main())
