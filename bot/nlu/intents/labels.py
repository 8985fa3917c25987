"""Label probabilities of a text, adjusted by the conversation before it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.nlu.certainty import BY_ITSELF, SHORT_AFTER, UNDERSTOOD, UNDERSTOOD_AFTER
from bot.nlu.intents.after_receipt import of_what_was_sent
from bot.nlu.intents.follow_ups import is_denied
from bot.past import Past
from common import acts

# Likeliest first.
Ranking = list[tuple[str, float]]
_RECEIPT = "receipt"
_BESIDE_ALL = ("greet", "thank")
# Added to each probability before weighing, so that an unlikely label can still win after an answer.
_LEAST = 0.001


class Factors(Mapping[str, float]):
    """The factor of each label, computed when the first is asked for: most messages ask for none."""

    def __init__(self, labels: Sequence[str], compute: Callable[[], Sequence[float]]) -> None:
        """`compute`: returns the factors in the order of the labels."""
        self._labels, self._compute = labels, compute

    @cached_property
    def _factors(self) -> dict[str, float]:
        return dict(zip(self._labels, self._compute(), strict=True))

    def __getitem__(self, label: str) -> float:
        return self._factors[label]

    def __iter__(self) -> Iterator[str]:
        return iter(self._labels)

    def __len__(self) -> int:
        return len(self._labels)


@dataclass(frozen=True)
class Labels:
    """`after`: the factor of each label after the answer before; empty where nothing was learnt of it."""

    ranking: Ranking
    after: Mapping[str, float] = field(default_factory=dict)


def meant(text: str, labels: Labels, past: Past, followed: bool, weighed: bool = True) -> tuple[Ranking, bool]:
    """Return the labels adjusted by the past, and whether the likeliest is sure enough for a whole message.

    `followed`: whether there is an answer that a follow-up can refer to. `weighed`: whether to apply `labels.after`.
    """
    ranking = labels.ranking
    if past.receipt and not past.in_form:
        # After a receipt, 'må jeg så optage nu' asks what it permits; a follow-up does where nothing was said since.
        just = past.last == _RECEIPT
        ranking = summed(
            (of_what_was_sent(label, text, past) if just or not acts.is_follow_up(label) else label, share)
            for label, share in ranking
        )
    ranking = [(label, share) for label, share in ranking if label not in past.denied]
    ranking = _without_denied(in_context(ranking, followed), text)
    ranking = _without_greeting(ranking)
    if not weighed or not labels.after or not ranking or not any(sign.isalpha() for sign in text):
        return ranking, bool(ranking) and ranking[0][1] >= UNDERSTOOD
    if ranking[0][1] >= (BY_ITSELF if len(text) <= SHORT_AFTER else UNDERSTOOD):
        return ranking, True
    shares = [(label, (share + _LEAST) * labels.after.get(label, 1.0)) for label, share in ranking]
    total = sum(share for _, share in shares)
    by_itself = ranking[0]
    ranking = sorted(((label, share / total) for label, share in shares), key=lambda one: -one[1])
    if ranking[0][0] == by_itself[0]:
        ranking[0] = max(ranking[0], by_itself)  # What was answered before makes the same label no less sure.
    return ranking, ranking[0][1] >= UNDERSTOOD_AFTER


def in_context(ranking: Ranking, followed: bool) -> Ranking:
    """Return the labels; without those of follow-ups, whose share the others get, where there is nothing to follow."""
    if followed:
        return ranking
    others = [(label, share) for label, share in ranking if not acts.is_follow_up(label)]
    left = sum(share for _, share in others) or 1.0
    gone = sum(share for label, share in ranking if acts.is_follow_up(label))
    return [(label, share / left * (left + gone)) for label, share in others]


def summed(labels: Iterable[tuple[str, float]]) -> Ranking:
    """Return each label once with the sum of its shares, likeliest first."""
    shares: dict[str, float] = {}
    for label, share in labels:
        shares[label] = shares.get(label, 0.0) + share
    return sorted(shares.items(), key=lambda one: -one[1])


def _without_denied(ranking: Ranking, text: str) -> Ranking:
    """Return the labels without those that the text denies; the others get their share."""
    left = [(label, share) for label, share in ranking if not is_denied(label, text)]
    whole = sum(share for _, share in left)
    return ranking if len(left) == len(ranking) or not whole else [(label, share / whole) for label, share in left]


def _without_greeting(ranking: Ranking) -> Ranking:
    """Return the labels with the share of a greeting in second place added to the first."""
    if len(ranking) < 2 or ranking[1][0] not in _BESIDE_ALL or ranking[0][0] in _BESIDE_ALL:
        return ranking
    (label, share), (_, greeting), *others = ranking
    return [(label, share + greeting), *others]
