"""The one work that belongs to no other room: reading the whole journal, which the journal itself may not queue."""

from peelian.jobs.progress import Progress
from peelian.jobs.works import Outcome, work
from peelian.journal import verification
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission

KIND = "journal check"
MOST = 5  # findings said in the outcome; `peelian journal verify` prints all


@work(KIND, permission=Permission.READ_JOURNAL)
def check(progress: Progress) -> Outcome:
    """Verify every entry against the chain, the personal texts and this database's checkpoints. Safe to repeat."""

    def step(done: int, total: int) -> None:
        progress.step(done, total, "reading entries")

    verdict = verification.verify(progress=step)
    said = [verdict.words, *(finding.words for finding in verdict.findings[:MOST]), verdict.limits]
    return Outcome(" ".join(said), kind=RecordKind.JOURNAL, key="journal")
