"""What an item of a plan says: each date, frequency and quantity once, with its agent; and what the item is about.

`what` is a short phrase cut from the print for the reviewer to put in words; a sentence is never kept whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from corpus.agents import Named, read_agents
from corpus.periods import Found, kind_of, read_periods
from kb.registers import Assigned, Often, Statement, Value, When
from ontology import read_lexicon

Resolve = Callable[[Named], Assigned]
_SENTENCE = re.compile("[^。；\n]+")
_NEW_DATE = re.compile(
    r"，(?=(?:其中[:，]?)?(?:到|于|在|自|从|力争(?:到|在)?)?\s*(?:19|20)\d\d\s*年)|、(?=[^、，。；]{4,30}\d+(?:\.\d+)?\s*[%％])"
)
_PERSONAL = re.compile("同志|联系人|电话|兼任|担任|邮箱|传真|1\\d{10}|@")
_LEADING_VERBS = re.compile(
    "^(?:负责|进一步|深入|全面|积极|持续|加快|大力|严格|切实|认真|依法|及时|定期|动态|不断|有序|扎实|着力|重点|组织|开展|加强|强化|推进|推动|完善|健全|建立|落实|实施|做好|抓好|提升|提高|"
    "深化|严厉|打击|查处|排查|整治|制定|编制|印发|督促|指导|监督|支持|鼓励|引导|规范|明确|实现|形成|构建|打造|建设(?=.{4})|推广|应用(?=.{2})|加大|突出|聚焦|围绕|依托|利用|运用|对|将|把|和|及|以及|与|在|按照|根据|结合|通过)+"
)
_GENERIC = frozenset(
    ("工作", "情况", "责任", "制度", "机制", "问题", "要求", "任务", "措施", "单位", "部门", "企业", "方面", "能力", "水平", "体系", "作用",
     "内容", "条件", "力度", "方式", "标准", "过程", "安全")
)  # fmt: skip
_LONGEST_WHAT = 24
_MOST_NOUNS = 200


@dataclass(frozen=True)
class Segment:
    """A part of a sentence with its own date or agent."""

    text: str
    found: tuple[Found, ...]
    agents: tuple[Named, ...]


def segments(text: str) -> Iterator[Segment]:
    """The parts of an item that say something of their own."""
    for sentence in _SENTENCE.findall(text):
        carried: tuple[Named, ...] = ()
        for part in _NEW_DATE.split(sentence):
            found, agents = tuple(read_periods(part)), tuple(read_agents(part))
            if _PERSONAL.search(part):
                agents = ()
            if found or agents:
                yield Segment(part.strip(" ，、"), found, agents or (carried if found else ()))
            carried = agents or carried


def statements(text: str, resolve: Resolve) -> list[Statement]:
    """What the text says, with full names of the agents. Nothing that names or reaches a person."""
    return [_statement(s, resolve) for s in segments(text) if not (_PERSONAL.search(s.text) and not s.found)]


def _statement(segment: Segment, resolve: Resolve) -> Statement:
    what = phrase(segment)
    when: list[When] = []
    often: list[Often] = []
    values: list[Value] = []
    for found in segment.found:
        if isinstance(found.what, When):
            when.append(found.what)
        elif isinstance(found.what, Often):
            often.append(found.what.model_copy(update={"of": found.what.of or what}))
        else:
            values.append(found.what)
    return Statement(
        what=what,
        about=tuple(nouns(segment.text)[:8]),
        who=tuple(resolve(a) for a in segment.agents),
        when=tuple(when),
        often=tuple(often),
        values=tuple(values),
    )


def phrase(segment: Segment) -> str:
    """A few characters that tell which statement it is: the clause with the fact, without dates and agents."""
    text = _without(segment)
    clauses = [c.strip(" ，、（）:：") for c in text.split("，")]
    fit = [c for c in clauses if len(c) >= 2 and not _PERSONAL.search(c)]
    best = next((c for c in fit if len(c) >= 4), fit[0] if fit else "")
    return (best or "见原文")[:_LONGEST_WHAT]


def _without(segment: Segment) -> str:
    """The segment without its dates and agents."""
    text = segment.text
    for found in sorted(segment.found, key=lambda f: -f.start):
        if kind_of(found) == "often":  # only the period: what is done between it and the count stays
            text = text[: found.start] + re.sub(
                "^每.?个?(?:季度|半年|半月|年度|年|月|周|旬|日|天)", "", text[found.start :]
            )
        elif kind_of(found) == "when":
            text = text[: found.start] + text[found.end :]
    for agent in segment.agents:
        text = text.replace(agent.printed, "", 1)
    text = re.sub(r"（[^（）]*）|^[一二三四五六七八九十]{1,3}是|^[、，和及由]+", "", text.strip())
    return re.sub(r"^[、，和及]*(?:等[^，]{0,8}?(?:部门|单位))?(?:会同|负责|要|应当|应|必须)?", "", text)


def topic(segment: Segment) -> str:
    """What is to be done, in characters that can be compared: for two dates of one thing."""
    return re.sub(r"[\W\d_]", "", _without(segment))


# -- things named ----------------------------------------------------------------------------------------


@cache
def _labels() -> dict[str, list[str]]:
    """Words of the lexicon by their first two characters, longest first."""
    by_start: dict[str, list[str]] = {}
    for concept in read_lexicon().concepts.values():
        if concept.generic or concept.type not in ("物", "所", "行", "文", "业", "人"):
            continue
        for label in concept.labels:
            if len(label) >= 2 and re.fullmatch("[\u4e00-\u9fff]+", label) and label not in _GENERIC:
                by_start.setdefault(label[:2], []).append(label)
    return {k: sorted(set(v), key=len, reverse=True) for k, v in by_start.items()}


def nouns(text: str) -> list[str]:
    """Things, places, acts and papers a text names, as printed: titles, quoted words, members of lists, known words."""
    text = text.replace("人民政府", "\u3000" * 4)
    text = re.sub("[^，。；\n]+", lambda m: "" if _PERSONAL.search(m[0]) else m[0], text)
    found: list[tuple[int, str]] = []
    found += [(m.start(), m[0]) for m in re.finditer("《[^》]{2,40}》", text)]
    found += [(m.start(), m[1]) for m in re.finditer("“([^”，。；]{2,16})”", text)]
    found += list(_members(text))
    i = 0
    while i < len(text) - 1:
        label = next((w for w in _labels().get(text[i : i + 2], ()) if text.startswith(w, i)), "")
        if label:
            found.append((i, label))
        i += max(1, len(label))
    words = [*dict.fromkeys(w for _, w in sorted(found, key=lambda f: f[0]))][:_MOST_NOUNS]
    return [w for w in words if not any(w != v and w in v for v in words)]


def _members(text: str) -> Iterator[tuple[int, str]]:
    """Members of enumerations: 老旧小区、家庭作坊、“三合一”场所."""
    for run in re.finditer("[^，。；：\n]+", text):
        pieces = run[0].split("、") if "、" in run[0] else []
        place = run.start()
        for i, piece in enumerate(pieces):
            word = re.sub("等.*$", "", piece) if i == len(pieces) - 1 else piece
            word = _LEADING_VERBS.sub("", word.strip("“”《》（） "))
            listed = i < len(pieces) - 1 or "等" in piece
            plain = re.fullmatch("[\u4e00-\u9fffA-Za-z（）]{2,14}", word)
            if (
                listed
                and plain
                and "的" not in word
                and word not in _GENERIC
                and word.count("（") == word.count("）")
            ):
                yield place, word
            place += len(piece) + 1
