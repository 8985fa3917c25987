"""How well the assistant understands now, and beside the last time."""

from collections import Counter
from dataclasses import dataclass

from workbench.shared.lines import Line
from workbench.shared.measures import Figures, Judgement, measure
from workbench.shared.results import Result

# A label's F1 moves a little with every training: less than this is no news.
_NEWS = 0.02
_MOST_MIXED = 15


@dataclass(frozen=True)
class Measure:
    """A share now and before, as text, and whether it became 'bedre', 'dårligere' or ''."""

    title: str
    now: str
    before: str
    verdict: str


@dataclass(frozen=True)
class Label:
    """A label's number of lines and its F1, now and before (None where it is new)."""

    name: str
    lines: int
    f1: float
    before: float | None

    @property
    def difference(self) -> float:
        """F1 now less F1 before; 0 for a new label."""
        return self.f1 - self.before if self.before is not None else 0.0


@dataclass(frozen=True)
class Changed:
    """A line that is understood otherwise than the last time."""

    text: str
    label: str
    before: str
    now: str


@dataclass(frozen=True)
class Language:
    """All that the report says about understanding."""

    at: str
    before_at: str | None
    trained_on: int
    trained_on_before: int | None
    timing: dict[str, float]
    figures: Figures
    measures: list[Measure]
    labels: list[Label]
    mended: list[Changed]
    broken: list[Changed]
    new_lines: int
    confusion: dict[tuple[str, str], int]
    mixed: list[tuple[str, str, int]]

    @property
    def better(self) -> list[Label]:
        """The labels whose F1 rose, most first."""
        return sorted((one for one in self.labels if one.difference >= _NEWS), key=lambda one: -one.difference)

    @property
    def worse(self) -> list[Label]:
        """The labels whose F1 fell, most first."""
        return sorted((one for one in self.labels if one.difference <= -_NEWS), key=lambda one: one.difference)


def language(last: Result, before: Result | None) -> Language:
    """The last result of `evaluate`, compared with the one before."""
    figures = _figures(last)
    old = _figures(before) if before else None
    confusion = Counter((str(line["label"]), str(line["understood"])) for line in last["lines"])
    counts = Counter(str(line["label"]) for line in last["lines"])
    mixed = [(meant, understood, n) for (meant, understood), n in confusion.most_common() if meant != understood]
    mended, broken, new_lines = _changed(last, before)
    return Language(
        at=last["at"],
        before_at=before["at"] if before else None,
        trained_on=last["trained_on"],
        trained_on_before=before["trained_on"] if before else None,
        timing=last.get("timing", {}),
        figures=figures,
        measures=_measures(figures, old),
        labels=[Label(n, counts[n], f1, old.f1.get(n) if old else None) for n, f1 in sorted(figures.f1.items())],
        mended=mended,
        broken=broken,
        new_lines=new_lines,
        confusion=dict(confusion),
        mixed=mixed[:_MOST_MIXED],
    )


def _figures(result: Result) -> Figures:
    lines = [Line(one["text"], one["label"]) for one in result["lines"]]
    judgements = [Judgement(one["understood"], one["confidence"], one["asks_back"], 0.0) for one in result["lines"]]
    return measure(lines, judgements)


def _measures(figures: Figures, old: Figures | None) -> list[Measure]:
    found = []
    for title, key, up in (
        ("Rigtige", "accuracy", True),
        ("Makro-F1", "macro_f1", True),
        ("Spurgt tilbage", "asked_back", False),
        ("Forkerte uden at spørge", "confidently_wrong", False),
        ("Andre emner besvaret", "out_of_scope_answered", False),
    ):
        now, before = getattr(figures, key), getattr(old, key) if old else None
        verdict = ""
        # What looks the same when it is written is the same.
        if before is not None and round(now, 3) != round(before, 3):
            verdict = "bedre" if (now > before) == up else "dårligere"
        found.append(Measure(title, share(now), "" if before is None else share(before), verdict))
    return found


def share(value: float) -> str:
    """0.9236 as '92,4 %', which no line break parts."""
    return f"{value * 100:.1f}\N{NO-BREAK SPACE}%".replace(".", ",")


def _changed(last: Result, before: Result | None) -> tuple[list[Changed], list[Changed], int]:
    """The lines that became right, those that became wrong, and how many were not measured the last time."""
    if not before:
        return [], [], 0
    old = {(one["text"], one["label"]): one["understood"] for one in before["lines"]}
    mended, broken, new = [], [], 0
    for one in last["lines"]:
        text, label, now = one["text"], one["label"], one["understood"]
        was = old.get((text, label))
        if was is None:
            new += 1
        elif now == label != was:
            mended.append(Changed(text, label, was, now))
        elif was == label != now:
            broken.append(Changed(text, label, was, now))
    return mended, broken, new
