"""Cells into one form: the macros of the store, rendered from `model/normal.toml` and `model/nicknames.toml`."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any

import jellyfish

MACROS = r"""
CREATE OR REPLACE TEMP MACRO folded(x) AS nullif(trim(regexp_replace(regexp_replace(lower(strip_accents(
    replace(replace(replace(replace(translate(x, 'łŁøØđĐıİ', 'lLoOdDiI'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'Æ', 'ae')
    )), '[''’`´.]', '', 'g'), '[^a-z]+', ' ', 'g')), '');
CREATE OR REPLACE TEMP MACRO tag(x) AS CASE WHEN x IS NOT NULL THEN CAST(hash(x) >> 1 AS BIGINT) END;
CREATE OR REPLACE TEMP MACRO tags(x) AS list_transform(x, lambda v: tag(v));
CREATE OR REPLACE TEMP MACRO cells(x) AS list_transform(string_split(coalesce(x, ''), ';'), lambda c: trim(c));
CREATE OR REPLACE TEMP MACRO filled(x) AS list_filter(cells(x), lambda c: c <> '');
CREATE OR REPLACE TEMP MACRO capital_word(x) AS regexp_extract(x,
    '(?:^|\s)([A-Z][A-Z''’-]+(?:\s[A-Z][A-Z''’-]+)*)(?:\s|$)', 1);
CREATE OR REPLACE TEMP MACRO family_of(x) AS CASE
    WHEN contains(x, ',') THEN split_part(x, ',', 1)
    WHEN regexp_matches(x, '[a-z]') AND capital_word(x) <> '' THEN capital_word(x)
    ELSE regexp_extract(trim(x), '(?i)(?:^|\s)((?:(?:$particles)\s+)*\S+)$', 1) END;
CREATE OR REPLACE TEMP MACRO given_of(x) AS CASE
    WHEN contains(x, ',') THEN split_part(x, ',', 2)
    WHEN regexp_matches(x, '[a-z]') AND capital_word(x) <> '' THEN replace(x, capital_word(x), ' ')
    ELSE regexp_replace(trim(x), '(?i)(?:^|\s)((?:(?:$particles)\s+)*\S+)$', '') END;
CREATE OR REPLACE TEMP MACRO people_of(x) AS list_filter(
    string_split_regex(coalesce(x, ''), '(?i)\s*(?:&|/|\+|\sand\s)\s*'), lambda p: trim(p) <> '');
CREATE OR REPLACE TEMP MACRO day_first(x) AS CASE $day_first_usual ELSE try_strptime(trim(x), $day_first) END;
CREATE OR REPLACE TEMP MACRO month_first(x) AS CASE $month_first_usual
    ELSE try_strptime(trim(x), $month_first) END;
CREATE OR REPLACE TEMP MACRO year_of(x) AS try_cast(regexp_extract(coalesce(x, ''),
    '^\s*(?:\d{1,2}[/.-])?((?:19|20)\d\d)(?:\.0+)?(?:-\d\d)?\s*$', 1) AS SMALLINT);
CREATE OR REPLACE TEMP MACRO sex_of(x) AS CASE WHEN list_contains($male, lower(trim(x))) THEN 'm'
    WHEN list_contains($female, lower(trim(x))) THEN 'f' END;
CREATE OR REPLACE TEMP MACRO place_of(x) AS CASE WHEN list_contains($no_places, folded(split_part(x, ',', 1))) THEN NULL
    ELSE folded(split_part(x, ',', 1)) END;
CREATE OR REPLACE TEMP MACRO is_british(p) AS regexp_matches(p, '^[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}$');
CREATE OR REPLACE TEMP MACRO british_postcode(x) AS nullif(regexp_replace(regexp_extract(upper(x),
    '(?:^|[^A-Z0-9])([A-Z]{1,2}[0-9][A-Z0-9]?\s*[0-9][A-Z]{2})(?:$|[^A-Z0-9])', 1), '\s', '', 'g'), '');
CREATE OR REPLACE TEMP MACRO street_of(a) AS array_to_string(list_transform(
    string_split(coalesce(folded(regexp_replace(a, '[0-9]+[A-Za-z]?', ' ', 'g')), ''), ' '),
    lambda w: coalesce($streets[w], w)), ' ');
CREATE OR REPLACE TEMP MACRO house_of(a) AS nullif(regexp_extract(lower(coalesce(a, '')),
    '([0-9]+[a-z]?)(?:[^0-9a-z]|$)', 1), '');
CREATE OR REPLACE TEMP MACRO digits(x) AS regexp_replace(regexp_replace(regexp_replace(x, '[^0-9+]', '', 'g'),
    '^(\+44|0044)0?', '0'), '[+]', '', 'g');
CREATE OR REPLACE TEMP MACRO phones_of(x) AS list_distinct(list_filter(list_transform(filled(x), lambda c: digits(c)),
    lambda d: length(d) BETWEEN 9 AND 15 AND replace(right(d, 8), right(d, 1), '') <> ''));
CREATE OR REPLACE TEMP MACRO emails_of(x) AS list_distinct(list_filter(list_transform(filled(x), lambda c: lower(c)),
    lambda e: contains(e, '@') AND NOT list_contains($no_emails, e)));
CREATE OR REPLACE TEMP MACRO marks_of(v, i) AS list_distinct(list_filter(list_concat(
    list_transform(filled(v), lambda c: 'v:' || regexp_replace(upper(c), '[^A-Z0-9]', '', 'g')),
    list_transform(filled(i), lambda c: 'i:' || regexp_replace(upper(c), '[^A-Z0-9]', '', 'g'))),
    lambda m: length(m) >= 5));
"""


@cache
def table(name: str) -> dict[str, Any]:
    """One of the tables in `model`, by the name of its file without `.toml`."""
    text = resources.files("peelian.wash").joinpath("model", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def quoted(text: str) -> str:
    """`text` as a string of SQL."""
    return "'" + text.replace("'", "''") + "'"


def listed(words: list[str]) -> str:
    return "[" + ", ".join(quoted(word) for word in words) + "]"


@cache
def macros() -> str:
    """The SQL that makes the macros of a store."""
    data = table("normal")
    text = MACROS
    for name in ("day_first_usual", "month_first_usual"):  # before the names that these begin with
        usual = " ".join(
            f"WHEN regexp_full_match(x, {quoted(shape)}) THEN try_strptime(x, {quoted(how)})"
            for shape, how in data[name].items()
        )
        text = text.replace(f"${name}", usual)
    for name in ("day_first", "month_first", "male", "female", "no_places", "no_emails"):
        text = text.replace(f"${name}", listed(data[name]))
    streets = ", ".join(f"{quoted(short)}: {quoted(word)}" for short, word in data["streets"].items())
    text = text.replace("$streets", f"MAP {{{streets}}}")
    return text.replace("$particles", "|".join(data["particles"]))


@cache
def roots() -> dict[str, tuple[str, ...]]:
    """Each given name and short form -> the full names it may stand for."""
    found: dict[str, set[str]] = {}
    for name, forms in table("nicknames")["names"].items():
        for form in [name, *forms.split()]:
            found.setdefault(form, set()).add(name)
    return {form: tuple(sorted(names)) for form, names in found.items()}


def code(name: str) -> str:
    """How `name` (folded) sounds: its Metaphone code; the name itself where there is none."""
    return jellyfish.metaphone(name).replace(" ", "") or name
