"""The learned net: a small spaCy text classifier that proposes which clause a text may touch.

What it proposes is asked, never decided. It is trained by `corpus.train` on our own wordings and shipped.
"""

from __future__ import annotations

import hashlib
import json
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


class Net:
    """Proposes clauses for a text. Loaded when first asked; `version` is a digest of what it was trained to."""

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
        classifier = nlp.add_pipe("textcat", config=config(len(labels)))
        classifier.from_disk(self._folder / "textcat", exclude=["vocab"])  # type: ignore[attr-defined]
        return nlp

    def propose(self, text: str) -> list[tuple[str, float]]:
        """Clause ids with the share of belief each gets, strongest first; nothing where 无 leads."""
        if not self.version:
            return []
        beliefs = self._nlp.get_pipe("textcat")(tokens(self._nlp, text)).cats  # type: ignore[operator]
        ranked = sorted(beliefs.items(), key=lambda p: -p[1])
        return [] if ranked[0][0] == NONE else [(c, p) for c, p in ranked if c != NONE]


def config(labels: int) -> dict[str, object]:
    """The classifier: a linear bag of hashed character runs, few enough to ship."""
    return {
        "model": {
            "@architectures": "spacy.TextCatBOW.v3", "exclusive_classes": True, "ngram_size": 3,
            "no_output_layer": False, "length": LENGTH,
        }
    }  # fmt: skip


LENGTH = 4096  # buckets a label: the model is labels x LENGTH x 4 bytes
