"""Marks values that the citizen denies, or names as what was before: 'ikke torsdag', 'fra torsdag til fredag'."""

from dataclasses import replace

from bot.nlu.values.lexicon import fold
from bot.nlu.values.model import Value
from common import patterns

# Words that may stand between 'ikke' and what it denies.
_SMALL = (
    r"(?:(?:paa|om|i|den|d|til|hos|ved|via|over|med|noget|nogen|en|et|laengere|mere|som|det|der|er|skal|skulle|vaere|"
    r"vaeret|hedder|opfoelgningen|samtalen|optage|optages|optaget|filme|have|bruge|fra|mit|min|kl|klokken|"
    r"nr|(?:mobil|arbejds|fastnet|telefon|privat)?nummer(?:et)?|arbejdsmail|"
    r"mail|moedet|moede|aftalen|for|gamle|gammelt?|forrige|private|arbejde|tale|snakke|hoere|klare|godt)\.? )"
)
_INSTEAD = r"(?:istedet for|i stedet for|istf\.?|fremfor|frem for|hellere end|snarere end|modsat)"
_NOT_BEFORE = patterns.compile(
    rf"(?:\b(?:ikke|ik|ikk|hverken|aldrig|andet end)\s{_SMALL}{{0,4}}|\b{_INSTEAD} {_SMALL}{{0,3}})$"
)
_ONLY = patterns.compile(r"\b(?:ikke|ik) (?:kun|bare|foer|senere|andet|andre|mindst)\b[^,.;]*$")
_AFTER = patterns.compile(
    r"^,? ?(?:(?:er|var|blev|bliver|er blevet) )?(?:det )?(?:helt |ogsaa )?(?:(?:er |var )?forkert|"
    r"(?:er |var )?en fejl|fejl\b|aflyst|udgaaet|duer ikke|dur ikke|passer ikke|passer mig ikke|gaar ikke|gik ikke|"
    r"virker ikke|holder ikke|gaelder ikke|ikke rigtigt?|ikke korrekt|ikke det rigtige|ikke laengere|"
    r"(?:kan|kunne) (?:jeg |vi |hun |han |de )?(?:jo )?ikke(?! (?:lige |helt )?(?:se|huske|finde|sige|laese))|"
    r"er det (?:i hvert fald |ihvertfald |nok |bare |da )?ikke|"
    r"er ikke rigtigt?|maa (?:desvaerre )?aflyses|(?:er|blev|bliver) (?:desvaerre )?aflyst|aflyses)\b"
)
_MOVED = (
    r"(?:flyttet|rykket|skubbet|omberammet|omlagt|ombooket|fremrykket|forskudt|"
    r"aendret|udskudt|udsat|rettet|rettes|skiftet|skiftes|lavet om|laves om|aendres|flyttes|rykkes|"
    r"byttet)"
)
_SORRY = (
    r"(?:nej|nae|naeh|undskyld|sorry|ups|hov|jeg mener|jeg mente|mener|rettelse|eller rettere|rettere sagt|nej vent"
    r"|forkert)"
)
_MOVED_TO = patterns.compile(
    rf"^[^.?!]{{0,50}}\b{_MOVED} (?:til|om til)\b|^(?: aflyst)? ?(?:->|=>|→)|^[ ,.;:!?…–-]*(?:eller )?{_SORRY}\b"
    r"(?:[ ,.:…–-]++(?:det|er|var|jo|jeg|mener|mente|nej|undskyld|vent|lige|paa|om|i|den|d|kl|klokken|skal|skulle|vaere"
    r"|selvfoelgelig|naturligvis|moedet|samtalen|rettere|sagt|sagde|skrev|vroevl|sludder|passer|ikke|hellere|selve"
    r"|foerst|altsaa|der|er|har|vi|hvad|siger|faktisk|helligdag|lukket|weekend|haha|hehe|gamle|forrige|tid|tiden"
    r"|aftale)(?![a-z]))*+[ ,.:…–-]*+$"
)
_FROM = patterns.compile(
    rf"\b(?:fra|ret|flyt|aendr|aendre|skift|ryk|lav)(?: moedet| datoen| det| den)? {_SMALL}{{0,2}}$"
)
_TO = patterns.compile(rf"^ (?:om )?til {_SMALL}{{0,2}}$")
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
_MOVED_SINCE = patterns.compile(rf"\b{_MOVED}\b(?! (?:jer|for|dem|kommunen)\b)|\bnu (?:er|bliver) det\b")
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
    if not _NOT_BEFORE.search(before) or _ONLY.search(before) or _SUGGESTED.search(before):
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
    if _TO.search(gap) and _FROM.search(before):
        return True
    if value.entity in ("date", "time") and _WAS.search(before) and _NOW.search(gap):
        return True
    if value.entity == "date" and _WAS.search(before) and _MOVED_SINCE.search(gap):
        return True
    if value.entity == "date" and _NEW_DAY.search(gap):
        return True
    if _EARLIER.search(before) and (_SINCE.search(gap) or _THEN.search(gap)):
        return True
    return bool(_MOVED_TO.search(gap))


def _plain(text: str) -> str:
    return patterns.sub(r"\s+", " ", fold(text))
