"""Dates, times and amounts in Danish words."""

from datetime import date, time

WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip


def format_date(day: date) -> str:
    """A day as 'torsdag den 3. december 2026'."""
    return f"{WEEKDAYS[day.weekday()]} den {day.day}. {MONTHS[day.month - 1]} {day.year}"


def format_time(moment: time) -> str:
    """A time (or datetime) as 'kl. 14.30'."""
    return f"kl. {moment.hour}.{moment.minute:02d}"


def format_amount(number: int, one: str, many: str) -> str:
    """The number with its noun, singular `one` or plural `many`: '30 dage'."""
    return f"{number} {one if number == 1 else many}"
