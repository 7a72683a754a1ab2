"""What an allegation may be coded to: the leaves of the national categories, and the national factors."""

from collections.abc import Iterable
from functools import cache

from peelian import statute
from peelian.matters.rows import CategoryGroup, FactorRow, RecordingTest
from peelian.terms.refusals import NotValid


@cache
def titles() -> dict[str, str]:
    """The title of every category and sub-category, by code."""
    return {row.key: row.title for row in statute.categories()}


@cache
def groups() -> tuple[CategoryGroup, ...]:
    """The categories an allegation may be coded to, under the title of their group, in the order of the scheme."""
    subs = statute.table("subcategory")
    return tuple(
        CategoryGroup(
            code=row.key,
            title=row.title,
            leaves=tuple((sub.key, sub.title) for sub in subs if sub["category"] == row.key) or ((row.key, row.title),),
        )
        for row in statute.table("category")
    )


@cache
def leaves() -> frozenset[str]:
    return frozenset(code for group in groups() for code, _ in group.leaves)


@cache
def factors() -> tuple[FactorRow, ...]:
    """The national factors, in the order of the scheme."""
    return tuple(FactorRow(row.key, row.title) for row in statute.table("factor"))


@cache
def factor_titles() -> dict[str, str]:
    return {row.code: row.title for row in factors()}


@cache
def recording_tests() -> tuple[RecordingTest, ...]:
    """When a complaint must be recorded under Schedule 3. PRA Sch 3 para 2(6A)-(6B)."""
    return tuple(RecordingTest(row.key, row.title, row.law, row.unverified) for row in statute.table("recording_test"))


def must_be_coded(category: str, factor_codes: Iterable[str]) -> None:
    """Raises NotValid for a category that is not a leaf of the scheme, and for an unknown factor."""
    if category not in leaves():
        raise NotValid("category", "Choose one of the national categories.")
    for code in factor_codes:
        if code not in factor_titles():
            raise NotValid("factors", "Choose from the national factors.")
