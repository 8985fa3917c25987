"""Finds the citizen's name: introduced ('jeg hedder ...'), or as the whole message.

A name keeps its spelling: capitals, hyphens, apostrophes and initials.
"""

from collections.abc import Iterable

from bot.nlu.values.lexicon import fold
from bot.nlu.values.model import Value, cover
from bot.nlu.values.people.name_lists import NameLists, name_lists
from common import patterns

_LETTER = r"[^\W\d_]"
_TOKEN = patterns.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f]|['’`´-](?=[^\W\d_])|\.(?=[^\W\d_]))*\.?")
_LONGEST_INITIAL = len("Chr.")
_FEWEST_WORDS, _MOST_IN_A_CLAUSE = 2, 4
# How many phrases beside a name are removed, and how many characters of a clause are read.
_MOST_BESIDE, _LONGEST_CLAUSE = 6, 200
_MOST_WORDS, _LONGEST, _LONGEST_MESSAGE = 7, 80, 200
# Two words or more with capitals, with particles between them.
# 'Jeg' begins the next sentence, whose question before it was answered.
_CAPITAL = r"(?!(?:Jeg|Men|Det)\b)[^\W\d_a-zæøå](?:[^\W\d_]|['’`´-](?=[^\W\d_])|\.(?=[^\W\d_]))*"
_CAPITALS = patterns.compile(
    rf"\b{_CAPITAL}(?:\s+(?:(?:von|van|de|der|den|al|el|af|bin|la|le)\s+){{0,2}}{_CAPITAL}){{1,6}}"
)
_ABOUT_A_NAME = patterns.compile(
    r"\b(?:navn(?:et|e)?|efternavn(?:et)?|fornavn(?:et)?|hedder|hedde|staves|stavet|stavede)\b", patterns.IGNORECASE
)
_NAMES = r"[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*){0,2}"
_BY_LABEL = patterns.compile(
    rf"\bfornavn(?:et)?(?: er|:)? (?P<first>{_NAMES})[,.;]?\s+(?:og )?efternavn(?:et)?(?: er|:)? (?P<last>{_NAMES})",
    patterns.IGNORECASE,
)
_FILLER = patterns.compile(
    r"(?:(?:ikke|bare|altså|så|øh+m*|jo|faktisk|nemlig|egentlig|forresten|for resten|i øvrigt)[\s,.]+){1,4}",
    patterns.IGNORECASE,
)


def find_names(text: str, taken: Iterable[tuple[int, int]], other_values: Iterable[tuple[int, int]]) -> list[Value]:
    """The names in a message as values, by place; several where one is corrected.

    `taken`: spans of addresses and numbers; a name may stand beside them. `other_values`: spans of days, departments
    and the like; what lies within one of these is no name.
    """
    line = cover(text, taken, "|")
    found = _by_label(line) or [*_introduced(line), *_between_frames(line)] or _stated(line)
    if found:
        found.sort(key=lambda item: item.start)
        return [item for index, item in enumerate(found) if not index or item.start >= found[index - 1].end]
    bare = _whole_message(line, list(other_values))
    return [bare] if bare else []


def find_in_part(text: str) -> str | None:
    """The one name with capitals that is a whole sentence or begins the text; None where there is none or several.

    Only for a message that answers the question for a name.
    """
    alone = [item.strip() for item in patterns.split(r"[.!?\n]+", text) if _CAPITALS.fullmatch(item.strip())]
    opening = _CAPITALS.match(text)
    pieces = dict.fromkeys([*alone, *([opening.group()] if opening and not alone else [])])
    names = [piece for piece in pieces if not is_of_words(piece) and _whole_message(piece, [])]
    return names[0] if len(names) == 1 else None


def in_small_letters(clause: str) -> str | None:
    """The name in a clause (text between punctuation marks), of two to four uncommon words; None where it is no name.

    Only where a name was asked for, or an address or number follows.
    """
    said = " ".join(clause[:_LONGEST_CLAUSE].split())
    for _ in range(_MOST_BESIDE):
        said = name_lists().beside.sub("", said).strip()
    if not _FEWEST_WORDS <= len(said.split()) <= _MOST_IN_A_CLAUSE:
        return None
    found = _whole_message(said, [])
    words = [fold(token.group().rstrip(".")) for token in _TOKEN.finditer(said)]
    lists = name_lists()
    known = [word for n, word in enumerate(words) if word in lists.common | lists.words and not _is_particle(words, n)]
    unlike = [word for word in known if word not in lists.also_names]
    return found.value if found and found.value == said and not unlike else None


def are_uncommon(words: Iterable[str]) -> bool:
    """Whether there are words, and none is a common one: names in small letters, where one is expected ('louise')."""
    lists = name_lists()
    said = [fold(word.strip(".,")) for word in words]
    return bool(said) and not any(word in lists.common or word in lists.words for word in said)


def is_of_words(run: str) -> bool:
    """Whether capitalised words are a sentence and no name: two or more of them, or all, are common words."""
    known = _words_in(run)
    return len(known) > 1 or len(known) == len(run.split())


def holds_a_word(name: str) -> bool:
    """Whether a supposed name contains a common word that is no name: 'Mod Min Vilje'."""
    return bool(_words_in(name))


def _words_in(run: str) -> list[str]:
    words = [fold(word.rstrip(".")) for word in run.split()]
    lists = name_lists()
    common = [word for word in words if word in lists.common or word in lists.words]
    return [word for word in common if word not in lists.also_names]


def _introduced(line: str) -> list[Value]:
    found: list[Value] = []
    for match in name_lists().introduced.finditer(line):
        before = line[max(0, match.start() - 25) : match.start()].lower()
        words = " ".join(match["words"].lower().split())
        label = words in name_lists().labels
        if label and not patterns.fullmatch(r"(?:.*[\n.,;|])?\s*(?:fulde )?", before, patterns.DOTALL):
            continue  # 'hans navn', 'hvorfor skal I bruge mit navn'
        start = match.end()
        if filler := _FILLER.match(line, start):
            start = filler.end()
        found += _read(line, start, strict=words in name_lists().unsure)
    return found


def _by_label(line: str) -> list[Value]:
    """'Fornavn Selma, efternavn Yıldız'."""
    found = _BY_LABEL.search(line)
    return [Value("name", *found.span(), f"{found['first']} {found['last']}", "introduced")] if found else []


def _stated(line: str) -> list[Value]:
    """The last capitalised words of a message about a name: 'jeg stavede mit navn forkert, det er Christina Møller'."""
    about = list(_ABOUT_A_NAME.finditer(line))
    if not about or "?" in line:
        return []
    runs = [run for run in _CAPITALS.finditer(line) if not _ABOUT_A_NAME.search(run.group())]
    runs = [run for run in runs if not name_lists().another.search(line[: run.start()])]
    if all(one.group().lower().startswith("hedde") for one in about):
        # 'Lone Juul kommer med, og sagen hedder 26-1188'
        runs = [run for run in runs if run.start() > about[0].start()]
    runs = [run for run in runs if fold(run.group().split()[0]) not in name_lists().words]
    return [_name(line, runs[-1].start(), runs[-1].end(), "introduced")] if runs else []


def _between_frames(line: str) -> list[Value]:
    found: list[Value] = []
    for first, last in name_lists().framed:
        for match in first.finditer(line):
            for name in _read(line, match.end(), strict=False):
                if not last or patterns.match(
                    rf"\s+{patterns.escape(last)}(?!\w)", line[name.end :], patterns.IGNORECASE
                ):
                    found.append(name)
    return found


def _read(line: str, start: int, strict: bool) -> list[Value]:
    """The name from `start` until punctuation or a common word, and a correction behind it ('men <name>')."""
    tokens: list[patterns.Match] = []
    place = start
    while len(tokens) < _MOST_WORDS and (token := _TOKEN.match(line, place)):
        # 'jeg hedder tom frederiksen', 'jeg hedder bo'
        first = not tokens and not strict and fold(token.group()) in name_lists().first_names
        if not first and not _may_be_name(token.group(), bool(tokens)):
            break
        tokens.append(token)
        if token.group().endswith(".") and _ends_sentence(token.group(), line[token.end() :], whole=len(tokens) > 1):
            break
        blank = patterns.match(r"[ \t\u00a0]+", line[token.end() : token.end() + 5])
        if not blank:
            break
        place = token.end() + blank.end()
    while tokens and fold(tokens[-1].group().rstrip(".")) in name_lists().particles and tokens[-1].group().islower():
        tokens.pop()
    if not tokens or (strict and not (len(tokens) >= 2 and all(_is_capital(token.group()) for token in tokens))):
        return []
    found = [_name(line, tokens[0].start(), tokens[-1].end(), "introduced")]
    corrected = patterns.match(r",?\s+men\s+(?:bare\s+)?", line[found[0].end :])
    return found + (_read(line, found[0].end + corrected.end(), strict) if corrected else [])


def _ends_sentence(word: str, rest: str, whole: bool) -> bool:
    """Whether the full stop of `word` ends the sentence: behind more than an initial, or before a common word.

    `whole`: the name has two words already, so that a common word that may be a name ends it as well.
    """
    following = _TOKEN.match(rest.lstrip())
    word_behind = fold(following.group().rstrip(".")) if following else ""
    lists = name_lists()
    common = word_behind in lists.common | lists.words and word_behind not in lists.particles
    common = common and (whole or word_behind not in lists.also_names)
    return len(word) > _LONGEST_INITIAL or common


def _is_capital(word: str) -> bool:
    return not word[0].islower() or word in name_lists().particles


def _may_be_name(word: str, inside: bool) -> bool:
    lists, plain = name_lists(), fold(word.rstrip("."))
    if word.islower() and plain in lists.common and plain not in lists.also_names:
        return False
    if plain in lists.words and inside and word[0].isupper() and not word.isupper():
        return True  # 'mit navn er Bent Nej'
    if plain in lists.words and not (word[0].isupper() and plain in lists.also_names):
        return inside and plain in lists.particles and plain not in ("i", "og")
    return True


def _name(line: str, start: int, end: int, rule: str) -> Value:
    value = " ".join(line[start:end].split())
    stripped = value.rstrip(".,;:!")
    return Value("name", start, end - (len(value) - len(stripped)), stripped, rule)


def _whole_message(line: str, other_values: list[tuple[int, int]]) -> Value | None:
    """The whole message as a name, without polite words around it; None where it is none."""
    if len(line) > _LONGEST_MESSAGE or "?" in line or patterns.search(r"[\d_/\\{}<>@=]", line):
        return None
    lists = name_lists()
    tokens = list(_TOKEN.finditer(line))
    outside = _TOKEN.sub("", line)
    if not tokens or patterns.sub(r"[\s.,;:!|()'\"–-]", "", outside):
        return None
    while tokens and tokens[0].group().lower().rstrip(".") in lists.polite and not _is_name_word(tokens, 0):
        tokens.pop(0)
    while tokens and tokens[-1].group().lower().rstrip(".") in lists.polite and not _is_name_word(tokens, -1):
        tokens.pop()
    if not tokens or len(tokens) > _MOST_WORDS:
        return None
    start, end = tokens[0].start(), tokens[-1].end()
    without_initials = patterns.sub(rf"\b(?:{_LETTER}|[Jj]r|[Ss]r)\.", "", line[start:end])
    if end - start > _LONGEST or patterns.search(r"[!;:|()]|\.\s", without_initials):
        return None
    if any(other_start <= start and end <= other_end + 1 for other_start, other_end in other_values):
        return None
    words = [fold(token.group().rstrip(".")) for token in tokens]
    capitals = all(_is_capital(token.group()) for token in tokens)
    if _has_common_words(words, capitals, lists) or _is_small_talk(tokens, words, lists):
        return None
    small = [fold(token.group()) for token in tokens if token.group().islower()]
    if any(len(word) >= 9 and word.endswith(lists.endings) and word not in lists.end_like_words for word in small):
        return None
    if all(word in lists.particles for word in words) and not capitals:
        return None
    return _name(line, start, end, "bare")


def _has_common_words(words: list[str], capitals: bool, lists: NameLists) -> bool:
    """Whether common words among them show that it is no name."""
    common = [word for index, word in enumerate(words) if word in lists.words and not _is_particle(words, index)]
    allowed = capitals and all(word in lists.also_names for word in common) and len(words) > 1
    # 'Morten Fredag Hansen': one such word among capitals is a name too.
    return bool(common) and not allowed and not (capitals and len(words) > 2 and len(common) == 1)


def _is_small_talk(tokens: list[patterns.Match], words: list[str], lists: NameLists) -> bool:
    """Whether it has a common word in small letters, or only common words: 'tusind tak', 'Nulstil'."""
    known = [word in lists.common and word not in lists.also_names for word in words]
    small = [token.group().islower() and not _is_particle(words, index) for index, token in enumerate(tokens)]
    return all(known) or any(both for both in map(all, zip(known, small, strict=True)))


def _is_name_word(tokens: list[patterns.Match], index: int) -> bool:
    """Whether a polite word is a name here, capitalised beside other words: 'Min Nguyen'."""
    word = tokens[index].group()
    return word[0].isupper() and fold(word) in name_lists().also_names and len(tokens) > 1


def _is_particle(words: list[str], index: int) -> bool:
    """Whether the word is a particle inside a name, or one that may begin a name ('von der Lühe')."""
    opens = index > 0 or words[0] in name_lists().first_particles
    return words[index] in name_lists().particles and opens and index < len(words) - 1
