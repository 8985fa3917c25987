"""The labels of a text with their probabilities, and how what came before changes them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.nlu.certainty import BY_ITSELF, SHORT_AFTER, UNDERSTOOD, UNDERSTOOD_AFTER
from bot.nlu.intents.follow_ups import after_a_receipt, is_denied
from bot.past import Past
from common import acts

# Likeliest first.
Ranking = list[tuple[str, float]]
_RECEIPT = "receipt"
_BESIDE_ALL = ("greet", "thank")
# What is most unlikely by itself may still be meant after an answer.
_LEAST = 0.001


@dataclass(frozen=True)
class Labels:
    """`after`: how much likelier each label is after the answer before; empty where that says nothing of it."""

    ranking: Ranking
    after: Mapping[str, float] = field(default_factory=dict)


def meant(text: str, labels: Labels, past: Past, followed: bool, weighed: bool = True) -> tuple[Ranking, bool]:
    """The labels in the light of what came before, and whether the likeliest is sure enough for a whole message.

    `followed`: whether there is something that the text can follow. `weighed`: whether it follows the answer before.
    """
    ranking = labels.ranking
    if past.receipt and not past.in_form:
        # 'Må jeg så optage nu' asks what the receipt permits; a follow-up asks of it where nothing was said since.
        just = past.last == _RECEIPT
        ranking = summed(
            (after_a_receipt(label, text) if just or not acts.is_follow_up(label) else label, share)
            for label, share in ranking
        )
    ranking = _without_denied(in_context(ranking, followed), text)
    ranking = _without_greeting(ranking)
    if not weighed or not labels.after or not ranking or not any(sign.isalpha() for sign in text):
        return ranking, bool(ranking) and ranking[0][1] >= UNDERSTOOD
    if ranking[0][1] >= (BY_ITSELF if len(text) <= SHORT_AFTER else UNDERSTOOD):
        return ranking, True
    shares = [(label, (share + _LEAST) * labels.after.get(label, 1.0)) for label, share in ranking]
    total = sum(share for _, share in shares)
    ranking = sorted(((label, share / total) for label, share in shares), key=lambda one: -one[1])
    return ranking, ranking[0][1] >= UNDERSTOOD_AFTER


def in_context(ranking: Ranking, followed: bool) -> Ranking:
    """The labels without those of follow-ups where there is nothing to follow; the others share what they had."""
    if followed:
        return ranking
    others = [(label, share) for label, share in ranking if not acts.is_follow_up(label)]
    left = sum(share for _, share in others) or 1.0
    gone = sum(share for label, share in ranking if acts.is_follow_up(label))
    return [(label, share / left * (left + gone)) for label, share in others]


def summed(labels: Iterable[tuple[str, float]]) -> Ranking:
    """The labels, each once with all that it has, likeliest first."""
    shares: dict[str, float] = {}
    for label, share in labels:
        shares[label] = shares.get(label, 0.0) + share
    return sorted(shares.items(), key=lambda one: -one[1])


def _without_denied(ranking: Ranking, text: str) -> Ranking:
    """The labels without what the text says it is not about; the others share what that had."""
    left = [(label, share) for label, share in ranking if not is_denied(label, text)]
    whole = sum(share for _, share in left)
    return ranking if len(left) == len(ranking) or not whole else [(label, share / whole) for label, share in left]


def _without_greeting(ranking: Ranking) -> Ranking:
    """The labels, where a greeting that is second makes the first no less sure: it stands beside whatever is said."""
    if len(ranking) < 2 or ranking[1][0] not in _BESIDE_ALL or ranking[0][0] in _BESIDE_ALL:
        return ranking
    (label, share), (_, greeting), *others = ranking
    return [(label, share + greeting), *others]
