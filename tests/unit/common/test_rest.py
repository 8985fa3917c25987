"""The rest of a message is one text whose positions map back to the whole."""

from hypothesis import given
from hypothesis import strategies as st

from common.rest import in_rest, in_whole, joined

TEXT = "Må jeg optage? Det er på torsdag. Hvem bestemmer det? Kl. 10."
SPANS = [(15, 33), (54, 61)]


def test_the_remaining_pieces_are_joined() -> None:
    assert joined(TEXT, SPANS) == "Det er på torsdag. Kl. 10."


def test_positions_map_back_to_the_whole() -> None:
    rest = joined(TEXT, SPANS)
    for word in ("torsdag", "Kl. 10"):
        start = rest.index(word)
        assert in_whole(start, SPANS) == TEXT.index(word)
        assert in_rest(TEXT.index(word), SPANS) == start


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), min_size=1, max_size=5), st.data())
def test_every_character_of_the_rest_maps_back_to_the_whole(gaps: list[tuple[int, int]], data: st.DataObject) -> None:
    spans, at = [], 0
    for gap, length in gaps:
        spans.append((at + gap, at + gap + length))
        at += gap + length
    text = "".join(chr(0x4E00 + place) for place in range(at))
    rest = joined(text, spans)
    place = data.draw(st.sampled_from([place for place, sign in enumerate(rest) if sign != " "]))
    assert text[in_whole(place, spans)] == rest[place]
    assert in_rest(in_whole(place, spans), spans) == place
