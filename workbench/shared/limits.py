"""The limits that a model must keep (tests/nlu/limits.yml)."""

from dataclasses import dataclass
from pathlib import Path

from common.settings import ROOT
from common.yaml_files import read_yaml
from workbench.shared.measures import SHARES, Figures

LIMITS = ROOT / "tests" / "nlu" / "limits.yml"


@dataclass(frozen=True)
class Limits:
    """Shares from 0 to 1, milliseconds, numbers of lines; the file explains each."""

    accuracy_at_least: float
    label_f1_at_least: float
    asked_back_at_most: float
    confidently_wrong_at_most: float
    out_of_scope_answered_at_most: float
    milliseconds_p95_at_most: float
    milliseconds_p95_several_at_most: float
    lines_per_label_at_least: int
    likeness_below: float


def read_limits(file: Path) -> Limits:
    """Reads a file of limits; ValueError names missing and unknown keys."""
    content = read_yaml(file)
    try:
        return Limits(**content)
    except TypeError as error:
        keys = ", ".join(Limits.__annotations__)
        raise ValueError(f"{file.name}: {error}; it must have exactly the keys {keys}") from error


def passed_limits(figures: Figures, limits: Limits, with_time: bool = True) -> list[str]:
    """A Danish sentence for each limit passed. `with_time=False` skips milliseconds: they depend on the load."""
    found = []
    if figures.accuracy < limits.accuracy_at_least:
        found.append(f"{SHARES['accuracy']}: {figures.accuracy:.3f}, skal være mindst {limits.accuracy_at_least}.")
    for label, value in figures.f1.items():
        if value < limits.label_f1_at_least:
            found.append(f"F1 for {label}: {value:.2f}, skal være mindst {limits.label_f1_at_least}.")
    for name, most in (
        ("asked_back", limits.asked_back_at_most),
        ("confidently_wrong", limits.confidently_wrong_at_most),
        ("out_of_scope_answered", limits.out_of_scope_answered_at_most),
    ):
        value = getattr(figures, name)
        if value > most:
            found.append(f"{SHARES[name]}: {value:.3f}, må højst være {most}.")
    for name, time, longest in (
        ("linjerne med én del", figures.milliseconds_p95, limits.milliseconds_p95_at_most),
        ("linjerne med flere dele", figures.milliseconds_p95_several, limits.milliseconds_p95_several_at_most),
    ):
        if with_time and time > longest:
            found.append(f"Millisekunder for 95 % af {name}: {time:.1f}, må højst være {longest}.")
    return found
