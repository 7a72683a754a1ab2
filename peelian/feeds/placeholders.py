"""Keys that stand for nobody in particular: proposed from how often they occur and from the words they use.

A proposal is not a decision: a person confirms it, and a confirmed placeholder is never counted as a person.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

SHARE = 0.01  # of all rows that a key must hold before its number of rows says anything
MULTIPLE = 10  # times the 99.9th percentile of ordinary keys
PERCENTILE = 0.999
FEWEST_KEYS = 100  # ordinary keys needed for a percentile to mean anything
FEWEST_ROWS = 100

WORDS = frozenset(
    {
        *("unknown", "not known", "unidentified", "unnamed", "anonymous", "unk", "uk officer", "unknown officer"),
        *("organisational", "organizational", "organisation", "organization", "corporate", "force", "whole force"),
        *("not applicable", "n/a", "na", "none", "nil", "null", "no officer", "no subject", "not recorded"),
        *("not stated", "not specified", "unspecified", "various", "multiple", "several", "other", "others"),
        *("tbc", "tba", "to be confirmed", "dummy", "test", "placeholder", "xxx", "no name", "nobody"),
        *("direction and control", "police", "police officer", "officer", "staff"),
    }
)


@dataclass(frozen=True, slots=True)
class ProposedPlaceholder:
    """A key proposed as a placeholder: how many rows it holds, which share of all, and why, in a sentence."""

    key: str
    rows: int
    share: float
    reason: str


def propose(rows_by_key: Mapping[str, int]) -> list[ProposedPlaceholder]:
    """Placeholders among person keys, those with most rows first. `rows_by_key`: person key -> rows that name it.

    Two rules. *Words*: the whole key is a word that means nobody in particular. *Size*: the key holds at least 1% of
    all rows, at least 100, and at least ten times what the 99.9th percentile of ordinary keys (those under 1%) holds;
    it speaks only where there are 100 ordinary keys, so a short file proposes by words alone.
    """
    total = sum(rows_by_key.values())
    named = {key for key in rows_by_key if _says_nobody(key)}
    ordinary = sorted(rows for key, rows in rows_by_key.items() if rows < SHARE * total and key not in named)
    usual = ordinary[math.ceil(PERCENTILE * len(ordinary)) - 1] if len(ordinary) >= FEWEST_KEYS else None
    proposed = []
    for key, rows in rows_by_key.items():
        share = rows / total if total else 0.0
        if key in named:
            reason = f"“{key}” is a word for nobody in particular"
        elif usual is not None and rows >= max(FEWEST_ROWS, SHARE * total, MULTIPLE * usual):
            reason = (
                f"it holds {rows:,} rows, {share:.1%} of the file and {rows / usual:,.0f} times the {usual:,} rows "
                f"that 999 in 1,000 of the ordinary keys stay within"
            )
        else:
            continue
        proposed.append(ProposedPlaceholder(key, rows, share, reason))
    return sorted(proposed, key=lambda one: (-one.rows, one.key))


def _says_nobody(key: str) -> bool:
    words = " ".join(re.sub(r"[^\w/]+", " ", key).split()).casefold()
    return not words or words in WORDS or not any(letter.isalnum() for letter in words)
