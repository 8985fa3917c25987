"""The citizen's texts: one behind another, each as it was written."""

from collections.abc import Iterable

_MARKS = " \n,;:"
_ENDS = (".", "!", "?")


def in_one_text(texts: Iterable[str]) -> str:
    """Texts behind one another, on lines of their own."""
    return "\n".join(text for text in texts if text)


def sentences_in_one_text(sentences: Iterable[str]) -> str:
    """Sentences behind one another: on a line of its own where the one before it has no end mark."""
    text = "".join(f"{one} " if one.endswith(_ENDS) else f"{one}\n" for one in (said.strip(_MARKS) for said in sentences) if one)
    return text.strip(_MARKS)
