"""A statement held against one duty by its fields: who, of whom, on what occasion, the act, its number.

A duty says its act in few words. What a statement says beyond them must stand in another of its fields, or be a word that
every law adds; nothing of it may stand in the place of something else. One field told otherwise, a number or the one who acts
or is acted on, makes it another duty: the statement with the duty's own in that place must then be borne.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from engine.quiz.aligned import Laid, lay, numbers_held, omits, plain, telling, timed
from engine.quiz.amounts import tokens
from engine.quiz.statements import Segment

_ASIDE = re.compile("（[^（）\\d不未无非除]{1,20}）")  # 车间（工段、区、队）
_SHORT = tuple((re.compile(words), one) for words, one in (
    ("(?:在本(?:单位|企业)内)?调整工作岗位", "转岗"), ("不得(?=[\u4e00-\u9fff])", "不"), ("教育、?培训|安全培训", "培训"),
    ("(?:安全|生产|重大)*事故隐患", "隐患"), ("(?:恢复|从事)生产经营(?:活动)?(?:、使用)?", "恢复"), ("(?<=[后的前时])，", ""),
))  # fmt: skip
_ADDED = re.compile(
    "安全生产|生产经营|从业人员|生产|安全|事故|单位|企业|有关|相关|及时|工作|活动|规定|时间|实行|制度|教育|办理|手续|系统|公开|因(?!此)|[所其本]"
)
_AGENTS = re.compile(
    "(?:建设|施工|监理|设计|勘察|使用|维护保养|检验|检测)单位|(?:评价|检测|检验|认证)机构|工会|职工代表大会|监理工程师"
    "|(?:应急管理|公安|住房城乡建设|市场监督管理|消防救援|负有[^，。；]{0,10}职责的)(?:部门|机构|机关)|主管部门"
    "|(?:国务院|[省市县乡镇]+级以上(?:地方)?(?:各级)?人民政府|主要负责人|分管负责人|安全生产管理人员|法定代表人)"
)
_BEYOND = re.compile("除[^，。；]*外|除外|另有|例外|但")
_LEAST = 6  # characters that tell of the act which both must have
_SAID = 0.5  # share of a statement that the act must have
_WHOLE = 0.8  # share of the act that is all of it
_RULE = 0.6  # share of the act that a statement must tell


def borne(segment: Segment, statement: str) -> bool:
    """Whether a duty says all that a statement does, in its several fields.

    >>> duty = Segment("", "d", "", "转岗、离岗一年以上重新上岗须重新接受车间和班组级培训", "职责", holder="生产经营单位")
    >>> borne(duty, "从业人员调整工作岗位或离岗一年以上重新上岗时，应当重新接受车间（工段）和班组级的安全培训。")
    True
    >>> borne(duty, "从业人员离岗一年以上重新上岗时，应当重新接受厂级的安全培训。")
    False
    """
    return segment.kind == "职责" and any(_says(segment, act, statement) for act in _acts(segment))


def told_otherwise(segment: Segment, statement: str) -> str:
    """The number or the one named of a statement that a duty, which says all the rest of it, has otherwise; else nothing.

    >>> duty = Segment("", "d", "", "情况严重的要求暂停施工并报告建设单位", "职责", holder="工程监理单位")
    >>> told_otherwise(duty, "监理单位发现情况严重的，应当要求暂停施工，并报告检测机构。")
    '检测机构'
    """
    for told, other in _swaps(segment, statement):
        if borne(segment, other):
            return told
    return ""


def _acts(segment: Segment) -> list[str]:
    """The acts of a duty, each to be told by itself."""
    if _BEYOND.search(segment.whole):
        return []
    return [p for p in re.split("[；;。]", segment.whole) if len(p) > 3]


def _plain(text: str) -> str:
    text = plain(_ASIDE.sub("", text))
    for words, one in _SHORT:
        text = words.sub(one, text)
    return text


def _says(segment: Segment, act: str, statement: str) -> bool:
    said, rule = _plain(statement), _plain(act)
    laid = lay(said, rule)
    alike = sum(len(telling(said[a : a + n])) for a, _, n in laid.parts)
    of_rule = alike / (sum(len(telling(p)) for p in _touched(laid)) or 1)
    if alike < _LEAST or of_rule < _RULE or (alike < _SAID * len(telling(said)) and of_rule < _WHOLE):
        return False
    if any(a[1] > b[1] for a, b in pairwise(laid.parts)) or omits(laid):
        return False
    return (
        numbers_held(said, rule) and timed(said, rule) and all(_added(segment, *over) for over in _left(laid))
    )


def _touched(laid: Laid) -> list[str]:
    """The parts of an act of which a statement says something: it need not tell the others."""
    told, at = [], 0
    for part in laid.sentence.split("，"):
        end = at + len(part)
        if any(there < end and at < there + n for _, there, n in laid.parts):
            told.append(part)
        at = end + 1
    return told


def _left(laid: Laid) -> Iterator[tuple[bool, str, str]]:
    """What is left of a statement: at its start?, the words, and what stands in their place."""
    ends = [(0, 0, 0), *laid.parts, (len(laid.statement), len(laid.sentence), 0)]
    for n, ((a, c, size), (b, d, _)) in enumerate(pairwise(ends)):
        if over := laid.statement[a + size : b]:
            yield n == 0, over, re.split("[：；]", laid.sentence[c + size : d])[-1]


def _added(segment: Segment, first: bool, over: str, other: str) -> bool:
    """Whether words left over change nothing: none of the act's own stand in their place, and a field of the duty has them."""
    if not telling(over) or (over == "或" and other == "、"):
        return True
    if telling(other) and not first:
        return False
    if "从业人员" in over and not segment.speaks_of("从业人员"):
        return False
    fields = f"{segment.holder}，{segment.reach}，{segment.occasion}"
    fields = fields if first and _AGENTS.search(_ADDED.sub("", over)) else f"{fields}，{segment.whole}"
    rest, held = _ADDED.sub("，", over), _plain(fields)
    laid = lay(rest, held)
    return not any(telling(piece) for _, piece, _ in _left(laid))


def _swaps(segment: Segment, statement: str) -> Iterator[tuple[str, str]]:
    """A number or one named of a statement, and the statement with the duty's one in its place."""
    for act in _acts(segment):
        for token in tokens(statement):
            own = [t for t in tokens(act) if t.family == token.family]
            if len(own) == 1 and not token.same(own[0]):
                yield token.text, statement[: token.start] + own[0].text + statement[token.end :]
        named = _AGENTS.findall(f"{segment.holder}，{act}")
        for agent in _AGENTS.finditer(statement):
            for other in named:
                if other not in statement and agent[0] not in segment.whole + segment.holder:
                    yield agent[0], statement[: agent.start()] + other + statement[agent.end() :]
