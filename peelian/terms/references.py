"""References that a person can read out and nobody can count: random, never sequential."""

import re
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0/O, 1/I/L or U
LENGTH = 10
PAIRS = tuple(first + second for second in ALPHABET for first in ALPHABET)
PLAIN = re.compile(rf"(P[A-Z])([{ALPHABET}]{{5}})([{ALPHABET}]{{5}})")


def draw() -> str:
    """Ten letters and digits in two halves, about 49 bits, such as `K7QW9-3XDMP`. Tests replace this by name."""
    number, letters = secrets.randbelow(len(ALPHABET) ** LENGTH), ""
    for _ in range(LENGTH // 2):  # two letters at a time: a load draws hundreds of thousands
        number, pair = divmod(number, len(PAIRS))
        letters += PAIRS[pair]
    return f"{letters[:5]}-{letters[5:]}"


def new_reference(prefix: str) -> str:
    """A fresh reference such as `PM-K7QW9-3XDMP`. `prefix`: PM matter, PP person, PI intake item, PL load, PJ job."""
    return f"{prefix}-{draw()}"


def read_reference(typed: str) -> str:
    """The reference that somebody typed, in capitals or not, with its dashes or blanks or without; empty for none."""
    bare = "".join(letter for letter in typed.upper() if letter not in "- \u2010\u2011\u2013")
    found = PLAIN.fullmatch(bare)
    return f"{found[1]}-{found[2]}-{found[3]}" if found else ""
