"""Drawing by lot from the pairs that nobody judged, so that what is still missed can be estimated."""

from datetime import date

from django.db import transaction

from peelian.journal import actions as journal
from peelian.matches.models import Member, Pair, Sample
from peelian.rules.sampling import is_drawn
from peelian.terms.acts import Act, RecordKind
from peelian.terms.matches import PairState, Stood
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotValid
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold

UNJUDGED = (PairState.WAITING, PairState.RULED_OUT)  # a rule put those away, and nobody read them one by one
CHUNK = 1000


@transaction.atomic
def draw_sample(*, by: Viewer, share: int, seed: str, on: date) -> str:
    """Draw from every pair that the last run found and nobody judged, also what the drawer does not see; its reference.

    `share`: the chance of each, in a hundred. `seed` makes the same draw again, and is journalled with it. Whoever sees
    a drawn pair may judge it as any other; each reader's estimate rests on the part of it that they see. Needs
    JUDGE_MATCHES. Raises NotAllowed; NotValid (share, seed, on).
    """
    must_hold(by, Permission.JUDGE_MATCHES)
    not_ahead(by, on)
    if not 1 <= share <= 100:
        raise NotValid("share", "Choose from 1 to 100 in a hundred.")
    seed = sound("seed", seed, most=80, needed="Give a seed.")
    sample = Sample.objects.create(
        ref=new_reference("PW"), share=share, seed=seed, on=on, recorded_at=by.at, recorded_by=by.actor
    )
    drawn = left = judged = 0
    rows: list[Member] = []
    pairs = Pair.objects.filter(is_gone=False, person_id__isnull=False).order_by("ref")
    for key, ref, state in pairs.values_list("pk", "ref", "state").iterator(chunk_size=CHUNK):
        stood = Stood.JUDGED
        if state in UNJUDGED:
            stood = Stood.DRAWN if is_drawn(seed, ref, share) else Stood.LEFT
        drawn, left, judged = (
            drawn + (stood is Stood.DRAWN),
            left + (stood is not Stood.JUDGED),
            judged + (stood is Stood.JUDGED),
        )
        rows.append(Member(sample=sample, pair_id=key, stood=stood))
    Member.objects.bulk_create(rows, batch_size=CHUNK)
    journal.record(
        by=by,
        act=Act.COLLECTED,
        kind=RecordKind.LIST,
        key=f"wash sample {sample.ref}",
        summary=f"drew {drawn} of {left} pairs of the wash that nobody had judged; {judged} were judged",
        decision=f"{share} in a hundred, by the seed {seed}",
        on=on,
    )
    return str(sample.ref)
