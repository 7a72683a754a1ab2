"""Returns of the force as they might stand: met, met late, late; bulletins; two super-complaints. All invented."""

from datetime import datetime, timedelta
from functools import partial

from peelian.demo.stage import Stage
from peelian.returns import actions
from peelian.rules.returns import Quarter, quarters_ended

WRITTEN, SIGNED = 10 * 60 + 20, 15 * 60 + 45
STALKING = "Super-complaint on the police response to stalking: invented for this demonstration"
CUSTODY = "Super-complaint on children held overnight: invented for this demonstration"
PAGE = "https://policing-body.example/complaints/bulletin"


def write_down(stage: Stage) -> None:
    """The data of the last quarter that ended are not sent, and the last bulletin is not published."""
    today, diary = stage.today, stage.diary
    ended = list(quarters_ended(diary.first, today))
    for place, quarter in enumerate(ended[:-1]):
        after = 41 if place == 1 else 19  # the second went late
        diary.on(quarter.until_on + timedelta(days=after), partial(_sent, stage, quarter), minute=WRITTEN)
    for quarter, ago in ((ended[-3], 130), (ended[-2], 44)):
        published = 21 if ago > 100 else 0
        diary.on(today - timedelta(days=ago), partial(_bulletin, stage, quarter, published), minute=WRITTEN)
    diary.on(today - timedelta(days=88), partial(_stalking, stage), minute=WRITTEN)
    diary.on(today - timedelta(days=19), partial(_custody, stage), minute=WRITTEN)


def _sent(stage: Stage, quarter: Quarter, at: datetime) -> None:
    actions.send_data(
        by=stage.as_user("analyst", at),
        quarter=quarter,
        complaints=310 + quarter.month * 7,
        allegations=520 + quarter.month * 11,
        reference=f"Data capture {quarter.code}",
        on=at.date(),
    )


def _bulletin(stage: Stage, quarter: Quarter, published: int, at: datetime) -> None:
    """`published`: after how many days the local policing body did so; 0 for not yet."""
    by = stage.as_user("analyst", at)
    key = actions.receive_bulletin(by=by, quarter=quarter, reference=f"Bulletin {quarter.code}", on=at.date())
    if published:
        day = at.date() + timedelta(days=published)
        stage.diary.on(day, partial(_published, stage, key), minute=WRITTEN)


def _published(stage: Stage, key: str, at: datetime) -> None:
    by = stage.as_user("analyst", at)
    actions.publish_bulletin(by=by, return_key=key, address=PAGE, with_narrative=True, on=at.date())


def _stalking(stage: Stage, at: datetime) -> None:
    """Accepted, approved by the chief officer, and sent in time."""
    key = actions.report_super_complaint(
        by=stage.as_user("analyst", at),
        title=STALKING,
        bodies="HMICFRS, the College of Policing and the IOPC",
        number="8",
        words="Chief constables should see that whoever reports stalking is told within a week who deals with it.",
        on=at.date(),
    )
    words = "We accept the recommendation. Whoever reports stalking is told in the first call, from this spring."
    stage.diary.on(at.date() + timedelta(days=27), partial(_answered, stage, key, True, "", words), minute=WRITTEN)


def _custody(stage: Stage, at: datetime) -> None:
    """Not accepted; the answer waits for a second person."""
    key = actions.report_super_complaint(
        by=stage.as_user("analyst", at),
        title=CUSTODY,
        bodies="HMICFRS and the IOPC",
        number="2",
        words="Forces should record in each case which local authority was asked for a bed, and when.",
        asked_by=at.date() + timedelta(days=60),
        on=at.date(),
    )
    why = "It is recorded already, in the custody record, since last year."
    words = "We do not accept the recommendation as it stands. We offer to show the records of the last six months."
    stage.diary.on(at.date() + timedelta(days=14), partial(_answered, stage, key, False, why, words), minute=WRITTEN)


def _answered(stage: Stage, key: str, accepted: bool, why: str, words: str, at: datetime) -> None:
    by = stage.as_user("analyst", at)
    answer = actions.write_answer(by=by, return_key=key, accepted=accepted, why=why, words=words, on=at.date())
    if accepted:
        stage.diary.on(at.date() + timedelta(days=4), partial(_approved, stage, key, answer), minute=SIGNED)


def _approved(stage: Stage, key: str, answer: str, at: datetime) -> None:
    by = stage.as_user("chief", at)
    actions.judge_answer(by=by, return_key=key, answer_ref=answer, agreed=True, why="", on=at.date())
    stage.diary.on(at.date() + timedelta(days=3), partial(_gone, stage, key), minute=WRITTEN)


def _gone(stage: Stage, key: str, at: datetime) -> None:
    by = stage.as_user("analyst", at)
    actions.send_answer(by=by, return_key=key, reference="Letter of the chief officer, SC 8", on=at.date())
