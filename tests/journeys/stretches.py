"""Stretches of a case that several journeys share, told once."""

from tests.journeys.casework import Case


def told_of(case: Case, words: str, *, heading: str, alleged: str) -> None:
    """A conduct matter from what a colleague said, recorded by the assessor."""
    assessor = case.desk("assessor")
    assessor.receives(words, heading=heading, sender="A colleague")
    assessor.assesses("Conduct matter").records(came=case.station.today, alleged=alleged, complainant=None)


def assessed(case: Case, severity: str, *, signed_by: str = "") -> None:
    """Not referred, to be investigated; then as `taken_on`."""
    case.desk("assessor").decides("referral=no").decides("conduct_handling=investigate")
    taken_on(case, severity, signed_by=signed_by)


def taken_on(case: Case, severity: str, *, signed_by: str = "") -> None:
    """An investigator appointed and given the matter, its severity assessed."""
    case.desk("authority").decides("investigator=appointed")
    places(case)
    case.desk("assessor").decides(f"severity={severity}", signed_by=signed_by)


def places(case: Case) -> None:
    """The investigator sees the matter from the moment they have signed that they have no conflict."""
    case.desk("assessor").gives_place("Investigator", "investigator")


def investigated(case: Case) -> None:
    """From the notice to the report. May Both agreed the plan, and so decides nothing after it."""
    investigator = case.desk("investigator")
    investigator.decides("notice_of_investigation=given")
    case.desk("authority").decides("terms_of_reference=set")
    case.desk("both").decides("plan=agreed")
    investigator.decides("interview_fixed=fixed", fixed=case.station.today)
    investigator.decides("interview_held=held").decides("report=submitted")
