"""Bot room, NLU: the linear model that tells intents apart, over words, characters and sentence embeddings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from bot.nlu.text import fold, words

SEED = 42


def _vectorizers() -> list[TfidfVectorizer]:
    return [
        TfidfVectorizer(analyzer=words, sublinear_tf=True, dtype=np.float32),
        TfidfVectorizer(preprocessor=fold, analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True, dtype=np.float32),
    ]


@dataclass
class IntentModel:
    """Texts in, labels with probabilities out. The same texts and labels give the same model."""

    vectorizers: list[TfidfVectorizer]
    classifier: LogisticRegression

    @classmethod
    def fit(cls, texts: Sequence[str], labels: Sequence[str]) -> "IntentModel":
        """Trains on texts with a label each."""
        vectorizers = _vectorizers()
        features = hstack([vectorizer.fit_transform(texts) for vectorizer in vectorizers], format="csr")
        classifier = LogisticRegression(C=20.0, max_iter=200, class_weight="balanced", random_state=SEED)
        classifier.fit(features, labels)
        return cls(vectorizers, classifier)

    def features(self, texts: Sequence[str]) -> csr_matrix:
        """The features of texts, a row each."""
        return hstack([vectorizer.transform(texts) for vectorizer in self.vectorizers], format="csr")

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Every label with its probability, most likely first."""
        probabilities = self.classifier.predict_proba(self.features([text]))[0]
        order = np.argsort(-probabilities, kind="stable")
        return [(str(self.classifier.classes_[i]), float(probabilities[i])) for i in order]

    def state(self) -> dict[str, Any]:
        """What must be kept to load the model again."""
        return {"vectorizers": self.vectorizers, "classifier": self.classifier}
