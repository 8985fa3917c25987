"""Marks values that are denied or replaced: 'ikke torsdag', 'fra torsdag til fredag'."""

from dataclasses import dataclass, replace
from functools import lru_cache

from bot.nlu.values.lexicon import fold, load
from bot.nlu.values.model import Value
from common import patterns

_ONLY = patterns.compile(r"\b(?:ikke|ik) (?:kun|bare|foer|senere|andet|andre|mindst)\b[^,.;]*$")
_AFTER = patterns.compile(
    r"^,? ?(?:(?:er|var|blev|bliver|er blevet) )?(?:det )?(?:helt |ogsaa )?(?:(?:er |var )?forkert|"
    r"(?:er |var )?en fejl|fejl\b|aflyst|udgaaet|duer ikke|dur ikke|passer ikke|passer mig ikke|gaar ikke|gik ikke|"
    r"virker ikke|holder ikke|gaelder ikke|ikke rigtigt?|ikke korrekt|ikke det rigtige|ikke laengere|"
    r"(?:kan|kunne) (?:jeg |vi |hun |han |de )?(?:jo )?ikke(?! (?:lige |helt )?(?:se|huske|finde|sige|laese))|"
    r"er det (?:i hvert fald |ihvertfald |nok |bare |da )?ikke|"
    r"er ikke rigtigt?|maa (?:desvaerre )?aflyses|(?:er|blev|bliver) (?:desvaerre )?aflyst|aflyses)\b"
)
_WAS = patterns.compile(r"\b(?:foer var det|det var|var|stod der|sagde jeg|skrev jeg|oprindeligt) (?:paa |den |d\. )?$")
_NOW = patterns.compile(r"^[ ,]*(?:men )?(?:det )?(?:er )?nu(?: er det| til)?[ ,]*(?:paa |den |d\. )?$")
# An old value, behind which the new one follows: 'før var det rita@gammel.dk, men nu er det ...'.
_EARLIER = patterns.compile(
    r"\b(?:foerst|foer|tidligere|oprindelig(?:t)?|planlagt til|gammelt?|gamle|skulle (?:have|ha) vaeret)\b"
    r"(?:[^.?!]|(?<=\d)\.){0,40}$"
)
_MOVED_AWAY = patterns.compile(
    r"\b(?:flytte|rykke|skubbe|aendre|udsat|udskudt|udskoed)(?:de|t)?(?: det| den| moedet)? til (?:paa )?$"
)
_SINCE = patterns.compile(
    r"\b(?:nu|udsa(?:t|tte)|flytte(?:t|de)|rykke(?:t|de)|aendre(?:t|de)|udskudt|udskoed|skubbe(?:t|de)|rette(?:t|de)|"
    r"blev foerst|blev (?:reelt |faktisk )?(?:af)?holdt|blev (?:reelt |faktisk )?gennemfoert)\b"
)
_THEN = patterns.compile(r"^[ ,]*(?:saa|derefter|siden|dernaest|senere)(?: til)? (?:paa |den |d\. )?$")
_NEW_DAY = patterns.compile(
    r"\b(?:nu|men)\b.{0,40}\b(?:ny|nye|nyt) (?:dag|dato|tid|tidspunkt)(?:en|et)?(?: er| bliver|:)?(?: den| d\.?)? $"
)
_SUGGESTED = patterns.compile(r"\bhvorfor ikke(?: \w+)? ?$")
_ASKED = patterns.compile(r"\b(?:er|var|skal|skulle|bliver)(?: det| vi| moedet| jeg| der| den)? ikke [^.?!]{0,20}$")
# 'ikke' denies a ground only before its name: 'det er ikke hukommelsen', but not 'kan ikke huske'.
_NO_GROUND = patterns.compile(
    r"\b(?:ikke|ik|intet|ikke spor) (?:noget )?(?:at goere )?"
    r"(?:(?:med|paa grund af|pga\.?|om|min|mit|laengere|saa meget) )*$"
)
_GROUND_BY_NAME = patterns.compile(
    r"^(?:min |mit )?(?:hukommelse|hoerelse|hoerenedsaettelse|hoereproblem|handicap|glemsomhed|sprog|svaert ved"
    r"|ordblind|tunghoer|doev)"
)
# A purpose is denied by its verb, for the whole clause: 'vi skal ikke lægge det på facebook'.
_NO_USE = patterns.compile(
    r"\b(?:ikke|ik|ikk|aldrig|hverken|uden at) (?!kun\b|bare\b|mindst\b|andet\b|alene\b)"
    r"(?:have at de[nt] (?:bliver|skal) )?(?:\w+ ){0,2}?"
    r"(?:laeg\w*|lagt|del|dele[rs]?|delt|brug\w*|vise[rs]?|sende[rs]?|giv\w*|offentliggoer\w*|ud|op|til)\b[^.,;:!?]*$"
)
_TURNS = patterns.compile(r"\b(?:men|ogsaa|kun|bare|saa|fordi|andet end|andre end)\b")
# 'kun til mig selv' denies the purposes named before it.
_ONLY_OWN = patterns.compile(r"\b(?:kun|bare|blot|udelukkende|alene|ikke andet end|ingen andre end)\b[^.,;:!?]{0,25}$")
_NOT_ONLY = patterns.compile(r"\b(?:ikke|ik|ikk)(?: \w+)? (?:kun|bare|blot|udelukkende|alene)\b[^.,;:!?]{0,25}$")
_BEFORE, _BEHIND, _MOST_BESIDE = 60, 60, 5


@dataclass(frozen=True)
class _Listed:
    """Patterns made of the lists in data/values/negation.yml."""

    not_before: patterns.Pattern
    moved_to: patterns.Pattern
    from_: patterns.Pattern
    to: patterns.Pattern
    moved_since: patterns.Pattern


@lru_cache(maxsize=1)
def _listed() -> _Listed:
    """Built at the first message."""
    lists = {name: "|".join(map(fold, words)) for name, words in load("negation").items()}
    small = rf"(?:(?:{lists['small']})\.? )"
    moved = rf"(?:{lists['moved']})"
    return _Listed(
        not_before=patterns.compile(
            rf"(?:\b(?:ikke|ik|ikk|hverken|aldrig|andet end)\s{small}{{0,4}}|\b(?:{lists['instead']}) {small}{{0,3}})$"
        ),
        moved_to=patterns.compile(
            rf"^[^.?!]{{0,50}}\b{moved} (?:til|om til)\b|^(?: aflyst)? ?(?:->|=>|→)"
            rf"|^(?:[ ,]{{1,2}}(?:{lists['unsure']})\b)?[ ,.;:!?…–-]*(?:eller )?(?:{lists['corrects']})\b"
            rf"(?:[ ,.:…–-]++(?:{lists['before_correction']})(?![a-z]))*+[ ,.:…–-]*+$"
        ),
        from_=patterns.compile(
            rf"\b(?:fra|ret|flyt|aendr|aendre|skift|ryk|lav)(?: moedet| datoen| det| den)? {small}{{0,2}}$"
        ),
        to=patterns.compile(rf"^ (?:om )?til {small}{{0,2}}$"),
        moved_since=patterns.compile(rf"\b{moved}\b(?! (?:jer|for|dem|kommunen)\b)|\bnu (?:er|bliver) det\b"),
    )


def mark_negated(values: list[Value], text: str) -> list[Value]:
    """The same values, with `negated` set where the words around them deny them. `text`: the message, composed."""
    marked: list[Value] = []
    by_entity: dict[str, list[Value]] = {}
    for value in values:
        by_entity.setdefault(value.entity, []).append(value)
    for value in values:
        following = [other for other in by_entity[value.entity] if other.start >= value.end]
        marked.append(replace(value, negated=_is_negated(value, following, text)))
    return marked


def _is_negated(value: Value, following: list[Value], text: str) -> bool:
    before = _plain(text[max(0, value.start - _BEFORE) : value.start])
    behind = _plain(text[value.end : value.end + _BEHIND])
    said = _plain(text[value.start : value.end])
    if value.entity == "recording_purpose" and _is_no_use(value, following, before, text):
        return True
    if patterns.match(r"(?:ikke|ik) ", said) and value.entity not in ("recording_grounds", "support_person"):
        return True
    if following and _is_old(value, following[0], before, text):
        return True
    if value.entity == "date" and _EARLIER.search(before):
        # Another day may stand between: 'oprindelig på torsdag, men de ringede i går og flyttede det til mandag'.
        gaps = (_plain(text[value.end : other.start]) for other in following[1:_MOST_BESIDE])
        if any(_MOVED_AWAY.search(gap) for gap in gaps):
            return True
    if value.entity == "recording_grounds" and _GROUND_BY_NAME.match(said):
        return bool(_NO_GROUND.search(before))
    if value.entity in ("recording_grounds", "support_person") or value.rule == "week_later":
        return False  # their 'ikke' is part of the phrase itself
    if _AFTER.search(behind.lstrip(' "”»')) or patterns.match(r" ikke ?(?:[,.;!]|$|men )", behind):
        return True
    if patterns.match(r"(?:kun|bare) ", said) and before.endswith(("ikke ", "ik ")):
        return False  # 'ikke bare lyd, også video'
    if not _listed().not_before.search(before) or _ONLY.search(before) or _SUGGESTED.search(before):
        return False
    return not ("?" in behind[:3] and _ASKED.search(before))


def _is_no_use(value: Value, following: list[Value], before: str, text: str) -> bool:
    """Whether a purpose is denied, by its verb or by 'kun til mig selv' behind it."""
    if value.value == "private":
        return False
    denied = _NO_USE.search(before)
    if denied and not _TURNS.search(denied.group()):
        return True
    return any(other.value == "private" and says_only(text, other.start, other.end) for other in following)


def says_only(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` is said to be the only one: 'kun til mig selv'."""
    said = _plain(text[max(0, start - _BEFORE) : end])
    return bool(_ONLY_OWN.search(said)) and not _NOT_ONLY.search(said)


def _is_old(value: Value, following: Value, before: str, text: str) -> bool:
    gap = _plain(text[value.end : following.start])
    if len(gap) > _BEHIND:
        return False
    if _listed().to.search(gap) and _listed().from_.search(before):
        return True
    if value.entity in ("date", "time") and _WAS.search(before) and _NOW.search(gap):
        return True
    if value.entity == "date" and _WAS.search(before) and _listed().moved_since.search(gap):
        return True
    if value.entity == "date" and _NEW_DAY.search(gap):
        return True
    if _EARLIER.search(before) and (_SINCE.search(gap) or _THEN.search(gap)):
        return True
    return bool(_listed().moved_to.search(gap))


def _plain(text: str) -> str:
    return patterns.sub(r"\s+", " ", fold(text))
