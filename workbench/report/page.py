"""Renders the report as one HTML file without scripts and without anything that is fetched."""

from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.conversations.feedback import Helped
from common.danish import format_date, format_time
from workbench.report.language import Language
from workbench.report.matrix import draw
from workbench.report.talks import Talks
from workbench.shared.titles import answer_title, intent_title

_TEMPLATES = Path(__file__).with_name("templates")


def page(
    language: Language | None, talks: Talks | None, limits: list[str], helped: list[Helped], moment: datetime
) -> str:
    """The HTML. `limits`: a sentence for each limit of tests/nlu/limits.yml that is passed; `helped`: by answer."""
    templates = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters |= {
        "when": _when,
        "f1": _f1,
        "difference": _difference,
        "topic": intent_title,
        "answer": answer_title,
    }
    return templates.get_template("report.html").render(
        language=language,
        talks=talks,
        limits=limits,
        helped=helped,
        moment=moment.isoformat(),
        matrix=draw(language.confusion) if language else None,
    )


def _when(at: str) -> str:
    moment = datetime.fromisoformat(at)
    return f"{format_date(moment.date())} {format_time(moment.time())}"


def _f1(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}".replace(".", ",")


def _difference(value: float) -> str:
    return f"{value:+.2f}".replace(".", ",").replace("-", "\N{MINUS SIGN}")
