"""What a statement says is needed for something to be so (才, 以…为前提, 限于), or not (不论, 不以…为前提), and a sentence as well."""

from __future__ import annotations

import re

_SO = r"(?:能|可以?|会|得|应当?|算)*(?:被)?(?:构成|属于?|判定|认定|判|追究|适用|成立|处罚|入罪|定罪|踩|是|为|按|依|踩线)"
_NEEDS = tuple(re.compile(p) for p in (
    rf"(?P<what>[^，。；]{{2,40}})[，]?(?:才|方){_SO}",
    rf"(?:必须|须|只有|需要?|前提是|条件是)(?P<what>[^，。；]{{2,40}})[，](?:才|方|否则不){_SO}?",
    r"(?<!不)(?<!不再)(?<!不要求)(?<!不再要求)(?<!不需要)(?<!无须)(?<!无需)(?<!不必)(?:必须|须|应当?)?以(?P<what>[^，。；]{2,40}?)(?:作?为)(?:构成|判定|认定|定罪|成立|入罪|追究)?的?(?:前提|条件|必要条件|构成要件|要件)",
    r"(?:构成|成立|认定|追究)[^，。；]{2,30}[，]?(?<!不)(?:必须|须|以)(?:是|有|要)?(?P<what>[^，。；]{4,40}?)(?:为限|才行)?。?$",
    r"后\d+个?[月年日天]之?内(?P<grace>)[^，。；]{2,20}?(?:即可|便可|就行|就可以|的?，?(?:可以?|应当?|则|就)?(?:不|未)(?:构成|判定|属于|认定|作为))",
    r"(?:仅|只)(?:限于?|管|适用于?|针对|指)(?P<what>[^，。；]{2,40})", r"(?<![不])限于(?P<what>[^，。；]{2,40})",
    r"(?<!没)(?:有|享有|给予?|设有?)(?P<what>[^，。；]{1,12}宽限)",
))  # fmt: skip
_SPARES = tuple(re.compile(p) for p in (
    r"不再?(?:要求|需要?)?以(?P<what>[^，。；（）]{2,40}?)(?:作?为)(?:构成|判定|认定|成立|入罪|追究)?的?(?:前提|条件|必要条件|构成要件|要件)",
    r"(?:无须|无需|不必|不需要?|不要求|不论(?:是否)?|无论(?:是否)?|不管(?:是否)?)(?P<what>[^，。；（）]{2,40})",
    r"(?:不论|无论|不管)[^，。；]{0,6}(?P<degree>程度|轻重)",
    r"(?:即使|即便|哪怕|就算)[^，。；没未不]{0,6}(?P<degree>轻微|略微|稍微|稍有|较轻|不严重)",
    r"不(?:只|仅)?限于?(?P<what>[^，。；（）]{2,40})",
    r"没有(?P<what>[^，。；（）]{1,12}宽限)",
    r"(?:未|没有|不)(?:达到|造成|导致|发生)(?P<what>[^，。；（）]{2,20}?)(?:的|时)?，?(?:也|同样|照样|即|就|仍)(?!不)",
))  # fmt: skip
_ELSE = re.compile(
    r"(?P<other>[^，。；：（]+?)须(?:达到)?(?P<what>[^，。；]+)，(?P<own>[^，。；]+?)即(?:可|构成)"
)
_CONSENT = re.compile(
    r"(?<!未)(?P<what>经[^，。；：]{0,16}(?:同意|批准|审批|合格|验收|许可|审查|审核|论证))后?[，]?(?:方可|才能|才可|方能)"
)
_FILLS = re.compile(
    r"实际|必须|只有|须|需要|达到|程度|这一|条件|造成|导致|发生|之后|后(?=[，才]|$)|[“”\"的了]"
)
_SAME = 0.5  # share of the condition a sentence spares that a statement must name


def needs(text: str) -> list[str]:
    """What a text says is needed.

    >>> needs("盗采的，必须造成伤亡才构成该罪"), needs("该罪以发生伤亡为前提"), needs("该罪不以发生伤亡为前提")
    (['必须造成伤亡'], ['发生伤亡'], [])
    >>> needs("上岗后6个月内取得证书的，不构成")
    ['月宽限']
    """
    told = [m.groupdict() for pattern in _NEEDS for m in pattern.finditer(text)]
    return [m.get("what", "月宽限") for m in told]


def spares(text: str) -> list[str]:
    """What a text says is not needed.

    >>> spares("擅自充装（不以造成后果为条件）"), spares("无证上岗，没有6个月宽限")
    (['造成后果'], ['6个月宽限'])
    >>> spares("超过载重线的，无论超过程度，都构成")
    ['超过程度', '严重']
    """
    told = [m.groupdict() for pattern in _SPARES for m in pattern.finditer(text)]
    return [m.get("what", "严重") for m in told]


def heads(text: str) -> list[str]:
    """Of what a text says that something is needed or not: what stands before it in the same sentence.

    >>> heads("电工罪以发生伤亡为前提"), heads("无证上岗的，没有6个月宽限")
    (['电工罪'], ['无证上岗的'])
    """
    out = []
    for pattern in (*_NEEDS, *_SPARES):
        for m in pattern.finditer(text):
            head = re.split("[；。：]", text[: m.start()])[-1].strip("，（）“” ")
            out += [head] if len(head) > 2 else []
    return out


def spared_for(sentence: str, statement: str) -> list[str]:
    """What a sentence says is not needed, and what it asks of another case than the statement's (甲须严重，乙超员即可).

    >>> spared_for("载货须达到“严重”，载客超定额即可", "载客人数严重超过定额才构成")
    ['“严重”']
    """
    return spares(sentence) + [
        m["what"] for m in _ELSE.finditer(sentence) if _nearer(statement, m["own"], m["other"])
    ]


def wanted_for(sentence: str, statement: str) -> list[str]:
    """What a sentence says is needed in the statement's case (甲须严重，乙超员即可), such as a consent (经审查同意方可恢复).

    >>> wanted_for("载货须达到“严重”，载客超定额即可", "载货未达到严重程度的，也构成")
    ['“严重”']
    >>> wanted_for("整改后经检查合格方可恢复", "不必经检查合格")
    ['经检查合格']
    """
    return [m["what"] for m in _CONSENT.finditer(sentence)] + [
        m["what"] for m in _ELSE.finditer(sentence) if _nearer(statement, m["other"], m["own"])
    ]


def _nearer(statement: str, one: str, other: str) -> bool:
    """Whether a statement is of one case rather than of the other, by the characters that only one of the two has.

    >>> _nearer("货船装载超过定额", "载货", "载客超定额"), _nearer("客船超过定额", "载货", "载客超定额")
    (True, False)
    """
    own, rest = set(one) - set(other), set(other) - set(one)
    shares = [len(told & set(statement)) / (len(told) or 1) for told in (own, rest)]
    return shares[0] > shares[1]


def same(asked: str, spared: str) -> bool:
    """Whether one condition names the other.

    >>> same("实际发生伤亡事故", "发生事故"), same("有6个月的宽限", "6个月宽限"), same("发生火灾", "发生事故")
    (True, True, False)
    """
    one, other = _two(_FILLS.sub("", asked)), _two(_FILLS.sub("", spared))
    return bool(other) and len(one & other) >= _SAME * len(other)


def _two(text: str) -> set[str]:
    """Pairs with their numbers and weak words, unlike `statements.pairs`: a condition may be no more than those (6个月)."""
    return {text[i : i + 2] for i in range(len(text) - 1)}
