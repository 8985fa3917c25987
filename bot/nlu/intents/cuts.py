"""Labels the parts of a message.

One that holds a question without a mark before it is cut in two where the model is sure of the question, and one that
only refers back is read with the part before it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.nlu.certainty import BEYOND_DOUBT, SAID, UNDERSTOOD
from bot.nlu.intents.labels import Labels
from bot.nlu.parts import MOST, Part, is_joined, refers_back, split, ways_to_cut
from bot.past import Past
from common.acts import ASK, named
from common.slots import FREE_TEXT

Read = Callable[[Sequence[Part]], list[Labels]]


def labelled_parts(text: str, past: Past, read: Read) -> tuple[Labels, list[tuple[Part, Labels]]]:
    """Return the labels of a message, and its parts with theirs.

    `read` takes parts and returns the labels of the whole message and then of each part, in one batch.
    """
    parts = split(text)
    ways = [(place, way) for place, part in enumerate(parts) for way in ways_to_cut(text, part, in_form=past.in_form)]
    ways = ways[: MOST - len(parts)]
    pieces = [*parts, *(piece for _, way in ways for piece in way)]
    halves_after = {second: first for _, (first, second) in ways}
    longer = _with_what_they_refer_to(text, parts, pieces, halves_after)
    whole, *labels = read([*pieces, *longer.values()])
    of_longer = dict(zip(longer, labels[len(pieces) :], strict=True))
    labelled = [
        (piece, of_longer[piece] if piece in longer and _asks(of_longer[piece]) else own)
        for piece, own in zip(pieces, labels, strict=False)
    ]
    cut: dict[int, list[tuple[Part, Labels]]] = {}
    for number, (place, (first, second)) in enumerate(ways):
        halves = labelled[len(parts) + 2 * number :][:2]
        joined = is_joined(text, first, second)
        sure = _are_two_questions(halves) if first.asks else _is_surely_asked(second, halves[1][1], past, joined=joined)
        if place not in cut and sure:
            cut[place] = halves
    return whole, [part for place in range(len(parts)) for part in cut.get(place, [labelled[place]])]


def _with_what_they_refer_to(
    text: str, parts: Sequence[Part], pieces: Sequence[Part], halves_after: Mapping[Part, Part]
) -> dict[Part, Part]:
    """The pieces that only refer to what stands before them ('må hun det?'), each with the longer piece to be read.

    `halves_after`: the first half by the second of each part that is cut.
    """
    longer = {}
    for piece in pieces:
        half = halves_after.get(piece)
        before = [half] if half else [part for part in parts if part.end <= piece.start]
        if before and refers_back(piece):
            longer[piece] = replace(piece, text=text[before[-1].start : piece.end])
    return longer


def _asks(labels: Labels) -> bool:
    return named(_likeliest(labels)[0])[0] == ASK


def _likeliest(labels: Labels) -> tuple[str, float]:
    return labels.ranking[0] if labels.ranking else ("", 0.0)


def _are_two_questions(halves: Sequence[tuple[Part, Labels]]) -> bool:
    """Whether the halves around 'eller' ask different things for sure, and not one thing with two answers."""
    (first, certainty), (second, other) = (_likeliest(labels) for _, labels in halves)
    return first != second and min(certainty, other) >= UNDERSTOOD and {named(first)[0], named(second)[0]} == {ASK}


def _is_surely_asked(part: Part, labels: Labels, past: Past, *, joined: bool) -> bool:
    """Whether a second half is a question of its own, and not the end of a statement.

    `joined`: a punctuation mark or 'og' stands before it.
    """
    label, certainty = _likeliest(labels)
    marked = part.text.rstrip().endswith("?")
    if past.in_form and past.asked in FREE_TEXT and not marked:
        return False
    least = UNDERSTOOD if joined else SAID if marked else BEYOND_DOUBT
    return named(label)[0] == ASK and certainty >= least
