"""The quarterly data that the force sends, and the bulletin that comes back and is published."""

from datetime import date

from django.db import transaction

from peelian.returns.actions.writing import KEEP, reference_of, started, write
from peelian.returns.acts import PUBLISHED, RECEIVED, SENT
from peelian.returns.facts import bulletin_key, data_key, owed_quarters, stands
from peelian.rules.returns import Quarter, ReturnKind
from peelian.terms.known_dates import date_words
from peelian.terms.refusals import NotFound, NotValid
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold


@transaction.atomic
def send_data(
    *,
    by: Viewer,
    quarter: Quarter,
    complaints: int,
    allegations: int,
    reference: str,
    on: date,
    reasons: str = "",
) -> str:
    """Record that the complaint data of a quarter went to the IOPC; returns the key of the return. Meets CMP-15.

    `complaints`, `allegations`: logged in the quarter, as sent. Home Secretary annual data requirement. Needs
    KEEP_RETURNS. Raises NotFound for a quarter of which nothing is owed; NotValid (on, complaints, allegations,
    reference; reasons where one stands).
    """
    must_hold(by, KEEP)
    not_ahead(by, on)
    if quarter not in owed_quarters(by):
        raise NotFound(f"data owed of the quarter {quarter.code}")
    if on <= quarter.until_on:
        raise NotValid(
            "on", f"The quarter ends on {date_words(quarter.until_on)}: give the later day on which it went."
        )
    for field, number in (("complaints", complaints), ("allegations", allegations)):
        if number < 0:
            raise NotValid(field, "Give a number, 0 for none.")
    said = {"complaints": str(complaints), "allegations": str(allegations), "reference": reference_of(reference)}
    return write(by, data_key(quarter), SENT, on, said, reasons)


@transaction.atomic
def receive_bulletin(*, by: Viewer, quarter: Quarter, reference: str, on: date, reasons: str = "") -> str:
    """Record that the IOPC provided its bulletin of a quarter; returns the key of the return. Starts CMP-16.

    SI 2011/3050, Sch para 7C. Needs KEEP_RETURNS. Raises NotValid (on, reference; reasons where one stands).
    """
    must_hold(by, KEEP)
    not_ahead(by, on)
    if on <= quarter.until_on:
        raise NotValid("on", f"The quarter ends on {date_words(quarter.until_on)}: its bulletin comes later.")
    key = bulletin_key(quarter)
    published = stands(key, PUBLISHED)
    if published is not None and published.on < on:
        raise NotValid("on", f"It was published on {date_words(published.on)}: it came before that.")
    return write(by, key, RECEIVED, on, {"reference": reference_of(reference)}, reasons)


@transaction.atomic
def publish_bulletin(
    *, by: Viewer, return_key: str, address: str, with_narrative: bool, on: date, reasons: str = ""
) -> None:
    """Record that the local policing body published the bulletin with its narrative. Meets CMP-16.

    `address`: of the page. Needs KEEP_RETURNS. Raises NotFound; NotValid (address, with_narrative, on, reasons).
    """
    must_hold(by, KEEP)
    not_ahead(by, on)
    received = started(return_key, ReturnKind.BULLETIN)
    if on < received.on:
        raise NotValid("on", f"The bulletin was received on {date_words(received.on)}: give that day or a later one.")
    if not with_narrative:
        raise NotValid("with_narrative", "The duty is met once the bulletin and the narrative both stand. Wait for it.")
    address = sound("address", address, most=300, needed="Give the address of the page.")
    if not address.startswith(("https://", "http://")):
        raise NotValid("address", "Give the whole address, such as https://www.example.police.uk/bulletin.")
    write(by, return_key, PUBLISHED, on, {"address": address}, reasons)
