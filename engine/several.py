"""A question that holds several: several things asked alike (网吧和加油站归谁管), or one thing asked several times over.

Told from the text alone: coordinated names of things, and clauses that each have an interrogative.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.questions import tail_of, without_interrogatives
from ontology.domains import Domains, Mention

BETWEEN = re.compile(r"(?P<more>[\u4e00-\u9fff]{0,4}?)(?:、|和|与|以及|及|跟|还有|或者?)+")
AND_THEN = re.compile(r"^(?P<first>.+?)[？?，,；;。]\s*(?:那么?)?(?P<then>[^？?，,；;。]{2,14}?)呢?[？?。]?$")
SENTENCE = re.compile(r"[？?；;。]")
WEIGHTY = 8  # so many characters behind an interrogative say what the clause is about
HANGING = re.compile(r"(?:[设放]在|设于|是|由|归|为|有|到|在|于)$")
COMMA = re.compile(r"[，,]")


@dataclass(frozen=True)
class Part:
    """One question of several. `about`: what tells it from the others."""

    about: str
    text: str


def things_apart(text: str, domains: Domains, region: str) -> tuple[Part, ...]:
    """For each of several things a question names side by side, its own question; none when it names one.

    `region`: what the question calls the region, repeated for a thing asked about afterwards (电梯呢).
    """
    return _listed(text, domains) or _afterwards(text, domains, region)


def _listed(text: str, domains: Domains) -> tuple[Part, ...]:
    run: list[list[Mention]] = []
    ends: list[int] = []  # what is said of a thing before the next goes with it: 大货车超载和网吧
    for named in _phrases(text, domains):
        joined = BETWEEN.fullmatch(text, run[-1][-1].end, named[0].start) if run else None
        if joined:
            ends[-1] += len(joined["more"])
        elif len(run) > 1:
            break
        else:
            run, ends = [], []
        run.append(named)
        ends.append(named[-1].end)
    if len(run) < 2 or not _independent(run, domains):
        return ()
    before, after = text[: run[0][0].start], text[run[-1][-1].end :]
    words = [text[named[0].start : end] for named, end in zip(run, ends, strict=True)]
    return tuple(Part(w, f"{before}{w}{after}") for w in words)


def _phrases(text: str, domains: Domains) -> list[list[Mention]]:
    """The things a text names, one that only says where the next is together with it (医院食堂、小区的电梯)."""
    out: list[list[Mention]] = []
    for m in domains.find(text):
        if out and text[out[-1][-1].end : m.start] in ("", "的"):
            out[-1].append(m)
        else:
            out.append([m])
    return out


def _independent(run: list[list[Mention]], domains: Domains) -> bool:
    """Whether none of the things is another of them, or belongs to it."""
    names = [frozenset(m.domain.name for m in named) for named in run]
    above = [
        frozenset(d.name for m in named for level in domains.levels(m.domain) for d in level) for named in run
    ]
    apart = len(set(names)) == len(names)
    return apart and not any(i != j and a <= above[j] for i, a in enumerate(names) for j in range(len(run)))


def _afterwards(text: str, domains: Domains, region: str) -> tuple[Part, ...]:
    found = AND_THEN.match(text)
    if found is None or not text.rstrip("？?。").endswith("呢"):
        return ()
    first, then = found["first"], found["then"]
    tail, things = tail_of(first), domains.find(then)
    if not tail or not things or not domains.find(first):
        return ()
    own = then if region and region in then else f"{region}{then}"
    return (Part(domains.find(first)[-1].words, first), Part(things[-1].words, f"{own}{tail}"))


def clauses_apart(text: str) -> tuple[Part, ...]:
    """The clauses of a question that each ask something, later ones with the subject of the first; none when only one asks."""
    for mark in (SENTENCE, COMMA):
        asking = [c.strip() for c in mark.split(text) if c.strip()]
        asking = [c for c in asking if tail_of(c)]
        if len(asking) > 1:
            subject = _subject(asking[0])
            return tuple(Part(c, c if i == 0 else f"{subject} {c}") for i, c in enumerate(asking))
    return ()


def _subject(clause: str) -> str:
    """What a clause is about: what stands before its interrogative, and behind it where that is long."""
    tail = tail_of(clause)
    before, behind = HANGING.sub("", clause.removesuffix(tail)), without_interrogatives(tail).strip()
    return f"{before} {behind}" if len(behind) >= WEIGHTY else before
