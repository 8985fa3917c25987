"""Groups similar lines, so that each group can be labelled at once."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from scipy.sparse import hstack
from sklearn.cluster import AgglomerativeClustering
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.learning.features import word_features
from bot.nlu.text import fold
from common import patterns
from workbench.log.counting import Missed

# Groups with a larger mean cosine distance are not merged.
_MAX_DISTANCE = 0.8
_HIDDEN = patterns.compile(r"\([\w-]+ skjult\)")
_PIECES = (3, 5)
# The matrix of distances takes some 200 MB for this many lines.
_MOST_LINES = 3000


@dataclass(frozen=True)
class Group:
    """Similar lines, each once; how often they were said; the labels guessed and pressed, with counts."""

    lines: list[str]
    count: int
    guesses: list[tuple[str, int]]
    chosen: list[tuple[str, int]]


def group(missed: Sequence[Missed]) -> list[Group]:
    """Groups by size, largest first; the most frequent line of a group first.

    Lines that are masked completely are left out; of very many lines the last ones are taken.
    """
    same: dict[str, list[Missed]] = {}
    for one in missed:
        same.setdefault(fold(one.text).strip(" .!?"), []).append(one)
    for masked in [key for key in same if not _HIDDEN.sub("", key).strip(" .,!?")]:
        del same[masked]
    keys = list(same)[-_MOST_LINES:]
    together: dict[int, list[str]] = {}
    for key, number in zip(keys, _clusters(keys), strict=True):
        together.setdefault(number, []).append(key)
    groups = [_group([same[key] for key in sorted(own, key=lambda k: -len(same[k]))]) for own in together.values()]
    # Groups of the same size are sorted by label.
    return sorted(groups, key=lambda one: (-one.count, (one.chosen or one.guesses or [("", 0)])[0][0]))


def _clusters(texts: list[str]) -> list[int]:
    if len(texts) < 2:
        return [0] * len(texts)
    # Features like the intent model's, weighted by their frequency in these lines.
    words = TfidfVectorizer(analyzer=word_features, sublinear_tf=True)
    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=_PIECES, sublinear_tf=True)
    rows = hstack([words.fit_transform(texts), pieces.fit_transform(texts)]).toarray()
    clusters = AgglomerativeClustering(
        n_clusters=None, metric="cosine", linkage="average", distance_threshold=_MAX_DISTANCE
    )
    return [int(number) for number in clusters.fit_predict(rows)]


def _group(lines: list[list[Missed]]) -> Group:
    everything = [one for same in lines for one in same]
    guesses = Counter(one.guess for one in everything if one.guess)
    chosen = Counter(one.chosen for one in everything if one.chosen)
    return Group([same[-1].text for same in lines], len(everything), guesses.most_common(2), chosen.most_common(2))
