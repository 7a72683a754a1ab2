"""The dossier of an application as a PDF, fit for judicial review: contents, what was asked, weighed, decided, told."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date

from django.http import HttpResponse, HttpResponseBase

from peelian.publish.rendering.page import Sheet
from peelian.publish.rendering.print import pdf_of
from peelian.publish.templates import letterhead
from peelian.publish.wording import Block, BlockKind
from peelian.rules.words import day_words
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer
from peelian.vetting import queries
from peelian.vetting.kept_rows import WithdrawalRow
from peelian.vetting.rows import AgainstRow, ApplicationRow, ClearanceRow, RecommendationRow, SourceRow
from peelian.web.pages import PageRequest, page, told

PDF = "application/pdf"
RECORD = "SI 2025/502 reg 7"
Act = tuple[date, str, str, str]


@page(
    "vetting/applications/<str:application_ref>/dossier.pdf",
    name="vetting-dossier",
    needs=Permission.READ_VETTING,
    opens=RecordKind.PERSON,
)
def dossier(request: PageRequest, application_ref: str) -> HttpResponseBase:
    """The dossier, as far as the viewer may see it. The hash of the file stands in the journal."""
    row = queries.application(request.viewer, application_ref)
    withdrawals = queries.withdrawals_of(request.viewer, application_ref)
    made = pdf_of(sheet_of(request.viewer, row, withdrawals))
    response = HttpResponse(made, content_type=PDF)
    response.headers["Content-Disposition"] = f'attachment; filename="{application_ref}.pdf"'
    summary = f"took away the dossier of {application_ref}, SHA-256 {hashlib.sha256(made).hexdigest()}"
    return told(response, opened=row.line.person.ref, summary=summary)


def sheet_of(viewer: Viewer, row: ApplicationRow, withdrawals: tuple[WithdrawalRow, ...] = ()) -> Sheet:
    """The dossier as it is laid out. It says whose view it is: what they may not see is not in it."""
    head = letterhead()
    about = f"{row.line.person.name}, {row.line.person.ref}"
    mine = f"Printed for {viewer.name} on {day_words(viewer.today)}. It holds what {viewer.name} may see."
    parts = tuple(_parts(row, withdrawals))
    blocks = [_heading("Contents")]
    blocks += [Block(BlockKind.ITEM, f"{number}. {title}") for number, (title, _) in enumerate(parts, 1)]
    for number, (title, held) in enumerate(parts, 1):
        blocks += [_heading(f"{number}. {title}"), *held]
    return Sheet(
        force=head.force,
        department="Vetting",
        address=head.address,
        lines=(about, f"Application {row.line.ref}", mine),
        title=f"Vetting: {row.purpose.title}, {row.level.title}",
        blocks=(*blocks, *_proof(blocks)),
        issued_on=viewer.today,
        footer=f"{row.line.ref}, {row.line.person.ref}",
    )


def _parts(row: ApplicationRow, withdrawals: tuple[WithdrawalRow, ...]) -> Iterator[tuple[str, list[Block]]]:
    """Each part with its heading, in order."""
    opened = [_said(f"Opened on {day_words(row.line.on)} by {row.opened_by}. Areas: {'; '.join(row.areas)}.")]
    opened += [_said(f"Raised by: {_ended(row.trigger)}")] if row.trigger else []
    opened += [_said(_clearance(one)) for one in row.holds] or [_said("No clearance is on record.")]
    opened += [_said(row.words)] if row.words else []
    yield "The application", opened
    yield "Sources", [Block(BlockKind.ITEM, _source(source)) for source in row.sources]
    against = [block for item in row.against for block in _against(item)]
    yield "What stands against them", against or [_said("Nothing that the person it was printed for may see.")]
    yield "Recommendation", list(_recommendation(row.recommendation)) or [_said("Nobody has recommended anything yet.")]
    yield "Decision", list(_decision(row))
    yield "Every act, in order", [Block(BlockKind.ITEM, _act(one)) for one in _in_order(row, withdrawals)]
    yield "What was disclosed, and what was kept back", list(_disclosed(row, withdrawals))
    if withdrawals:
        yield "Withdrawal: its time limits, and what must be known of it", list(_limits(withdrawals))
    yield "Provisions that nobody has checked against their text", list(_unchecked(row, withdrawals))


def _clearance(one: ClearanceRow) -> str:
    until = f", until {day_words(one.expires_on)}" if one.expires_on else ", which does not expire"
    mark = " (its length is unverified)" if one.unverified else ""
    stands = one.state.words.lower()
    return f"Clearance on record: {one.title}, granted {day_words(one.granted_on)}{until}{mark}: {stands}."


def _limits(withdrawals: tuple[WithdrawalRow, ...]) -> Iterator[Block]:
    for held in withdrawals:
        for point in held.warnings:
            yield _said(f"Warning, {held.ref}: {point['text']} ({point.law})")
        for one in held.windows:
            until = f"until {day_words(one.until)}" if one.until else "no day"
            mark = "; unverified" if one.unverified else ""
            yield Block(BlockKind.ITEM, f"{one.what}: {until} ({one.law}, {one.clock}{mark}). {' '.join(one.because)}")


def _unchecked(row: ApplicationRow, withdrawals: tuple[WithdrawalRow, ...]) -> Iterator[Block]:
    """What the acts rest on that is law as somebody knew it, and not as somebody read it."""
    steps = [*(row.refused.steps if row.refused else ()), *(step for held in withdrawals for step in held.steps)]
    cited = [f"{one.row.title}: {one.row.law}" for one in steps if one.row.unverified]
    cited += [f"{one.words}: {one.law}" for one in row.sources if one.unverified]
    cited += [f"Length of {one.title}: {one.law}" for one in row.holds if one.unverified]
    if not cited:
        yield _said("None of those named here.")
    for words in dict.fromkeys(cited):
        yield Block(BlockKind.ITEM, words)


def _in_order(row: ApplicationRow, withdrawals: tuple[WithdrawalRow, ...]) -> list[Act]:
    """By day; of one day in the order in which they follow from each other, opened first and decided last."""
    return sorted(_acts(row, withdrawals), key=lambda act: act[0])


def _acts(row: ApplicationRow, withdrawals: tuple[WithdrawalRow, ...]) -> Iterator[Act]:
    """Every act with its day, who did it and the provision it rests on."""
    yield row.line.on, "Application opened", row.opened_by, row.purpose.law
    for source in row.sources:
        for said in source.said:
            yield said.on, f"{said.said.words}: {source.words}", said.by, source.law
    if row.recommendation:
        yield row.recommendation.on, f"Recommended: {row.recommendation.outcome.title}", row.recommendation.by, RECORD
    if row.decision:
        yield row.decision.on, f"Decided: {row.decision.outcome.title}", row.decision.by, row.decision.outcome.law
        for control in row.decision.controls:
            for on, words, by in control.reviewed:
                yield on, f"Control {control.number} looked at again: {words}", by, RECORD
    for step in row.refused.steps if row.refused else ():
        yield step.on, step.row.title, step.by, step.row.law
    if row.closed:
        yield row.closed[0], "Ended without a decision", row.closed[2], RECORD
    for held in withdrawals:
        for step in held.steps:
            yield step.on, f"Withdrawal {held.ref}: {step.row.title}", step.by, step.row.law


def _act(one: Act) -> str:
    on, what, by, law = one
    return f"{day_words(on)}: {what}. By {by}. {law}"


def _disclosed(row: ApplicationRow, withdrawals: tuple[WithdrawalRow, ...]) -> Iterator[Block]:
    steps = [*(row.refused.steps if row.refused else ()), *(step for held in withdrawals for step in held.steps)]
    told_ = [step for step in steps if step.row.key in ("told", "notice", "supplied")]
    kept = [step for step in steps if step.withheld]
    if not told_ and not kept:
        yield _said("Nothing was disclosed to them under this application, and nothing was kept back.")
    for step in told_:
        yield Block(BlockKind.ITEM, f"Disclosed, {day_words(step.on)}, {step.by}: {step.words} ({step.row.law})")
    for step in kept:
        words = f"Kept back, {day_words(step.on)}, {step.by}: {step.withheld} (harm test, SI 2025/502 reg 8)"
        yield Block(BlockKind.ITEM, words)
        for one in step.grounds:
            mark = "; unverified" if one.unverified else ""
            yield Block(BlockKind.ITEM, f"Ground: {one.label}. {one.words} ({one.law}{mark})")


def _proof(blocks: Iterable[Block]) -> Iterator[Block]:
    words = "\n".join(block.text for block in blocks)
    yield _heading("Proof")
    yield _said(
        "The words of this dossier from the contents to here, each paragraph on a line, have the SHA-256"
        f" {hashlib.sha256(words.encode()).hexdigest()}. The SHA-256 of the file stands in the journal, with who took"
        " it and when."
    )


def _source(one: SourceRow) -> str:
    lines = []
    for said in one.said:
        holds = "" if said.found is None else ", it holds something" if said.found else ", it holds nothing"
        more = "; ".join(word for word in (said.to_whom, said.reference, said.words) if word)
        lines.append(f"{day_words(said.on)}: {said.said.words.lower()}{holds}{f' ({more})' if more else ''}, {said.by}")
    silent = f", {one.waits_days} days" if one.waits_days else ""
    return f"{one.words}: {one.state.words.lower()}{silent}. {'. '.join(lines)}".strip()


def _against(item: AgainstRow) -> Iterator[Block]:
    when = f", {item.on.words}" if item.on else ", day not known"
    yield _said(f"{item.kind}: {item.title.rstrip('.')}{when}.")
    if item.words and item.words != item.title:
        yield _said(item.words)
    for label, value in item.details:
        yield Block(BlockKind.ITEM, f"{label}: {value}")
    if item.matter_ref:
        yield Block(BlockKind.ITEM, f"Matter {item.matter_ref}: {item.matter_state.lower()}")
    yield Block(BlockKind.ITEM, f"What it stands on: {item.test}")


def _recommendation(row: RecommendationRow | None) -> Iterator[Block]:
    if row is None:
        return
    yield _said(f"{row.outcome.title}, by {row.by} on {day_words(row.on)}.")
    for one in row.weights:
        evidence = f" Evidence: {one.evidence}" if one.evidence else ""
        reasons = "; ".join(one.reasons)
        yield Block(
            BlockKind.ITEM, f"{_ended(one.title)} Weight: {one.weight}. Reasons: {reasons}. {one.words}{evidence}"
        )
    heads = "; ".join(row.heads) or "no head was answered yes"
    yield _said(f"First step: {heads}.")
    if row.withhold is not None:
        yield _said(f"Second step: it is {'' if row.withhold else 'not '}right to withhold or withdraw clearance.")
    if row.disparity:
        yield _said(f"On whom it falls: {row.disparity}")
    for words, review_on in row.controls:
        yield Block(BlockKind.ITEM, f"Control: {words.rstrip('.')}, to be looked at again by {day_words(review_on)}")
    yield _said(f"Reasons: {row.reasons}")


def _decision(row: ApplicationRow) -> Iterator[Block]:
    if row.decision is None:
        ended = f"It ended on {day_words(row.closed[0])}: {row.closed[1]}" if row.closed else "Nothing is decided yet."
        yield _said(ended)
        return
    against = " Against the recommendation." if row.decision.is_override else ""
    yield _said(f"{row.decision.outcome.title}, by {row.decision.by} on {day_words(row.decision.on)}.{against}")
    yield _said(f"Reasons: {row.decision.reasons}")
    for control in row.decision.controls:
        until = f", to be looked at again by {day_words(control.next_on)}" if control.next_on else ", ended"
        yield Block(BlockKind.ITEM, f"Control: {control.words.rstrip('.')}{until}")


def _ended(words: str) -> str:
    """With one full stop at its end."""
    return f"{words.rstrip('.')}."


def _heading(words: str) -> Block:
    return Block(BlockKind.HEADING, words)


def _said(words: str) -> Block:
    return Block(BlockKind.PARAGRAPH, words)
