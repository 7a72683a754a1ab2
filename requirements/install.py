"""Make `.venv` from the locked requirements: `python3.11 requirements/install.py core|wash|spark|dev|lock`.

Standard library only. In: requirements/boot.txt (uv itself), core.txt, wash.txt, spark.txt or dev.txt, every file
pinned by hash. Out: `.venv` with the command `peelian`. A stamp named after the lock's own hash lets the next call end
at once. The project is put on the path by a one-line `.pth` file, so nothing of it has to be built. Falls back on
plain pip where uv cannot be had.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BOOT = ROOT / ".boot"
BIN = "Scripts" if os.name == "nt" else "bin"
KINDS = ("core", "wash", "spark", "dev")
ENVIRONMENT = {
    **os.environ,
    "UV_PYTHON_DOWNLOADS": "never",
    "UV_NO_PROGRESS": "1",
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "VIRTUAL_ENV": str(VENV),
}


def main(want: str) -> int:
    """Install `want` unless a stamp says it is there. Returns an exit code."""
    if sys.version_info[:2] != (3, 11):
        print(
            f"Peelian needs Python 3.11; {sys.executable} is {sys.version.split()[0]}."
            " Say make PYTHON=/path/to/python3.11"
        )
        return 2
    if want == "lock":
        return lock_again()
    if is_installed(want):
        return 0
    print(f"Installing the {want} requirements into .venv (once for each change of the lock)", flush=True)
    try:
        make_environment(VENV)
        sync(ROOT / "requirements" / f"{want}.txt")
    except subprocess.CalledProcessError as failure:
        print(f"Could not install: {failure}", file=sys.stderr)
        return 1
    put_command()
    write_stamps(want)
    return 0


def stamp(want: str) -> Path:
    lock = ROOT / "requirements" / f"{want}.txt"
    return VENV / f".installed-{want}-{hashlib.sha256(lock.read_bytes()).hexdigest()[:16]}"


def is_installed(want: str) -> bool:
    return stamp(want).exists() and (VENV / BIN / "peelian").exists()


def write_stamps(want: str) -> None:
    """Each holds all of the one before it, and is stamped for it; installing a smaller one takes packages away."""
    for old in VENV.glob(".installed-*"):
        old.unlink()
    for name in KINDS[: KINDS.index(want) + 1]:
        stamp(name).touch()


def make_environment(where: Path) -> None:
    if (where / BIN / "python").exists():
        return
    shutil.rmtree(where, ignore_errors=True)
    try:
        venv.create(where, with_pip=where == BOOT, symlinks=os.name != "nt")
    except subprocess.CalledProcessError:
        print("This Python cannot make environments: on Debian, apt-get install python3.11-venv", file=sys.stderr)
        raise


def sync(lock: Path) -> None:
    """Exactly what the lock lists, with uv where it can be had and with pip where not."""
    python = str(VENV / BIN / "python")
    if uv := find_uv():
        run(uv, "pip", "sync", "--quiet", "--require-hashes", "--python", python, str(lock))
        return
    print("uv is not to be had here; installing with pip, which takes a little longer", flush=True)
    run(
        str(BOOT / BIN / "python"),
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--quiet",
        "--require-hashes",
        "-r",
        str(lock),
    )


def find_uv() -> str | None:
    """The locked uv in `.boot`, installed there on first use."""
    make_environment(BOOT)
    uv = BOOT / BIN / "uv"
    if not uv.exists():
        lock = str(ROOT / "requirements" / "boot.txt")
        try:
            run(str(BOOT / BIN / "python"), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", lock)
        except subprocess.CalledProcessError:
            return None
    return str(uv)


def put_command() -> None:
    """`peelian` in the environment's bin, and the project on its path."""
    packages = Path(sysconfig.get_path("purelib", "venv", {"base": str(VENV), "platbase": str(VENV)}))
    (packages / "peelian.pth").write_text(f"{ROOT}\n")
    command = VENV / BIN / "peelian"
    command.write_text(f'#!/bin/sh\nexec "{VENV / BIN / "python"}" -m peelian.cli.main "$@"\n')
    command.chmod(0o755)


def lock_again() -> int:
    """Resolve every `.in` into a file of pins and hashes that names no address. Each binds the next."""
    uv = find_uv()
    if uv is None:
        print("Locking needs uv", file=sys.stderr)
        return 1
    for name, binding in (("boot", ""), ("core", ""), ("wash", "core"), ("spark", "wash"), ("dev", "spark")):
        bound = ("--constraint", f"requirements/{binding}.txt") if binding else ()
        target = f"requirements/{name}.txt"
        run(uv, "pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes", "--no-header",
            "--quiet", *bound, f"requirements/{name}.in", "-o", target)  # fmt: skip
    return 0


def run(*words: str) -> None:
    subprocess.run(words, check=True, env=ENVIRONMENT, cwd=ROOT)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1] if len(sys.argv) > 1 else "core"))
