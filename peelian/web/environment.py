"""The Jinja2 environment of the pages: components, the words of dates, and a strictness about missing names.

In: Django's options for the backend. Out: an environment. Escaping is always on.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, PackageLoader, PrefixLoader
from jinja2.loaders import BaseLoader, ChoiceLoader
from jinja2.runtime import Undefined
from jinja2.utils import missing
from markupsafe import Markup

from peelian.terms.known_dates import KnownDate, date_words
from peelian.terms.permissions import Permission
from peelian.terms.viewer import LONDON
from peelian.web.fields import describe, error_list
from peelian.web.lists import shown_words

PLAIN = (dict, str, int, list, Undefined, type(None))  # what the macros of the Design System ask for keys and parts


class Missing(Undefined):
    """A name a template asks for and nobody gave.

    The Design System's macros ask dictionaries for keys that may be absent, and test variables that they may not have
    set; that stays empty. An attribute that a row does not have, or printing a variable that does not exist, is a
    mistake in the page and raises.
    """

    def __str__(self) -> str:
        if not isinstance(self._undefined_obj, dict | Undefined):
            self._fail_with_undefined_error()
        return ""

    def __bool__(self) -> bool:
        plain = self._undefined_obj is missing or isinstance(self._undefined_obj, PLAIN)
        if not plain:
            self._fail_with_undefined_error()
        return False

    def __iter__(self) -> Any:
        if not isinstance(self._undefined_obj, dict | Undefined):
            self._fail_with_undefined_error()
        return iter(())


def said_day(value: str) -> str:
    """A day that came as `2021-05-03` in the words of a page; what is no such day stays as it came."""
    try:
        return day_words(date.fromisoformat(value))
    except ValueError:
        return value


def day_words(value: date | datetime | KnownDate | None, absent: str = "Not known") -> str:
    """`3 May 2021`; a known date says what is not known of it; `absent` where there is none."""
    if value is None:
        return absent
    if isinstance(value, KnownDate):
        return value.words
    if isinstance(value, datetime):
        value = value.astimezone(LONDON).date()
    return date_words(value)


def moment_words(value: datetime | None, absent: str = "Not known") -> str:
    """`3 May 2021 at 2:05pm`, London time, as the Design System writes times."""
    if value is None:
        return absent
    here = value.astimezone(LONDON)
    hour = here.hour % 12 or 12
    half = "am" if here.hour < 12 else "pm"
    minutes = f":{here.minute:02d}" if here.minute else ""
    return f"{day_words(here)} at {hour}{minutes}{half}"


def iso(value: date | datetime | KnownDate | None) -> str:
    """The machine's form, for a `datetime` attribute: `2021-05-03`, `2021-05` or `2021`."""
    if value is None:
        return ""
    if isinstance(value, KnownDate):
        return value.earliest.isoformat()[: {"day": 10, "month": 7, "year": 4}[value.precision.value]]
    return value.isoformat()


def plural(count: int, one: str, many: str = "") -> str:
    """`plural(1, "matter")` is `1 matter`; `plural(31271, "matter")` is `31,271 matters`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def number(value: int | None, absent: str = "Not known") -> str:
    """`31,271`."""
    return absent if value is None else f"{value:,}"


def sentence(text: str) -> str:
    """The text with its first letter raised and the rest left as it is, which `capitalize` would not."""
    return text[:1].upper() + text[1:]


def paragraphs(text: str) -> Markup:
    """Plain text as escaped paragraphs; a blank line starts a new one."""
    blocks = [block.strip() for block in text.replace("\r\n", "\n").split("\n\n") if block.strip()]
    return Markup("\n").join(Markup('<p class="govuk-body">{}</p>').format(block) for block in blocks)


def address(page_name: str, **parts: Any) -> str:
    """The address of a page by its registered name: `url("matter", ref=row.ref)`."""
    return reverse(page_name, kwargs=parts)


FILTERS: dict[str, Callable[..., Any]] = {
    "day": day_words,
    "moment": moment_words,
    "iso": iso,
    "said_day": said_day,
    "plural": plural,
    "number": number,
    "paragraphs": paragraphs,
    "sentence": sentence,
}


def environment(**options: Any) -> Environment:
    """What settings.TEMPLATES names; `options` are Django's."""
    options["undefined"] = Missing
    options["trim_blocks"] = True
    options["lstrip_blocks"] = True
    own: BaseLoader = options.pop("loader")
    vendored = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    made = Environment(loader=ChoiceLoader([own, vendored]), autoescape=True, **_without(options, "autoescape"))
    made.filters.update(FILTERS)
    made.globals.update(url=address, static=static, describe=describe, error_list=error_list)
    made.globals.update(shown_words=shown_words, Permission=Permission)
    return made


def _without(options: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in options.items() if name != key}
