"""The dossier of an application as a PDF: what was asked and answered, what was weighed, what was decided and why."""

from collections.abc import Iterator

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
from peelian.vetting.rows import AgainstRow, ApplicationRow, RecommendationRow, SourceRow
from peelian.web.pages import PageRequest, page, told

PDF = "application/pdf"


@page(
    "vetting/applications/<str:application_ref>/dossier.pdf",
    name="vetting-dossier",
    needs=Permission.READ_VETTING,
    opens=RecordKind.PERSON,
)
def dossier(request: PageRequest, application_ref: str) -> HttpResponseBase:
    """The dossier, as far as the viewer may see it."""
    row = queries.application(request.viewer, application_ref)
    response = HttpResponse(pdf_of(sheet_of(request.viewer, row)), content_type=PDF)
    response.headers["Content-Disposition"] = f'attachment; filename="{application_ref}.pdf"'
    summary = f"took away the dossier of {application_ref}"
    return told(response, opened=row.line.person.ref, summary=summary)


def sheet_of(viewer: Viewer, row: ApplicationRow) -> Sheet:
    """The dossier as it is laid out. It says whose view it is: what they may not see is not in it."""
    head = letterhead()
    about = f"{row.line.person.name}, {row.line.person.ref}"
    mine = f"Printed for {viewer.name} on {day_words(viewer.today)}. It holds what they may see."
    return Sheet(
        force=head.force,
        department="Vetting",
        address=head.address,
        lines=(about, f"Application {row.line.ref}", mine),
        title=f"Vetting: {row.purpose.title}, {row.level.title}",
        blocks=tuple(_blocks(row)),
        issued_on=viewer.today,
        footer=f"{row.line.ref}, {row.line.person.ref}",
    )


def _blocks(row: ApplicationRow) -> Iterator[Block]:
    yield _said(f"Opened on {day_words(row.line.on)} by {row.opened_by}. Areas: {'; '.join(row.areas)}.")
    if row.trigger:
        yield _said(f"Raised by: {row.trigger}.")
    if row.words:
        yield _said(row.words)
    yield _heading("Sources")
    for source in row.sources:
        yield Block(BlockKind.ITEM, _source(source))
    yield _heading("What stands against them")
    if not row.against:
        yield _said("Nothing.")
    for item in row.against:
        yield from _against(item)
    if row.recommendation:
        yield from _recommendation(row.recommendation)
    yield from _decision(row)


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
    yield _said(f"{item.kind}: {item.title}{when}.")
    if item.words:
        yield _said(item.words)
    for label, value in item.details:
        yield Block(BlockKind.ITEM, f"{label}: {value}")
    if item.matter_ref:
        yield Block(BlockKind.ITEM, f"Matter {item.matter_ref}: {item.matter_state.lower()}")
    yield Block(BlockKind.ITEM, f"What it stands on: {item.test}")


def _recommendation(row: RecommendationRow) -> Iterator[Block]:
    yield _heading("Recommendation")
    yield _said(f"{row.outcome.title}, by {row.by} on {day_words(row.on)}.")
    for one in row.weights:
        evidence = f" Evidence: {one.evidence}" if one.evidence else ""
        reasons = "; ".join(one.reasons)
        yield Block(BlockKind.ITEM, f"{one.title}. Weight: {one.weight}. Reasons: {reasons}. {one.words}{evidence}")
    heads = "; ".join(row.heads) or "no head was answered yes"
    yield _said(f"First step: {heads}.")
    if row.withhold is not None:
        yield _said(f"Second step: it is {'' if row.withhold else 'not '}right to withhold or withdraw clearance.")
    if row.disparity:
        yield _said(f"On whom it falls: {row.disparity}")
    yield _said(f"Reasons: {row.reasons}")


def _decision(row: ApplicationRow) -> Iterator[Block]:
    yield _heading("Decision")
    if row.decision is None:
        ended = f"It ended on {day_words(row.closed[0])}: {row.closed[1]}" if row.closed else "Nothing is decided yet."
        yield _said(ended)
        return
    against = " Against the recommendation." if row.decision.is_override else ""
    yield _said(f"{row.decision.outcome.title}, by {row.decision.by} on {day_words(row.decision.on)}.{against}")
    yield _said(f"Reasons: {row.decision.reasons}")
    for control in row.decision.controls:
        until = f", looked at again by {day_words(control.next_on)}" if control.next_on else ", ended"
        yield Block(BlockKind.ITEM, f"Control: {control.words}{until}")


def _heading(words: str) -> Block:
    return Block(BlockKind.HEADING, words)


def _said(words: str) -> Block:
    return Block(BlockKind.PARAGRAPH, words)
