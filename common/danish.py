"""Dates and times in Danish words, as citizens, staff and Jura read them."""

from datetime import date, time

WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip


def format_date(day: date) -> str:
    """'torsdag den 3. december 2026'."""
    return f"{WEEKDAYS[day.weekday()]} den {day.day}. {MONTHS[day.month - 1]} {day.year}"


def format_time(moment: time) -> str:
    """'kl. 14.30'; a ``datetime`` serves as well."""
    return f"kl. {moment.hour}.{moment.minute:02d}"


def format_amount(number: int, one: str, many: str) -> str:
    """'1 dag', '30 dage'."""
    return f"{number} {one if number == 1 else many}"
