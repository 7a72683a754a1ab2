"""The tables of this room. All but storage units are insert-only.

What names somebody or says what was found is one sealed `words`, under the key of the evidence of its matter, and goes
with it; who had what when stays. Everything lies behind the wall of its matter and is read by way of it.
"""

from peelian.evidence.models.exhibits import Attached, Ending, EndingAnswer, Exhibit, HandOver, HandOverAnswer, Sealing
from peelian.evidence.models.files import StoredFile
from peelian.evidence.models.storage import Failure, FailureEnd, Placement, Reading, StorageUnit
from peelian.evidence.models.submissions import Submission, SubmissionStep, SubmittedExhibit

__all__ = [
    "Attached",
    "Ending",
    "EndingAnswer",
    "Exhibit",
    "Failure",
    "FailureEnd",
    "HandOver",
    "HandOverAnswer",
    "Placement",
    "Reading",
    "Sealing",
    "StorageUnit",
    "StoredFile",
    "Submission",
    "SubmissionStep",
    "SubmittedExhibit",
]
