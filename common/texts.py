"""The citizen's texts: one behind another, each as it was written."""

from collections.abc import Iterable

_MARKS = " \n,;:"
_ENDS = (".", "!", "?")


def in_one_text(texts: Iterable[str]) -> str:
    """Texts behind one another, on lines of their own; empty ones are left out."""
    return "\n".join(filter(None, texts))


def sentences_in_one_text(sentences: Iterable[str]) -> str:
    """Sentences behind one another, without the marks around them; on a new line where one ends without a full stop."""
    said = [sentence for one in sentences if (sentence := one.strip(_MARKS))]
    return "".join(f"{one} " if one.endswith(_ENDS) else f"{one}\n" for one in said).strip()
