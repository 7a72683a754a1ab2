"""What the lists of work may be narrowed by. The choices come from the board, so that none leads to nothing."""

from collections.abc import Iterable
from typing import Any

from django import forms

from peelian.clocks.rows import Board, WorkFilters, WorkGroup
from peelian.people.rows import UnitRow
from peelian.web.fields import offer


class WorkFilterForm(forms.Form):
    group = forms.ChoiceField(label="Urgency", required=False)
    clock = forms.ChoiceField(label="Limit", required=False)

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(group.value, f"{group.words} ({count:,})") for group, count in board.groups]
        offer(self, "group", [("", f"Any ({board.total:,})"), *groups])
        offer(self, "clock", [("", "Any"), *((key, f"{key} {words}") for key, words in board.clocks)])


class UnitWorkFilterForm(WorkFilterForm):
    owner = forms.ChoiceField(label="Person", required=False)
    unit = forms.ChoiceField(label="Unit", required=False)
    field_order = ("unit", "owner", "group", "clock")

    def __init__(self, *args: Any, board: Board, units: Iterable[UnitRow], **kwargs: Any) -> None:
        super().__init__(*args, board=board, **kwargs)
        owners = [(one.ref, f"{one.words} ({one.duties:,})") for one in board.owners]
        offer(self, "owner", [("", "Anybody"), *owners])
        offer(self, "unit", [(unit.ref, unit.name) for unit in units])


class ChooseUnitForm(forms.Form):
    unit = forms.ChoiceField(label="Unit")

    def __init__(self, *args: Any, units: Iterable[UnitRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", [("", "Choose a unit"), *((unit.ref, unit.name) for unit in units)])


def filters_of(asked: Any, *, unit_ref: str = "") -> WorkFilters:
    """The filters in an address (a QueryDict); what it gets wrong narrows nothing."""
    group = asked.get("group", "")
    return WorkFilters(
        clock=asked.get("clock", ""),
        owner_ref=asked.get("owner", "") if unit_ref else "",
        group=WorkGroup(group) if group in tuple(WorkGroup) else None,
    )
