"""What a person says of a pair that the wash put together, and how the pair then stands."""

from enum import StrEnum


class Verdict(StrEnum):
    """Whether a record is about somebody who works here. `.words` reads after "The record is"."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"

    @property
    def words(self) -> str:
        return {
            Verdict.YES: "Yes, the record is about them",
            Verdict.NO: "No, it is about somebody else",
            Verdict.UNSURE: "Unsure: more must be found out",
        }[self]


class PairState(StrEnum):
    """How a pair stands. What a person said stays through every later run."""

    WAITING = "waiting"
    SECOND = "second"
    YES = "yes"
    NO = "no"
    UNSURE = "unsure"
    RULED_OUT = "ruled_out"

    @property
    def words(self) -> str:
        return {
            PairState.WAITING: "To be judged",
            PairState.SECOND: "Waits for a second person",
            PairState.YES: "Judged: the same person",
            PairState.NO: "Judged: somebody else",
            PairState.UNSURE: "Judged: unsure",
            PairState.RULED_OUT: "Ruled out: never the same",
        }[self]

    @property
    def is_open(self) -> bool:
        """Whether somebody has yet to say yes or no."""
        return self in (PairState.WAITING, PairState.SECOND, PairState.UNSURE)


class Stood(StrEnum):
    """How a pair stood when a sample was drawn of those that nobody had judged."""

    JUDGED = "judged"
    LEFT = "left"
    DRAWN = "drawn"

    @property
    def words(self) -> str:
        return {Stood.JUDGED: "Judged by then", Stood.LEFT: "Left, and not drawn", Stood.DRAWN: "Drawn"}[self]
