"""A statement with its one predicate denied, or its denial taken away: what a sentence that contradicts it would say.

Only predicates of a rule are denied, whose contrary is one thing: to whom it applies, what it keeps, what it is conditioned on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_STRONG = re.compile(
    r"(?:完全|一[律概]|同样|仍然?|直接|全部|所有|应当|必须|当然|自动|可以?|也|均|都|应)(?=不?(?:再)?(?:适用|用于|保留|删除|取消|覆盖|约束|及于|包括|纳入|属于|以|构成|受|为|有|没有|可|能|按|依))"
)
_APPLIES = re.compile(
    r"(?P<no>不|不再)?(?:直接)?(?P<word>适用(?:于|范围(?:内|包括))?|用于|覆盖|约束|及于|纳入|包括)(?!的)"
)
_DOCUMENT = r"(?:《[^》]*》(?:（[^）]*）)?|(?:GB|AQ) ?\d+(?:-\d{4})?|[\u4e00-\u9fff]{0,8}令第?\d+号|[\u4e00-\u9fff]{1,6}〔\d{4}〕\d+号)"
_GO_BY = re.compile(
    rf"(?:重大(?:事故|安全)?隐患)?(?:的)?(?:判定)?(?:也|均|都|应当?|可以?|须|同样)*(?P<no>不)?再?(?:按照?|依照?|依据|改用|执行){_DOCUMENT}(?:进行)?(?:判定|认定|执行)?。?"
)
_JUDGED = re.compile(r"(?:进行|予以|加以)(?:判定|认定)(?=。?$)")
_KEEPS = re.compile("(?P<keep>保留|沿用|增加|新增)了?|(?P<drop>删除|取消|删去)了?")
_CONDITION = re.compile(
    r"(?P<no>不|无须|无需|不必|并不)?以(?P<what>[^，。；]{2,40}?)(?:为|作为)(?:[^，。；]{0,6})(?:前提|条件|要件)"
)
_ONLY_AFTER = re.compile(
    r"(?:必须|只有|须|要)(?P<what>[^，。；]{4,30}?)(?:之?后|时|的)?[，]?(?:才|方)[^，。；]*。?$"
)
_JUST = re.compile(r"(?:仅仅?|只)(?:限于|指|包括|限)(?P<what>[^，。；]{2,30})")
_WITHIN = re.compile(r"(?P<no>不)?在(?P<what>[^，。；]{2,40}?)之?(?:内|列|中)")
_MAY = re.compile(
    r"(?P<no>不得|不能|不可以?|不允许|无权)(?=[^，。；])|(?P<yes>(?<!不)可以?(?=[按由对自向将处依在申责采给实给]))"
)
_TO_WHOM = re.compile(
    r"(?:[^，；]{0,40}(?:标准|准则)对)(?P<of>其|[^，；]{2,14}?)(?P<no>不)?适用|(?P<whom>[^，；]{2,14}?)(?P<not>不)?适用(?:于)?(?:该|本|此|上述)(?:判定)?(?:标准|准则)"
)  # 该标准对其不适用, 商贸企业不适用该标准
_FORCE = re.compile("强制性|推荐性")
_NONE_OF = re.compile(
    r"不(?P<word>适用(?:于)?|属于|包括|受)[^，。；]{2,24}?(?:的)?(?:任何|所有|全部)[^，。；]*"
)
_CASE = re.compile("(?:的|时|后|如果.*|若.*|只要.*)$")  # a part that only says of what the next is
_CLAUSE = re.compile(r"[，；](?:所以|因此|因而|故|但是?|而且?|且|同时|并且?|也)?")


def denials(statement: str) -> Iterator[str]:
    """What a sentence would say that denies the statement, or one of its parts.

    >>> list(denials("该准则同样适用于烟花爆竹生产企业。"))[0]
    '该准则不适用于烟花爆竹生产企业。'
    >>> list(denials("新版保留了“重要场所”术语"))[0], list(denials("危险作业罪必须以发生事故为前提"))[0]
    ('新版删除了“重要场所”术语', '危险作业罪不以发生事故为前提')
    """
    whole = _JUDGED.sub("", _STRONG.sub("", statement))
    yield from _denied(whole)
    parts = _CLAUSE.split(whole.strip("。"))
    if len(parts) > 1:
        subject = _subject(parts[0])
        for part in (p for p in parts if not _CASE.search(p)):
            yield from _denied(part)
            yield from _denied(subject + part) if part != parts[0] else ()
            if told := _TO_WHOM.fullmatch(part):
                whom = subject if told["of"] == "其" else told["of"] or told["whom"]
                whom = re.sub("(?:行业|领域)?(?:企业|单位)?$", "", whom) or whom  # 商贸 of 商贸等工贸企业
                yield f"本标准{'' if told['no'] or told['not'] else '不'}适用于{whom}"


def _denied(text: str) -> Iterator[str]:
    for pattern in (_CONDITION, _APPLIES, _WITHIN, _MAY):
        for match in pattern.finditer(text):
            if re.match(_DOCUMENT, text[match.end() :]) and not re.split("[，；]", text[: match.start()])[-1]:
                continue  # 适用某号文件, 并…: of whom is not said
            yield _turned(text, match)
    for match in _FORCE.finditer(text):
        yield text[: match.start()] + ("推荐性" if match[0] == "强制性" else "强制性") + text[match.end() :]
    for match in _NONE_OF.finditer(text):
        yield text[: match.start()] + match["word"] + text[match.end() :]
    for match in _KEEPS.finditer(text):
        other = "删除了" if match["keep"] else "保留了"
        yield text[: match.start()] + other + text[match.end() :]
    for match in _GO_BY.finditer(text):
        yield text[: match.start()] + ("适用" if match["no"] else "不适用") + text[match.end() :]
    if (just := _JUST.search(text)) is not None:
        yield f"{text[: just.start()]}不以{just['what']}为限"
    if (only := _ONLY_AFTER.search(text)) is not None:
        yield f"{text[: only.start()]}不以{only['what']}为前提"


def _turned(text: str, match: re.Match[str]) -> str:
    """A text with a predicate denied, or affirmed where it is denied."""
    told = match.groupdict()
    if match.re is _CONDITION:
        return (
            f"{text[: match.start()]}{'' if told['no'] else '不'}以{told['what']}为前提{text[match.end() :]}"
        )
    if told.get("yes"):
        return text[: match.start()] + "不得" + text[match.end() :]
    if told["no"] and "yes" in told:
        return text[: match.start()] + "可以" + text[match.end() :]
    if told["no"]:
        return text[: match.start()] + match[0][len(told["no"]) :] + text[match.end() :]
    return text[: match.start()] + "不" + match[0] + text[match.end() :]


def _subject(part: str) -> str:
    """Of whom a part speaks: what stands before its first predicate."""
    match = re.search(r"不?(?:适用|没有|有|是|属于|可以?|应|在|被|由|未)", part)
    return part[: match.start()] if match else ""


_NO_MORE = re.compile("不再([\u4e00-\u9fff]{2})")


def done_no_more(text: str, rule: str) -> bool:
    """Whether a statement speaks of an act that a rule says is done no more: its numbers are none of that act's.

    >>> rule = "由每3年复审改为每6年换证，到期需复审的不再复审"
    >>> done_no_more("每6年复审1次", rule), done_no_more("每6年换证", rule)
    (True, False)
    """
    return any(act in _NO_MORE.sub("", text) for act in _NO_MORE.findall(rule))
