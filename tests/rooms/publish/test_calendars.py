"""The feed follows RFC 5545 closely enough for calendars in use, and folds long lines without splitting a character."""

from datetime import UTC, date, datetime

from peelian.publish.calendars import CalendarDay, icalendar

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAY = CalendarDay("PM-K7QW9-3XDMP.CMP-03", date(2026, 12, 21), "Progress update; due, é" * 5, "SI 2020/2\nreg 34", "/m")


def test_an_event_lasts_the_whole_due_day():
    text = icalendar("My work", [DAY], at=AT).decode()
    assert "DTSTART;VALUE=DATE:20261221\r\nDTEND;VALUE=DATE:20261222\r\n" in text


def test_no_line_is_longer_than_75_octets_and_unfolding_gives_the_text_back():
    raw = icalendar("My work", [DAY], at=AT)
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    unfolded = raw.decode().replace("\r\n ", "")
    assert "SUMMARY:" + (r"Progress update\; due\, é" * 5) + "\r\n" in unfolded
    assert r"DESCRIPTION:SI 2020/2\nreg 34" in unfolded


def test_the_key_of_an_event_stays_the_same_so_that_a_calendar_replaces_it():
    first, second = icalendar("x", [DAY], at=AT), icalendar("x", [DAY], at=AT.replace(hour=12))
    assert b"UID:PM-K7QW9-3XDMP.CMP-03@peelian" in first
    assert b"UID:PM-K7QW9-3XDMP.CMP-03@peelian" in second
