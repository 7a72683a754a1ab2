"""The tables of this room. All insert-only, and read behind the walls of the person and of what raised them."""

from peelian.vetting.models.applications import (
    Application,
    Closed,
    Decision,
    Information,
    Recommendation,
    RefusalStep,
    Source,
    Weight,
)
from peelian.vetting.models.clearances import (
    AnnualReview,
    Clearance,
    Control,
    ControlReview,
    ControlTold,
    Standing,
    Withdrawal,
    WithdrawalStep,
)
from peelian.vetting.models.declared import Conviction, Declaration, Declared, Lot, Statement
from peelian.vetting.models.seconds import Draw, Drawn, Looked, Reading, ReadingAnswer, Redecision

__all__ = [
    "AnnualReview",
    "Application",
    "Clearance",
    "Closed",
    "Control",
    "ControlReview",
    "ControlTold",
    "Conviction",
    "Decision",
    "Declaration",
    "Declared",
    "Draw",
    "Drawn",
    "Information",
    "Looked",
    "Lot",
    "Reading",
    "ReadingAnswer",
    "Recommendation",
    "Redecision",
    "RefusalStep",
    "Source",
    "Standing",
    "Statement",
    "Weight",
    "Withdrawal",
    "WithdrawalStep",
]
