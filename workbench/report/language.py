"""Compares the last two results of `evaluate`: figures, labels, single lines."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.shared.lines import Line
from workbench.shared.measures import SHARES, Figures, Judgement, measure
from workbench.shared.results import Result

# A label's F1 varies a little with every training; smaller differences are not reported.
_LEAST = 0.02
_MOST_MIXED = 15
_HIGHER_IS_BETTER = ("accuracy", "macro_f1")


@dataclass(frozen=True)
class Measure:
    """A share now and before, as text. `verdict`: 'bedre', 'dårligere', or empty when unchanged or new."""

    title: str
    now: str
    before: str
    verdict: str


@dataclass(frozen=True)
class Label:
    """A label: number of lines, F1 now and before (None for a new label)."""

    name: str
    lines: int
    f1: float
    before: float | None

    @property
    def difference(self) -> float:
        """F1 now minus F1 before; 0 for a new label."""
        return self.f1 - self.before if self.before is not None else 0.0


@dataclass(frozen=True)
class Changed:
    """A line whose label changed between the two results."""

    text: str
    label: str
    before: str
    now: str


@dataclass(frozen=True)
class Language:
    """The last result, compared with the one before. `mended` lines became right, `broken` ones wrong."""

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
        """The labels whose F1 rose, largest rise first."""
        return sorted((one for one in self.labels if one.difference >= _LEAST), key=lambda one: -one.difference)

    @property
    def worse(self) -> list[Label]:
        """The labels whose F1 fell, largest fall first."""
        return sorted((one for one in self.labels if one.difference <= -_LEAST), key=lambda one: one.difference)


@dataclass(frozen=True)
class _Run:
    """A result of `evaluate`: lines and their judgements, in the same order."""

    lines: list[Line]
    judgements: list[Judgement]

    @property
    def figures(self) -> Figures:
        return measure(self.lines, self.judgements)

    def read(self) -> Iterator[tuple[Line, str]]:
        """Each line with the label that was understood."""
        return zip(self.lines, (judgement.label for judgement in self.judgements), strict=True)


def _run(result: Result) -> _Run:
    lines = [Line(one["text"], one["label"]) for one in result["lines"]]
    judgements = [Judgement(one["understood"], one["confidence"], one["asks_back"], 0.0) for one in result["lines"]]
    return _Run(lines, judgements)


def language(last: Result, before: Result | None) -> Language:
    """Compares the last result of `evaluate` with the one before."""
    new = _run(last)
    old = _run(before) if before else None
    figures, old_figures = new.figures, old.figures if old else None
    confusion = Counter((line.label, understood) for line, understood in new.read())
    counts = Counter(line.label for line in new.lines)
    mixed = [(meant, other, count) for (meant, other), count in confusion.most_common() if meant != other]
    mended, broken, new_lines = _changed(new, old) if old else ([], [], 0)
    return Language(
        at=last["at"],
        before_at=before["at"] if before else None,
        trained_on=last["trained_on"],
        trained_on_before=before["trained_on"] if before else None,
        timing=last.get("timing", {}),
        figures=figures,
        measures=_measures(figures, old_figures),
        labels=[
            Label(name, counts[name], f1, old_figures.f1.get(name) if old_figures else None)
            for name, f1 in sorted(figures.f1.items())
        ],
        mended=mended,
        broken=broken,
        new_lines=new_lines,
        confusion=dict(confusion),
        mixed=mixed[:_MOST_MIXED],
    )


def _measures(figures: Figures, old: Figures | None) -> list[Measure]:
    found = []
    for key, title in SHARES.items():
        now, before = getattr(figures, key), getattr(old, key) if old else None
        verdict = ""
        # Compared as displayed.
        if before is not None and round(now, 3) != round(before, 3):
            verdict = "bedre" if (now > before) == (key in _HIGHER_IS_BETTER) else "dårligere"
        found.append(Measure(title, share(now), "" if before is None else share(before), verdict))
    return found


def share(value: float) -> str:
    """0.9236 as '92,4 %', with a no-break space."""
    return f"{value * 100:.1f}\N{NO-BREAK SPACE}%".replace(".", ",")


def _changed(new: _Run, old: _Run) -> tuple[list[Changed], list[Changed], int]:
    """The lines that became right, those that became wrong, and the number of lines that are new."""
    before = dict(old.read())
    mended, broken, new_lines = [], [], 0
    for line, now in new.read():
        was = before.get(line)
        if was is None:
            new_lines += 1
        elif now == line.label != was:
            mended.append(Changed(line.text, line.label, was, now))
        elif was == line.label != now:
            broken.append(Changed(line.text, line.label, was, now))
    return mended, broken, new_lines
