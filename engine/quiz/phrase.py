"""Facts put into Chinese sentences an examiner would print. What can't be said well is not said: None."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from kb.conditions import Atom, Compare, Exceeds, Failed, Has, Missing, Present, Unlinked
from kb.loader import ROOT, read_yaml
from kb.models import KnowledgeBase
from ontology.lexicon import Lexicon

TRADE = "行业"
IMPLIED = frozenset({TRADE, "特种设备"})  # said by the head of the stem
_POLICY = re.compile(
    r"条文|列举|视为|视同|即算|即成立|口径|未核|不限|是否也|须有便携式|标准要求|强制性国家标准"
)
_TAG = re.compile(
    r"^(?:电建|民爆|农机|公路水运|烟花爆竹|医院|水利(?=脚手架|临时|通道))(?=.{3})"
)  # what the lexicon adds to tell trades apart
_STATE = re.compile(
    r"^(?:仍|已不|检查时|可能造成|造成了|没有造成|尚未(?:投入使用|上岗)|已经(?:停|投入使用|转入下道|上岗)|不?影响|"
    r"不符合国家规定$|不违反国家规定$)"
)  # how things stand with what was said before
_SETTING = re.compile(r"^(?:该|当时|矿井|使用|产生|采用|正在|以.+为燃料|构成|从事)")  # what it all is about
_ANY_KIND = frozenset({"特种设备"})
_LONGEST = 18  # characters of a question whose denial an examinee still takes in
_BRACKETS = re.compile(r"（[^（）]*）")

# the ending of a name -> (how its absence is said, how its presence); the first that fits
_SAYINGS = (
    (r"(?:人员|船员)$", "没有配备{}", "已经配备{}"),
    (r"警示标志$", "没有设置{}", "已经设置{}"),
    (r"(?:措施|对策)$", "没有采取{}", "已经采取{}"),
    (r"(?:手续|审批|备案|登记|注册)$", "没有办理{}", "已经办理{}"),
    (
        r"(?:(?<![验论认保])证|证书|证明|许可|许可证|资质|资格|标志|意见书?|执照|合格证)$",
        "没有取得{}",
        "已经取得有效的{}",
    ),
    (r"批准$", "没有经过{}", "已经过{}"),
    (r"(?:制度|责任制|规程)$", "没有建立并落实{}", "已经建立并落实{}"),
    (r"(?:方案|预案|计划|设计|技术要求|施工组织设计)$", "没有编制{}", "已经编制{}"),
    (r"(?:台账|档案|机构|队伍)$", "没有建立{}", "已经建立{}"),
    (r"(?:图|图纸|报告|记录)$", "没有{}", "有符合要求的{}"),
    (
        r"(?:检测|测试|试验|检验|鉴定|评估|检查|演练|验收|论证|预测|预报|分析|监测|培训|处理|管理|复核|验证|"
        r"交底|改造|检修|维护|保养|调校|校验|考核|通风|观测|探测|评价|排查|巡查|调整|置换|审核|审查|校核|诊断|封堵|修复|整治|治理|"
        r"处置|恢复|更新|支护|探查|加固|测定|量测|监督|监管|监控|预抽|爆破|并网试验|试生产运行|安全教育|鉴定分类|三查四定)$",
        "没有进行{}",
        "已按规定进行{}",
    ),
)
_DOING = re.compile(
    r"^(?:按|停|撤|查|随身|采取|实现|落实|切断|先|抽采|及时|向|使用|与|自上而下|定期|接受|采用|开展|进行|设置)"
)
_KINDS = {
    "人": ("没有配备{}", "已经配备{}"),
    "文": ("没有{}", "有符合要求的{}"),
    "所": ("没有设置{}", "已经设置{}"),
}
_ABILITY = re.compile(r"(?:功能|能力|适应性|容量)$")
_SUPPLY = re.compile(r"(?:炸药|雷管|电源|燃料|轴承盖|钢丝绳)$")
_HAPPENING = re.compile(
    r"^(?:发生|篡改|破坏|擅自|违规|以|使用|将|改变|降低|利用|超|未|不|无|强行|仍|继续|隐瞒|出现|单|在|用|非|关闭|存放|留下|进入|"
    r"采空区留有)"
)


def number(value: float) -> str:
    return f"{value:g}"


def _name(thing: str) -> str:
    return _TAG.sub("", thing)


@lru_cache(maxsize=1)
def sayings() -> Mapping[str, Mapping[str, Any]]:
    """Sentences for facts whose names make none: `kb/sayings.yaml`. Raises BadInput naming the line."""
    found: Mapping[str, Mapping[str, Any]] = read_yaml(ROOT / "sayings.yaml", "sayings.yaml")
    return found


def _own(host: str, thing: str) -> tuple[str | None, str | None] | None:
    """The two sentences kept for a thing, with its place: the defect, and that all is well. None where none is kept."""
    held = sayings()["things"]
    pair = held.get(f"{thing}@{host}") or held.get(thing) or held.get(_name(thing))
    return None if pair is None else (_placed(host, pair[0]), _placed(host, pair[1]))


def _placed(host: str, said: str) -> str | None:
    if said.startswith("~"):
        return said[1:]
    return said.replace("{}", host) if "{}" in said else _at(host, said) if said else None


def _at(host: str, said: str) -> str:
    """What is said of a place, with the words that both begin and end on said once.

    >>> _at("采场边坡", "边坡高度为5m"), _at("采煤工作面", "采煤工作面安全出口数为1个")
    ('采场边坡高度为5m', '采煤工作面安全出口数为1个')
    """
    shared = (n for n in range(len(host), 1, -1) if said.startswith(host[-n:]))
    return host + said[next(shared, 0) :]


def _within(host: str, thing: str) -> str:
    """The name of a thing beside its place: 有限空间作业审批手续 of 有限空间 is its 作业审批手续."""
    rest = thing.removeprefix(host)
    return rest if len(rest) > 2 else thing


def _type(thing: str, lexicon: Lexicon) -> str:
    concept = lexicon.concepts.get(thing)
    return concept.type if concept else "物"


def _had(thing: str, kind: str) -> tuple[str, str]:
    """How the lack of a thing is said, and how its being there and in order."""
    name = _name(thing)
    if kind in ("行", "文") and re.search(r"重新|或者|并(?!网)|及时|足额|到位|后(?!作业)", name):
        return f"没有做到{name}", f"已经做到{name}"
    if _DOING.match(name):
        return f"没有{name}", f"已经{name}"
    for ending, lacking, there in _SAYINGS:
        if re.search(ending, name) and (
            kind != "物" or "措施" in ending or "证" in ending or "标志" in ending
        ):
            return lacking.format(name), there.format(name)
    if kind in _KINDS:
        lacking, there = _KINDS[kind]
        return lacking.format(name), there.format(name)
    if kind == "行":
        return f"没有落实{name}", f"已经落实{name}"
    if _ABILITY.search(name):
        return f"不具备{name}", f"具备{name}且正常有效"
    if _SUPPLY.search(name):
        return f"没有使用{name}", f"按规定使用{name}"
    return f"未设置{name}", f"已设置{name}且正常有效"


def _seen(host: str, thing: str, kind: str) -> tuple[str | None, str | None]:
    """How a phenomenon, act or place is said to be there, and not to be; None for a double negative, or what is not known."""
    name = _name(thing)
    if "不明" in name and kind == "象":
        return None, None
    there, absent = _said_there("" if host and host in name else host, name, kind)
    return there, None if _DENIED.search(name) else absent


def _said_there(host: str, name: str, kind: str) -> tuple[str, str]:
    if kind == "所":
        return f"{host}内设有{name}" if host else f"现场设有{name}", f"{host or '现场'}内没有设置{name}"
    if kind == "行" and _MISDEED.search(name):
        return _at(host, name), f"{host}没有{name}"
    if kind == "行":
        verb = "" if _VERBAL.match(name) else "采用" if _METHOD.search(name) else "进行"
        return f"{host}正在{verb}{name}".replace("正在采用", "采用"), f"{host}没有{verb}{name}"
    if name.startswith("有"):
        return f"{host}{name}", f"{host}没有{name[1:]}的情况"
    if kind == "象" and (_NAMED.search(name) and not _HAPPENING.match(name)):
        return f"{host}存在{name}", f"{host}没有{name}"
    if kind == "象":
        return _at(host, name), f"{host}没有{name}{'' if _ACT.match(name) else '的情况'}"
    return f"{host}有{name}", f"{host}没有{name}"


_ACT = re.compile(r"设在|擅自|违规|使用|超|篡改|破坏|关闭|隐瞒|存放|进入|改变")
# phenomena whose name is a thing's, not a sentence
_NAMED = re.compile(
    r"(?:情形|情况|现象|行为|征兆|预兆|裂缝|裂纹|积聚|煤柱|不均匀沉降|明显沉降|沼泽化|缺陷|损伤|危险品|桥梁|隧道|设备|工艺|材料|灾害|"
    r"管涌|流土|突涌|上隆|超挖|外联|流失|问题|变化|坍塌滑动|渗漏)$"
)
_DENIED = re.compile(r"[未不无没缺]|非(?!煤|金属)|失[效灵控]")
_MISDEED = re.compile(r"漏检|假检|超能力|超定员|裸露|空顶|带药|转包|非专用|孤岛|明火|作为独立")
_VERBAL = re.compile(r"^(?:组织|投料|实施|排放|掘进|开采|仍然)")
_METHOD = re.compile(r"除尘$")
_KIND_OF = re.compile(
    r"(?:类别|类型|种类|方式|等级|级别|状态|形式|条件|位置|阶段|等别|性质|用途|范围|对象|来源|炉型|燃料|介质|倾角|毒性|危险性|区域|"
    r"工艺|部位|场所|原因|倾向性|压力|资质|动力|规模|布置|豁免|职务|旧料|漆类|熏蒸剂|清洗剂|燃气|结论|岩性|隶属|条件)$"
)
_QUALITY = re.compile(r"^(?:不?清楚|不?具备|不?符合|简单|中等|复杂|已掌握|不掌握|有支护|无支护|不明|已明确)")


def _valued(name: str, value: str) -> str | None:
    """An attribute with named values: 除尘系统采用干式除尘, 水文地质类型复杂."""
    if not _KIND_OF.search(name) or value in ("有", "无", "没有") or "属于" in value:
        return None
    return f"{name}{value}" if _QUALITY.match(value) else f"{name}为{value}"


def _attribute(atom: Has, value: str, kb: KnowledgeBase) -> str | None:
    attribute = kb.attributes.get(atom.attribute)
    if attribute is None:
        return None
    kept = sayings()["attributes"].get(atom.attribute, {})
    if value in kept or "其他值" in kept:
        said = kept.get(value, kept.get("其他值"))
        return None if said is None else str(said).replace("{}", value)
    if set(attribute.values) != {"是", "否"}:
        return _valued(atom.attribute, value)
    asked = _BRACKETS.sub("", attribute.question).rstrip("？?")
    if asked.count("是否") + asked.count("是不是") != 1 or "还是" in asked or value not in ("是", "否"):
        return None
    before, word, after = re.split(r"(是否|是不是)", asked)
    be = "是" if word == "是不是" else ""
    if value == "是":
        return f"{before}{be}{after}"
    if be:
        return f"{before}不是{after}"
    if len(after) > _LONGEST or after.startswith(("直接", "间接", "随时", "可能")):
        return None  # so long that its denial is not read as one
    if after.startswith(("不", "达不到")):
        return f"{before}{after.removeprefix('不').replace('达不到', '达到', 1)}"
    if after.startswith("造成了"):
        return f"{before}没有造成{after[3:]}"
    for start, denied in (("存在", "不存在"), ("有", "没有"), ("已经", "尚未"), ("已", "尚未"), ("经", "未经"),
                          ("仍在", "已不再"), ("仍", "已不"), ("正在", "没有"), ("为", "不为")):  # fmt: skip
        if after.startswith(start):
            return f"{before}{denied}{after[len(start) :]}"
    return f"{before}不{after}"


def _measured(host: str, quantity: str, value: str) -> str:
    kept = sayings()["quantities"].get(quantity)
    if kept is not None:
        return _at("" if host and host in kept else host, str(kept).replace("{}", value))
    name = _name(quantity)
    if name.endswith("距离") and not host:
        return f"{name.removesuffix('距离')}的距离为{value}"
    return _at(host, f"{name}为{value}")


def says(atom: Atom, value: str, kb: KnowledgeBase, lexicon: Lexicon) -> str | None:
    """One fact with its value (有效, 失效, 未设, 有, 是, 否, a number with its unit, an attribute's value) in words."""
    if isinstance(atom, Has):
        return _attribute(atom, value, kb)
    host = getattr(atom, "host", None) or ""
    if host in _ANY_KIND and isinstance(atom, Missing | Failed) and _type(atom.thing, lexicon) == "物":
        return None  # a device of one kind only: of any kind it is not said
    if isinstance(atom, Compare):
        return _measured(host, atom.quantity, value)
    if isinstance(atom, Exceeds):
        words = {
            ">": ("高于", "不高于"),
            ">=": ("不低于", "低于"),
            "<": ("低于", "不低于"),
            "<=": ("不高于", "高于"),
        }
        than = words[atom.cmp][value not in ("是", "有")]
        return _at(host, f"{_name(atom.quantity)}{than}{_name(atom.reference)}")
    if isinstance(atom, Unlinked):
        joined = f"与{atom.partner}联锁" if atom.op == "未联锁" else f"接入{atom.partner}"
        return _at(
            host, f"{_name(atom.thing)}{f'未{joined}' if value == '未设' else f'已{joined}且正常有效'}"
        )
    own = _own(host, atom.thing) if isinstance(atom, Missing | Failed | Present) else None
    if own is not None:
        return own[value in ("未设", "有效") if isinstance(atom, Present) else value == "有效"]
    if isinstance(atom, Missing | Failed):
        lacking, there = _had(_within(host, atom.thing), _type(atom.thing, lexicon))
        if value == "失效":
            return _at(host, f"{_name(atom.thing)}失效")
        return _at(host, lacking if value == "未设" else there)
    assert isinstance(atom, Present)
    seen, unseen = _seen(host, atom.thing, _type(atom.thing, lexicon))
    return unseen if value == "未设" else seen


def in_order(parts: Iterable[str]) -> str:
    """Facts as one sentence: what it is about, what is wrong, and how things stand with it (仍在使用)."""
    held = list(dict.fromkeys(p for p in parts if p))
    told = [p for p in held if not any(o != p and p in o for o in held)]  # what another repeats
    return "，".join(sorted(told, key=lambda p: 2 if of_state(p) else 0 if _SETTING.match(p) else 1))


def apart(said: str) -> bool:
    """Whether a sentence says two things of which one rules the other out (粉尘不可燃, 粉尘爆炸危险场所)."""
    return any(all(words in said for words in pair) for pair in sayings()["apart"])


def of_state(said: str) -> bool:
    """Whether a sentence only says how things stand with something said before it."""
    return bool(_STATE.match(said))


def is_policy(attribute: str, kb: KnowledgeBase) -> bool:
    """Whether an attribute asks how an authority reads the text, not what is on site: no exam asks that."""
    held = kb.attributes.get(attribute)
    return held is None or bool(_POLICY.search(attribute) or _POLICY.search(held.question))


_PLACES = {
    "工贸": "工贸企业", "冶金": "冶金企业", "有色": "有色金属企业", "建材": "建材企业", "机械": "机械制造企业", "轻工": "轻工企业",
    "纺织": "纺织企业", "烟草": "烟草企业", "商贸": "商贸企业", "白酒": "白酒生产企业", "食品制造": "食品生产企业", "造纸": "造纸企业",
    "日用玻璃": "日用玻璃生产企业", "陶瓷": "陶瓷生产企业", "锂离子电池": "锂离子电池生产企业", "木制品加工": "木制品加工企业",
    "铝加工深井铸造": "铝加工（深井铸造）企业", "水泥": "水泥生产企业", "餐饮": "餐饮企业", "危险化学品": "危险化学品企业",
    "烟花爆竹": "烟花爆竹企业", "民用爆炸物品": "民用爆炸物品企业", "房屋市政工程": "房屋市政工程工地", "公路水运工程": "公路水运工程工地",
    "水利": "水利工程", "电力": "电力企业", "城镇燃气": "城镇燃气经营企业", "燃气用户": "燃气用户", "道路运输": "道路运输企业",
    "公路运营": "运营公路", "港口": "港口企业", "水路运输": "水路运输企业", "邮政快递": "邮政快递企业", "农机": "农机合作社",
    "渔业船舶": "渔船", "粮油仓储": "粮食仓储企业", "精神卫生福利": "精神卫生福利机构",
    "教育": "学校", "医疗卫生": "医疗机构", "养老": "养老机构", "儿童福利": "儿童福利机构",
    "非煤矿山": "非煤矿山", "特种设备": "特种设备使用单位", "消防": "单位",
}  # fmt: skip


def place(trade: str) -> str:
    """How a stem names a unit of a trade: 某铸造企业, 某煤矿."""
    return f"某{_PLACES.get(trade, trade or '单位')}"
