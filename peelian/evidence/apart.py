"""Reading what came from outside in a process of its own: a file made to harm its reader harms that process alone.

The process gets its bytes on standard input and answers on standard output. It has limits of processor time, of memory,
of time on the wall and of what it may answer, may write no file, and inherits no environment: no key, no password. Over
a limit it is killed. Started anew each time.
"""

import os
import resource
import runpy
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

HOUSE = Path(__file__).parents[2]  # where the package lies: the one thing a process has to be told
HANDLES = 64


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds`: of processor time. `wall`: seconds after which it is killed. `memory`, `most`: bytes that it may use,
    and answer."""

    seconds: int
    wall: int
    memory: int
    most: int


class Stopped(Exception):
    """The process gave no answer, and why, as the end of a sentence about the file."""


def run(module: str, given: bytes, limits: Limits) -> bytes:
    """What a module of ours (with a `__main__`, or run as one) answers to these bytes. Raises Stopped."""
    process = subprocess.Popen(  # noqa: S603 - our own module; what came from outside is on its standard input
        [sys.executable, "-s", "-m", __name__, module, str(limits.seconds), str(limits.memory)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={"PYTHONPATH": str(HOUSE), "PATH": os.defpath, "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
        start_new_session=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    late = threading.Timer(limits.wall, _kill, [process])
    feeder = threading.Thread(target=_feed, args=[process.stdin, given], daemon=True)
    late.start()
    feeder.start()
    try:
        answer = process.stdout.read(limits.most + 1)
        if len(answer) > limits.most:
            _kill(process)
        code = process.wait()
        was_late = not late.is_alive()
    finally:
        late.cancel()
        _kill(process)
        feeder.join()
        process.stdout.close()
    if len(answer) > limits.most:
        raise Stopped("what was made of it is too large.")
    if was_late or code == -signal.SIGXCPU:
        raise Stopped("it took too long to read, and its reader was stopped.")
    if code == -signal.SIGKILL:
        raise Stopped("its reader was stopped: it took too long, or too much memory.")
    if code:
        raise Stopped(
            "its reader broke on it, or asked for too much memory: it is damaged, or made to break its reader."
        )
    return answer


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End it with everything it started, if it has not ended."""
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _feed(pipe: IO[bytes], given: bytes) -> None:
    """Hand it the bytes; one that ended takes no more."""
    with suppress(BrokenPipeError), pipe:
        pipe.write(given)


def main() -> None:
    """In the process: the limits first, then the module, so that nothing is read without them."""
    module, seconds, memory = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))  # told at the first, killed at the second
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (HANDLES, HANDLES))
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
