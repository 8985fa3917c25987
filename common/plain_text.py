"""A citizen's text without what nobody sees in it: characters that hide, reorder or pile up words.

Whoever reads a text must see what a machine reads. What languages and emoji need stays: joiners between the letters of
scripts that use them and inside emoji, the sign that makes a heart red, accents, three flags that are spelt with tags.
"""

from common import patterns

_BLANK, _UNREADABLE = " ", "\N{REPLACEMENT CHARACTER}"
_LINE_ENDS = {0x85: "\n", 0x2028: "\n", 0x2029: "\n"}
# Databases refuse some of these, and Jura's schema more (legal/request.schema.json). Those that are white space become
# a blank, so that a text of nothing else is still none.
_CONTROLS = {
    code: _BLANK if chr(code).isspace() else _UNREADABLE
    for code in (*range(0x20), *range(0x7F, 0xA0))
    if chr(code) not in "\t\n\r"
}
_SIGNS = _CONTROLS | _LINE_ENDS
# Characters of one program's own, and codes that are no character anywhere.
_NO_CHARACTER = patterns.compile(r"[\p{Private_Use}\p{Noncharacter_Code_Point}]")

# Unicode's own list of what is never seen (soft hyphens, zero width spaces, marks of direction, tags, fillers ...), and
# the marks of annotations.
_UNSEEN = r"[\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]"
# England's, Scotland's and Wales': whatever else is spelt with tags may be a hidden message.
_FLAG = "\U0001f3f4(?:{})\U000e007f".format(
    "|".join("".join(chr(0xE0000 + ord(letter)) for letter in code) for code in ("gbeng", "gbsct", "gbwls"))
)
# One joiner or variation selector behind a letter: Persian, Hindi, Mongolian and others are not written without.
_IN_LETTERS = r"(?<=[\p{L}\p{M}--[\p{Latin}\p{Default_Ignorable_Code_Point}]])[\u200C\u200D\uFE00-\uFE0F\u180B-\u180F]"
_IN_EMOJI = r"(?<=\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?)\u200D(?=\p{Extended_Pictographic})"
_HOW_SHOWN = r"(?<=\p{Extended_Pictographic})[\uFE0E\uFE0F]|(?<=[0-9#*])\uFE0F(?=\u20E3)"
_KEPT_OR_UNSEEN = patterns.compile(rf"(?V1)(?P<kept>{_FLAG}|{_IN_LETTERS}|{_IN_EMOJI}|{_HOW_SHOWN})|{_UNSEEN}")
# No language puts more accents on a letter.
_PILE = patterns.compile(r"(?P<kept>[\p{Mn}\p{Me}]{4})[\p{Mn}\p{Me}]+")


def cleaned(text: str) -> str:
    """The text as somebody reads it. Cleaning twice is cleaning once."""
    text = text.encode("utf-8", "replace").decode("utf-8").translate(_SIGNS)
    if text.isascii():
        return text
    text = _NO_CHARACTER.sub(_UNREADABLE, text)
    text = _KEPT_OR_UNSEEN.sub(lambda found: found["kept"] or "", text)
    return _PILE.sub(r"\g<kept>", text)
