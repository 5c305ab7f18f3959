"""Who acts, as a plan says it: 「（牵头单位：…，责任单位：…）」, 「由…牵头」, 「…负责」, 「各…要」.

Forms as written, with their role; corpus/units.py gives them their full names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.units import ENDINGS, kinds
from kb.registers import Role

_ROLES: dict[str, Role] = {
    "牵头": "牵头", "主责": "牵头", "责任": "责任", "落实": "责任", "承办": "责任", "负责": "责任", "配合": "配合", "协办": "配合",
    "协同": "配合", "协助": "配合", "参与": "配合", "参加": "参加", "指导": "指导", "监督": "监督", "督办": "监督", "督导": "监督",
}  # fmt: skip
_ROLE = "|".join(_ROLES)
_LABEL = re.compile(rf"(?:主要|共同|第一)?(?P<role>{_ROLE})(?:责任)?(?:单位|部门|地区)(?:及责任人)?\s*：\s*")
_OPEN_BRACKET = re.compile(rf"（\s*(?={_LABEL.pattern.replace('?P<role>', '?:')})")
_LINE = re.compile(rf"(?:^|(?<=[。；\n]))\s*(?={_LABEL.pattern.replace('?P<role>', '?:')})")
_SHARED = re.compile("（(?:[^（）。：]|（[^（）]{1,12}）){2,200}(?:牵头|负责|配合|落实|参加|参与)）")
_TAIL = re.compile(
    "(?:按照?|根据|依据)?(?:各自)?(?:职责)?(?:分工)?(?:分别)?(?:共同)?(?:负责|落实|配合)(?:落实)?$"
)
_ETC = re.compile("等(?!级)")
_KEPT = re.compile("安委会|安全生产委员会|成员单位")
_ENDS = "|".join(sorted(ENDINGS, key=len, reverse=True))
_POSTS = (
    "主要负责人", "主要负责同志", "主要领导", "分管领导", "负责同志", "负责人", "从业人员", "管理人员", "作业人员", "驾驶员", "员工",
    "法定代表人", "教练员", "所有人", "经营者", "提供者", "实际控制人", "安全总监",
    "网格员", "安全员", "安监员", "巡线员", "巡查员", "协管员", "管理员", "监督员", "检查员", "导游员", "专家", "志愿者", "民兵", "群众", "公众",
    "市民", "居民", "职工", "班组", "团队", "法律顾问", "媒体", "电视台", "气象台", "高校", "科研院所", "科研机构", "银行", "红十字会",
    "常委会", "督查室", "社区工作者", "服务队", "政研室", "研究室",
    "旗长", "县长", "区长", "市长", "州长", "镇长", "乡长", "局长", "书记", "第三方机构",
)  # fmt: skip
_LASTS = (*ENDINGS, *_POSTS)
_PLACE = re.compile("^(?:各|全)(?:有关|相关)?.*[县市旗区镇乡村木场地道园校州）]$")
_PLAIN = (
    "街道", "社区", "党委", "政府", "工会", "公安", "消防", "共青团", "工商联", "苏木镇", "乡镇", "苏木乡镇", "开发区（园区）", "开发区",
    "园区", "场", "法院", "检察院",
)  # fmt: skip
# a comma lost between two collectives: 各单位负有监管职责部门, 各县（市）人民政府口岸管委会
_UNSEPARATED = re.compile(
    "各[^、，]{0,6}(?:单位|部门|人民政府)(?=(?:负有|各|有关|相关|口岸|行业)[^、，]{0,24}(?:部门|单位|委会|机构)$)"
)
EVERY_FIRM = (
    "企业",
    "企业单位",
    "各类企业",
    "有关企业",
    "相关企业",
    "生产经营单位",
    "各企业",
    "相关单位",
    "有关单位",
)
_JOIN = re.compile("以及|和|及|与|或者|或")


@dataclass(frozen=True)
class Named:
    """One unit as written: `name` the form to resolve, `printed` what stands there."""

    name: str
    printed: str
    role: Role
    place: int = 0


@dataclass(frozen=True)
class Given:
    """The units a bracket or line gives an item. `open`: the list ends with 等; `closed`: the bracket has its end."""

    units: tuple[Named, ...]
    open: bool
    closed: bool
    start: int
    end: int


def read_given(text: str) -> list[Given]:
    """The unit lists of an item, in order. The text in one width of brackets (outline.normalized).

    >>> [(u.name, u.role) for g in read_given("检查。（牵头单位：旗公安局，责任单位：民政局、水利局）") for u in g.units]
    [('旗公安局', '牵头'), ('民政局', '责任'), ('水利局', '责任')]
    """
    found: list[Given] = []
    for pattern, bracket in ((_OPEN_BRACKET, True), (_LINE, False)):
        for start in pattern.finditer(text):
            if any(g.start <= start.end() < g.end for g in found):
                continue
            end, closed = _end(text, start.end(), bracket)
            units, more = _labelled(text[start.end() : end])
            found.append(Given(units, more, closed, start.start(), end + (1 if bracket and closed else 0)))
    for shared in _SHARED.finditer(text):
        if not any(g.start < shared.end() and shared.start() < g.end for g in found):
            units, more = _by_verbs(shared[0][1:-1])
            if units:
                found.append(Given(units, more, True, shared.start(), shared.end()))
    return sorted(found, key=lambda g: g.start)


def _end(text: str, start: int, bracket: bool) -> tuple[int, bool]:
    """Where the list ends, and whether by its own bracket."""
    depth = 0
    for i in range(start, len(text)):
        ch = text[i]
        if ch == "（":
            depth += 1
        elif ch == "）":
            if not depth:
                return i, bracket
            depth -= 1
        elif ch in "。\n" and not depth:
            return i, not bracket
    return len(text), not bracket


def _labelled(text: str) -> tuple[tuple[Named, ...], bool]:
    """牵头单位：…；责任单位：…"""
    labels = list(_LABEL.finditer(text))
    units: list[Named] = []
    more = False
    for label, after in zip(labels, [*(m.start() for m in labels[1:]), len(text)], strict=True):
        names, etc = split_units(text[label.end() : after])
        units += [Named(n, p, _ROLES[label["role"]]) for n, p in names]
        more = more or etc
    return tuple(units), more


def _by_verbs(text: str) -> tuple[tuple[Named, ...], bool]:
    """旗应急管理局牵头，公安局、民政局配合"""
    units: list[Named] = []
    more = False
    for m in re.finditer("(.+?)(牵头|分工负责|负责|配合|参加|参与|落实)(?:[，、；]|$)", text):
        names, etc = split_units(re.sub("(?:按照?|根据)?(?:各自)?职责$", "", m[1]))
        if not all(re.search(rf"(?:{_ENDS}|[各县市旗区镇乡村]|部门|单位)$", n) for n, _ in names):
            return (), False
        units += [Named(n, p, _ROLES.get(m[2].removeprefix("分工"), "责任")) for n, p in names]
        more = more or etc
    return tuple(units), more


def split_units(text: str) -> tuple[list[tuple[str, str]], bool]:
    """A list of units apart: forms with what is printed; whether it ends with 等.

    >>> split_units("安委办，能源局、住建局等安委会成员单位")
    ([('安委办', '安委办'), ('能源局', '能源局'), ('住建局', '住建局'), ('安委会成员单位', '等安委会成员单位')], True)
    """
    found: list[tuple[str, str]] = []
    more = False
    for piece in _pieces(text):
        piece = _TAIL.sub("", piece.strip(" 。；，、：")).strip()
        head, etc, tail = _at_etc(piece)
        found += [(p, p) for p in parted(head) if p]
        if etc:
            more = True
            if _KEPT.search(tail):
                found.append((tail, f"等{tail}"))
    return [(n, p) for n, p in found if 2 <= len(n) <= 40], more


def parted(piece: str) -> list[str]:
    """Units joined by 和 or 及, apart; 发展和改革委员会 and 各有关部门和单位 stay whole.

    >>> parted("应急管理局和消防救援大队"), parted("发展和改革委员会"), parted("各有关部门和单位")
    (['应急管理局', '消防救援大队'], ['发展和改革委员会'], ['各有关部门和单位'])
    """
    if unseparated := _UNSEPARATED.match(piece):
        return [unseparated[0], *parted(piece[unseparated.end() :])]
    for join in _JOIN.finditer(piece):
        left, right = piece[: join.start()], piece[join.end() :]
        if _unit_like(left) and ((len(right) >= 3 and _unit_like(right)) or _is_kind(right)):
            return [left, *parted(right)]
    return [piece]


def _unit_like(form: str) -> bool:
    form = re.sub("（[^（）]{2,8}）$", "", form) if len(form) > 6 else form
    return form.endswith(_LASTS) or bool(_PLACE.match(form)) or form in _PLAIN


def _at_etc(piece: str) -> tuple[str, bool, str]:
    cut = _ETC.search(piece)
    return (piece[: cut.start()], True, piece[cut.end() :]) if cut else (piece, False, "")


def _pieces(text: str) -> list[str]:
    """Split at commas outside brackets."""
    pieces, depth, last = [], 0, 0
    for i, ch in enumerate(text):
        depth += (ch == "（") - (ch == "）")
        if ch in "、，；\n" and depth <= 0:
            pieces.append(text[last:i])
            last = i + 1
    return [p for p in [*pieces, text[last:]] if p.strip()]


# -- running prose ---------------------------------------------------------------------------------------

_STRONG = (
    "负责(?!人)|牵头|要|应当|应(?!急|用)|必须|会同|配合|不得|将|须|共同|分别|联合|予以|"
    "承担|依法|定期|有权|均|可(?!行|燃)|也要|主动|统一|自行|每|成立|主办|出任|出资|按照|按(?!规)|根据|依据|针对|结合"
)
_WEAK = (
    "对|把|在|于|自(?!治|然)|从|以(?!及)|通过|充分|统筹|做好|完成|推动|督促|指导|建立|健全|完善|制定|加强|开展|落实|深化|强化|严格|积极|全面|逐|组织(?!部)|实施|履行|进一步|深入|"
    "普遍|全部|均|已|提请|报送|上报|承办|审核|审批|简化|引导|列入|纳入|打造|出台|明确|认真|及时|广泛|聚焦|围绕|依托|运用|利用|坚持|切实|抓好|打击|查处|排查|整改|保证|确保|设立|配备|"
    "分批|分级|分类|分阶段|探索|取得|研究|细化|密切|亲自|加大|提升|提高|推进|发挥|协同|联动|把关|受理|执行|遵守|掌握|参与|劝阻|建成|听取|严防|"
    "聘请|聘任|委托|邀请|接受|督导|不断|申请|持续|集中|巩固|推行|提供|编制|安排|召开|进行|采取|监督|协助|协调|优化|构建|为(?!期)|向|由|收到|接到|是"
)
_VERB = rf"(?:{_STRONG}|{_WEAK})"
_VERBS = re.compile(_VERB)
_STRONG_VERBS = re.compile(_STRONG)
_BY_VERBS = re.compile(
    "总?牵头|负责(?!人)|承担|组织|会同|统筹|根据|按照|依法|对|进行|实施|审核|申请|确定|联合|共同|督促|委托|出资|聘请|承办|主办|指导|提供|出台"
)
_LEADING_VERBS = re.compile("分别牵头|牵头|参与|参加|配合")
_ETC_END = re.compile(
    "等(?:有关|相关|各|重点|行业|主管|基层)*(?:部门|单位|机构|企业|基层组织|组织|人员)(?:和单位|单位)?$"
)
_START = re.compile(
    "(?:^|(?<=[。；：\n]))(?:[一二三四五六七八九十]{1,3}是|其中[，：]?|同时，|此外，|另外，)?"
    "(?:(?:[到在于至]|力争)?\\d{4}年[^，。；]{0,12}，|\\d{4}年(?:底|末)?前?起?"
    "|(?:在|按照|根据|依据|结合|围绕|针对)[^，。；]{2,40}，)?"
    "|，(?:其中，?)?(?:[到于在])?\\d{4}年(?:\\d{1,2}月)?(?:\\d{1,2}日)?(?:底|末)?前?，?"
)
_CAUSED = re.compile("(?:督促指导|指导督促|督促|督导|要求|提请|推动|监督(?=[^，。；]{2,24}企业))")
_HELPED = re.compile("(?:(?<=[。；，\n])|^)配合")
_PLAYED = re.compile("充分发挥")
_HELPED_VERBS = re.compile("[，。；]|开展|建立|做好|建设|完善|行动|探索|集中|加强")
_PLAYED_VERBS = re.compile("[的对][^，。；]{0,16}作用|作用|在")
_ASKED = re.compile("提请|商请|报请")
_JOINED = re.compile("(?<=[，。；的])与")
_HIRED = re.compile("聘请|聘用|聘任|委托|邀请")
_HIRED_VERBS = re.compile(
    "[，。；]|对|为|开展|进行|全面|每|实施|免费|参与|提供|定期|担任|逐|出具|评估|排查|检查|制定"
)
_RELIED = re.compile("依托|(?<!关)联合(?!检|执|督|惩|印|体|约)|整合|对接")
_RELIED_VERBS = re.compile("[，。；]|等?(?:基层)?(?:力量|队伍|资源)|架构|加强|开展|组织|建立|共同")
_MAINLY = re.compile("(?:^|(?<=[，。；\n]))以(?!及)")
_MAINLY_VERBS = re.compile("为(?:主要|主)?(?:依托|主力|主体|骨干)")
_BIDDEN = re.compile("按(?:照|(?!照))(?!规|职|国家|国务院|中央|自治区|上级|有关|法律)")
_BIDDEN_VERBS = re.compile("的?(?:统一)?(?:的)?(?:工作)?(?:部署|安排)|要求|建立的")
_SEATED = re.compile("办公室(?:设|挂靠|放)在")
_SEATED_VERBS = re.compile("[，。；、）]|承担|$")
_MOVED = re.compile(
    "(?:鼓励(?:和支持|和引导|、支持|、引导)?|支持(?:和引导|、引导|引导)?|引导(?:和支持)?|发动|动员|统筹协调|组织)(?:广大)?"
    "(?=各地|[^，。；]{0,10}?(?:专家|志愿者|民兵|媒体|群众|职工|公众|协会|高校|科研院所|银行|保险机构|成员单位))"
)
_OBJECTS: tuple[tuple[re.Pattern[str], re.Pattern[str] | None, Role], ...] = (
    (_HELPED, _HELPED_VERBS, "责任"),
    (_PLAYED, _PLAYED_VERBS, "责任"),
    (_ASKED, _VERBS, "责任"),
    (_JOINED, re.compile("共同|联合|协同"), "配合"),
    (_HIRED, _HIRED_VERBS, "配合"),
    (_RELIED, _RELIED_VERBS, "配合"),
    (_MAINLY, _MAINLY_VERBS, "责任"),
    (_BIDDEN, _BIDDEN_VERBS, "指导"),
    (_SEATED, _SEATED_VERBS, "责任"),
    (_MOVED, None, "参加"),
)
_LAST_ORGAN = re.compile(
    "(?:政府|办事处|管委会|委员会|办公室|安委会|常委会|局|大队|支队|派出所|中心|公司|集团|工会|妇联|共青团|团委|团[区县旗市州]委|协会|红十字会|编办"
    "|督查室|政研室|部门|各镇|各乡镇?|各街道|党委|委|组织部|宣传部|统战部|人武部|法院|检察院|领导小组|工作组|各学校|各单位|[委府急安治信]办|报社"
    "|(?<!场)所|(?:救援|执法|巡查|救护)队|医院|水文站|(?<!平)台|(?:建设|施工|设计|监理|勘察|检测|经营|事发|使用|产权|责任)单位|第三方(?:[一-鿿]{2,4})?机构|法律顾问|专家|志愿者|社区工作者|总监|服务队|媒体"
    "|[格全监线查管督游]员|负责人|法定代表人|控制人|职工|市民|居民|高校|科研机构)$"
)
_NOUN_AFTER = re.compile(
    "行政|首长|[的、等和与及或之内）以]|工作|职责|责任|监管职责|安全|力量|人员|负责人|主要|领导|干部|成员|协同|名单|印发的|文件|体系"
    "|机构|建设|能力|编制|班子|部门|单位|专项|牵头部门|备案|同意|批准|审议|报告|设在|下设|推动为主|素质|意识|队伍|权益|代表|生命|身边|财产|利益|满意|群众|住宅|小区"
)
_INSIDE = re.compile("突出|提交|报送|召开")
_NAMED_SO = re.compile(
    "监督管理|组织部|组织|应急管理|执法|纪委监委|协会|督查|联合会|监管|保障局|建设局|审计局|督导|为民"
)
_DEPARTMENTS = re.compile(
    "(?P<list>[\u4e00-\u9fff]{2,6}(?:、[\u4e00-\u9fff]{2,8}){1,10})等(?:有关|相关|重点|行业|主管|各)*(?:(?:部门|群团组织)(?:单位)?|(?=协调|协同|联动|配合|沟通))"
)
_POSTED = re.compile(
    "(?:^|(?<=[，。；由]))(?P<list>[^，。；]{2,80}?)(?:担任|任|为)(?P<post>组长|常务副组长|副组长|成员)"
)
_POST_ROLES: dict[str, Role] = {"组长": "组长", "常务副组长": "副组长", "副组长": "副组长", "成员": "成员"}
_ORGANS = re.compile("^各|[一-鿿]{2}企业$|(?:政府|局|委员会|办公室|大队|支队|安委会|部门|机关)$")
_LONGER_NAME = 4  # so many characters more may belong to a name: 安委会 and 安委会办公室
_LONGEST = 70  # characters a list of agents may have
_NO_UNIT = re.compile(
    rf"^(?:{_STRONG}|{_WEAK}|推进|发挥|鼓励|支持|加大|提升|提高|加快|新|不|未|无|有的|一个|一批|使|让|促进|动员|保障|规范|建设(?!单位|局|部)|整治|治理|研究|创新|培育|选|聘|发挥|充实|形成|构筑|防范|遏制|化解|保护|增强|实行|实现|激励|严厉|严防|严禁|严查|严把|禁止|限制|压实|夯实|突出|用好|拓宽|公布|存在|发生|经|如|若|当|凡|并|但|且|及|与|等|受|被|成立|下设|设在|借鉴|参照|贯彻|坚决|坚守|协同|共建|提请|印发|委托|移交|着力|常态化|带动|应用|重点突出|综合(?!执法|行政|监管)|全员|全民|尤其|特别|包括|具体|该|分级|分批|分类|其(?!他)|其他有关企业|所有企业|个别|部分|少数|一些|原因|采用|接受|整合|帮助)"
)
_ORGAN = re.compile(
    "^(?:新闻|牵头部门|主管部门|责任单位|组织部|建设单位|建设部门|监督管理|审计局|统计局|发展|自然资源|应急|综合(?:行政)?执法|督查|安全监管|安委|由)"
)
_NOT_INSIDE = re.compile(
    "的|由|[全干内外]部$|设在|印发|集中|系统|对|[一二三四五六七八九十]是|过程|以及|工作(?!站|组|专班)|责任(?!单位)|情况|建立|完善|落实|加强|开展|推动|通过|检查|隐患排查|达到|专项|方面|形成|问题(?!单位)"
)
_LETS = re.compile("督促|推动|指导|引导|鼓励|支持|组织|促进|要求|监督|帮助|动员|提请|报请?|向|为|给|使")


_SHARING = re.compile(
    "(?:^|(?<=[，。；、的由]))(?P<list>[一-鿿]{2,12}?)"
    "(?:统一领导|协调配合|协同配合|协作配合|积极参与|依法监管|全面负责|齐抓共管|广泛参与|广泛支持|组织推动|(?:直接|综合|属地)监管责任)"
)
_BEFOREHAND = re.compile(
    "(?:^|(?<=[。；\n]))(?P<list>[一-鿿、]{0,10}?(?:企业|单位))[一-鿿]{2,14}(?:前|时|后|中)，(?:应|要|必须|不得|须)"
)
_PEOPLE = re.compile(
    "(?P<list>(?:行业(?:领域)?)?(?:的)?专家(?:和法律顾问)?|法律顾问|网格员|志愿者)(?=全程|逐一|参与|开展|走进|每)"
)


def read_agents(text: str) -> list[Named]:
    """Who is said to act in running prose, each once, with role and place.

    >>> [(a.name, a.role) for a in read_agents("公安派出所配合消防救援机构负责查处。")]
    [('公安派出所', '配合'), ('消防救援机构', '责任')]
    """
    found: dict[str, Named] = {}
    for read in (_read_by, _read_subjects, _read_objects, _read_departments, _read_posts, _read_sharing):
        read(found, text)
    _read_caused(found, text)
    return sorted(found.values(), key=lambda a: a.place)


def _read_by(found: dict[str, Named], text: str) -> None:
    """由X牵头, 由X负责"""
    for m in re.finditer("由", text):
        subject, plain = _subject(text, m.end(), _BY_VERBS), _leading(text, m.end())
        if subject is None or (plain and plain.end + _LONGER_NAME < subject.end and "、" not in subject.text):
            subject = plain
        if subject and _take(found, subject, "牵头" if "牵头" in subject.verb else "责任"):
            _companions(found, text, subject)


def _read_subjects(found: dict[str, Named], text: str) -> None:
    """X负责, X要, X会同Y: at the start of a sentence, and behind a comma where the verb or the name is plain."""
    starts = {m.end() for m in _START.finditer(text)}
    commas = {m.end() for m in re.finditer("，", text)} - starts
    for start in sorted(starts | commas):
        subject = _subject(text, start, _VERBS)
        if (
            subject
            and start in commas
            and not (_STRONG_VERBS.match(subject.verb) or _ORGANS.search(subject.text))
        ):
            subject = None
        subject = subject or _subject(text, start, _LEADING_VERBS)
        subject = subject or (_clause(text, start) if start in starts else None) or _leading(text, start)
        if subject and _take(found, subject, _role(text, subject)):
            _companions(found, text, subject)


def _read_objects(found: dict[str, Named], text: str) -> None:
    """配合X开展, 充分发挥X的作用, 提请X出台, 与X共同"""
    for pattern, verbs, role in _OBJECTS:
        for m in pattern.finditer(text):
            subject = _subject(text, m.end(), verbs) if verbs else _anyhow(text, m.end())
            if subject is None and pattern is _HIRED:
                subject = _anyhow(text, m.end())
            if subject:
                of = subject.text.rpartition("的")[2]  # 委托高水平的权威机构
                if len(of) > 2 or of == subject.text:
                    _take(found, replace(subject, text=of), role)


def _read_departments(found: dict[str, Named], text: str) -> None:
    """公安、住建等部门: wherever it stands, where each member is a kind of department."""
    for m in _DEPARTMENTS.finditer(text):
        first, *others = m["list"].split("、")
        start = next((i for i in range(len(first) - 1) if _is_kind(first[i:])), -1)
        if start >= 0 and all(_is_kind(w) or _unit_like(w) for w in others):
            subject = _Subject(m.start() + start, m.end(), m[0][start:], "")
            before = text[max(0, subject.start - 4) : subject.start]
            _take(found, subject, "配合" if before.endswith(("与", "会同", "配合")) else "责任")


def _read_posts(found: dict[str, Named], text: str) -> None:
    """县长任组长"""
    for m in _POSTED.finditer(text):
        posts = m["list"].split("、")
        if all(_unit_like(p) or p.endswith("领导") for p in posts):
            _take(found, _Subject(m.start("list"), m.end("list"), m["list"], ""), _POST_ROLES[m["post"]])


def _read_sharing(found: dict[str, Named], text: str) -> None:
    """党委统一领导、部门依法监管; 企业复工前，应…; 专家全程参与"""
    for pattern in (_SHARING, _BEFOREHAND, _PEOPLE):
        for m in pattern.finditer(text):
            name = m["list"].removeprefix("的")
            if all(_unit_like(p) for p in _pieces(name)):
                _take(found, _Subject(m.start("list"), m.end("list"), name, ""), "责任")


def _read_caused(found: dict[str, Named], text: str) -> None:
    """督促X建立: those who are made to act; 企业 at large only where nobody else is named."""
    alone = not found
    for m in _CAUSED.finditer(text):
        subject = _subject(text, m.end(), _VERBS)
        every = subject and (subject.text in EVERY_FIRM or subject.text.startswith("企业"))
        if subject and (alone or not every):
            _take(found, subject, "责任")


@dataclass(frozen=True)
class _Subject:
    """A list of units that a verb follows."""

    start: int
    end: int
    text: str
    verb: str


def _subject(text: str, start: int, verbs: re.Pattern[str]) -> _Subject | None:
    """The shortest run from here that ends like a unit and has one of the verbs behind it."""
    run = re.match("[\u4e00-\u9fff、（）“”]+", text[start : start + _LONGEST + 4])
    if not run or (_NO_UNIT.match(run[0]) and not _ORGAN.match(run[0])):
        return None
    for end in range(2, len(run[0]) + 1):
        head = run[0][:end]
        if not _unit_like(head.rpartition("、")[2]) and not _ETC_END.search(head):
            continue
        if head.count("（") == head.count("）") and (verb := verbs.match(text, start + end)):
            return _Subject(start, start + end, head, verb[0])
    return None


def _leading(text: str, start: int) -> _Subject | None:
    """A clause that begins with an authority and goes on: its subject, whatever the verb."""
    subject = _anyhow(text, start)
    if subject and text[subject.end : subject.end + 1] in ("与", "和", "同"):
        other = _leading(text, subject.end + 1)
        if other and _LAST_ORGAN.search(subject.text):  # 消防救援大队与交警大队签订
            return replace(other, start=start, text=f"{subject.text}、{other.text}")
    if subject is None or not _LAST_ORGAN.search(subject.text) or _NOUN_AFTER.match(text, subject.end):
        return None
    inside = _VERBS.search(_NAMED_SO.sub("", subject.text)) or _INSIDE.search(subject.text)
    return None if inside else subject


def _anyhow(text: str, start: int) -> _Subject | None:
    """The first unit that stands here with anything behind it; 安委会办公室 rather than 安委会."""
    run = re.match("[一-鿿、（）“”]+", text[start : start + _LONGEST])
    if not run or (_NO_UNIT.match(run[0]) and not _ORGAN.match(run[0])):
        return None
    ends = [i for i in range(2, len(run[0]) - 1) if _unit_like(run[0][:i].rpartition("、")[2])]
    if not ends:
        return None
    end = ends[0]
    for further in ends[1:]:
        if further - end <= _LONGER_NAME and not _VERBS.search(run[0][end:further]):
            end = further
    return _Subject(start, start + end, run[0][:end], run[0][end : end + 2])


def _clause(text: str, start: int) -> _Subject | None:
    """A clause that is a list of units and nothing else: 「教育、民政等部门，2020年组织…」."""
    run = re.match("[\u4e00-\u9fff、（）]{4,70}(?=，)", text[start : start + 80])
    if not run or (_NO_UNIT.match(run[0]) and not _ORGAN.match(run[0])):
        return None
    pieces = run[0].split("、")
    longer = any(_LAST_ORGAN.search(p[:k]) for p in pieces for k in range(3, len(p) - _LONGER_NAME))
    whole = _ETC_END.search(run[0]) or (all(_unit_like(p) for p in pieces) and not longer)
    return _Subject(start, start + run.end(), run[0], "") if whole else None


def _companions(found: dict[str, Named], text: str, subject: _Subject) -> None:
    """Those an agent acts with: 会同Y (Y helps), 配合Y (Y is the one responsible)."""
    how = re.match("(?:要|应|应当)?(会同|配合|协助|联合|与)", text[subject.end : subject.end + 6])
    if not how:
        return
    start = subject.end + how.end()
    other = _subject(text, start, _VERBS) or _subject(text, start, re.compile("[，。；、]|$|开展|进行"))
    plain = _anyhow(text, start)
    if plain and (other is None or other.end > plain.end) and _LAST_ORGAN.search(plain.text):
        other = plain
    if other:
        _take(found, other, "责任" if how[1] in ("配合", "协助") else "配合")


def _role(text: str, subject: _Subject) -> Role:
    after = text[subject.end : subject.end + 8]
    if re.match("(?:负责|要|分别)?总?牵头", after):
        return "牵头"
    if re.match("参加", after):
        return "参加"
    return "配合" if re.match("(?:要|应|应当)?(?:积极)?(?:配合|协助|参与)", after) else "责任"


def _take(found: dict[str, Named], subject: _Subject, role: Role) -> bool:
    names = [(n, p) for n, p in _listed(subject.text.removeprefix("请")) if _acts(n)]
    for name, printed in names:
        name = name.removeprefix("广大")
        found.setdefault(name, Named(name, printed, role, subject.start))
    return bool(names)


def _listed(text: str) -> list[tuple[str, str]]:
    """The units of one agent; members of 「教育、民政等部门」 and 「公安、消防救援机构」 with what they are."""
    etc = _ETC_END.search(text)
    if text.endswith("企业") and "、" in text and not any(_unit_like(p) for p in text.split("、")[:-1]):
        return [(text, text)]  # 交通运输、建筑施工等行业企业
    pieces = [p for piece in _pieces(text[: etc.start()] if etc else text) for p in parted(piece)]
    pieces = [re.sub("等[^等]*$", "", p) if not p.startswith("等") else p for p in pieces]
    last = re.search("部门|单位|机构|企业", etc[0] if etc else pieces[-1])
    listed = []
    for piece in pieces:
        bare = not _unit_like(piece) or piece in ("公安", "消防")
        if bare and last and (etc or _is_kind(piece)):
            listed.append((piece + last[0], piece))
        elif bare and _is_kind(piece) and any(map(_unit_like, pieces)):
            listed.append((piece + "部门", piece))
        elif bare and not listed:
            return []
        elif bare:
            continue
        else:
            listed.append((piece, piece))
    return listed


def _is_kind(word: str) -> bool:
    """Whether a word alone stands for a kind of department: 公安, 民政, 住建, 文化旅游."""
    if not re.fullmatch("[\u4e00-\u9fff]{2,6}", word):
        return False
    return any(word == name or word.startswith(words) for name, words, _ in kinds())


def _acts(name: str) -> bool:
    """Whether a run of characters can be a unit at all."""
    if not 2 <= len(name) <= 30 or _NOT_INSIDE.search(name):
        return False
    return not (_NO_UNIT.match(name) and not _ORGAN.match(name)) and not _LETS.match(name[1:])
