"""Draws the counts as a PNG: topics, messages by day, requests, the slots where they were given up."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

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
from workbench.log.tables import ENDINGS, KINDS, OUTCOMES
from workbench.shared.titles import intent_title, slot_title

_BLUE, _DARK, _GREEN, _ORANGE, _RED, _GREY = "#0059b3", "#003e7d", "#2f7000", "#febb30", "#cc0000", "#8e8e8e"
# Hatched as well, for readers who cannot tell the colours apart.
_OF_OUTCOME = {
    UNDERSTOOD: (_BLUE, ""),
    ASKED_BACK: (_ORANGE, "//"),
    NOT_UNDERSTOOD: (_RED, "xx"),
    UNANSWERED: (_GREY, ".."),
}
_OF_ENDING = {SENT: (_GREEN, ""), STOPPED: (_ORANGE, "//"), LEFT: (_RED, "xx"), UNDER_WAY: (_GREY, "..")}
_MOST_BARS = 12
_LONGEST = 42


def draw(found: Overview, last_day: date, file: Path) -> None:
    """Writes the picture as a PNG."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(15, 11), layout="constrained")
    period = f"{found.since.day}/{found.since.month} til {last_day.day}/{last_day.month} {last_day.year}"
    figure.suptitle(f"Samtaler med assistenten {period}: {found.conversations} samtaler", fontsize=16)
    (topics, days), (requests, slots) = figure.subplots(2, 2)
    _bars(topics, "Det spurgte borgerne om", [(intent_title(n), c) for n, c in found.topics.most_common(_MOST_BARS)])
    _days(days, found, last_day)
    _requests(requests, found)
    rows = [(slot_title(slot), count) for slot, count in found.given_up.most_common(_MOST_BARS)]
    _bars(slots, "Her blev anmodninger opgivet", rows)
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, dpi=100)


def _titled(axes: Any, title: str, empty: bool) -> None:
    axes.set_title(title, loc="left", fontsize=13)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    if empty:
        axes.set_axis_off()
        axes.text(0, 0.9, "Ingen", transform=axes.transAxes, color="#595959")


def _bars(axes: Any, title: str, rows: list[tuple[str, int]]) -> None:
    _titled(axes, title, not rows)
    if not rows:
        return
    names = [name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…" for name, _ in rows]
    bars = axes.barh(range(len(rows)), [count for _, count in rows], color=_BLUE, height=0.7)
    axes.set_yticks(range(len(rows)), names)
    axes.invert_yaxis()
    # Keeps few bars from filling the height.
    axes.set_ylim(max(len(rows), 6) - 0.4, -0.6)
    axes.bar_label(bars, padding=4)
    _whole(axes.xaxis)


def _days(axes: Any, found: Overview, last_day: date) -> None:
    _titled(axes, "Skrevne beskeder, dag for dag", not found.typed)
    if not found.typed:
        return
    days = [found.since + timedelta(days=number) for number in range((last_day - found.since).days + 1)]
    below = [0] * len(days)
    for outcome, title in OUTCOMES.items():
        counts = [found.days[day, outcome] for day in days]
        if any(counts):
            colour, hatch = _OF_OUTCOME[outcome]
            axes.bar(range(len(days)), counts, 0.8, below, color=colour, hatch=hatch, edgecolor="white", label=title)
            below = [base + count for base, count in zip(below, counts, strict=True)]
    step = max(1, len(days) // 10)
    axes.set_xticks(range(0, len(days), step), [f"{day.day}/{day.month}" for day in days[::step]])
    axes.set_ylim(0, max(below) * 1.2)
    axes.legend(frameon=False, ncols=4, loc="upper left")
    _whole(axes.yaxis)


def _requests(axes: Any, found: Overview) -> None:
    _titled(axes, "Hvor langt kom anmodningerne?", not found.requests)
    if not found.requests:
        return
    kinds = [kind for kind in KINDS if any(its == kind for its, _ in found.requests)]
    left = [0] * len(kinds)
    for outcome, title in ENDINGS.items():
        counts = [found.requests[kind, outcome] for kind in kinds]
        if any(counts):
            colour, hatch = _OF_ENDING[outcome]
            bars = axes.barh(
                range(len(kinds)), counts, 0.6, left, color=colour, hatch=hatch, edgecolor="white", label=title
            )
            axes.bar_label(
                bars,
                [str(count or "") for count in counts],
                label_type="center",
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5},
            )
            left = [base + count for base, count in zip(left, counts, strict=True)]
    axes.set_yticks(range(len(kinds)), [KINDS[kind] for kind in kinds])
    axes.set_ylim(max(len(kinds), 4) - 0.4, -0.9)
    axes.legend(frameon=False, ncols=4, loc="upper left")
    _whole(axes.xaxis)


def _whole(axis: Any) -> None:
    from matplotlib.ticker import MaxNLocator

    axis.set_major_locator(MaxNLocator(integer=True))
