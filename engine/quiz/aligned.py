"""A statement laid beside a sentence of the knowledge base: does the sentence say all of it, in the same order and sense?

Both are brought to one form first: frames and titles out, words that mean the same made one. Then the longest parts alike are
laid on each other. What is left of the statement must be nothing that could change it, and it must stand for nothing of the
sentence; what the statement leaves out of the sentence must be no condition, exception, number or denial.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from corpus.quantities import chinese_number
from engine.quiz.amounts import tokens
from engine.quiz.governed import set_for
from engine.quiz.statements import full

_OUT = re.compile(
    r"《[^《》]*》(?:[（(][^（）()]*[）)])?|[（(][^（）()]*(?:号|版)[）)]|[\u4e00-\u9fff]{1,6}〔\d{4}〕\d+号|(?:GB|AQ)[ /T]*\d+(?:[-—－–]+\d{4})?"
    r"|[\u4e00-\u9fff]{2,6}(?:行业|企业|领域)?(?:重大(?:事故)?隐患)?判定标准(?:中|里|规定)?"
    r"|(?:国家发展改革委|应急管理部|公安部|国务院)?(?:\d{4}年)?令?第\d+号令?(?:的?规定)?|(?:安全生产|消防|刑|特种设备安全|突发事件应对)法(?:的?规定|明确)?"
)
_LEAD = re.compile(
    r"^(?:根据|依据|依照|按照?|对照)?(?!强制性|推荐性)[^，。；：]{0,24}?(?:规定|要求|明确|标准)(?:中|里)?[，：]|^(?:根据|依据|依照|按照)(?:[^，。；]{0,30}(?:条|款|项|办法|条例))?，|^(?:自|从)?\d{4}年\d{1,2}月\d{1,2}日(?:之后|以后|起|后)，|^(?:在|中)?中?[，]"
)
_SAME = tuple((re.compile(words), one) for words, one in (
    ("依法(?![律规定院])|依照法律(?:规定)?", ""), ("安全生产监督管理", "监督管理"), ("负有监督管理职责的部门", "监督管理部门"),
    ("方面的问题|(?<=涉及[\u4e00-\u9fff]{2})方面", ""),
    ("(?:另外?有|有)([^，。；]{2,14}(?<!另|没))规定(?=[的时])", r"\1另有规定"),
    (r"这一|该项?(?=情形|规定|要求)", ""), ("应当|必须|应该|应(?!急)|(?<![无必])须|(?<!不)需要?", ""),
    ("进行|开展|实施|予以|加以|给予|作出|做出|有关|相应|并且|(?<![向由给])(?:本企业|本单位)|存在", ""),
    ("没有|尚未|并未|未曾|不曾|未能", "未"),
    ("(?:社会)?公共利益", "公益"), ("(?:遭?受到?|遭)(?:侵害|损害)", "受损"), ("人民检察院", "检察院"),
    ("监管部门", "监督管理部门"), ("致使|(?<!可能)导致", "致"),
    ("(?<=[后前，])要(?=[经由向报接])", ""), ("严禁|禁止|不准|不许|不允许|不能|不可以", "不得"),
    ("无需|无须|不用(?!于)|不需要?|可以不|可不", "不必"),
    ("并不|并非|绝不", "不"), ("适用于", "适用"), ("保障|确保", "保证"), ("指定", "确定"), ("(?<![第\\d])一次", "1次"),
    ("安装|装设|安设|装有|设有|设立", "设置"),
    ("人民政府", "政府"), ("所在区域内?|本?行政区域内?|区域内|辖区内", "辖区"),
    ("不再([^，。；]{2,16})，改为", r"由\1改为"), ("居民委员会", "居委会"), ("村民委员会", "村委会"), ("职工代表大会", "职代会"),
    ("生产经营单位", "单位"), ("包含|包括|含有", "含"), ("取消|删去|去掉", "删除"),
    ("新增", "增加"), ("暂时停止", "暂停"), ("县级以上地方各级|县级以上各级|县级以上地方", "县级以上"),
    ("以及|(?<!涉)及(?!时|其)|[和与跟]", "、"), ("或者", "或"), ("仅仅|只是|仅", "只"),
    ("马上|当即", "立即"), ("报告给?|上报|报请|报送", "报"), ("自行检查|自查", "自查"),
    ("称为?|系指|是指|指的是", "指"), ("按照|依照", "按"), ("是不是", "是否"), ("均|全都|都(?!市)", ""),
    ("安全生产工作|安全生产(?=第一责任人)", ""), ("接到(?:事故)?报告?(?:后|的)?", "接报"), ("受到?罚款(?:处罚)?", "受罚"),
    ("原(?:处罚|罚款)数额", "原数额"), ("(?:之日的?)?(?:次日|第二[日天])", "翌日"), ("(?<![不许])可(?:以|(?=[自按由处并依提]))", "◎"),
    ("职责范围内?", "分管范围"), ("发现", ""),
    ("(?:[、与]?\\d{4}年?版(?:的)?相比，?)|\\d{4}年?版", ""), ("(?:这个|这种)?术语", ""), ("拒不改正|拒不整改", "拒改"),
    ("(?:按|据)?(?:主管部门|官方|[^，。]{2,10}[局部司])?(?:\\d{4}[年-]\\d{1,2}[月-]\\d{1,2}日?)?(?:解读|答复)(?:明确)?，?", ""),
    ("(每(?:[^，。；]{1,12}))1次", r"\1"), ("1次(?=[^，。；]{0,8}每)", ""),
    ("不论(?:从业)?人[员数](?:的?多少)?", "不论人数"), ("半年", "6个月"), ("明确|清楚", "清"), ("(?<=行业)[、，]领域", "领域"),
))  # fmt: skip
_FIGURES = re.compile(
    "(?<![第\\d每同统单唯])[一二三四五六七八九十]+(?=个?(?:工作日|月|年|日|天|小时|倍)(?!度|级))"
)
_EXAMPLE = re.compile(
    r"^[\u4e00-\u9fff、]{2,10}等(?:行业|领域)的?(?=(?:生产经营)?(?:单位|企业))|^[\u4e00-\u9fff、]{2,10}等(?=[\u4e00-\u9fff]{2,6}(?:行业|领域|单位|企业))|^[^，“]{2,16}(?:所称|所指|中的)(?=“)"
)
_WEAK = frozenset(
    "的了在有为但后对于是与等其该各由向将把被按从以着地得时中内，、；：“”（）()《》 　—-·并及和也即所此这那个件者之自至"
)
_TELLS = re.compile(
    r"[◎翌不未无非免只才可除勿禁停止前否\d零一二两三四五六七八九十百千半每全任年月日周季]|必|以[上下内]|超过|低于|或|且|经.*(?:批准|同意)"
)
_OMITS = re.compile(
    r"[◎翌前不未无非免只才除\d]|但|且|经.{0,10}(?:批准|同意|认可)|以[上下内]|超过|低于|达到|情节|特殊|必要时"
)
_OTHERWISE = re.compile(
    "[，、]?或|[，、]?且$"
)  # another case that is as good; a mere 且 where the other says 并
_GOVERNS = re.compile("增加|删除|保留|更改")  # what stands after it is of this change, not of the one before
_CONDITION = re.compile(r"的，?$|时，?$|后，?$|期间，?$")
_AGENT = re.compile("部门|机构|政府|单位|企业|负责人|人员|员工|工会|职代会")  # who does it, or to whom
_SIDE = re.compile(r"(\d+(?:个?工作日|个?小时|个月|[日天年周]))[之以]?([内前后])")
_EXCEPTS = re.compile(r"除外|例外|但|不适用|不在此|可以不|另有规定|不再")
_PLACED = re.compile(r"\d|每|部门|机构|政府|负责人|人员|员工")  # what must stand where it stands
_SUBJECT = re.compile(r"(?:生产经营)?[^，]{0,6}(?:单位|企业|行业)")  # narrows whom a sentence is about
_MARKS = "，；：。"
_OPEN = re.compile("(?:适用|包括|属于)$")  # of what, is not said
_OF = re.compile("[^，；。：、（）“]{1,6}的(?=[^，；。：、（）“])|部门|机构|职责|人员|制度")
_LEAST = 2  # characters alike in a row that count
_PIECE = 2  # characters of the longest piece left over that changes nothing
_CLAUSE = 0.7  # of one clause of a statement
_NAME = 4  # characters that tell of the shortest name that is known in other words
_NEAR = 0.5  # of a name that may be one in other words
_DENIALS = ("不", "未", "非", "无", "没")
_SHARE = 0.8  # of a statement that the sentence must say in the same words


@dataclass(frozen=True)
class Laid:
    """`parts`: (start in the statement, start in the sentence, length) in the order of the statement."""

    statement: str
    sentence: str
    parts: tuple[tuple[int, int, int], ...]

    @property
    def left(self) -> list[tuple[str, str]]:
        """What is left of the statement between two parts, and what stands in the sentence between the same two."""
        ends = [(0, 0, 0), *self.parts, (len(self.statement), len(self.sentence), 0)]
        return [
            (telling(self.statement[a + n : b]), telling(re.split("[：；]", self.sentence[c + n : d])[-1]) if c + n <= d else "")
            for (a, c, n), (b, d, _) in pairwise(ends)
        ]  # fmt: skip

    @property
    def covered(self) -> bool:
        """Whether every clause of the statement is in the sentence, not only most of the whole (an addition is none of it)."""
        held = "".join(
            c if not any(a <= i < a + n for a, _, n in self.parts) else "\0"
            for i, c in enumerate(self.statement)
        )
        at = 0
        for clause in re.split("[，；。]", self.statement):
            over, total = telling(held[at : at + len(clause)].replace("\0", "")), telling(clause)
            at += len(clause) + 1
            if (
                total
                and len(over) > (1 - _CLAUSE) * len(total)
                and (at > len(clause) + 1 or len(over) > _PIECE)
            ):
                return False
        return True

    @property
    def agents_kept(self) -> bool:
        """Whether those who act stand in the sentence in the order of the statement (甲向乙 is not 乙向甲)."""
        there = [b for a, b, n in self.parts if _AGENT.search(self.statement[a : a + n])]
        return there == sorted(there)

    @property
    def share(self) -> float:
        total = len(telling(self.statement)) or 1
        return 1 - sum(len(said) for said, _ in self.left) / total

    @property
    def in_order(self) -> bool:
        """Whether the parts stand in the sentence as in the statement, but for one that names no one and no number."""
        if all(a[1] < b[1] for a, b in pairwise(self.parts)):
            return True
        return any(
            all(a[1] < b[1] for a, b in pairwise((*self.parts[:n], *self.parts[n + 1 :])))
            and not _PLACED.search(self.statement[start : start + size])
            for n, (start, _, size) in enumerate(self.parts)
        )


def telling(text: str) -> str:
    """The characters of a text that tell something."""
    return "".join(c for c in text if c not in _WEAK)


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """A sentence without frames and titles, its words that mean the same made one.

    >>> plain("依照《消防法》规定，单位应当进行自查"), plain("必须确保安装报警装置")
    ('单位自查', '保证设置报警装置')
    """
    text = _LEAD.sub("", _OUT.sub("", full(text.replace(",", "，").replace("(", "（").replace(")", "）"))))
    text = _FIGURES.sub(lambda m: f"{chinese_number(m[0]):g}" if chinese_number(m[0]) else m[0], text)
    for words, one in _SAME:
        text = words.sub(one, text)
    return _EXAMPLE.sub("", text.replace("在中", "").strip("。；，：、的 "))  # 在《》中


def without_lead(text: str) -> str:
    """A statement without the document it goes by (按《消防法》规定，单位应当…)."""
    return _LEAD.sub("", _OUT.sub("", text))


def lay(statement: str, sentence: str) -> Laid:
    """A statement beside a sentence, both plain: the longest parts alike first, nothing of either used twice."""
    free, unused = [True] * len(statement), [True] * len(sentence)
    parts: list[tuple[int, int, int]] = []
    while True:
        size, start, there = _longest(statement, sentence, free, unused)
        if size < _LEAST:
            return Laid(statement, sentence, tuple(sorted(parts)))
        free[start : start + size] = [False] * size
        unused[there : there + size] = [False] * size
        parts.append((start, there, size))


def _longest(a: str, b: str, free: list[bool], unused: list[bool]) -> tuple[int, int, int]:
    best, lengths = (0, 0, 0), [0] * (len(b) + 1)
    for i, c in enumerate(a):
        row = [0] * (len(b) + 1)
        if free[i]:
            for j, d in enumerate(b):
                if c == d and unused[j] and c not in _MARKS:
                    row[j + 1] = lengths[j] + 1
                    if row[j + 1] > best[0]:
                        best = (row[j + 1], i + 1 - row[j + 1], j + 1 - row[j + 1])
        lengths = row
    return best


def entails(sentence: str, statement: str, whole: str = "") -> bool:
    """Whether a sentence says all of a statement. `whole`: what it is a part of, whose other words are no small ones.

    >>> entails("电梯维护保养单位：电梯至少每15日清洁润滑1次", "电梯应当至少每15日进行一次清洁、润滑。")
    True
    >>> entails("举报由县级以上人民政府核查处理", "举报由乡级以上人民政府核查处理")
    False
    >>> entails("不适用于选矿厂本体", "适用于选矿厂本体")
    False
    """
    said, rule = plain(statement), plain(sentence)
    laid = lay(said, rule)
    if len(telling(said)) < 5 or laid.share < _SHARE or not numbers_held(said, rule):
        return False
    if not laid.covered or not timed(said, rule):
        return False
    if "向" in said and not (laid.agents_kept and _directed(said, rule, "向")):
        return False
    if not _directed(said, rule, "由"):
        return False
    if not laid.in_order and len(tokens(rule)) > 1:
        return False
    left = [
        (n, *both) for n, both in enumerate(laid.left) if said.count(both[0]) < 2 or len(both[0]) > _PIECE
    ]
    if any(len(piece) > 1 and piece in plain(whole) for _, piece, _ in left):
        return False
    return not any(_changes(*piece) for piece in left) and not omits(laid)


def in_words(name: str, part: str) -> bool:
    """Whether a part of a sentence has a name or a short finding in its own words: nearly all of it, nothing left that tells.

    >>> in_words("管理上的缺陷", "人的不安全行为和管理缺陷"), in_words("三级高边坡", "一级、二级高边坡施工")
    (True, False)
    """
    said, laid = _laid(name, part)
    left = [(over, other) for over, other in laid.left if over]
    return (
        not tokens(name)  # a number is to be compared
        and len(telling(said)) >= _NAME
        and laid.share >= _SHARE
        and all(a[1] < b[1] for a, b in pairwise(laid.parts))
        and len(left) < 2
        and not any(len(over) > 1 or other or _TELLS.search(over) for over, other in left)
        and not any(_OMITS.search(b) for b in _between(laid))
        and not (laid.sentence[: laid.parts[0][1]].endswith(_DENIALS) and not said.startswith(_DENIALS))
    )


def foreign_run(name: str, text: str) -> int:
    """How many characters that tell stand together in a name of which a text has no two beside each other."""
    said, laid = _laid(name, text)
    held = {i for a, _, n in laid.parts for i in range(a, a + n)}
    runs = "".join("\0" if i in held else c for i, c in enumerate(said)).split("\0")
    return max((len(telling(r)) for r in runs), default=0)


def near(name: str, part: str) -> bool:
    """Whether a part of a sentence has so much of a name that it may be the same in other words."""
    return _laid(name, part)[1].share >= _NEAR


def _laid(name: str, part: str) -> tuple[str, Laid]:
    said = plain(name)
    return said, lay(said, plain(part))


def _between(laid: Laid) -> list[str]:
    """What of a sentence stands between the parts laid on it."""
    order = sorted((there, there + n) for _, there, n in laid.parts)
    return [laid.sentence[a:b] for (_, a), (b, _) in pairwise(order)]


def _changes(n: int, left: str, other: str) -> bool:
    """Whether a piece left over could change what is said: long, telling, or in the place of something else."""
    if not left or (n == 0 and not other and _SUBJECT.fullmatch(left) and "只" not in left):
        return False
    return len(left) > _PIECE or bool(other) or bool(_TELLS.search(left))


def _directed(said: str, rule: str, word: str) -> bool:
    """Whether a statement has a thing go to whom a sentence has it go, or done by whom (甲向乙 is not 乙向甲)."""
    return word not in rule or all(f"{word}{to[:2]}" in rule for to in said.split(word)[1:])


def timed(said: str, rule: str) -> bool:
    """Whether a statement puts a thing on the side of a day where a sentence puts it, and with the same haste."""
    if "立即" in rule and "立即" not in said and "及时" in said:
        return False
    sides = {m[1]: m[2] for m in _SIDE.finditer(rule)}
    return all(sides.get(m[1], m[2]) == m[2] for m in _SIDE.finditer(said))


def numbers_held(said: str, rule: str) -> bool:
    """Whether a sentence has every number of a statement, for the case the statement tells of."""
    held = tokens(rule)
    for token in tokens(said):
        if re.match("一[个种台]", token.text):
            continue
        own = set_for(said, token, rule)
        if not any(token.same(h) for h in ([own] if own is not None else held)):
            return False
    return True


def omits(laid: Laid) -> bool:
    """Whether what a statement leaves out of the sentence could change what it says."""
    order = sorted((there, there + n) for _, there, n in laid.parts)
    head, tail = laid.sentence[: order[0][0]], laid.sentence[order[-1][1] :]
    between = _between(laid)
    if any(b.strip("，、") == "或" for b in between):  # one of two is not both
        return True
    if _OF.match(tail) and not _OPEN.search(laid.sentence[: order[-1][1]]):  # 监督管理 of 监督管理部门
        return True
    between = [b for b in between if not _OTHERWISE.match(b)]
    near = re.split("[，；：。]", head)[-1]
    if _OMITS.search(near) or (head and _CONDITION.search(head) and not re.search("[：；]$", head)):
        return True
    return any(_OMITS.search(b) or _GOVERNS.search(b) or tokens(b) for b in between) or bool(
        _EXCEPTS.search(tail)
    )
