"""The process in which a file is read and redacted; started by `apart.py`, and by nobody else."""

import json
import sys

from peelian.disclosure.redacting.apart import answered
from peelian.disclosure.redacting.marks import CannotRedact, StandsElsewhere


def main() -> None:
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
