"""Tables of the counts for the terminal."""

from collections.abc import Iterator

from rich.table import Table

from actions.request.wording import value_text
from bot.conversations.feedback import Helped
from common.slots import ORDER
from workbench.log.conversation import (
    ASKED_BACK,
    LEFT,
    NOT_UNDERSTOOD,
    SENT,
    STOPPED,
    UNANSWERED,
    UNDER_WAY,
    UNDERSTOOD,
)
from workbench.log.counting import Overview
from workbench.log.grouping import Group
from workbench.shared.titles import answer_title, intent_title, slot_title

OUTCOMES = {
    UNDERSTOOD: "Forstået",
    ASKED_BACK: "Spurgt tilbage",
    NOT_UNDERSTOOD: "Ikke forstået",
    UNANSWERED: "Uden svar",
}
ENDINGS = {SENT: "Sendt", STOPPED: "Stoppet af borgeren", LEFT: "Forladt", UNDER_WAY: "I gang nu"}
KINDS = {kind: value_text("request_type", {"request_type": kind}) for kind in ORDER} | {"": "Ikke valgt endnu"}
_MOST_GROUPS = 15
_LONGEST = 90


def tables(found: Overview, groups: list[Group], helped: list[Helped]) -> Iterator[Table]:
    """The tables; those without any row are left out."""
    yield _understanding(found)
    if found.topics:
        yield _counted("Det spurgte borgerne om", "Emne", [(intent_title(n), c) for n, c in found.topics.most_common()])
    if helped:
        yield _helped(helped)
    if found.requests:
        yield _requests(found)
    if found.given_up:
        rows = [(slot_title(slot), count) for slot, count in found.given_up.most_common()]
        yield _counted("Her blev anmodninger opgivet", "Der blev spurgt om", rows)
    if groups:
        yield _groups(groups)


def _percent(part: int, whole: int) -> str:
    """'12 %'; '-' when the whole is 0."""
    return f"{part / whole:.0%}".replace("%", " %") if whole else "-"


def _understanding(found: Overview) -> Table:
    shown = Table("Beskeder", title="Blev de forstået?", title_justify="left")
    shown.add_column("Antal", justify="right")
    shown.add_column("Andel", justify="right")
    for outcome, title in OUTCOMES.items():
        count = found.outcomes[outcome]
        if count or outcome != UNANSWERED:
            shown.add_row(title, str(count), _percent(count, found.typed))
        if outcome == ASKED_BACK and count:
            shown.add_row("  og borgeren valgte et forslag", str(found.chosen), _percent(found.chosen, count))
    shown.add_section()
    shown.add_row("Skrevet i alt", str(found.typed), "")
    shown.add_row("Tryk på knapper", str(found.buttons), "")
    return shown


def _counted(title: str, first: str, rows: list[tuple[str, int]]) -> Table:
    shown = Table(first, title=title, title_justify="left")
    shown.add_column("Antal", justify="right")
    shown.add_column("Andel", justify="right")
    whole = sum(count for _, count in rows)
    for name, count in rows:
        shown.add_row(name, str(count), _percent(count, whole))
    return shown


def _helped(helped: list[Helped]) -> Table:
    shown = Table("Svar", title="Hjalp svarene?", title_justify="left")
    for title in ("Hjalp", "Hjalp ikke", "Andel, der hjalp"):
        shown.add_column(title, justify="right")
    for one in helped:
        shown.add_row(answer_title(one.answer), str(one.yes), str(one.no), _percent(one.yes, one.yes + one.no))
    return shown


def _requests(found: Overview) -> Table:
    shown = Table("Anmodning", title="Hvor langt kom anmodningerne?", title_justify="left")
    for title in ("Begyndt", *ENDINGS.values()):
        shown.add_column(title, justify="right")
    kinds = [kind for kind in KINDS if any(its == kind for its, _ in found.requests)]
    for kind in kinds:
        counts = [found.requests[kind, outcome] for outcome in ENDINGS]
        shown.add_row(KINDS[kind], str(sum(counts)), *map(str, counts))
    if len(kinds) > 1:
        shown.add_section()
        counts = [found.of_request(outcome) for outcome in ENDINGS]
        shown.add_row("I alt", str(sum(counts)), *map(str, counts))
    return shown


def _groups(groups: list[Group]) -> Table:
    shown = Table("Sagt", title="Ikke forstået eller spurgt tilbage, samlet efter lighed", title_justify="left")
    shown.columns[0].justify = "right"
    shown.add_column("For eksempel")
    shown.add_column("Gættet, eller valgt af borgeren")
    for one in groups[:_MOST_GROUPS]:
        guess = intent_title((one.chosen or one.guesses or [("", 0)])[0][0])
        shown.add_row(str(one.count), one.lines[0][:_LONGEST], guess)
    if len(groups) > _MOST_GROUPS:
        shown.add_row("", f"... og {len(groups) - _MOST_GROUPS} grupper til i filen", "")
    return shown
