"""A few people as vetting shows them: cleared, with controls, silent sources, a decision that waits, a withdrawal."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from peelian.clocks.law import law
from peelian.demo.casting import guest_of
from peelian.demo.cleared import Before
from peelian.demo.service import Supervised
from peelian.demo.stage import Stage
from peelian.demo.workforce import Servant
from peelian.rules.vetting import Weighing
from peelian.terms.known_dates import KnownDate
from peelian.terms.people import PersonKind
from peelian.terms.vetting import Said
from peelian.vetting import actions, queries
from peelian.vetting.rows import Recommended

OFFICER, MANAGER = "vetting", "authority2"
BEGINS = 10 * 60
TEAM = 7
AREAS = ("Northmere", "Westhaven")
READ = "All of it was read together, and the person was asked about each part."
PLAIN = Weighing("some", ("recent",), "It was dealt with, and is weighed with the rest.")
SILENT = ("psd", AREAS[1])
WITHDRAWING = (
    (
        "suspended",
        "The order forbids contact with somebody whom a response officer may be sent to. Systems closed today.",
    ),
    (
        "assessment",
        "An order of a court about harassment bears on whether clearance can be held; no condition is plain yet.",
    ),
    ("appointed", "The vetting officer carries it out: has never worked with them, and no part in the order."),
)
NOT_NEEDED = "The post gives no access that this source bears on."


def write_down(stage: Stage, concerned: Sequence[Servant]) -> tuple[list[Servant], list[Servant], Before]:
    """Write it down for people who serve and are in no matter here, and for one who is concerned in some.

    Returns three of the first that nothing was written of, everybody else of whom nothing was, and what the older
    system's file must say of all these for it to fit.
    """
    serving = [one for one in stage.workforce.everyone if one.slot and not one.slot.sign_in and one.left is None]
    before, team = stage.diary.first, _team(stage, serving)
    for one in team:
        stage.diary.on(before + timedelta(days=1), Supervised(stage, one))
    free = sorted(
        (one for one in serving if one.kind is PersonKind.OFFICER and one not in concerned and _is_constable(one)),
        key=lambda one: (one not in team, one.key),
    )
    pieces: list[tuple[int, Callable[[datetime], None]]] = []
    days = (stage.today - before).days
    for place, one in enumerate(free[:4]):
        pieces.append((days - 10 - 8 * place, _Cleared(stage, one, controls=place == 1)))
    if len(free) > 4:
        pieces.append((31, _Silent(stage, free[4])))
        pieces.append((45, _Declares(stage, free[0])))
        pieces.append((16, _Withdraws(stage, free[2])))
        stage.diary.on(stage.today - timedelta(days=20), lambda at: _state(stage, at), minute=BEGINS + 40)
        pieces += [(12, _Signed(stage, free[0])), (6, _Signed(stage, free[3]))]
    known = sorted((one for one in serving if one in concerned), key=lambda one: (not _is_constable(one), one.key))
    if known:
        pieces.append((5, _Waits(stage, known[0])))
    for number, (ago, deed) in enumerate(pieces):
        stage.diary.on(stage.today - timedelta(days=ago), deed, minute=BEGINS + number)
    written = [*free[:8], *known[:1]]
    return free[5:8], [one for one in serving if one not in written], _before(stage, free, known, days)


def _state(stage: Stage, at: datetime) -> None:
    """The annual statement of the member of staff with a sign-in: every question answered no, save one."""
    keys = [row.key for row in law().table("vetting_question")]
    words = "We moved in March; the new address is with People Services."
    answers = {key: number == 0 for number, key in enumerate(keys)}
    actions.state_own(by=stage.as_user("staff", at), answers=answers, words=words, on=at.date())


def _before(stage: Stage, free: Sequence[Servant], known: Sequence[Servant], days: int) -> Before:
    """What ran out, or runs out, where somebody asked anew; who came from another force held nothing here."""
    found = Before(without={one.key for one in free[4:5]})
    for place, one in enumerate(free[:4]):
        found.ends[one.key] = stage.today - timedelta(days=days - 10 - 8 * place - 20)
    for place, one in enumerate(free[5:8]):
        found.ends[one.key] = stage.today - timedelta(days=25 + 30 * place)
    for one in known[:1]:
        found.ends[one.key] = stage.today + timedelta(days=18)
    return found


def _is_constable(one: Servant) -> bool:
    return bool(one.ranks) and one.ranks[-1][1] == "Constable"


def _team(stage: Stage, serving: Sequence[Servant]) -> list[Servant]:
    """Some of those whom the line manager with a sign-in manages, the one with a sign-in of their own among them."""
    manager, staff = guest_of(stage, "manager"), guest_of(stage, "staff")
    managed = [one for one in serving if stage.workforce.supervisor_of(one) is manager]
    return sorted(managed, key=lambda one: (one is not staff, one.key))[:TEAM]


class Piece:
    """Somebody, and what vetting did with them on one day."""

    def __init__(self, stage: Stage, one: Servant, *, controls: bool = False) -> None:
        self.stage, self.one, self.controls = stage, one, controls

    def opened(self, at: datetime, purpose: str = "renewal", but: tuple[str, str] = ("", "")) -> str:
        """An application on which every source has answered, save one that is silent."""
        by, on = self.stage.as_user(OFFICER, at), at.date()
        about: dict[str, Any] = {
            "person_ref": self.stage.ref(self.one),
            "purpose": purpose,
            "level": "RV",
            "areas": AREAS,
        }
        last = AREAS[1] if purpose == "transfer" else ""
        ref = actions.apply(by=by, on=on, last_force=last, **about)
        for source in queries.application(by, ref).sources:
            given: dict[str, Any] = {"by": by, "application_ref": ref, "check": source.key, "area": source.area}
            if (source.key, source.area) == but:
                actions.say(said=Said.ASKED, to_whom=f"{source.area}, professional standards", on=on, **given)
            elif source.key == "armed_forces":
                actions.say(said=Said.EXPLAINED, words=NOT_NEEDED, on=on, **given)
            else:
                actions.say(said=Said.ANSWERED, found=False, on=on, **given)
        return ref

    def recommended(self, at: datetime, ref: str, *, controls: bool) -> None:
        """A recommendation to grant, with a control where it carries one."""
        by, on = self.stage.as_user(OFFICER, at), at.date()
        weights = {one.key: PLAIN for one in queries.application(by, ref).against}
        said = Recommended((), None, "grant", READ, weights)
        if controls:
            kept = (("No duty that gives sole access to cash or seized property.", on + timedelta(days=360)),)
            said = Recommended(("finance",), False, "grant_controls", READ, weights, controls=kept)
        actions.recommend(by=by, application_ref=ref, said=said, on=on)


class _Cleared(Piece):
    """Granted, on a recommendation by somebody else."""

    def __call__(self, at: datetime) -> None:
        ref = self.opened(at)
        self.recommended(at, ref, controls=self.controls)
        manager, on = self.stage.as_user(MANAGER, at), at.date()
        outcome = "grant_controls" if self.controls else "grant"
        actions.decide(by=manager, application_ref=ref, outcome=outcome, reasons="As recommended.", on=on)
        if self.controls:
            words = "Not to be the only one to handle cash or seized property. Somebody counts it with them."
            actions.tell_manager(by=manager, application_ref=ref, number=1, words=words, on=on)


class _Silent(Piece):
    """A transfer that one force has left unanswered for weeks."""

    def __call__(self, at: datetime) -> None:
        self.opened(at, "transfer", SILENT)


class _Waits(Piece):
    """Somebody with matters, weighed and recommended, for somebody else to decide."""

    def __call__(self, at: datetime) -> None:
        ref = self.opened(at)
        by, on = self.stage.as_user(OFFICER, at), at.date()
        words = "Two payday loans taken out in the spring and paid back late."
        details = {"basis": "The credit file and the pay slips", "judged_by": "The vetting officer"}
        actions.inform(by=by, application_ref=ref, kind="risk", words=words, details=details, on=on)
        self.recommended(at, ref, controls=True)


class _Declares(Piece):
    """A business interest that is decided on, an association that nobody declared, and two convictions."""

    def __call__(self, at: datetime) -> None:
        on, person = at.date(), self.stage.ref(self.one)
        given: dict[str, Any] = {"by": self.stage.as_user(OFFICER, at), "person_ref": person, "on": on}
        words = "Six hours on Saturdays, no uniform, no licence."
        shop = actions.declare(
            kind="business", about="A family bakery", words=words, by_self=True, arose_on=on, **given
        )
        actions.answer(
            by=self.stage.as_user(MANAGER, at),
            declaration_ref=shop,
            outcome="approved_with_conditions",
            words="Not while on sick leave or restricted duty.",
            review_on=on + timedelta(days=365),
            on=on,
        )
        actions.declare(
            kind="association_criminal",
            about="A brother-in-law convicted of supplying drugs",
            words="They share a house. It came from a neighbour, and was not declared.",
            by_self=False,
            arose_on=on - timedelta(days=400),
            **given,
        )
        traffic: dict[str, Any] = {"category": "traffic_minor", "disposal": "fine", "while_serving": True}
        actions.convict(
            committed=KnownDate(on - timedelta(days=300)), words="Speeding, 58 in a 40.", **traffic, **given
        )
        theft: dict[str, Any] = {"category": "dishonesty", "disposal": "caution", "while_serving": False}
        actions.convict(committed=KnownDate.of(2009, None, None), words="A phone taken at 17.", **theft, **given)


class _Signed(Piece):
    """An annual review that the line manager with a sign-in talked over and signed."""

    def __call__(self, at: datetime) -> None:
        by, person = self.stage.as_user("manager", at), self.stage.ref(self.one)
        if any(row.ref == person and row.clearance_ref for row in queries.staff(by).rows):
            words = "An hour together. Nothing new at home or with money; no other work. They know what to declare."
            actions.sign_year(by=by, person_ref=person, words=words, raises=False, on=at.date())


class _Withdraws(Piece):
    """A withdrawal whose notice was supplied: the reply is waited for."""

    def __call__(self, at: datetime) -> None:
        by, manager, on = self.stage.as_user(OFFICER, at), self.stage.as_user(MANAGER, at), at.date()
        found = queries.clearances_of(by, self.stage.ref(self.one))
        if not found:
            return
        words = "A harassment order made by a court in another area."
        ref = actions.open_withdrawal(by=by, clearance_ref=found[0].ref, words=words, on=on)
        for step, said in WITHDRAWING:
            actions.take(by=manager, withdrawal_ref=ref, step=step, words=said, on=on)

        def notice(at: datetime) -> None:
            by = self.stage.as_user(OFFICER, at)
            words = "The order, the report and the grounds. Told of a police friend and of legal representation."
            actions.take(
                by=by,
                withdrawal_ref=ref,
                step="notice",
                words=words,
                withheld="The address of the person protected by the order: they would not be safe if it were known.",
                grounds=["welfare_safety"],
                on=at.date(),
            )

        self.stage.diary.on(on + timedelta(days=7), notice, minute=BEGINS + 30)
