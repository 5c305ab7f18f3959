"""What was found on site, cut out of the stem of a question: without who found it, what the firm says of it, and what is asked."""

from __future__ import annotations

import re

BLANK = re.compile(r"[（(【\[][\s　_＿]*[）)】\]]|[_＿]{2,}")
_QUOTED = re.compile(r"[“\"「]([^”\"」]{5,})[”\"」]")
_FOUND = re.compile(
    r"(?:检查(?:中|时|组|人员|记录)?|现场|执法人员|经)*(?<![未没有])(?:发现|查明|写明)(?![后出到过]|其他|的)[:：，,]?|^[^，。；]*?(?:如下|情形)[:：，,]\s*"
)
SAYS = re.compile(
    r"[，,；。](?:但|而)?(?:(?:该)?(?:企业|矿方|厂方|单位|公司|负责人|对方|施工方|业主|[矿厂]长|经理|老板)(?:负责人)?(?:辩)?(?:称|说|认为|解释|提出)|[辩声自]?称|理由(?:是|为))[^。]*"
)
BY_REASON = re.compile(
    r"[，,；。](?:[^，。；]{0,6}(?:人员|检查组|部门|专家|监理|有人))[^，。；“]{0,4}以[“「]?[^，。；]{2,40}[”」]?为(?:由|依据)[，,]?.*$",
    re.DOTALL,
)
_RULE_QUOTED = re.compile(
    r"[。；，,][^，。；]{0,10}(?:标准|规定|条文|准则|该[条项])(?:的?(?:规定|要求|表述|原文))?(?:是|为)?[:：]?[“「][^”」]*[”」]$"
)
_HOW_OF = re.compile(
    r"(?:对于?|就)[“「]([^”」]{4,30})[”」](?:这一情形|的?情形|问题)?(?:应当?)?(?:如何|怎么|怎样)?(?:认定|判定|定性)[^，。；]*$"
)
_FOR_ITEM = re.compile(
    r"[，,。；](?:[^，。；]{0,8}人员)?(?:就|对于?|关于)[^，。；]{1,20}(?:一?项|一条|而言|来说|方面)[，,]?$"
)
_LEADS_TO_QUOTE = re.compile(r"(?:^|[:：，]|写明|记录|记载|描述|情形|发现|如下|隐患|写道?)$")
_TAIL = re.compile(
    r"[，,。；;]?\s*(?:(?:根据|依据|按照?)[^，。；《]{0,12}?)?(?:《[^》]*》(?:[（(][^）)]*[）)])?[^，。；]{0,12}?)?(?:该|此|上述|这(?:一|种)?|其|对此)?(?:情形|问题|隐患|行为|情况|做法)?"
    r"(?:应当?|可以|可|一律|已经?|只能|仅|检查人员|检查组|执法人员)*(?:直接|依法)?(?:将其|被)?(?:判定为?|判为|(?<!经)认定为?|定性为|(?<![鉴评核界测])定为|列为|(?<!不)属于|属于(?=$|[^，。；]{0,12}(?:隐患|重大|一般|情形|范围|该))|(?<![金附下所隶归])属(?=重大|一般|$)|构成|(?<![验计核测估预结])算(?:作|是)?|按(?=[^，。；]{0,4}(?:重大|一般))|(?=(?:重大|一般)(?:事故|安全)?隐患)|(?:是|为)(?=$|[^，。；]{0,12}(?:隐患|重大|一般|缺陷|问题)))(?:是)?(?:[^，。；（）()]|[（(][^（）()]*[）)])*$"
)
AFTERWORD = re.compile(r"(?<=隐患)(?:即可)?[，,](?:不必|无需|不用|由|限期|立即|督促)[^，。]*$")
_QUOTED_ANY = re.compile(r"[“\"「《][^”\"」》]*[”\"」》]|[（(][^（）()]*[）)]")
_ASKS = re.compile(
    r"^(?:[^，。；]{0,10}(?:人员|部门|检查组|监理|机构)[^，。；]{0,14}(?:[，,]|(?=应|对该|拟|的)))?"
    r"(?:(?:次日|当场|现场)?(?:检查|核查)(?:该|时)[^，。；]{0,8}[，,]?)?"
    r"(?:[^，。；]{0,8}问[:：]?)?(?:请)?(?:"
    r"(?:仅|只)?(?:拟)?(?:依照?|依据|按照?|对照|根?据|就|关于|对于?)[^。；]*?(?:号|GB|AQ|版|条|项|目|标准|规定|条例|款|而言|指南|适用|公司|企业|经营者|单位|电梯|矿|厂)[^。；]*"
    r"|(?:能否|可否|是否|能不能|是不是|算不算|应否)[^。；]*"
    r"|(?:该|此|上述|这|本)(?:一|种|项|条)?(?:情形|做法|问题|行为|隐患|情况|意见|级别|现象|事项|电梯|锅炉|设备|公司|企业|单位|矿|厂)?(?:的)?(?:[^，。；]{0,12}(?:级别|等级|结论|判定|认定|定性|是|为|属于?|应当?|如何|怎[么样])[^。；]{0,30})?"
    r"|(?:依照?|依据|按照?|对照|根?据)[^。；]{0,6}(?:[，,][^。；]{0,16})?"
    r"|(?:应当?|可以|可|须)?(?:如何|怎么|怎样|作何|做何)[^。；]{0,10}|(?:认定|判定|定性|结论|定级|级别|处理)[^。；，]{0,10}|(?:下列|以下)[^。；]*|检查组的?(?:判定|认定|结论)[^。；]*|应当?|(?:判断|说法|认定|结论)?正确的?是?"
    r")[：:]?$"
)
_INTERROGATIVE = re.compile(r"什么|哪[个些项条种一]|谁|多少|如何|怎么|吗$")
_TELLS = re.compile(r"[未没缺超](?!有色)|发现|存在(?![^，。；]{0,4}重大)|[不无](?!属|构|是|应)|失效|[过已]")
_FINDS_ITSELF = re.compile(
    r"^(?:某|一家|该)?[^，。；]{0,8}(?:燃气|供气)[^，。；]{0,6}(?:公司|企业|经营者)[^，。；]{0,8}(?:检查|安检|入户|巡检)[^，。；]{0,4}发现"
)
_TOPIC = re.compile(r"(?:关于|对于?|有关)[^，。；]*")
_BY_THEM = re.compile(r"[，,](?:被[^，。；]{0,12}|(?:安管人员|企业|员工)?自查)发现$")
_WHEN = re.compile(
    r"^(?:在|于)?(?:19|20)\d{2}年\d{1,2}月(?:\d{1,2}日)?(?:[，,]|(?=某|一|甲|检查|执法|监管|督查|对))"
)  # when it was found
_CHECKED = re.compile(
    r"(?:检查(?:组|人员)?|执法(?:人员)?|监管(?:人员|部门)?|监督(?:人员)?|督查组?|安监人员|专家组?|对|到|在|赴)(?:对|在|到|赴|检查)*((?:某|一家|一座|一处)[^，。；对]{2,24}?)(?:开展|进行|实施)?(?:检查|执法|督查)?(?:时|中)?$|^((?!.*(?:执法|检查|监管|监督|督查|专家))某[^，。；对]{2,24})$"
)
_STATE = re.compile(
    "(?:停产|停工|停用|停车|停炉|检修|试生产|生产|建设|施工)[^，。；]{0,4}(?:期间|过程中|状态下)$"
)  # how things stood then
_WHICH_LEVEL = re.compile(
    r"[。；，,]?(?:(?:依照?|依据|按照?|对照|根据)[^。；，]{2,30}[，,]?)?(?:就[^。；，]{2,24}(?:项|目|条|而言))?(?:下列|以下|关于|对)?(?:该|此|上述|这一)?(?:情形|问题|行为|做法|隐患)?的?"
    r"(?:应?(?:当)?(?:如何|怎样|怎么)(?:认定|判定|定性|处理)|(?:认定|判定|说法|处理|结论)(?:意见|结论)?(?:正确|恰当)的?(?:是|为)?|应)[？?：:]*$"
)
_BY_WHOM = re.compile(
    r"[。；，](?:依照?|依据|按照?|对照|根据)[^。；，]{2,40}[，,](?:该|此)(?:[^，。；]{0,6}(?:公司|企业|单位|矿|厂|项目|工程|经营者))?$"
)
_WHETHER = re.compile(
    r"[。；，,](?!不论|无论|不管)(?:[^。；，]{0,4}问[:：]?)?(?:这|此|该)?(?:[^。；，]{0,6})?(?:能不能|可不可以|是否|算不算|(?<!正)在[^。；，]{2,14}[里中])[^。；]*$"
)
SPEAKER = re.compile(r"^[^，。；：:]{0,12}(?:问|说|反映)[:：，,]|我们(?:矿|厂|单位|企业|公司|这)?")
LEFT = re.compile(r"[，,]?(?:(?:应当?|也|才|均|都|仍|还|亦|就|即|则|可|要|须|必须|一律|(?<!整)改|不)+)$")
_QUOTE = 8  # characters of a quotation that is what was found


def finding_of(stem: str) -> str:
    """What was found on site, without what frames it; empty where a stem tells of nothing found."""
    plain = BLANK.sub("", stem).strip().rstrip("。？?：:，, ")
    named = _HOW_OF.search(plain)
    text = without_question(plain)
    text = _RULE_QUOTED.sub("", BY_REASON.sub("", text))
    if named and named[1] not in text:
        text = f"{text}，{named[1]}"
    quoted = _QUOTED.search(text)
    if quoted and len(quoted[1]) > _QUOTE and _LEADS_TO_QUOTE.search(text[: quoted.start()]):
        return quoted[1]
    text = SAYS.sub("", text)
    text = _BY_WHOM.sub("", _WHICH_LEVEL.sub("", _WHETHER.sub("", text)))
    text = re.sub(r"^(?:根据|依据|按照?)?《[^》]*》(?:[（(][^）)]*[）)])?(?:的?规定)?[，,:：]?", "", text)
    text = SPEAKER.sub("", _TAIL.sub("", AFTERWORD.sub("", text.rstrip("。？?"))))
    found = LEFT.sub("", _FOR_ITEM.sub("", found_on_site(text)).strip("，。：； ")).removesuffix("的")
    return "" if _TOPIC.fullmatch(found) else found


def without_question(text: str) -> str:
    """A stem without the sentence or part at its end that only asks (对照第五条第（四）项，应; 能否按…判定), as long as something is left.

    >>> without_question("基坑底部出现管涌，未及时处理。监督人员次日检查，对照第五条第（四）项，应")
    '基坑底部出现管涌，未及时处理'
    >>> without_question("砂光机风管没有火花探测装置，该做法的级别是")
    '砂光机风管没有火花探测装置'
    """
    while parts := re.match(r"(.{6,})[。；，,？?](.+)$", text, re.DOTALL):
        told, last = parts[1], parts[2]
        sentence = re.split("[。；？?]", text)[-1]
        if sentence != text and (
            _asks_only(sentence) or (_INTERROGATIVE.search(sentence) and not _TELLS.search(sentence))
        ):
            told = text[: -len(sentence)]
        elif not _asks_only(last):
            break
        if len(told) <= len(sentence) and len(told) < _QUOTE:
            break
        text = told.rstrip("。；，,？?：: ")
    return text


def _asks_only(part: str) -> bool:
    """Whether a part of a stem asks, and tells of nothing that was found."""
    plain = _QUOTED_ANY.sub("", part)
    return bool(_ASKS.search(plain)) and not _TELLS.search(plain)


def found_on_site(text: str) -> str:
    """What was found and where, without who found it; one who must act on what he finds stays (燃气公司入户检查发现).

    >>> found_on_site("某渔船核定载员8人，检查发现职务船员不足"), found_on_site("执法人员对某家具厂检查发现，砂光机风管没有火花探测装置")
    ('某渔船核定载员8人，职务船员不足', '某家具厂，砂光机风管没有火花探测装置')
    >>> found_on_site("燃气公司入户检查发现，用户灶具设在卧室")
    '燃气公司入户检查发现，用户灶具设在卧室'
    """
    text = _WHEN.sub("", _BY_THEM.sub("", text))
    match = _FOUND.search(text)
    if match is None or _FINDS_ITSELF.search(text[: match.end()]):
        return text
    before, after = text[: match.start()].strip("，。：； "), text[match.end() :].strip("，。：； ")
    if re.search("[，,；。、\\d]", before) or _STATE.search(before):
        return f"{before}，{after}" if len(after) > 1 else after
    where = _CHECKED.search(before)
    return f"{where[where.lastindex or 0]}，{after}" if where and len(after) > 1 else after
