"""Removes characters that hide, reorder or pile up words, so that people and programs read the same text.

Kept is what languages and emoji need: joiners between letters of scripts that use them and inside emoji, emoji
variation selectors, accents, and the three flags that are spelt with tags.
"""

from unicodedata import category, name

_BLANK, _UNREADABLE = " ", "\N{REPLACEMENT CHARACTER}"
_LINE_ENDS = {0x85: "\n", 0x2028: "\n", 0x2029: "\n"}
# Control characters, refused by databases and by legal/request.schema.json. White space among them becomes a blank, so
# that a text of nothing else still counts as empty.
_CONTROLS = {
    code: _BLANK if chr(code).isspace() else _UNREADABLE
    for code in (*range(0x20), *range(0x7F, 0xA0))
    if chr(code) not in "\t\n\r"
}
_REPLACED = _CONTROLS | _LINE_ENDS
# Unicode's Default_Ignorable_Code_Point (soft hyphens, zero width spaces, tags ...) and annotation marks.
_UNSEEN = frozenset(
    chr(code)
    for first, last in (
        *((0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F)),
        *((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF)),
        *((0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF)),
    )
    for code in range(first, last + 1)
)
_JOINER, _TEXT_STYLE, _EMOJI_STYLE, _KEYCAP = "\u200d", "\ufe0e", "\ufe0f", "\u20e3"
# Joiners and variation selectors, which some scripts need between letters.
_IN_WORDS = frozenset("\u200c\u200d") | {chr(code) for code in (*range(0xFE00, 0xFE10), *range(0x180B, 0x1810))}
# England, Scotland and Wales: any other sequence of tags may be a hidden message.
_BLACK_FLAG = "\U0001f3f4"
_FLAGS = tuple(
    _BLACK_FLAG + "".join(chr(0xE0000 + ord(letter)) for letter in code) + "\U000e007f"
    for code in ("gbeng", "gbsct", "gbwls")
)
# No language has more combining marks on a letter.
_MOST_MARKS = 4


def cleaned(text: str) -> str:
    """The text without invisible and stacked characters; idempotent."""
    text = text.encode("utf-8", "replace").decode("utf-8").translate(_REPLACED)
    if text.isascii():
        return text
    kept: list[str] = []
    marks = place = 0
    while place < len(text):
        flag = next((one for one in _FLAGS if text.startswith(one, place)), "") if text[place] == _BLACK_FLAG else ""
        seen = flag or _seen(kept, text[place], text[place + 1 : place + 2])
        place += len(flag) or 1
        marks = marks + 1 if seen and category(seen[0]) in ("Mn", "Me") else marks if not seen else 0
        if seen and marks <= _MOST_MARKS:
            kept.append(seen)
    return "".join(kept)


def _seen(before: list[str], sign: str, after: str) -> str:
    """What to keep of a character: itself, U+FFFD or ''. `before`: what was kept; `after`: the next character."""
    if sign in _UNSEEN:
        return sign if _is_needed(before, sign, after) else ""
    if category(sign) == "Co" or ord(sign) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(sign) <= 0xFDEF:
        # Private use and noncharacters.
        return _UNREADABLE
    return sign


def _is_needed(before: list[str], sign: str, after: str) -> bool:
    """Whether an ignorable character changes how its neighbours are read: in some scripts, and in emoji."""
    last = before[-1] if before else ""
    if sign in _IN_WORDS and _is_of_another_script(last):
        return True
    if sign in (_TEXT_STYLE, _EMOJI_STYLE):
        return _is_picture(last) or (last != "" and last in "0123456789#*" and after == _KEYCAP)
    if sign == _JOINER:
        drawn = before[-2] if last == _EMOJI_STYLE and len(before) > 1 else last
        return _is_picture(drawn) and _is_picture(after)
    return False


def _is_of_another_script(sign: str) -> bool:
    """Whether it is a letter or mark of a script other than Latin, which needs nothing between letters."""
    is_letter = len(sign) == 1 and sign not in _UNSEEN and category(sign)[0] in "LM"
    return is_letter and not name(sign, "LATIN").startswith(("LATIN", "COMBINING"))


def _is_picture(sign: str) -> bool:
    """Whether it is an emoji or symbol; by range too, since emoji newer than this Python have no category."""
    if len(sign) != 1 or sign.isascii():
        return False
    return 0x1F000 <= ord(sign) < 0x1FB00 or category(sign) in ("So", "Sm", "Sk") or sign in "‼⁉〰"
