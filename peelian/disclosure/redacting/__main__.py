"""The process in which a file is read and redacted; started by `apart.py`, and by nobody else."""

import json
import resource
import sys

from peelian.disclosure.redacting.apart import MEMORY, SECONDS, answered
from peelian.disclosure.redacting.marks import CannotRedact, StandsElsewhere


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    head, _, content = sys.stdin.buffer.read().partition(b"\n")
    try:
        answer, made = answered(json.loads(head), content)
    except StandsElsewhere as asking:
        answer, made = {"elsewhere": asking.where}, b""
    except CannotRedact as refused:
        answer, made = {"refused": str(refused)}, b""
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + made)


if __name__ == "__main__":
    main()
