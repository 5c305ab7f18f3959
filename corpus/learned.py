"""The learned net: a small spaCy text classifier that proposes which clause a text may touch.

What it proposes is asked, never decided. It is trained by `corpus.train` on our own wordings and cases, and shipped.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.normalize import normalize, squeeze
from corpus.wordings import NONE

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = Path(__file__).parent / "net"


def blank() -> Language:
    """The pipeline the net lives in: blank Chinese, one token a character."""
    import spacy  # late: a judgement on given facts must not wait for it

    return spacy.blank("zh")


def tokens(nlp: Language, text: str) -> Doc:
    """A text as the net sees it: normalised, by characters, digits made alike."""
    from spacy.tokens import Doc

    tight, _ = squeeze(text)
    plain = ["0" if ch.isdigit() else ch for ch in normalize(tight) if not ch.isspace()] or ["。"]
    return Doc(nlp.vocab, words=plain, spaces=[False] * len(plain))


class Learned:
    """Proposes clauses for a text. Loaded when first asked; `version` is a digest of what it was trained to."""

    # what asking at less costs is in bench/README.md; what was read whole is decided by its words alone
    least: float = 0.9
    sure: float | None = None

    def __init__(self, folder: Path = MODEL) -> None:
        self._folder = folder

    @property
    def version(self) -> str:
        """Empty where no net is shipped."""
        marks = self._folder / "trained.json"
        return hashlib.sha256(marks.read_bytes()).hexdigest()[:6] if marks.is_file() else ""

    @cached_property
    def _nlp(self) -> Language:
        nlp = blank()
        labels = json.loads((self._folder / "trained.json").read_text("utf-8"))["labels"]
        classifier = nlp.add_pipe("textcat", config=CLASSIFIER)
        for label in labels:
            classifier.add_label(label)  # type: ignore[attr-defined]
        classifier.from_disk(self._folder / "textcat", exclude=["vocab"])  # type: ignore[attr-defined]
        return nlp

    def propose(self, text: str, among: Collection[str]) -> list[tuple[str, float]]:
        """Clauses among those that may apply, with the share of belief each gets beside 无, strongest first."""
        if not among or not self.version:
            return []
        beliefs = self._nlp.get_pipe("textcat")(tokens(self._nlp, text)).cats  # type: ignore[operator]
        held = {c: p for c, p in beliefs.items() if c in among}
        whole = sum(held.values()) + beliefs.get(NONE, 0.0)
        return sorted(((c, p / whole) for c, p in held.items()), key=lambda p: -p[1]) if whole else []


# one vector a character, two layers of a small convolution, max and mean of them: about 5 MB for all clauses
CLASSIFIER: dict[str, object] = {
    "model": {
        "@architectures": "spacy.TextCatReduce.v1", "exclusive_classes": True, "use_reduce_first": False,
        "use_reduce_last": False, "use_reduce_max": True, "use_reduce_mean": True,
        "tok2vec": {
            "@architectures": "spacy.HashEmbedCNN.v2", "pretrained_vectors": None, "width": 128, "depth": 2,
            "embed_size": 4000, "window_size": 2, "maxout_pieces": 3, "subword_features": False,
        },
    }
}  # fmt: skip
