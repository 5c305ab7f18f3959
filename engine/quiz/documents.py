"""Documents that no longer apply, however their numbers are written, and what took their place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from engine.quiz.polarity import denied_at
from kb.models import KnowledgeBase
from kb.replaced import read_replaced

_HISTORY = re.compile(
    r"废止|停用|取代|代替|替代|旧版|原《|失效|不再(?:作为|适用|执行|施行|实施|使用|有效)|停止(?:适用|执行|施行|实施|使用)|(?:修改|修订|修正|调整)(?:之|以)?前|新旧|此前|起施行|原标准|旧规定|当时|不作(?:为)?现行|已不是现行|(?:不能|不得|不可)照此|曾经?(?:列|规定|将|把|是|为|按|有)"
)

_NO_MORE = re.compile(
    r"[^，。；]{0,16}(?:不再|不得再?|不能再?|不应再?)(?:作为|适用|使用|执行|引用|采用|沿用|用于|用作|有效)"
)


@dataclass(frozen=True)
class Repealed:
    """One document: how it is written, the day from which it no longer applies, its name, and its successor."""

    pattern: re.Pattern[str]
    until: date
    name: str
    by: str
    kept: tuple[str, ...] = ()  # trades for which a document of the same number still applies


def repealed(kb: KnowledgeBase) -> list[Repealed]:
    """Every document the knowledge base knows to be replaced: editions, what they supersede, other laws and rules."""
    out = []
    for s in kb.standards:
        if s.expired is None:
            continue
        heirs = [h for h in kb.standards if h.domain == s.domain and h.effective == s.expired]
        by = f"《{heirs[0].title}》（{heirs[0].doc_no}）" if heirs else "新标准"
        names = [] if any(h.title == s.title for h in kb.standards if h.id != s.id) else [s.title]
        kept = tuple(
            h.domain
            for h in kb.standards
            if h.id != s.id and h.expired is None and h.doc_no.startswith(s.doc_no)
        )
        out.append(Repealed(_written(s.doc_no, names), s.expired, f"《{s.title}》（{s.doc_no}）", by, kept))
    for s in kb.standards:
        for old in s.supersedes:
            title, _, rest = old.partition("（")
            number = re.search(r"([^（）]*(?:第\d+号|〔\d{4}〕\d+号|GA \d+-\d{4}|GB \d+-\d{4}))", rest)
            if number and not any(number[1] in r.name for r in out):
                by = f"《{s.title}》（{s.doc_no}）"
                out.append(Repealed(_written(number[1], []), s.effective, f"{title}（{number[1]}）", by))
    for r in read_replaced():
        pattern = re.compile("|".join(_loose(n) for n in (*r.names, *r.numbers)))
        out.append(Repealed(pattern, r.until, "、".join((*r.names, *r.numbers)[:2]), r.by))
    return out


def tells_history(text: str) -> bool:
    """Whether a text speaks of a document as one that was replaced."""
    return bool(_HISTORY.search(text))


def set_aside(text: str, start: int, end: int) -> bool:
    """Whether a text says of the document named at a place that it is not to be used (any more).

    >>> set_aside("令第4号不再作为依据", 0, 4), set_aside("不得再以令第4号为依据", 4, 9), set_aside("依据令第4号", 2, 7)
    (True, True, False)
    """
    return denied_at(text, start) or bool(_NO_MORE.match(text, end))


def squash(text: str) -> str:
    """Without blanks, brackets and kinds of dash, so that a number is the same however it is written."""
    return re.sub(r"[\s（）()〔〕\[\]【】]", "", text).replace("—", "-").replace("－", "-").replace("–", "-")


def _loose(name: str) -> str:
    return re.escape(squash(name)).replace("《", "《?").replace("》", "》?")


def _written(doc_no: str, names: list[str]) -> re.Pattern[str]:
    """The ways people write a document's number, and the names that are its own."""
    forms = [_loose(doc_no), *(_loose(n) for n in names)]
    order = re.fullmatch(r"(.+?)(?:令)?第(\d+)号(?:令)?", doc_no)
    if order:
        issuer = order[1].removesuffix("令")
        short = {
            "应急管理部": "应急管理部|应急部",
            "国家安全生产监督管理总局": "国家安全生产监督管理总局|安监总局|总局",
        }
        forms.append(f"(?:{short.get(issuer, re.escape(issuer))})(?:令)?第?{order[2]}号(?:令)?")
    return re.compile("|".join(forms))
