"""The trade of a question: the one its findings are judged in, and those whose duties and clauses apply to it."""

from __future__ import annotations

import re

from engine.quiz import cited
from engine.quiz.bank import Item
from engine.quiz.checks.rulebook import Rulebook
from engine.quiz.phrase import TRADE
from kb.conditions import Has, atoms
from kb.models import Clause

_HIGH_RISK = frozenset({"煤矿", "非煤矿山", "危险化学品", "烟花爆竹", "金属冶炼", "冶金", "有色"})
_ORDINARY = re.compile(
    r"一般(?:的)?(?:生产经营)?单位|其他(?:的)?生产经营单位|非高危|(?:单位|企业|行业|等)以外的?(?:其他)?(?:生产经营)?(?:单位|企业)|(?:不属于?|不是|并非|非(?!煤|金属))[^，。；（）]{0,6}矿山[、和或及][^，。；（）]*(?:冶炼|危险物品|建筑施工)|高危(?:行业)?以外|除[^，。]{0,6}高危[^，。]{0,6}外"
)
_NOT_OF_COAL = re.compile("非煤(?:矿)?(?=行业|领域|企业|单位)")  # of any trade but coal mining
_LOOSE = frozenset(
    ["机械", "教育", "电力", "体育", "铁路", "水利", "港口", "农机", "有色", "餐饮", "养老", "林草"]
)  # words with other uses
_GAS, _GAS_USER = "城镇燃气", "燃气用户"
_GAS_SELLER = re.compile("燃气(?:经营|公司|企业)")
_OF_TRADE = "(?:行业|(?:重大)?(?:生产)?(?:安全)?(?:事故)?(?:隐患)?判定|标准|企业|单位|系统|领域|部门|机构|运输|工程|金属|场所|院|$)"
_CHEMICALS = "危险化学品"
_SELLS_FUEL = re.compile(
    "加油站|油库"
)  # petrol is a hazardous chemical: who sells or stores it is of that trade
_UNIT_OF = re.compile(  # a 涉氨企业 is of any trade that has it
    "^(?!涉)[^的]*(?:企业|工?厂|公司|单位|机构|工地|项目|医院|学校|中小学|幼儿园|矿山?$|尾矿库|渔船|工程)"
)


def industry(book: Rulebook, item: Item, hinted: list[Clause]) -> str:
    """The trade an item is about, from its column, the standard it names, or a word for a trade in its stem."""
    known = book.trades
    if item.topic in known:
        return item.topic
    if _ORDINARY.search(item.stem):
        return ""
    said = [k for k in known if _names_trade(k, re.sub("《[^》]*》", "", item.stem))]
    if _GAS_USER in said and _GAS_SELLER.search(item.stem):
        said = [_GAS, *(k for k in said if k != _GAS_USER)]  # what the seller must do about its users
    for_them = cited.trades(hinted, book.engine.standards)
    if len(for_them) == 1:
        (own,) = for_them
        within = [k for k in said if own in (k, *known[k])]
        beside = [k for k in said if k not in known[own] and own not in known[k] and k != own]
        return max(within or beside or [own], key=lambda k: len(known[k]))
    words = sorted(said, key=lambda k: -len(known[k]))
    for standard in book.standards_named(item.stem + item.explanation + item.basis):
        named = [a for a in atoms(standard.scope) if isinstance(a, Has)] if standard.scope is not None else []
        if named:
            within = [w for w in words if named[0].values[0] in (w, *known[w])]
            return (within or named[0].values)[0]
    if "金属冶炼" in item.stem:
        return "冶金"
    trades = _of_units(book, item.stem) & set(known)
    return words[0] if words else item.topic or (trades.pop() if len(trades) == 1 else "")


def industries(book: Rulebook, item: Item) -> frozenset[str]:
    """Industries an item speaks of; 一般 where it speaks of those that are none in particular."""
    tree = book.trades
    said = item.stem + item.topic
    if _ORDINARY.search(said):
        return frozenset({"一般"})
    if "高危" in said:
        return _HIGH_RISK
    named = {k for k in (*tree, "特种设备", "消防", "金属冶炼") if _names_trade(k, said)}
    named = named or _of_units(book, item.stem) or ({_CHEMICALS} if _SELLS_FUEL.search(item.stem) else set())
    return frozenset(named | {up for n in named for up in tree.get(n, ())})


def trade_of(book: Rulebook, clause: Clause) -> str:
    """The trade a clause is for, its own before that of its standard; empty where it is for all."""
    scopes = (book.engine.standards[clause.standard].scope, clause.scope)
    trades = [v for s in scopes if s is not None for a in atoms(s)
              if isinstance(a, Has) and a.attribute == TRADE for v in a.values]  # fmt: skip
    return trades[-1] if trades else ""


def shared(book: Rulebook, clauses: list[Clause]) -> str:
    """The one trade of the clauses likest to the options of a stem: the widest, where the others are within it."""
    held = {t for c in clauses if (t := trade_of(book, c))}
    return next((t for t in held if all(o == t or t in book.trades.get(o, ()) for o in held)), "")


def _of_units(book: Rulebook, text: str) -> set[str]:
    """The trades of the kind of unit a text names by another word (化工企业, 医院, 工地); empty where it names several."""
    units = [m for m in book.domains.find(text) if _UNIT_OF.search(m.words + text[m.end : m.end + 3])]
    found = {book.domains.department(m.domain) for m in units}
    held = book.departments.get(found.pop()) if len(found) == 1 else None
    return set(held.industries) if held is not None else set()


def _names_trade(trade: str, text: str) -> bool:
    """Whether a text names a trade; a word that is used otherwise too (机械, 教育) does with 企业, 行业 or the like."""
    text = _NOT_OF_COAL.sub("", text)
    return trade in text and (trade not in _LOOSE or bool(re.search(f"{trade}{_OF_TRADE}", text)))
