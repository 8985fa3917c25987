"""Common room: CPR numbers whose day of birth has its month in letters: '14. marts 1982 og de sidste fire er ...'.

A date and four figures are a meeting and its hour as well ('14. marts 2027 kl. 1430'), so something must say that these
are the last four: words for them, a dash, or 'CPR' or 'født' before.
"""

import re
from calendar import monthrange

_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uar)?|feb(?:r(?:uar)?)?|mar(?:ts)?|apr(?:il)?|maj|juni?|juli?|aug(?:ust)?|sep(?:t(?:ember)?)?"
    r"|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_FORM = re.compile(
    rf"(?<!\d)(?P<dd>\d{{1,2}})\.? ?(?P<mon>{_MONTH})\.?,? ?'?(?:18|19|20)?(?P<yy>\d\d)(?!\d)"
    r"(?P<gap>[^\d\n]{1,40}|[^\d\n]{0,20}4 [^\d\n]{1,20})(?P<serial>\d{4}|\d\d[ -]\d\d|\d(?:[ -]\d){3})(?!\d)",
    re.IGNORECASE,
)
_LAST_FOUR = (
    r"\b(?:sidste (?:fire|4)(?! (?:uger|dage|måneder|år|gange|møder|samtaler))|til sidst|(?:fire|4) sidste|cifre"
    r"|løbenummer|kontrolcifre|(?:ender|slutter) (?:på|med)|streg|bindestreg)\b"
)
_ANNOUNCED = re.compile(rf"{_LAST_FOUR}|\bcpr|personnummer", re.IGNORECASE)
_HOUR = re.compile(r"\bkl|\bklokken", re.IGNORECASE)
_BEHIND = re.compile(r"^[^\d\n.]{0,12}(?:til sidst|sidste|i (?:mit )?cpr)", re.IGNORECASE)
_OF_BIRTH = re.compile(r"(?:\bcpr[^\d\n]{0,20}|personnummer[^\d\n]{0,20}|\bfødt[^\d\n]{0,6})$", re.IGNORECASE)


def with_months(plain: str) -> list[tuple[int, int]]:
    """Where such numbers stand, by place. ``plain`` has figures as 0-9 and dashes as '-'."""
    return [found.span() for found in _FORM.finditer(plain) if _is_day(found) and _is_announced(found)]


def _is_day(found: re.Match[str]) -> bool:
    month = _MONTHS.index(found["mon"].lower()[:3]) + 1
    leap = int(found["yy"]) % 4 == 0
    return 1 <= int(found["dd"]) <= monthrange(2024 if leap else 2023, month)[1]


def _is_announced(found: re.Match[str]) -> bool:
    if _HOUR.search(found["gap"]):
        return False
    before, behind = found.string[max(0, found.start() - 40) : found.start()], found.string[found.end() :][:40]
    if _ANNOUNCED.search(found["gap"]) or _BEHIND.match(behind):
        return True
    if found["gap"].strip() == "-":
        return not (20 <= int(found["yy"]) <= 39 and _is_hour(found["serial"]))  # '14. marts 2027 - 1430'
    return not found["gap"].strip(" :/") and bool(_OF_BIRTH.search(before))


def _is_hour(serial: str) -> bool:
    figures = re.sub(r"\D", "", serial)
    return 6 <= int(figures[:2]) <= 20 and int(figures[2:]) % 5 == 0 and int(figures[2:]) < 60
