"""Observations: which thing is in which state, bound by where the words stand.

A negated verb takes the things to its right, else the one to its left; a state after a noun takes the
nearest thing on its left; a subject carries over a comma. 「X 未与 Y 联锁」 is a link observation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import pairwise

from corpus.mending import FILLERS, by_another_kind, can_mend, is_filler, object_at, reaches_all
from corpus.terms import Term
from kb.values import State
from ontology.lexicon import Lexicon

MOST_STATES = 100  # state words of one part of a sentence that are looked at; no one writes more
BINDABLE = ("物", "行", "文", "象", "人")
_INSTANCE = re.compile(r"[;。\n]+|(?=[①②③④⑤⑥⑦⑧⑨⑩])|(?:(?<=^)|(?<=[\s,:]))\(?\d{1,2}[)、.](?!\d)")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
_ITEM = re.compile(
    rf"[\s,]*(?:[{_CIRCLED}]|\(?\d{{1,2}}[)、.]\S)"
)  # the number of an item, up to its first character
_HEAD = 40  # characters of a head before a list at most
_SEGMENT = re.compile(
    r",|(?=造成|导致|致使|引起|引发|(?<![未没不应须需])(?<!没有)同时|并且|而且|(?<![并而])且|但是|但(?!是))"
)
_PREPOSITIONS = ("对", "与", "和", "同", "在", "将", "把", "向", "给", "为", "从", "由", "按")
_LOCATIVE = re.compile(r"\s*(?:的|内|上|处|中|里|下|前|旁|附近|周边|之间|间)")
NEXT_TO = re.compile(
    r"(?:紧邻|毗邻|邻近|靠近|紧挨着?|挨着|临近|相邻|贴邻|贴着|紧贴|距离?|(?<![隔分脱剥])离)$"
)
# X与Y设在同一建筑内: neither is the place of the other
TOGETHER = re.compile(r"(?<!不)同一?(?:栋|幢|座|个)?(?:建筑|厂房|楼|房屋)")
BESIDE = re.compile(
    r"旁(?!路)|附近|周围|周边|下方|上方|前方|后方|一侧(?!地[面坪])|外(?!包|委|协|来|墙|侧?走[道廊])|隔壁|楼上|楼下|对面|以外|[二三四五六七八九2-9]楼(?!夹层)"
)
# 二楼为办公室: another floor than that of the place named before
ANOTHER_FLOOR = re.compile(
    r"(?:[二三四五六七八九2-9][楼层]|楼上)(?:内|处|分别|则|均?[为是设有作]|设置|设为|用作|作为|布置)*$"
)
_TROUBLE = re.compile(r"\s*.{0,6}?(?:隐患|异常|问题|违章|违规|违法)")
_THEN = re.compile(
    r"即(?!使|将)|就(?!地|业|近)|便(?!携)|擅自|仍(?!未|旧未)|继续|照常|照样|(?<![未没有不])直接(?=[开启送恢起排放拆投])"
)
_COMPARED = re.compile(r"高于|超过|大于|超出|低于|小于|少于")
_COORDINATE = re.compile(r"[、,和及与或以等的/()\s]*$")
_WITH = re.compile(r"与|和|同|跟")
_ATTRIBUTE = re.compile(
    r"(?:登记|检验|建档|备案|注册|年检|许可|验收|审批|批准|培训|授权)的(?=[\u4e00-\u9fff])"
)
# 向未取得许可证的单位销售: it says whom one deals with
_DEALT_WITH = re.compile(
    r"[^,;。]{0,30}?的(?:其他|外部|个别)?(?:单位|企业|个人|商户|用户|公司|门店|经营者|零售[户点]|经销商|客户|农户|散户|人员|买方)"
    r"[^,;。]{0,8}?(?:销售|出售|采购|购买|购进|购入|供应|供货|供气|提供|进货|批发|配送|发货|转让|交付|收购|订购)"
)
_DEALING = ("向", "从", "给", "与", "为")
_PLACED = re.compile(r"存放|堆放着?|摆放|储存")
_GIVEN = re.compile(r"设|装|配|采取|落实|制定|编制|建立|划定|签订|开展|进行|实施|办理|做")  # 未对X设置|Y
_HAN = re.compile(r"[\u4e00-\u9fff]")
_WORD = re.compile(r"[\u4e00-\u9fffa-z]")
# negations without a verb of their own
_BARE = frozenset((
    "未", "没", "没有", "不", "未按", "未及时", "未定期", "未能", "未经", "未予", "不能", "不按", "尚未", "均未", "从未", "也未",
    "仍未", "都未", "并未", "未有效", "未充分", "未严格", "未认真", "未正确", "未先", "未真正", "未实际", "未统一", "未按规定",
    "未按要求", "未有",
))  # fmt: skip
# between a negation and the verb it denies: 没有按国家标准 | 使用
_MANNER = re.compile(
    r"(?:(?:严格|真正|完全|全部|同时|正确|有效|统一|及时)?(?:按照?|依照|依据|根据)[\u4e00-\u9fff《》]{1,12}?|同时|真正|正确|统一|及时)"
    r"(?:安装|设置|配备|予以|进行|加以)?"
)
_PARTED = re.compile(r"[^,;。]{0,8}?(?:分隔|隔离|分开|隔开|分离|独立|保持|相隔|错开|分设)")
_SPOT = re.compile(r"[\u4e00-\u9fff]{0,4}?(?:处|旁|侧|附近|周边|下方|上方|[端口]部?)")
_SOME_MEASURES = re.compile(
    r"(?:任何|可靠|有效|必要|相应|相关|切实|专门|防护|防范|防控|管控|安全|[的、])*(?:措施|手段)(?![\u4e00-\u9fff])"
)
_NOT_DONE = ("未", "没更", "没修", "没换", "不")
_PLAINLY = frozenset(("并非", "不是", "不属于"))
_DENIERS = _PLAINLY | {"没有", "没", "无", "未", "并未", "均未", "尚未", "未有", "不"}
# what is done on purpose: not having done it may be the defect (未停用, 未切断)
_ACTS = re.compile(r"停|关|断|切|拆|短接|旁路|屏蔽|摘|封|报废|退|锁|报警|响应|中断|开|占|堆|违|擅自|不")
_FORM = re.compile(
    r"[没未](?:写|填)|代签|冒签|补签|漏[填登记]|填写不|缺(?:一)?页|粘贴|缺角|涂改|未(?:归|存)档|未注明|记录不全|提前填|超前填|补填|补记|代记|补录|缺附件|潦草|字迹|[没未](?:悬挂|上墙|张贴|公示|公布|展示|摆放|亮证|亮照)"
)  # flaws of a paper's form: it is there
_BY_RULE = re.compile(r"照?(?:设计|规定|要求|标准|规范|方案|规程|图纸|制度)")
_DEMANDED = re.compile(r"要求|规定|应|标准|设计|允许")
_NOT_YET = re.compile(
    r"部分|未全部|责令|要求|限期|尚|并未|没有|未能|不能|预计|计划|拟(?!合)|必须|应当|请|承诺|声称|据说|自称|企业说|待|即将|准备|争取|督促"
)
_TOLD = re.compile(
    r"下达|下发|通知|告知|上报|立案|处罚|列入|纳入|反馈|移交|停产|停用|停工"
)  # done about it, not mended
# 可能意外启动的设备, 可能发生甲、乙、丙泄漏的场所
_WHAT_MAY = re.compile(
    r"[^,;。]{1,12}的|(?:发生|产生|存在|出现|泄[漏露]|散发|积聚|涌入)[^,;。]{1,40}的(?:场所|部位|区域|地点|设备|岗位|空间)"
)
_AND_DO = re.compile(
    r"[,\s]*并且?(设置|建立|采取|配备|制定|落实|开展|安装|签订|组织|实施|办理|明确|如实记录|进行|告知|划定|悬挂|张贴)(?![了过有])"
)
# 未设置|防止超压措施: what is to be prevented says which measures
_AGAINST = re.compile(r"(?:防止|避免|预防|杜绝)[^,;。]{1,16}?(?:措施|装置|设施|手段|设备)")
_UNDONE = re.compile(r"未(?!见|发现|来)|没(?!收)")
_DONE_TO = re.compile(r"[未没][^,;。]{0,6}?对[^,;。]+")  # 未对X, 未按规定对X
# 未核实库内人员是否离开: what was not found out is no doubt of the writer's
_NOT_FOUND_OUT = re.compile(
    r"(?:未|没有?|不)(?:能|先|再|提前|事先|进行|认真|及时|逐[一人个台])*(?:对[^,;。]{1,10}?)?"
    r"(?:确认|核实|核对|核查|检查|检测|查看|查明|清点|辨识|判断|了解|关注|观察|验证|测试|试验|监测|评估|论证)[^,;。]{0,14}$"
)
# 联锁解除, 联锁功能已被切除; 擅自解除…联锁
_LINK_OFF = re.compile(
    r"(?:功能|保护|装置|信号|回路|系统|关系|控制|动作|逻辑|[^,;。]{0,4}放散功能|[^,;。]{0,4}切断功能)?"
    r"(?:已经?|均|全部|长期|一直|处于|人为|擅自|私自|违规|被)*(?:旁路|解除|切除|摘除|短接|跨接|屏蔽|退出|强制|取消|停用|甩开|脱开|断开|关闭|拆除)(?!条件|手续|审批|申请|票|按钮|开关|信号)"
)
_UNTRUE = re.compile(r"(?:现象|情况|问题|行为|隐患)(?:均|都)?(?:不存在|未发现|没有发现)$|不属实")
_OTHERS = re.compile(r"其他|其它|其余|另外|另有")
_ALL_BEFORE = re.compile(r"以上|上述|所有|全部|上次|前期|此前|各项")
_PROBLEM = re.compile(r"(?:问题|隐患|缺陷|故障)(?!整改)")
_DONE = re.compile(r"[过了]?")
# how much of a state: 有一处明显裂纹
_MUCH = re.compile(
    r"(?:明显|轻微|少量|局部|部分|严重|多处|不同程度|较多|大量|大面积|细小|较大|若干|[一二两三几数\d]+[处条道个人名天日次班项份页]|的|有|为|系)*"
)
_COME_TO = re.compile(r"[,、]?(?:并|而|后|已|致|导致|造成|致使|部分|个别|局部|甚至|及|和|或)*")
_WRITING = re.compile(r"[没未](?:写|填|签|盖|注明|记)")
_UNSIGNED = re.compile(r"(?:逐[项级]|本人|手写)*(?:签字|签名|签章|盖章|签署(?!协议|合同))")
_SIGNING = re.compile(r"(?:人员?|的|本人|手写|确认)*(?:签字|签名|签章|签认|盖章|签署)")
_WHETHER = re.compile(
    r"([\u4e00-\u9fff])[没不]\1|([\u4e00-\u9fff])得([\u4e00-\u9fff]{1,2})\2不\3"
)  # 投没投, 停得住停不住
_ASKED_BEFORE = re.compile(r"(?:有没有|是否|是不是|有无|([装设配带持办做])没\1)[有装设配带持办做置备]{0,2}$")
_ASKED_AFTER = re.compile(
    r"(?:是否|到底|究竟|都)?(?:有没有|有无|是否|是不是|([装设配带持办做])没\1|不清楚|不明|不详|未知|说不清|说不准|不知道)"
)
_NOT_SHOWN = frozenset(
    (
        "拿不出",
        "提供不出",
        "出示不了",
        "不能提供",
        "未能提供",
        "无法提供",
        "没带",
        "未带",
        "不带",
        "未携带",
        "未随身携带",
        "未能出示",
        "未出示",
    )
)
_NOT_ALL = frozenset(("不齐全", "不全", "不齐", "不完全"))
_PAST = re.compile(r"被|[过超逾脱坏拆缺]|[停断](?!电)|到期|失[效灵]")
# not worn: it may be there all the same
_NOT_WORN = re.compile(r"[未没不](?:正确|规范|按规定|按要求)?(?:佩戴|佩带|穿戴|穿着|戴|穿)")
_DIFFERS = re.compile(r"不符|不相符|不一致|不匹配|不吻合")
_SOME_OF = re.compile(r"[、,]|部分|个别|局部|多处|均|已")
_AWAY = re.compile(r"不在|未在场|未在岗|脱岗|离岗|未到场")
_SOME = re.compile(r"[\d一二两三四五几多]+(?:个|台|处|只|套|盏|块|具|扇|根|条|组)")
_RECORD = ("记录", "档案", "单据", "资料", "票存根")
_STATE_OF = {
    "缺前": State.MISSING, "缺后": State.MISSING, "失效前": State.FAILED, "失效后": State.FAILED,
    "存疑前": State.DOUBTFUL, "存疑后": State.DOUBTFUL, "有前": State.THERE, "有效前": State.WORKING,
    "有效后": State.WORKING,
}  # fmt: skip
_DEFECTS = ("缺前", "缺后", "失效前", "失效后", "存疑前", "存疑后")
_BINDING = (*_STATE_OF, "整改", "无异常", "无异常前")


# 仍不报警, 又失灵: said of what had been mended
_AGAIN = re.compile(r"仍然?|[还又再](?:是|次|度)?")


class Mood(Enum):
    """How a stretch of text is meant: as a fact, in doubt, not as a fact at all, or as something since put right."""

    STATED = "述"
    DOUBTED = "疑"
    UNSAID = "虚"  # a rule, a supposition, history, or what is said not to be found
    PUT_RIGHT = "改"


@dataclass(frozen=True)
class Observation:
    """A concept in a state at a place of the text. A link observation names its partners (maybe none read).

    `minor`: only a flaw of form, or of one of several; the thing itself is there.
    """

    term: Term
    state: State
    segment: int
    by: Term | None = None
    link: str = ""
    partners: tuple[Term, ...] = ()
    minor: bool = False

    @property
    def distance(self) -> int:
        """Characters between the thing and the word that gave its state; a mere mention is farthest."""
        if self.by is None:
            return 10_000
        gap = max(self.term.start - self.by.end, self.by.start - self.term.end, 0)
        return gap


@dataclass
class Scene:
    """One instance of a finding: its terms, and what was observed.

    `head`: the words before the list it is an item of (「除尘系统存在以下问题：」), None outside a list.
    `moods`: how each part is meant; `stretches`: what is meant otherwise within them. `unbound` are defect words
    whose thing was not found; `compliant`: something was said to be in order.
    """

    start: int
    end: int
    segments: list[list[Term]]
    bounds: list[tuple[int, int]]
    text: str = ""
    observations: list[Observation] = field(default_factory=list)
    unbound: list[Observation] = field(default_factory=list)
    compliant: bool = False
    head: tuple[Term, ...] | None = None
    moods: list[Mood] = field(default_factory=list)
    stretches: list[tuple[int, int, Mood]] = field(default_factory=list)

    def mood(self, place: int) -> Mood:
        """How what stands at a place of the text is meant."""
        own = next((m for a, b, m in self.stretches if a <= place < b), None)
        if own is not None:
            return own
        index = next((i for i, (a, b) in enumerate(self.bounds) if a <= place < b), None)
        return Mood.STATED if index is None else self.moods[index]


def split(text: str) -> Iterator[tuple[int, int]]:
    """Instances of a text: sentences, semicolons, numbered items."""
    start = 0
    for m in _INSTANCE.finditer(text):
        if text[start : m.start()].strip(" ,"):
            yield start, m.start()
        start = m.end()
    if text[start:].strip(" ,"):
        yield start, len(text)


def scenes(text: str, terms: Sequence[Term], lexicon: Lexicon) -> list[Scene]:
    """Every instance with its observations."""
    out: list[Scene] = []
    for start, end in split(text):
        cuts = [start, *(p for m in _SEGMENT.finditer(text, start, end) for p in {m.start(), m.end()}), end]
        cuts = sorted(set(cuts))
        bounds = [(a, b) for a, b in pairwise(cuts) if text[a:b].strip(" ,")]
        segments = [[t for t in terms if a <= t.start < b and not t.named] for a, b in bounds]
        scene = Scene(start, end, segments, bounds, text)
        scene.head = _head(text, start, terms, out)
        _Binder(scene, text, lexicon).run()
        if not (out and _closing(scene)):
            out.append(scene)
            continue
        every = _ALL_BEFORE.search(text, start, end) or "均" in text[start:end]
        for earlier in out if every else out[-1:]:  # 「以上问题均已整改」 speaks of the sentences before it
            earlier.compliant = True
            for word in _words(scene):
                earlier.observations = [
                    o for o in earlier.observations if not _undone(o, word, text, lexicon)
                ]
                earlier.unbound = [o for o in earlier.unbound if not _undone(o, word, text, lexicon)]
            earlier.stretches.append((earlier.start, earlier.end, Mood.PUT_RIGHT))
    return out


def _head(text: str, start: int, terms: Sequence[Term], before: list[Scene]) -> tuple[Term, ...] | None:
    """The words of the head that a scene stands under: the text before the first colon of the sentence."""
    if not before or text[before[-1].end : start].strip().startswith(("。", "\n")):
        return None
    if before[-1].head is not None:
        return before[-1].head
    first = before[-1]
    colon = text.find(":", first.start, first.end)
    if colon < 0 and len(before) == 1 and _ITEM.fullmatch(text, first.end, start + 1):
        colon = first.end  # 喷漆房①…②…
    if colon < 0 or colon - first.start > _HEAD or text[first.start] in _CIRCLED:
        return None
    words = [t for t in terms if first.start <= t.start and t.end <= colon]
    if any(t.state in _DEFECTS or t.negated for t in words):
        return None
    return tuple(t for t in words if t.concept and not t.named)


def _closing(scene: Scene) -> bool:
    """Whether a sentence says nothing but that something has been put right."""
    terms = [t for s in scene.segments for t in s]
    mended = next(iter(_words(scene)), None)
    if mended is None or any(t.concept for t in terms) or not scene.compliant:
        return False
    rest = scene.text[scene.start : mended.start] + scene.text[mended.end : scene.end]
    return is_filler(rest)


def _words(scene: Scene) -> list[Term]:
    """The words of a scene that put something right."""
    return [t for s in scene.segments for t in s if t.state == "整改"]


def _undone(o: Observation, word: Term, text: str, lexicon: Lexicon) -> bool:
    """Whether a sentence behind it puts right what was observed; a mere mention of a thing stays."""
    concept = lexicon.concepts.get(o.term.concept)
    kind = concept.type if concept else ""
    told = o.by is not None or kind == "象"
    return told and can_mend(word.text, kind, o.state, _between(text, o.term, o.by or o.term))


def _between(text: str, a: Term, b: Term) -> str:
    """The stretch from one term to another, both included."""
    return text[min(a.start, b.start) : max(a.end, b.end)]


class _Binder:
    def __init__(self, scene: Scene, text: str, lexicon: Lexicon) -> None:
        self.scene, self.text, self.lexicon = scene, text, lexicon
        self.found: dict[tuple[int, int, str], Observation] = {}
        self.bound: set[tuple[int, int]] = set()
        self.subject: list[Term] = []
        self.named: list[Term] = []  # the same with what was denied in its own words
        # things, and all that stretches say, with the words by which they have been put right
        self.put_right: list[tuple[int, int, Term]] = []
        self.mended: list[tuple[int, int, Term]] = []
        self.counted: set[int] = set()  # parts that speak of some of the things only

    def run(self) -> None:
        self._moods()
        self._answered()
        for index, terms in enumerate(self.scene.segments):
            self._segment(index, terms)
        self.scene.observations += [o for o in self.found.values() if not self._put_right(o)]
        self.scene.unbound = [o for o in self.scene.unbound if not self._put_right(o)]
        self.scene.unbound += self._failed_again()
        self._mentions()

    def _failed_again(self) -> Iterator[Observation]:
        """已维修，复查时仍不报警: what is said to be wrong after the mending, and of nothing named since."""
        mended = max((by.end for _, _, by in self.mended), default=None)
        told = {(o.by.start, o.by.end) for o in self.scene.observations if o.by is not None}
        for index, terms in enumerate(self.scene.segments):
            for t in terms:
                if mended is None or t.start < mended or t.state not in _DEFECTS or (t.start, t.end) in told:
                    continue
                if _AGAIN.search(self.text, mended, t.start) and self.scene.mood(t.start) is Mood.STATED:
                    yield Observation(t, State.FAILED, index, t)

    def _answered(self) -> None:
        """「…问题，已…」: what a part calls a problem and the next one says something has been done about."""
        for (start, end), (then, stop) in pairwise(self.scene.bounds):
            told = _PROBLEM.search(self.text, start, end) is not None and self.text[:end].endswith(
                ("问题", "隐患")
            )
            if told and self.text[then : then + 2].strip(",").startswith(("已", "现已")):
                done = self.text[then:stop]
                if not _NOT_YET.search(done) and not _TOLD.search(done):
                    self.scene.stretches.append((start, end, Mood.PUT_RIGHT))
                    self.scene.compliant = True

    def _put_right(self, o: Observation) -> bool:
        """Whether a later word said that this has been rectified."""
        return o.by is not None and self._mended(o.term, o.by, o.state)

    def _mended(self, term: Term, said: Term, state: State) -> bool:
        """Whether a thing, or what a word says of it, has been put right further on by a word that can do so."""
        words = [
            by for a, b, by in self.put_right
            if term.start <= a and said.start < by.start
            and (b == term.end or (b < term.end and self._kind(term) == "象"))
        ]  # fmt: skip
        end = said.end if self._kind(said) == "象" else said.start + 1
        words += [by for a, b, by in self.mended if a < end and said.start < b]
        return any(can_mend(w.text, self._kind(term), state, _between(self.text, term, said)) for w in words)

    # -- one segment -----------------------------------------------------------------------------

    def _segment(self, index: int, terms: list[Term]) -> None:
        terms[:] = self._negated_verbs([*terms, *self._also_undone(index)])
        mood = self.scene.moods[index]
        doubtful = mood is Mood.DOUBTED
        spoken = {t for t in terms if t.state in _BINDING or t.negated or t.state in ("联", "接")}
        consumed = (spoken if mood is Mood.UNSAID else set()) | self._denied(terms)
        consumed |= self._links(index, [t for t in terms if t not in consumed])
        if mood is Mood.UNSAID and any(t.state == "往事" for t in terms):
            consumed -= {t for t in terms if t.state == "整改"}  # 上次查出的…已更换: that is of today
        alone = not any(self._kind(t) in (*BINDABLE, "所") for t in terms)
        states = [t for t in terms if t.state in _BINDING and t not in consumed][:MOST_STATES]
        for term in states:
            if term in consumed:
                continue
            if term.state == "整改":
                self._rectified(index, term, terms, states)
            elif term.state == "无异常":
                self.scene.compliant = True
            elif term.state == "无异常前":
                consumed |= self._looked_for(index, term, terms)
            else:
                self._bind(index, term, terms, states, alone, doubtful)
        if doubtful and alone:  # …按钮积灰，不知道好不好使: what is in doubt is what was spoken of
            for t in self.named[-1:]:
                self._note(Observation(t, State.DOUBTFUL, index, _whole_part(self.scene, index)))
        for term in terms:
            if term.negated and term not in consumed:
                signing = term.text[0] in "无未没缺" and _SIGNING.match(self.text, term.end)
                if signing and re.search(
                    "审|批|核", term.text
                ):  # 无审批人签字: it may not have been approved
                    self._note(Observation(term, State.DOUBTFUL, index, term))
                    continue
                if signing:
                    by = replace(term, concept="", negated=False, state="缺前")
                    self.scene.unbound.append(Observation(by, State.MISSING, index, by, minor=True))
                    continue
                state = State.DOUBTFUL if doubtful or term.doubt else State.MISSING
                self._note(Observation(term, state, index, term))
        things = [t for t in terms if self._kind(t) in BINDABLE and self._kind(t) != "人"]
        if things:
            # 救生筏超过有效期，不能使用: the raft cannot, not its term
            self.named, self.subject = things, [t for t in things if not t.negated] or things

    def _also_undone(self, index: int) -> list[Term]:
        """未对X进行辨识，并设置标志: what was not done to a thing reaches a second verb; of another thing
        (未装门禁，并建立制度) the words leave open whether it was done.
        """
        verb = _AND_DO.match(self.text, self.scene.bounds[index][0])
        before = self.scene.bounds[index - 1] if index else (0, 0)
        denials = [m.start() for m in _UNDONE.finditer(self.text, *before)]
        if verb is None or not denials:
            return []
        common = _DONE_TO.match(self.text, denials[-1], before[1]) is not None
        return [Term(verb.start(1), verb.end(1), verb[1], state="缺前" if common else "存疑前")]

    def _negated_verbs(self, terms: list[Term]) -> list[Term]:
        """没有按标准使用, 没有有效的: a negation reaches the verb behind a manner, and over an adjective."""
        out = list(terms)
        verbs = [t for t in terms if t.state in ("有前", "有效前")]
        for d in [t for t in terms if t.state == "缺前" and t.text in _BARE]:
            for t in [t for t in verbs if t.start >= d.end]:
                between = self.text[d.end : t.start]
                if t in out and _MANNER.fullmatch(between):
                    places = {(d.start, d.end), (t.start, t.end)}
                    out = [o for o in out if (o.start, o.end) not in places or o.concept]
                    state = "存疑前" if _PLACED.fullmatch(t.text) else "缺前"  # 没按规定存放: it is there
                    out.append(Term(d.start, t.end, self.text[d.start : t.end], state=state))
        good = [t for t in out if t.state == "有效后" and self.text[t.end : t.end + 1] in ("的", "、")]
        denied = [t for t in out if t.state == "缺前"]
        idle = {g for g in good for d in denied if 0 <= g.start - d.end <= 4}
        return sorted((t for t in out if t not in idle), key=lambda t: (t.start, -t.end))

    def _denied(self, terms: list[Term]) -> set[Term]:
        """Negations that belong to a relation (未共用), a comparison (未高于) or another one (没有未装)."""
        relations = [
            t for t in terms if t.pattern and t.negated and self._kind(t) not in ("物", "所", "文", "词")
        ]
        # a thing that reaches out of the relation has the negation for itself (管道未落实|泄漏隔离措施)
        relations = [
            r for r in relations
            if not any(r.start < t.start < r.end < t.end and self._kind(t) in BINDABLE for t in terms)
        ]  # fmt: skip
        prefixes = [t for t in terms if t.state == "缺前"]
        out = {
            t for t in terms
            if t.state in _DEFECTS and any(r.start <= t.start and t.end <= r.end for r in relations)
        }  # fmt: skip
        for t in prefixes:
            if _COMPARED.match(self.text, t.end):
                out.add(t)
                demanded = _DEMANDED.search(self.text[max(0, t.start - 4) : t.start]) is not None
                self.scene.compliant = self.scene.compliant or not demanded
        deniers: dict[int, Term] = {}
        for t in terms:
            if t.state in ("缺前", "无异常前"):
                deniers.setdefault(t.end, t)
        flaws: dict[int, list[Term]] = {}
        for t in terms:
            if t.state in _DEFECTS and t.state != "缺前":
                flaws.setdefault(t.start, []).append(t)
        for t in terms:
            denier = deniers.get(t.start)
            if t.negated and not t.doubt and t.concept and denier is not None:  # 没有无证上岗的
                places = {(denier.start, denier.end), (t.start, t.end)}
                out |= {u for u in terms if (u.start, u.end) in places and (u.state or u.negated)}
                self.scene.compliant = True
        doubled = {p for a, b in pairwise(prefixes) if a.end == b.start for p in (a, b)}
        for a in prefixes:  # 并非失效, 没有破损
            after = flaws.get(a.end, [])
            if after and a.text in _DENIERS and (a.text in _PLAINLY or not _ACTS.search(after[0].text)):
                doubled |= {a, *after}
        places = {(t.start, t.end) for t in doubled}
        if any(t.concept for t in terms) and doubled:
            self.scene.compliant = True
        return out | {t for t in terms if t.state in _DEFECTS and (t.start, t.end) in places}

    def _moods(self) -> None:
        """How each part is meant: 假设 holds to the end of the sentence, 禁令, 往事 and 疑 in their part."""
        supposed = False
        for terms, (start, end) in zip(self.scene.segments, self.scene.bounds, strict=True):
            kinds = {
                t.state for t in terms
                if t.state in ("假设", "往事", "疑") and not self._attributive(t) and not self._not_found_out(t, start)
                and not (t.state == "疑" and any(self._named_whole(t, n) for n in terms))
            }  # fmt: skip
            # 「不允许使用的三通」 says what kind of thing it is, and is no rule
            ruled = any(
                t.state == "禁令"
                and "的" not in self.text[t.end : t.end + 5]
                and not _AGAINST.match(self.text, t.start)
                and not any(
                    n.concept and not n.negated and n.start <= t.start and t.end < n.end for n in terms
                )
                for t in terms
            )
            untrue = _UNTRUE.search(self.text[start:end]) is not None  # …的现象不存在, 经核查不属实
            self.scene.compliant = self.scene.compliant or untrue
            supposed = supposed or "假设" in kinds
            if supposed or ruled or untrue or "往事" in kinds:
                self.scene.moods.append(Mood.UNSAID)
            elif "疑" in kinds or _WHETHER.search(self.text, start, end):
                self.scene.moods.append(Mood.DOUBTED)
            else:
                self.scene.moods.append(Mood.STATED)

    def _named_whole(self, part: Term, word: Term) -> bool:
        """Whether a longer word that sets an attribute (随时可能坍塌) has a part within it for its own."""
        inside = word.start <= part.start and part.end <= word.end and len(part.text) < len(word.text)
        return inside and not word.pattern and not word.negated and self._kind(word) == "词"

    def _attributive(self, term: Term) -> bool:
        """Whether 可能 only says what kind of thing it is (可能意外启动的设备)."""
        return term.text == "可能" and _WHAT_MAY.match(self.text, term.end) is not None

    def _not_found_out(self, term: Term, start: int) -> bool:
        """Whether 是否 only says what was not looked into, from the beginning of its part."""
        asked = term.text in ("是否", "有没有", "是不是", "有无")
        return asked and _NOT_FOUND_OUT.search(self.text, start, term.start) is not None

    def _flags(self, term: Term) -> frozenset[str]:
        concept = self.lexicon.concepts.get(term.concept)
        return frozenset(concept.flags) if concept else frozenset()

    def _kind(self, term: Term) -> str:
        concept = self.lexicon.concepts.get(term.concept)
        return concept.type if concept else ""

    def _note(self, o: Observation) -> None:
        """Keep the state whose word stands nearest to the thing."""
        key = (o.term.start, o.term.end, o.term.concept)
        held = self.found.get(key)
        bad = (State.MISSING, State.FAILED)
        good = (State.THERE, State.WORKING)
        if held is not None and o.by is not None and held.by is not None:
            if held.state in good and o.state in bad and o.by.start > held.by.start:
                self.found[key] = o  # 已安装，未接电: the later bad word is what is the matter
                return
            amiss = o.state is State.DOUBTFUL or o.minor
            said = self._how(held.by, o.by) or self._is_so(held.by, o.term, o.by)
            if held.state is State.THERE and amiss and said:
                self.found[key] = o  # 视镜有裂纹, 法兰存在渗漏: it is there, with what is the matter
                return
            if held.state in bad and o.state in good and held.by.start > o.by.start:
                return
            later = o.state is State.FAILED and o.segment > held.segment  # 堆满废渣，已失去作用
            if held.state is State.DOUBTFUL and o.state in bad and (later or self._ends_in(held.by, o.by)):
                self.found[key] = o  # 断裂停运, 锈蚀后失效: what it has come to
                return
        if held is None or o.distance < held.distance:
            self.found[key] = o

    def _whole(self, parts: list[Term], terms: list[Term]) -> list[Term]:
        """The devices whose parts are said to have failed (防坠装置弹簧失效): whether they work is not said."""
        starts = {t.start for t in parts if self._kind(t) == "物"}
        near = [
            t for t in terms if t.concept and t.end in starts and self._kind(t) == "物" and t not in parts
        ]
        return [t for t in near if not t.negated]

    def _how(self, first: Term, last: Term) -> bool:
        """Whether a state word stands behind another one with nothing between but how much of it there is."""
        return first.end <= last.start and _MUCH.fullmatch(self.text, first.end, last.start) is not None

    def _is_so(self, first: Term, thing: Term, last: Term) -> bool:
        """Whether a thing stands between a word that it is there and what is the matter with it (存在线路老化)."""
        said = first.text.endswith(("存在", "有")) and first.end <= thing.start and self._kind(thing) != "象"
        return said and 0 <= last.start - thing.end <= 1

    def _ends_in(self, first: Term, last: Term) -> bool:
        """Whether a state word stands right behind another one."""
        return first.end <= last.start and _COME_TO.fullmatch(self.text, first.end, last.start) is not None

    def _bind(
        self, index: int, by: Term, terms: list[Term], states: list[Term], alone: bool, doubtful: bool
    ) -> None:
        """Give the things a state word speaks of its state; remember a defect word that found none."""
        word = (by.start, by.end)
        if by.text in ("有", "存在") and _SOME.match(self.text, by.end):
            self.counted.add(index)  # 有一个故障: some are bad, which is nothing of the whole
            return
        if by.text in ("没", "未", "未经") and _ATTRIBUTE.match(self.text, by.end):
            return  # 没登记的外来瓶: it says what kind of thing it is
        dealing = self.text[max(self.scene.start, by.start - 1) : by.start] in _DEALING
        if by.state == "缺前" and dealing and _DEALT_WITH.match(self.text, by.end):
            self.scene.unbound.append(Observation(by, State.MISSING, index, by, minor=True))
            self.bound.add(word)
            return
        if by.text == "已" and any(t.start == by.end and t.state in _DEFECTS for t in terms):
            return  # 已锈死
        if by.text in ("已", "已经") and _PAST.match(self.text, by.end):
            return  # 已过复审期
        doubtful = doubtful or index in self.counted
        if by.text == "未见" and any(t.start >= by.end and self._kind(t) in BINDABLE for t in terms):
            return  # it was looked for what follows
        if by.state.endswith("后") and word in self.bound:
            return  # the same word has just taken what stands on its right
        targets = (
            self._prefix(by, terms, states, alone)
            if by.state.endswith("前")
            else self._suffix(by, terms, states, alone)
        )
        if by.state == "缺前" and (by.text[-1] == "对" or self.text[by.end : by.end + 1] == "对"):
            targets, undone = self._treated(by, targets)
            doubtful = doubtful or undone
        after = self._unread_after(by, terms)
        if by.text == "已" and after and not any(self._kind(t) in ("行", "文") for t in targets):
            return  # 已到界3个台阶: what was done is not known
        if after and by.text in _BARE:  # 未|达强度|提前拆模: what is gone on with is not what is denied
            targets = [t for t in targets if self._kind(t) != "象" or t.end <= by.start]
        before = all(t.end <= by.start for t in targets)
        doubtful = doubtful or (after and by.text.endswith("实现"))  # 无法实现…功能: whose, it does not say
        if after and before and by.state == "缺前":
            # an unknown thing was not done to it: it is there, and no one is missing for not doing it
            doubtful, targets = True, [t for t in targets if self._kind(t) != "人"]
        if _WRITING.match(by.text):
            targets = [t for t in targets if self._kind(t) != "人"]
        signing = [t for t in targets if self._kind(t) == "人" and _SIGNING.match(self.text, t.end)]
        if by.state == "缺前" and signing:  # 无监护人签字: the name is lacking, not the person
            targets = [t for t in targets if t not in signing]
            if not targets:
                self.bound.add(word)
                self.scene.unbound.append(Observation(by, State.MISSING, index, by, minor=True))
                return
        if _STATE_OF[by.state] in (State.THERE, State.WORKING):
            targets = [t for t in targets if not t.negated]  # 未经检验的设备仍在使用: what is denied stays so
        if by.state.startswith("存疑"):  # a phenomenon that is there is not weakened by a word behind it
            targets = [t for t in targets if self._kind(t) != "象"] or targets[:0]
        state = State.DOUBTFUL if doubtful and by.state in _DEFECTS else _STATE_OF[by.state]
        formal = _FORM.search(by.text) is not None or _UNSIGNED.match(self.text, by.end) is not None
        if formal:  # 未张贴值班制度 does not say that 值班不到位 is not there
            targets = [t for t in targets if self._kind(t) != "象"]
            start = self.scene.bounds[index][0]  # 风机能切换，但记录未填写: the fan has no flaw of form
            targets = [t for t in targets if t.start >= start or self._kind(t) == "文"]
        if by.state == "失效后":
            for t in self._whole(targets, terms):
                self._note(Observation(t, State.DOUBTFUL, index, by))
        for t in targets:
            form = formal and self._kind(t) in ("文", "行")
            form = form or (index in self.counted and by.state.startswith("存疑"))
            form = form or (by.state.startswith("存疑") and "告示" in self._flags(t))
            recorded = State.THERE if form else self._recorded(t, state, by)
            self._note(Observation(t, recorded, index, by, minor=form))
        furnished = by.state == "有效前" and any(self._kind(t) not in ("所", "象", "人") for t in targets)
        if (by.state == "有效后" or furnished) and not doubtful:
            self.scene.compliant = True
        if targets:
            self.bound.add(word)
            self.scene.unbound = [o for o in self.scene.unbound if (o.term.start, o.term.end) != word]
        elif by.state in _DEFECTS and word not in self.bound:
            told = any(  # 报警主机下方堆放杂物: a longer word says already what it speaks of
                t.pattern
                and not t.negated
                and self._kind(t) == "象"
                and t.start <= by.start < by.end <= t.end
                for t in terms
            )
            minor = index in self.counted or formal or told
            self.scene.unbound.append(Observation(by, state, index, by, minor=minor))

    def _carried(self) -> list[Term]:
        """What a part without a thing speaks of: the last thing before it that something was wrong with, else the last."""
        ill = {
            (o.term.start, o.term.end)
            for o in self.found.values()
            if o.state not in (State.THERE, State.WORKING)
        }
        told = [t for t in self.subject if (t.start, t.end) in ill]
        return (told or self.subject)[-1:]

    def _treated(self, by: Term, targets: list[Term]) -> tuple[list[Term], bool]:
        """未对X做Y: what is denied is Y; where Y is no thing (检定), X is there and only in doubt."""
        right = [t for t in targets if t.start >= by.end]
        first = min(right, key=lambda t: (t.start, -t.end), default=None)
        if first is None or self._kind(first) != "物" or _GIVEN.search(self.text, by.end, first.start):
            return targets, False
        objects = self._chain(first, right)
        done = [t for t in right if t not in objects]
        return (done, False) if done else (targets, True)

    def _unread_after(self, by: Term, terms: list[Term]) -> bool:
        """Whether a verb that no term covers stands directly behind a negation (未报备, not 未按设计设置)."""
        if by.text.endswith("按") and _BY_RULE.match(self.text, by.end):
            return False
        if _THEN.match(self.text, by.end):
            return False  # 效果检验没做|就掘进: what follows is what was done all the same
        at = _DONE.match(self.text, by.end).end()  # type: ignore[union-attr]
        return _WORD.match(self.text, at) is not None and not any(
            t.start <= at < t.end and t is not by for t in terms
        )

    def _recorded(self, thing: Term, state: State, by: Term | None = None) -> State:
        """A missing record of an act (未见审批记录) leaves the act in doubt."""
        if state is State.MISSING and by is not None and by.text in _NOT_SHOWN and self._kind(thing) == "文":
            return State.DOUBTFUL  # a paper that is not at hand may exist
        if by is not None and by.text in _NOT_ALL and self._kind(thing) == "文":
            return State.DOUBTFUL  # 操作证不齐全: some have one
        after = self.text[thing.end : thing.end + 4]
        if (
            state is State.MISSING
            and by is not None
            and self._kind(thing) == "物"
            and _NOT_WORN.match(by.text)
        ):
            return State.DOUBTFUL
        reported = after.startswith("报告") or thing.text.endswith("报告")
        if state is State.MISSING and by is not None and by.state == "无异常前" and reported:
            return State.DOUBTFUL  # 未见论证报告: it may have been done
        about = thing.text if self._kind(thing) == "文" else ""
        if state is State.MISSING and any(r in after[:3] or (about and r in about) for r in _RECORD):
            return State.DOUBTFUL
        return state

    def _prefix(self, by: Term, terms: list[Term], states: list[Term], alone: bool) -> list[Term]:
        """A negated (or plain) verb: the things to its right, else the nearest on its left."""
        end = next((s.start for s in states if s.start >= by.end and s.state.endswith("前")), 1 << 30)
        then = _THEN.search(self.text, by.end)  # 未制定措施即恢复: the negation ends before 即
        end = min(end, then.start()) if then else end
        scope = [t for t in terms if by.end <= t.start < end and t.concept and not t.negated]
        targets = self._objects(by, scope)
        if not targets and _SOME_MEASURES.match(self.text, by.end):
            return []  # 未采取可靠的安全措施: of what, it does not say
        if not targets:
            # it denies what follows, or that something was done about a phenomenon (断丝未更换)
            acts = by.state != "缺前" or _HAN.match(self.text, by.end) or by.text.startswith(_NOT_DONE)
            left = self._left(by, terms, states)
            targets = [t for t in left if not (acts and self._kind(t) == "象")]
        if not targets and alone and by.state in _DEFECTS:
            targets = [t for t in self._carried() if self._kind(t) != "象"]  # a phenomenon is nothing to lack
        return targets

    def _objects(self, by: Term, scope: list[Term]) -> list[Term]:
        things = [t for t in scope if self._kind(t) in BINDABLE]
        if self.text[by.end : by.end + 1] == "在":  # 未设置在阀门出口处: what is at that place is not lacking
            things = [t for t in things if not _SPOT.match(self.text, t.end)]
        if by.text[-1] in "与和同":  # 未与疏散楼梯分隔: what it is not parted from is there
            things = [t for t in things if not _PARTED.match(self.text, t.end)]
        if not things:
            places = [t for t in scope if self._kind(t) == "所" and not self._before_locative(t)]
            return self._listed(places) if by.text[-1] not in ("对", "在") else []
        paper = min(things, key=lambda t: (t.start, -t.end))
        same = {self._kind(t) for t in things if (t.start, t.end) == (paper.start, paper.end)}
        if same == {"文"} and paper.start - by.end <= 4 and not by.text.endswith(_PREPOSITIONS):
            return self._chain(paper, things)
        if by.text[-1] in _PREPOSITIONS and len(things) > 1:
            things = things[1:] if self._kind(things[0]) == "人" else things
        last = max(things, key=lambda t: (t.end, t.end - t.start))  # the whole word, not one inside it
        return [
            t for t in things
            if (last.start <= t.start and t.end <= last.end) or t.pattern or not self._modifies(t)
        ]  # fmt: skip

    def _listed(self, places: list[Term]) -> list[Term]:
        """The last of several places with all that stands in one list with it: 未设休息室、操作室."""
        found: list[Term] = []
        for t in reversed(places):
            if (
                not found
                or t.end >= found[-1].end
                or _COORDINATE.fullmatch(self.text[t.end : found[-1].start])
            ):
                found.append(t)
        return found

    def _chain(self, first: Term, things: list[Term]) -> list[Term]:
        """A thing with what is coordinated to it or grows out of it: 无操作证上岗焊接 denies the 操作证 alone."""
        chain, end = [], first.end
        for t in sorted(things, key=lambda t: (t.start, -t.end)):
            if t.start < end or (_COORDINATE.match(self.text[end : t.start]) and not self._modifies(t)):
                chain.append(t)
                end = max(end, t.end)
        return chain

    def _before_locative(self, term: Term) -> bool:
        rest = self.text[term.end : term.end + 3]
        return (bool(_LOCATIVE.match(rest)) and not rest.startswith("内")) or rest[:1] == "的"

    def _modifies(self, term: Term) -> bool:
        """Whether a thing only says whose: 安全阀的校验报告, 安全附件（压力表、安全阀）的校验报告."""
        if re.match(r"(?:\([^()]{1,20}\))?的|[上处中]", self.text[term.end : term.end + 24]):
            return True
        before, after = self.text[max(self.scene.start, term.start - 20) : term.start], self.text[term.end :]
        opened = before.rfind("(") > before.rfind(")")
        return opened and re.match(r"[^,;。()]{0,12}\)的", after) is not None

    def _left(self, by: Term, terms: list[Term], states: list[Term]) -> list[Term]:
        """The nearest thing on the left of a state word, with what is coordinated to it."""
        things: list[Term] = []
        differs = _DIFFERS.match(by.text) is not None  # 搭设与方案不符: it is not the plan that is at fault
        # a state that stands directly behind another one speaks of the same thing (已锈死, 损坏未修复)
        for floor in sorted({-1, *(s.end for s in states if s.end <= by.start)}, reverse=True):
            candidates = [
                t for t in terms
                if floor <= t.start and t.end <= by.start and t.concept and not BESIDE.match(self.text, t.end)
                and not (differs and self.text[max(0, t.start - 1) : t.start] in ("与", "和", "同", "跟"))
            ]  # fmt: skip
            things = [t for t in candidates if self._kind(t) in BINDABLE] or [
                t for t in candidates if self._kind(t) == "所"
            ]
            if things or (_HAN.search(self.text, floor, by.start) and not self._follows(floor, by, states)):
                break
        if not things:
            return []
        nearest = max(t.end for t in things)
        chosen = [t for t in things if t.end == nearest]
        for t in sorted(things, key=lambda t: -t.end):
            if t in chosen:
                continue
            between = self.text[t.end : min(c.start for c in chosen)]
            if _COORDINATE.match(between) and "的" not in between and between.strip():
                chosen.append(t)
        return chosen

    def _follows(self, floor: int, by: Term, states: list[Term]) -> bool:
        """Whether only states and a few characters stand between a place and a state word."""
        between = self.text[max(floor, 0) : by.start]
        for s in states:
            between = between.replace(s.text, "")
        return len(_SOME_OF.sub("", between)) <= 2

    def _suffix(self, by: Term, terms: list[Term], states: list[Term], alone: bool) -> list[Term]:
        if self.text[by.end : by.end + 1] == "的":  # 破损的软管: it speaks of what follows
            after = [t for t in terms if 0 < t.start - by.end <= 7 and self._kind(t) in BINDABLE]
            if after:
                return [t for t in after if t.start == after[0].start]
        targets = self._left(by, terms, states)
        if by.state == "缺后" and _HAN.match(self.text, by.end):  # 锁不住没有停运: it denies what follows
            targets = [t for t in targets if self._kind(t) != "象"]
        if _AWAY.match(by.text):
            targets = [t for t in targets if self._kind(t) == "人"]
        if not targets and by.state in _DEFECTS:
            right = [t for t in terms if t.start >= by.end and self._kind(t) in BINDABLE]
            targets = [t for t in right if t.start - by.end <= 2][:1]
            named = (t for t in terms if t.concept and t.end <= by.start)
            nothing_before = all(self._kind(t) == "词" for t in named)  # 3层至5层|整层|缺失
            if not targets and nothing_before:
                targets = self._carried() if alone or not right else []
        if (
            by.state == "缺后" and by.text.startswith(_NOT_DONE) and by.text != "未见"
        ):  # a phenomenon is nothing to lack
            targets = [t for t in targets if self._kind(t) != "象"]
        return targets

    def _looked_for(self, index: int, by: Term, terms: list[Term]) -> set[Term]:
        """未见/未发现: with a defect after it all is well; with a thing after it the thing is missing.

        Returns the words it used up.
        """
        after = [t for t in terms if t.start >= by.end]
        spoken = {t for t in after if t.state in _BINDING or t.negated}
        bad = any(self._kind(t) == "象" or t.state in _DEFECTS or t.negated for t in after)
        verb = min((t.start for t in after if t.state == "有前"), default=None)
        placed = verb is not None
        end = self.scene.bounds[index][1]
        self.scene.stretches.append((by.end, end, Mood.UNSAID))  # numbers and comparisons not found
        if bad or placed or _TROUBLE.match(self.text, by.end) or _COMPARED.search(self.text, by.end, end):
            self.scene.compliant = True
            denied = {t.end for t in after if t.state == "缺前"}
            for t in after:
                if self._kind(t) == "行" and not t.negated and t.start not in denied and bad:
                    self._note(Observation(t, State.MISSING, index, by))
                named = verb is not None and t.end <= verb and self._kind(t) in ("所", "行")
                if self._kind(t) == "象" or named:
                    self._note(Observation(t, State.MISSING, index, by))
            return spoken
        for t in self._objects(by, [t for t in after if t.concept]):
            self._note(Observation(t, self._recorded(t, State.MISSING, by), index, by))
        return set()

    def _rectified(self, index: int, by: Term, terms: list[Term], states: list[Term]) -> None:
        """已整改, 已更换: what stands on its left (else right) in its part has been put right; a part that says
        nothing else (以上问题均已整改) puts right what is before it.
        """
        near = self.text[max(self.scene.start, by.start - 8) : min(self.scene.end, by.end + 4)]
        every = re.search(r"[全均都]", by.text) is not None
        begin = self.scene.bounds[index][0]  # 已增至3台，复查合格: the number is of the part before
        some = None if every else _SOME.search(self.text, max(begin, by.start - 4), by.start)
        some = some or _SOME.search(self.text, by.end, min(self.scene.end, by.end + 4))
        if some or _NOT_YET.search(near) or self.text[by.end : by.end + 1] in ("前", "后", "时"):
            return
        if by_another_kind(by.text, self.text[by.end : self.scene.bounds[index][1]]):
            return
        start, stop = self.scene.bounds[index]
        told = _PROBLEM.search(self.text, start, by.start)
        before = self.text[start : by.start]
        if _OTHERS.search(before):
            return  # 其余问题已整改 says nothing of what was named
        things = self._left(by, terms, [t for t in states if t.state not in _DEFECTS])
        behind = object_at(self.text, by.end, stop)
        if told and _ALL_BEFORE.search(before):
            self._put_right_until(self.scene.start, by)
        elif told:  # 失效问题，已更换: the part that speaks of the problem
            self._put_right_until(start, by)
        elif behind is not None:
            self._mend(index, behind, [t for t in terms if t.concept and behind[0] <= t.start], by)
            if things and is_filler(self.text[max(t.end for t in things) : by.start]):
                self._mend(index, (min(t.start for t in things), by.start), things, by)
        elif things:
            did = [  # 占用消防车道的|车辆已清走: with the thing goes what it did
                t for t in terms
                if self._kind(t) == "象" and any(self.text[t.end : x.start] == "的" for x in things)
            ]  # fmt: skip
            since = min((t.start for t in did), default=min(t.start for t in things))
            self._mend(index, (since, by.start), things + did, by)
        elif not is_filler(before):
            self._mend(index, (start, by.start), [], by)
        elif reaches_all(before, by.text):
            self._put_right_until(self.scene.start, by)
        else:
            earlier = max(index - 1, 0)
            while earlier and (  # 已用…充填，验收通过
                self.text[self.scene.bounds[earlier][0]] in "已现" or self._says_nothing_else(earlier)
            ):
                earlier -= 1
            self._put_right_until(self.scene.bounds[earlier][0], by)

    def _mend(self, index: int, place: tuple[int, int], things: list[Term], by: Term) -> None:
        """A thing named at a place has been put right: there, and where the same was spoken of before.

        That is good to hear, but says nothing of what else was told.
        """
        self.put_right += [(t.start, t.end, by) for t in things]
        self.mended.append((*place, by))
        self.scene.stretches.append((*place, Mood.PUT_RIGHT))
        start = self.scene.bounds[index][0]
        before = self._spoken_of(self.text[slice(*place)].strip(), things, start)
        whose = FILLERS.sub("", self.text[start : min(place[0], by.start)])  # 二车间|灯管: another one
        if whose and whose not in self.text[self.scene.start : start]:
            before = []
        for a, b in before:
            self.put_right.append((a, b, by))
            if not things:  # 堆放|杂物, 灯管|不亮: what no term covers, with the state it is in
                part = next(i for i, (x, y) in enumerate(self.scene.bounds) if x <= a < y)
                first = [t.start for t in self.scene.segments[part] if t.state in _DEFECTS and t.end == a]
                self.mended.append((min([a, *first]), self.scene.bounds[part][1], by))
        others = (i for i in range(len(self.scene.bounds)) if i != index)
        at_large = reaches_all("", by.text)  # 超员问题已纠正: a fault is said to be mended
        if before or at_large or all(self._says_nothing_else(i) for i in others):
            self.scene.compliant = True

    def _spoken_of(self, said: str, things: list[Term], end: int) -> list[tuple[int, int]]:
        """Where, up to a place, the scene last named what words name: in the same words, or by the same concepts."""
        concepts = {t.concept for t in things}
        found = [
            (t.start, t.end) for s in self.scene.segments for t in s if t.end <= end and t.concept in concepts
        ]
        for name in {self.text[t.start : t.end] for t in things} or {said}:
            at = self.text.rfind(name, self.scene.start, end)
            found += [(at, at + len(name))] if at >= 0 else []
        return found

    def _says_nothing_else(self, index: int) -> bool:
        """Whether a part names nothing, or says itself that something was put right."""
        mends = any(t.state == "整改" for t in self.scene.segments[index])
        return mends or is_filler(self.text[slice(*self.scene.bounds[index])])

    def _put_right_until(self, start: int, by: Term) -> None:
        """What words between two places said has been put right."""
        self.scene.compliant = True
        self.mended.append((start, by.start, by))
        self.scene.stretches.append((start, by.start, Mood.PUT_RIGHT))

    # -- links -----------------------------------------------------------------------------------

    def _links(self, index: int, terms: list[Term]) -> set[Term]:
        """Link observations of a segment; returns the state words they used up."""
        consumed: set[Term] = set()
        for term in terms:
            kind = {"联": "未联锁", "接": "未接入"}.get(term.state) or _whole_link(term)
            if kind:
                self._link(index, terms, term, kind, consumed)
        return consumed

    def _link(self, index: int, terms: list[Term], link: Term, kind: str, consumed: set[Term]) -> None:
        negator, state = self._negator(terms, link)
        doubted = self.scene.moods[index] is Mood.DOUBTED
        if negator is None and not doubted:
            return
        if negator is None:
            negator = link  # 联锁是否投用不清楚
        state = State.DOUBTFUL if doubted else state
        things = [
            t for t in terms
            if t.concept and self._kind(t) in (*BINDABLE, "所") and t.start < link.start
            and not (t.negated and t.end > link.start)  # 系统数据上传中断: the word says it all
        ]  # fmt: skip
        if negator.start < link.start and negator.end <= link.start:
            inside = [t for t in things if t.start >= negator.end]
            before = [t for t in things if t.end <= negator.start]
            text, offset = self.text[negator.end : link.start], negator.end
        else:
            inside, before = things, []
            start = self.scene.bounds[index][0]
            text, offset = self.text[start : link.start], start
        within = [(t.start - offset, t.end - offset) for t in terms if t.concept]  # 和面机 joins nothing
        joint = None if negator.text[-1] in "与和同" else _last(_WITH, text, within)
        if joint is not None:
            partners = [t for t in inside if t.start >= offset + joint]
            before += [t for t in inside if t.end <= offset + joint]
        elif negator.end <= link.start and negator is not link:
            partners = inside
        else:
            partners, before = [], before + inside
        if negator is link and not partners:  # 不能联动X, 未触发X
            partners = [t for t in terms if t.start >= link.end and self._kind(t) in BINDABLE]
        subjects = [t for t in before if self._kind(t) in BINDABLE] or self.subject
        subjects = subjects or [t for t in before if self._kind(t) == "所"][-1:]  # 搅拌机联锁失灵
        consumed.add(negator)
        consumed.add(link)
        if (
            state is State.FAILED and link.end <= negator.start
        ):  # 联锁被旁路: the interlock is a thing as well
            for t in things:
                if t.start <= link.start and link.end <= t.end and self._kind(t) == "物":
                    self._note(Observation(t, state, index, negator))
        self.bound.add((negator.start, negator.end))
        for s in subjects:
            key = (s.start, s.end, f"{s.concept}~{link.start}")
            self.found[key] = Observation(s, state, index, link, kind, tuple(partners))

    def _negator(self, terms: list[Term], link: Term) -> tuple[Term | None, State]:
        """The word that denies a link, and the state it leaves it in."""
        if _whole_link(link):
            return link, State.FAILED if link.state.startswith("失效") else State.MISSING
        before = [t for t in terms if t.state == "缺前" and t.end <= link.start]
        if before:
            return before[-1], State.MISSING
        if off := _LINK_OFF.match(self.text, link.end):
            return Term(off.start(), off.end(), off[0], state="失效后"), State.FAILED
        after = [t for t in terms if t.start >= link.end and t.state in ("缺后", "缺前", "失效后")]
        if after and after[0].start - link.end <= 6:
            return after[0], _STATE_OF[after[0].state]
        positive = [t for t in terms if t.state == "有效前" and t.end <= link.start]
        return (positive[-1], State.WORKING) if positive else (None, State.THERE)

    # -- the rest --------------------------------------------------------------------------------

    def _mentions(self) -> None:
        """What is named without a state is there."""
        bound = {(o.term.start, o.term.end, o.term.concept) for o in self.found.values() if not o.link}
        for index, terms in enumerate(self.scene.segments):
            denied = [t for t in terms if t.pattern and t.negated and not t.antonym]
            for t in terms:
                known = (t.start, t.end, t.concept) in bound or self._mended(t, t, State.THERE)
                mood = self.scene.mood(t.start)
                if self._kind(t) in ("象", "行"):
                    known = known or any(self._denied_with(t, r) for r in denied)
                known = known or self._names_kind(t, terms)
                known = known or any(  # 已拆除外窗防盗网
                    r.state == "整改" and r.start <= t.start and t.end <= r.end for r in terms
                )
                if t.concept and not t.negated and not known and self.scene.moods[index] is not Mood.UNSAID:
                    suspected = mood is Mood.DOUBTED and (self._kind(t) in ("象", "行") or self._asked(t))
                    state = State.DOUBTFUL if suspected else State.THERE
                    self.scene.observations.append(Observation(t, state, index))

    def _denied_with(self, term: Term, relation: Term) -> bool:
        """Whether a thing within a relation that is denied is denied too: not one before the negation (五类隧道|未关闭)."""
        denials = [t for s in self.scene.segments for t in s if t.state == "缺前" or t.denies]
        first = min((t.start for t in denials if relation.start <= t.start), default=0)
        return relation.start <= term.start < relation.end and not term.end <= first < relation.end

    def _asked(self, term: Term) -> bool:
        """Whether a thing is asked about right before or behind it: 证有没有, 是否设防火堤."""
        if self._kind(term) not in ("物", "文"):
            return False
        before = self.text[max(self.scene.start, term.start - 8) : term.start]
        return _ASKED_BEFORE.search(before) is not None or _ASKED_AFTER.match(self.text, term.end) is not None

    def _names_kind(self, term: Term, terms: list[Term]) -> bool:
        """Whether a general name only says of what kind a thing or defect is (液化气|减压阀, 液化气瓶|超期未检)."""
        concept = self.lexicon.concepts.get(term.concept)
        if concept is None or concept.type != "象" or not concept.generic or term.gaps:
            return False
        return any(
            t.start == term.end and (self._kind(t), t.negated) in (("物", False), ("文", True), ("行", True))
            for t in terms
        ) or any(self._kind(t) == "象" and term.start < t.start < term.end < t.end for t in terms)


_WHOLE = re.compile(r"(未能?|没能|不能?|不会|无法|没有?)(?:自动)?(联锁|连锁|联动|互锁|触发|接入|上传)")


def _whole_link(term: Term) -> str:
    """未联锁, 不能联动, 未接入: negation and link in one word."""
    m = _WHOLE.fullmatch(term.text)
    if not m or not term.state:
        return ""
    return "未接入" if m[2] in ("接入", "上传") else "未联锁"


def _whole_part(scene: Scene, index: int) -> Term:
    """A part of a sentence as the word that gives a state."""
    start, end = scene.bounds[index]
    return Term(start, end, scene.text[start:end])


def _last(pattern: re.Pattern[str], text: str, within: Sequence[tuple[int, int]] = ()) -> int | None:
    """Where a pattern is last found, outside the stretches given."""
    found = [m.start() for m in pattern.finditer(text)]
    free = [at for at in found if not any(a <= at < b for a, b in within)]
    return free[-1] if free else None
