"""Trains the learned net on our own wordings and cases: `python -m corpus.train`, minutes on a CPU.

The same data and seed give the same net. What is held out is printed, never trained on.
"""

from __future__ import annotations

import hashlib
import json
import random
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from corpus.learned import CLASSIFIER, MODEL, blank, tokens
from corpus.wordings import NONE, read_wordings, sampled
from kb import load, load_cases

SEED = 20261128
MOST = 1  # wordings drawn of one template
EPOCHS = 8
BATCH = 128
TOUCHED = ("命中", "推定命中", "待核实", "需专业认定")

Pair = tuple[str, str]


def pairs() -> list[Pair]:
    """(text, clause id or 无): the wordings, and the findings of the clauses' own cases."""
    found = list(sampled(read_wordings(), MOST, SEED))
    cases, _ = load_cases(load())
    for case in cases:
        if case.finding:
            touched = [ref for ref, status in case.expect.items() if status in TOUCHED]
            ids = [ref if "/" in ref else f"{case.standard}/{ref}" for ref in touched]
            found.append((case.finding, ids[0] if ids else NONE))
    return list(dict.fromkeys(found))


def train(data: Sequence[Pair], folder: Path = MODEL, epochs: int = EPOCHS) -> None:
    """Train on all pairs and write the net."""
    from spacy.training import Example
    from thinc.api import fix_random_seed

    fix_random_seed(SEED)
    nlp = blank()
    labels = sorted({label for _, label in data})
    classifier = nlp.add_pipe("textcat", config=CLASSIFIER)
    for label in labels:
        classifier.add_label(label)  # type: ignore[attr-defined]

    def example(pair: Pair) -> Example:
        cats = dict.fromkeys(labels, 0.0) | {pair[1]: 1.0}
        return Example.from_dict(tokens(nlp, pair[0]), {"cats": cats})

    nlp.initialize(lambda: [example(p) for p in data[:100]])
    optimizer = nlp.create_optimizer()
    optimizer.learn_rate = 0.001
    order = list(data)
    draw = random.Random(SEED)
    for epoch in range(epochs):
        draw.shuffle(order)
        losses: dict[str, float] = {}
        for start in range(0, len(order), BATCH):
            batch = [example(p) for p in order[start : start + BATCH]]
            nlp.update(batch, sgd=optimizer, losses=losses, drop=0.2)
        print(f"第 {epoch + 1} 轮：损失 {losses['textcat']:.4f}", flush=True)
    folder.mkdir(parents=True, exist_ok=True)
    classifier.to_disk(folder / "textcat", exclude=["vocab"])  # type: ignore[attr-defined]
    digest = hashlib.sha256("\n".join(f"{text}\t{label}" for text, label in data).encode()).hexdigest()
    told = {"seed": SEED, "texts": len(data), "digest": digest[:12], "labels": labels}
    (folder / "trained.json").write_text(json.dumps(told, ensure_ascii=False), "utf-8")


def main() -> None:
    data = pairs()
    counts = Counter(label for _, label in data)
    started = time.monotonic()
    print(f"{len(data)} 条文字，{len(counts)} 类，其中“{NONE}” {counts[NONE]} 条")
    train(data)
    size = sum(p.stat().st_size for p in MODEL.rglob("*") if p.is_file())
    print(f"用时 {time.monotonic() - started:.0f} 秒，模型 {size / 2**20:.1f} MB，写入 {MODEL}")


if __name__ == "__main__":
    main()
