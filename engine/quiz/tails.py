"""What stands at the end of what a statement finds and is no part of it: that one of two is enough, by itself, by which answer."""

from __future__ import annotations

import re

ONE_OF = re.compile(
    r"[，,]?(?:只要|只需)?(?:[两二][者项个样条](?:条件|情形)?(?:之?[中间里])?)?(?:只要|只需)?(?:上述)?"
    r"(?:(?:具备|存在|满足|符合|出现|缺少?|占|(?<!只)有|沾)?了?(?:上述)?(?:任意|(?:这|其)?中)?(?:的)?(?:(?<!只有)其一|任[一何](?:一)?|其中(?:之)?一|之一|(?<=[有备在足合缺占中沾意的])一)"
    r"个?(?:[样项种条点者]|方面|条件|情形)?(?:存在|成立|出现)?)(?:的|时|，?(?:就|即|便))?$"
)
_ALONE = re.compile(
    "[，。；,](?:但是?)?(?:(?:依据|按照?|依照|根据)[^，。；]{2,40}，)?(?:[仅单只]凭|只要|仅就)([^，。；]{2,24}?)(?:这一)?(?:[一1]?[项点条])?(?:本身)?(?:不足|不够|缺失)?(?:就|即)?$"
)  # what alone is to be enough, said before
_AGAIN = 0.6  # share of the pairs of characters of a part by which it says again what was said
_BY_ITSELF = re.compile(
    "[，,](?:[仅单只]?[凭就]?|仅仅)(?:此|这|该)(?:一)?(?:项|点|条|种情形)$|[，,](?:只要|一旦)(?:存在|有|出现)(?:该|此|这一|上述)(?:情形|情况|问题)(?:[，,][^，。；]{2,8})?$"
)
_GOES_BY = re.compile(
    r"[，,](?:应当?)?(?:按照?|依照|依据|根据)(?:[^，。；]{2,30}(?:解释|答复|解读|口径|说明)|[^，。；]{0,12}第[一二三四五六七八九十]+条(?:的?规定)?)$"
)
_BY_RULE = re.compile(
    r"(?:[。；](?:仅)?(?:依照?|依据|按照?|根据|就|对照)|，(?:仅)?(?:依照?|依据|按照?|根据|就|对照)(?=[^，。；]*(?:判定|而言)))"
    r"[^，。；]{2,40}(?:标准|规定|准则|指南|号|[条项目]）?|而言)$"
)
_REASON = re.compile(
    r"[，。；](?:因为|由于|鉴于)[^。；]{2,30}?(?:，(?:所以|因此|故))?$|(?<=.{6})，(?:所以|因此)$"
)
_LIKE_ANOTHER = re.compile(r"[，,](?:也)?(?:与|和|同)[^，。；]{2,16}(?:一样|相同)$")
_CONFORMS = re.compile(
    r"[，,](?:这|该做法|这种做法|其|均|都|是)?符合(?:相关|有关|国家|现行|标准)*(?:规定|要求|标准)(?:的)?$"
)  # what is to be judged


def unframed(told: str) -> str:
    """What a statement finds, without the answer it goes by.

    >>> unframed("把通风系统作为独立工程发包，按官方答复，")
    '把通风系统作为独立工程发包'
    """
    plain = told.strip("，的 ")
    for tail in (_GOES_BY, _BY_RULE, _REASON, _LIKE_ANOTHER, _BY_ITSELF, _CONFORMS):
        shorter = tail.sub("", plain)
        plain = shorter if len(shorter) > 3 else plain
    again = _ALONE.search(plain)
    if again and _again(again[1], plain[: again.start()]):
        plain = plain[: again.start()]
    return plain


def _again(part: str, before: str) -> bool:
    """Whether a part only says again what was said before it (仅凭干滩长度一项不足: 干滩长度小于设计值，但…)."""
    two = {part[i : i + 2] for i in range(len(part) - 1)}
    return sum(t in before for t in two) >= _AGAIN * len(two)
