"""One sentence of a known text is replaced: 'sætningen "A" ændres til "B"', 'den første sætning skal lyde: "..."'."""

from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.acts.request.texts.edits import DOUBLE_QUOTES, words
from common import patterns

# Before the words that go, with the mark that opens their quotation.
_INSTEAD_OF = patterns.compile(r"\b(?:i stedet for|istedet for|og ikke|frem for)\W{1,3}$", patterns.IGNORECASE)
_MARKS = " .!\n"


def with_sentence_replaced(said: str, text: str) -> str | None:
    """The text with one sentence, or quoted words of it, replaced by quoted ones; None where none is named."""
    if sum(said.count(mark) for mark in DOUBLE_QUOTES) % 2:
        said += DOUBLE_QUOTES[0]  # the sentence ends before the mark that closes the quotation
    quoted = [one.group("text") for pattern in words().lists["quoted"] for one in pattern.finditer(said)]
    if not quoted or not words().find("says_otherwise", said):
        return None
    if len(quoted) > 1 and _INSTEAD_OF.search(said[: said.rfind(quoted[-1])]):
        quoted.reverse()  # 'der skal stå "B" i stedet for "A"'
    old, new = _named(said, quoted, text), quoted[-1].strip()
    if not old or len(quoted) > 2:
        return None
    place = text.lower().find(old.lower())
    end = place + len(old)
    # The full stop of the new sentence stands in place of the old one.
    return f"{text[:place]}{new.rstrip(_MARKS) if text[end:].startswith('.') else new}{text[end:]}"


def _named(said: str, quoted: list[str], text: str) -> str:
    """The words of the text that are named: quoted, or as its first or last sentence; "" for none."""
    if len(quoted) > 1:
        old = quoted[0].strip(_MARKS)
        return old if old.lower() in text.lower() else ""
    before = said[: said.find(quoted[0])]
    spans = sentence_spans(text)
    if not words().find("whole_sentence", before) or len(spans) < 2:
        return ""
    if words().find("first_part", before):
        return text[slice(*spans[0])].strip().rstrip(_MARKS)
    return text[slice(*spans[-1])].strip().rstrip(_MARKS) if words().find("last_part", before) else ""
