"""What has arrived and waits, and what was logged with reasons."""

from datetime import datetime, timedelta

from peelian.demo.chance import Chance
from peelian.demo.naming import birth, identity
from peelian.demo.routes import drawn
from peelian.demo.stage import Stage
from peelian.demo.stories import story
from peelian.demo.tables import table
from peelian.intake import actions as intake

LOGGED = (
    "About another force: sent on to it the same day, and the sender was told.",
    "A question about a speed camera, answered by telephone; no dissatisfaction with the police was expressed.",
    "The same letter as one already recorded; the sender was told under which reference it is handled.",
    "A message of thanks to a team, passed on.",
)


def write_down(stage: Stage) -> None:
    """Items of the last fortnight that wait, one of them sensitive, and older ones that were logged."""
    chance = Chance(stage.seed, "waiting")
    for number in range(stage.size.waiting):
        day = stage.today - timedelta(days=chance.between(1, 12))
        stage.diary.on(day, Arrival(stage, chance, number))
    for number in range(max(5, stage.size.waiting // 2)):
        day = stage.today - timedelta(days=chance.between(15, 200))
        stage.diary.on(day, Arrival(stage, chance, number, logged=True))


class Arrival:
    """Something arrives; a few days later it is logged, or it waits."""

    def __init__(self, stage: Stage, chance: Chance, number: int, *, logged: bool = False) -> None:
        self.stage, self.chance, self.number, self.logged = stage, chance, number, logged

    def __call__(self, at: datetime) -> None:
        stage, chance = self.stage, self.chance
        borough = chance.one(table("force")["force"]["boroughs"][: stage.size.boroughs])
        tale = story(chance, conduct=self.number == 1, borough=borough, on=at.date(), allegations=1)
        who = identity(chance, born=birth(chance, at.date(), 18, 80), among="public", female=0.5)
        receiver = chance.one(("handler", "handler2", "handler3", "assessor"))
        kept_out: tuple[tuple[int, str], ...] = ()
        if self.number == 0 and not self.logged:
            boss = stage.workforce.by_sign_in["handler2"]
            kept_out = ((stage.ids[boss.key], "Named by the sender as somebody who must never see this."),)
            receiver = "assessor"
        sensitive = "The sender is a colleague of the person named." if self.number == 1 and not self.logged else ""
        item = intake.receive(
            by=stage.as_user(receiver, at),
            channel=drawn(chance, "received", "conduct" if sensitive else "complaint"),
            words=tale.narrative,
            heading=tale.heading,
            received_on=at.date(),
            from_words="A colleague who asks not to be named" if sensitive else f"{who.given} {who.family}",
            never_show_to=kept_out,
            owner_id=stage.user_ids["assessor" if self.number % 3 else "assessor2"],
            unit_id=stage.unit_ids["Complaints Unit"],
            sensitive_reason=sensitive,
        )
        if self.logged:
            reasons = LOGGED[self.number % len(LOGGED)]
            serious = ("H5",) if self.number == 0 else ()

            def log(later: datetime) -> None:
                """The first waits for a second person: it may be about harassment."""
                by = stage.as_user("assessor", later)
                intake.log_with_reasons(by=by, item_ref=item, serious=serious, reasons=reasons, on=later.date())

            stage.diary.on(at.date() + timedelta(days=chance.between(1, 5)), log)
