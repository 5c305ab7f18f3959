"""A question that holds several: several things asked alike (网吧和加油站归谁管), or one thing asked several times over.

Told from the text alone: coordinated names of things, and clauses that each have an interrogative.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.questions import tail_of
from ontology.domains import Domains, Mention

BETWEEN = re.compile(r"(?:安全|企业|行业)?(?:、|和|与|以及|及|跟|还有|或者?|，|,|；)+")
AND_THEN = re.compile(r"^(?P<first>.+?)[？?，,；;。]\s*(?:那么?)?(?P<then>[^？?，,；;。]{2,14}?)呢?[？?。]?$")
SENTENCE = re.compile(r"[？?；;。]")
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
    run: list[Mention] = []
    for m in domains.find(text):
        if run and BETWEEN.fullmatch(text, run[-1].end, m.start):
            run.append(m)
        elif len(run) > 1:
            break
        else:
            run = [m]
    if len(run) < 2 or not _independent(run, domains):
        return ()
    before, after = text[: run[0].start], text[run[-1].end :]
    return tuple(Part(m.words, f"{before}{m.words}{after}") for m in run)


def _independent(run: list[Mention], domains: Domains) -> bool:
    """Whether none of the things is another of them, or belongs to it."""
    above = {m.domain.name: {d.name for level in domains.levels(m.domain) for d in level} for m in run}
    names = [m.domain.name for m in run]
    return len(set(names)) == len(names) and not any(a != b and a in above[b] for a in names for b in names)


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
            subject = asking[0].removesuffix(tail_of(asking[0]))
            return tuple(Part(c, c if i == 0 else f"{subject} {c}") for i, c in enumerate(asking))
    return ()
