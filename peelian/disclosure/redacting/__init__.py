"""Blacking out words and places on a copy: plain text, PDF, pictures.

In: the bytes of an original and marks, each with the label of its ground. Out: the bytes of the copy and the places, in
which no word stands. Every copy is read again before it is given: one in which a marked word can still be found is
refused. Must never know: a database, a matter, who asks.
"""

from peelian.disclosure.redacting.apart import picture_apart, redact_apart, words_apart
from peelian.disclosure.redacting.marks import Box, CannotRedact, Mark, Place, Redacted, StandsElsewhere
from peelian.disclosure.redacting.words import find

__all__ = [
    "Box",
    "CannotRedact",
    "Mark",
    "Place",
    "Redacted",
    "StandsElsewhere",
    "find",
    "picture_apart",
    "redact_apart",
    "words_apart",
]
