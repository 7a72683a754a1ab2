"""Working days: what counts as one, and counting them."""

from datetime import date

from peelian.rules.answers import Answer
from peelian.rules.registered import implements
from peelian.rules.words import day_words
from peelian.statute import Holidays

LAW = "SI 2020/4 reg 2(1); SI 2020/2 reg 1(2)"
FOI_LAW = "Freedom of Information Act 2000 s10(6)"


@implements(f"{LAW}; {FOI_LAW}")
def is_working_day(day: date, holidays: Holidays) -> Answer[bool]:
    """Any day but a Saturday, a Sunday, or a bank or public holiday in the part of the country that counts.

    `holidays`: England and Wales, or all the United Kingdom for freedom of information. Raises BeyondTheTable.
    """
    value = holidays.is_working_day(day)
    if value:
        why = f"{day_words(day)} is neither a weekend day nor a bank holiday in {holidays.words}."
    elif day.weekday() > 4:
        why = f"{day_words(day)} is a weekend day."
    else:
        why = f"{day_words(day)} is a bank holiday in {holidays.words}."
    return Answer(value, holidays.law, (why,))


def working_days_after(day: date, count: int, holidays: Holidays) -> date:
    """The day on which `count` working days after `day` have passed; `day` never counts. Raises BeyondTheTable."""
    return holidays.nth_after(day, count)


def working_days_before(day: date, count: int, holidays: Holidays) -> date:
    """The latest day that leaves `count` working days before `day`, which never counts. Raises BeyondTheTable."""
    return holidays.nth_before(day, count)
