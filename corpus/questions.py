"""Reads a question about responsibility: what is asked (who, to whom, when, how often, how much), about what.

By a grammar of interrogatives and measure words; what remains is what the question is about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

BODY = r"(?:部门|单位|机构|委员会|主体|科室|政府|系统|局|委|办|所|大队|支队|街道|乡镇|人)"
KIND_OF = r"(?:主管|牵头|责任|监管|配合|负责|具体|政府|行业|上级|基层|相关|职能)?"
WHICH = r"(?:哪(?:一|几|两|三)?(?:个|些|家|级|位)?|什么|啥|何|(?:几个|几家|多少个|多少家)(?!人))"
PRINCIPLE = re.compile(r"[“‘]?谁[^谁，。？?；“”]{1,4}谁[^，。？?；的这是由归哪]{1,4}[”’]?")
WHO = re.compile(
    rf"由谁(?:来|去)?|归谁|找谁|是谁|谁家?|由?{WHICH}{KIND_OF}{BODY}(?!数)|由?哪(?:一|几|两|三)?家(?![企公工单店厂医酒商])|(?:归|找|属于?)哪(?:里|儿|边|头|$|[？?])"
    rf"|由?哪里(?=管|负责|监管|牵头|抓)|哪(?:儿|边|头)(?=管|抓)|(?:责任|牵头|负责|主管|监管|配合|承办|行业主管|主责)(?:部门|单位|方)"
    rf"|(?:部门|单位)(?:都|各|分别)?(?:有|是|为)(?:哪|谁|什么)|(?<=设[在于])哪(?:里|儿|边)?|(?:(?<=办公室在)|(?<=办公室放在)|(?<=办公室挂在))哪(?:里|儿|边)?"
)
TO = re.compile(
    rf"(?:报送|上报|汇报|报告|报备|抄送|提交|移交|交|报)(?:给|到|至|往|送)?(?=(?:谁|{WHICH}{BODY}|哪家|哪里|哪儿)(?!.{{0,2}}(?:审核|审查|审批|批准|汇总)))|(?:向|给)(?:谁|{WHICH}{BODY})(?:报|汇报|备案|提交|反映)"
)
OPERATORS = re.compile(r"(?:哪(?:一|几)?(?:些|类|种|个|家)|什么样?的?)(?:企业|公司|店|商家|经营者|人员|岗位)")
AGAIN = r"(?:一|1)(?:次|遍|回|轮|期|批|场)"
DOES = (
    r"(?:检查|上报|报送|报告|汇报|演练|培训|轮训|巡查|评估|检测|检验|排查|开展|组织|召开|开会|开一|挂牌|督办|通报"
    r"|公布|总结|考核|研究|聘请|更新|督导|查)"
)
LONG = r"(?:隔?多久|(?:每?隔)?多长时间|多少天|几天|几个月|几年|多少时间)"
OFTEN = re.compile(
    rf"{LONG}.{{0,24}}?{AGAIN}|(?:每(?:年|个?月|季度?|周|天|半年)|(?:一|全|半)年|一个?月|一个季度)?.{{0,12}}?(?:几|多少)(?:次|遍|回|轮)(?!数)"
    rf"|频次|频率|次数|{LONG}(?!之?[内前里]|以?[前内]|完成|建成|到期|到位).{{0,14}}?{DOES}|周期"
)
ASKED = re.compile(rf"{LONG}|(?:{AGAIN}|(?:几|多少)(?:次|遍|回|轮))|频次|频率|次数|周期")
WHEN = re.compile(
    r"(?:到|在|从|于|截至|最[迟晚]|限)?(?:什么时候|何时|几时|什么时间|啥时候?|什么日子|多会儿|哪(?:一)?(?:年|个?月|天|日)|几月(?:几[日号])?|几[日号]|几点|哪个时间)"
    r"|(?:完成|报送|起止|截止|达标|要求)?(?:期限|时限|截止|时间节点|时间要求|完成时间|起止|时间(?:是|为)|时间段)|最(?:迟|晚)|多久(?:之?内|以?[前内]|完成|建成|到位)|多长时间(?:之?[内里]|以内|完成)|(?:从|管|是|在)?哪几年"
    r"|(?:多少|几)(?:个)?(?:工作日|天|日|月)(?:之|以)?内|(?:阶段|时间)(?:怎么|如何)安排"
)
MEASURES = (
    r"(?:个百分点|公里|万元|平方米|小时|分钟|车道|学时|板块|阶段"
    r"|[天个家级项条元名支座台处类步批人次所户辆套吨倍起场种份部张米万期])"
)
MEASURE = re.compile(rf"(?:几|多少)(?:个(?=阶段))?(年(?!底|前|[份度月])|{MEASURES})|哪一?(级)")
VALUE = re.compile(
    rf"多少(?!次|遍|回|轮|天|时间)|几(?!次|遍|回|轮|天|月|号|日|点|时|年|个月|个?工作日){MEASURES}|几大|(?:几|多少)天(?!之?[内前后]|以|一)|百分之几|(?:电话|姓名|名字|地址|邮箱|传真|网址)(?:是|叫|为)?(?:什么|多少|啥|哪)|哪一?级|几年(?!底|前)|几个月(?!之?内|一)|多少年"
    r"|比例|目标值|目标(?:是|为)|指标(?:是|为)|降幅|增幅|数量|标准是|什么(?:等级|级别|标准|水平)"
    r"|(?:怎么|怎样|如何)(?:处理|规定|要求|保存|保管|处置)|哪条(?:街|路)|多[大高宽重远快厚深]|多长(?!时)|(?:达到|提高到|降到)(?:什么|多少)|什么要求|(?:与|和|跟|同|比)哪年|对比哪|为期"
    r"|目标(?:值)?(?:和|与|及|、)(?:完成|达标)?(?:期限| )"
    r"|分哪|哪(?:几|些|[二两三四五六七八九十]+)(?:个(?!部门|单位|局)|项|类|步|阶段)|(?:哪(?:些|几?个)|什么).{0,12}(?:电话|热线|邮箱)"
    r"|(?:率|占比|比重)(?:的|目标|要求|指标)*(?:值)?(?:是|为|达到?|要|得|应)?(?:多|几|什么|[？?]|$)"
)
ITEMS = re.compile(
    r"哪(?:张|份|几张|几份|些)?(?:表|报表|材料|文件|报告)|什么(?:表|报表|材料|内容|措施|制度|机制|体系|任务)|(?:指|包括|包含|含|涵盖)(?:的是)?(?:哪|什么)"
    r"|哪些(?:内容|措施|方面)|哪[二两三四五六七八九十]+(?:项(?!任务|工作)|个方面|方面)"
)
OUTCOME = re.compile(
    r"(?:怎么|怎样|如何)(?:处理|处置|处罚|追究|惩戒|办)|会怎么?样|(?:什么|何种|啥)后果|怎么办"
)
PERCENT = re.compile(r"率|比例|占比|比重|降幅|增幅|百分|(?:降低?|下降|减少|提高)(?:多少|几成)")
BASE = re.compile(r"(?:与|和|跟|同|比|较|对比|相比)哪(?:一)?年(?:末|底)?(?:相比|比较|对比|比)?")
POST = re.compile(
    r"担任|什么职务|何职|哪位(?:领导|同志|负责人)|谁(?:来)?兼|任组长|(?:组长|副组长|主任|副主任|主席|总指挥|副总指挥)(?:是谁|由谁|是哪|由哪|为谁|谁)|谁(?:来)?(?:当|任)"
)
REGIONS = re.compile(
    r"(?:有)?哪(?:些|个|几个|一个)?(?:地区|地方|旗|州|镇|城市|县|区(?!域))|哪里(?:的|要求|规定|更)|哪儿(?:的|要求|更)|哪地|(?:两|三|四|各)(?:地|个地区|个地方)"
)
BETTER = {
    "早": re.compile(r"更早|较早|早一些|哪.{0,6}早|谁(?:更)?早|先到期|最早|谁先|哪.{0,4}在先"),
    "晚": re.compile(r"更晚|较晚|哪.{0,6}晚|最晚(?=的)|谁(?:更)?晚"),
    "严": re.compile(r"更严|更频繁|更勤|哪.{0,6}严|频次更高|最严|谁(?:更)?严"),
    "高": re.compile(r"更高|更多|更大|哪.{0,6}(?:高|多|大)(?!久|少|长)|最高|最多"),
    "低": re.compile(r"更低|更少|更小|哪.{0,6}(?:低|少)|最低|最少"),
}
COUNT = re.compile(r"(?:几|多少)项|(?:几|多少)(?:个|条)(?:重点)?(?:工作)?(?:任务|工作|行动|专项)")
LEAD = re.compile(r"牵头|抓总|主牵|挂帅|带头")
DUTY = re.compile(r"责任(?:单位|部门|方)")
ASSIST = re.compile(r"配合|协助|参与|协同")
SUPERVISE = re.compile(r"归|管(?!理办法|理制度|道|网)|监管|主管|抓|查处?|督促|找|部门|哪个?局|执法")
MONEY = re.compile(
    r"多少钱|多少元|奖金|金额|几万|多少万|罚多少|罚款|奖励.{0,4}多少|多少奖励|几元|几百块|多少块|(?:补|赔|收|花|退|返|缴|付)(?:偿|贴|助)?多少"
)
# Acts of authority and particulars: asked for by name, they must be in the sentence that answers.
ACTS = (
    "审批", "许可", "验收", "处罚", "罚款", "备案", "发证", "吊销", "检定", "赔偿", "补助", "补贴", "工资", "电话",
    "姓名", "联系人", "邮箱", "地址", "收费", "拨款", "经费", "保费", "罚", "资质", "鉴定", "认证", "立案", "查封",
    "传真", "网址", "编制数", "职称", "执照", "许可证", "核发", "颁发", "检验费", "押金", "保证金", "价格", "名字",
    "食品安全", "食品卫生", "药品", "治安", "检疫", "选址", "产权", "诊疗", "学费", "物业费", "票价", "质量监管", "质量抽检", "保险费",
    "核准", "招标", "补偿", "环评", "考试费", "津贴", "报酬", "出钱", "掏钱", "买单", "付费", "缴费", "社保", "哪条街", "哪条路",
    "劳务费", "抚恤", "拘留", "判刑", "费用",
)  # fmt: skip
LACKING = re.compile(
    "(?:无|没有?|未(?:取得|办理?|经)?|不具备|缺少?)(?:资质|许可证?|审批|备案|执照|验收|认证)"
)  # a defect, not an act asked for
# Everyday verbs as documents put them.
COLLOQUIAL = tuple(
    (re.compile(said), formal)
    for said, formal in (
        (r"(?<![外买专小])卖(?![场的部])", "销售"), (r"堵(?![塞住])", "堵塞"), (r"拉人", "载人"),
        (r"(?<!非法)拉客", "非法拉客"), (r"关张|关停", "关闭"),
        (r"每个(?=月|季)", "每"), (r"到期没|过期没|超期没", "逾期未"), (r"(?<!有)没(?=完成|达到|整改|落实)", "未"),
        (r"包给(?:别人|外人|外面|外单位)?", "外包"), (r"办公室(?:放|挂)?在", "办公室设在"),
        (r"罚钱", "罚款"), (r"发钱", "奖金"), (r"演习", "演练"), (r"啥", "什么"), (r"弄好|搞好|搞完|弄完|干完|做完", "完成"),
        (r"交上去|递交", "报送"),
        (r"上课|听课", "培训"), (r"开会", "召开会议"),
    )
)  # fmt: skip
# Words that every question has, taken out; the weak characters count only where a document has the pair.
NOISE = re.compile(
    r"请问|想问一?下|我想知道|麻烦|一下|到底|究竟|具体|的话|应该|应当|需要|要求|必须|可以|是否|有没有|没有|怎么|怎样|如何|以及|各自"
    r"|(?:方案|规划|文件|计划|通知)(?=[中里内，、对]|当中|要求|规定|明确)"
    r"|规定|里面|当中|方面|工作|安全|管理|监管|负责|落实|情况|问题|多久|一次|什么|多少|至少|不少于|不低于|以上|以下|时候|时间|我们|他们"
    r"|单位|部门|主管|责任|牵头|行业|主体|分别|目标|任务|哪些|哪个|指标|数量|百分之|总共|一共|总数"
    r"|[呢吗吧啊的了是在被把对和与及或跟给向从由归该各也还又再谁哪几、，。？?！：；“”《》（）() 　-]"
)
EVERYDAY = re.compile(r"专项|治理|整治|防治|隐患|排查|出事|事故|检查|不好|坏|老化")  # said of anything
ANY_DEED = re.compile(
    r"承担|承办|执行|推进|推动|处理|处置|收拾|过问|操心|出面|受理|解决|料理|应对|整顿|惩治|看着|盯着|把关|拍板|说了算"
)  # no more than 管
WEAK = (
    "应需得要会能可有让到为按其都来去上下中里内管抓查事个家项次级年月日底前每我出老总这那一二三不多少就做起"
)
SAME = (
    ("比例", "占比", "比重"), ("演练", "演习"), ("轮训", "培训"), ("建成", "完成"), ("淘汰", "退出"), ("汇报", "报告"), ("上报", "报送"),
    ("查处", "打击"), ("期限", "时限"), ("奖金", "奖励"), ("清单", "名录"),
)  # fmt: skip


INTERROGATIVES = (WHO, OFTEN, WHEN, VALUE, ITEMS, OUTCOME, TO, POST)


def without_interrogatives(text: str) -> str:
    """A text with its interrogatives blanked."""
    for rx in INTERROGATIVES:
        text = rx.sub(" ", text)
    return text


def tail_of(text: str) -> str:
    """A text from its first interrogative on; empty when it has none."""
    starts = [m.start() for rx in INTERROGATIVES if (m := rx.search(text))]
    return text[min(starts) :] if starts else ""


@dataclass(frozen=True)
class Question:
    """What one question asks. `slots`: who, to, when, often, value, items (which), outcome (what becomes of it), post, base (compared with what).
    `content`: what it is about.

    `acts`: acts of authority it names; `measures`: the measure words after 几 or 多少; `better`: 早、晚、严、高、低;
    `regions`: which regions is asked; `supervise`: asks for an authority, not for whoever must act;
    `twice`: asks more than once when;
    `deeds`: what the unit asked for is to do (由谁付费: 付费), but for words that say no more than 管.
    """

    text: str
    content: str
    slots: frozenset[str]
    role: str
    acts: tuple[str, ...]
    money: bool
    percent: bool
    regions: bool
    better: str
    count: bool
    measures: tuple[str, ...]
    operators: bool
    supervise: bool
    deeds: tuple[str, ...] = ()
    twice: bool = False

    @property
    def understood(self) -> bool:
        return bool(self.slots or self.regions or self.better)

    @property
    def compare(self) -> bool:
        return self.regions or bool(self.better)

    @property
    def only_who(self) -> bool:
        return self.slots <= {"who", "post"}


def _slots(text: str) -> frozenset[str]:
    out = set[str]()
    rest = PRINCIPLE.sub(" ", text)
    if TO.search(rest):
        out.add("to")
        rest = re.sub(rf"(?:{TO.pattern})(?:谁|{WHICH}{BODY}|哪家|哪里|哪儿)?", " ", rest)
    if BASE.search(rest):
        out.add("base")
        rest = BASE.sub(" ", rest)
    if OFTEN.search(rest):
        out.add("often")
    if WHEN.search(OFTEN.sub(" ", rest)):
        out.add("when")
    measured = WHEN.sub(" ", OFTEN.sub(" ", rest))
    if VALUE.search(WHO.sub(" ", REGIONS.sub(" ", measured))):
        out.add("value")
    if ITEMS.search(rest):
        out.add("items")
    if OUTCOME.search(rest):
        out.add("outcome")
    if POST.search(rest):
        out.add("post")
    better = _better(text)
    if better and not out:
        out.add("when" if better in "早晚" else "often" if better == "严" else "value")
    if not out and re.search(LONG, rest):
        out.add("when")
    if WHO.search(rest) or (LEAD.search(rest) and "value" not in out) or OPERATORS.search(rest):
        out.add("who")
    return frozenset(out)


def _better(text: str) -> str:
    return next((word for word, rx in BETTER.items() if rx.search(text)), "")


def _role(text: str) -> str:
    roles = [r for r, rx in (("牵头", LEAD), ("配合", ASSIST), ("责任", DUTY)) if rx.search(text)]
    return roles[0] if len(roles) == 1 else "分别" if roles else ""


def _acts(text: str) -> tuple[str, ...]:
    text = LACKING.sub(" ", text)
    named = [a for a in ACTS if a in text]
    return tuple(a for a in named if not any(a != b and a in b for b in named))


def _deeds(text: str) -> tuple[str, ...]:
    asked = list(WHO.finditer(text))
    if not asked or POST.search(text):
        return ()
    after = EVERYDAY.sub("　", NOISE.sub("　", ANY_DEED.sub("　", text[asked[-1].end() :])))
    return tuple(c for c in after.split("　") if len(c.strip(WEAK)) > 1)


def read_question(text: str, names: tuple[str, ...] = ()) -> Question:
    """Reads one question; `names` are region names and document titles to take out of what it is about."""
    bare = text
    for name in sorted(names, key=len, reverse=True):
        bare = bare.replace(name, "")
    content = bare
    for said, formal in COLLOQUIAL:
        content = said.sub(formal, content)
    for rx in (BASE, ASKED, WHEN, TO, ITEMS, REGIONS, *BETTER.values(), OPERATORS, WHO):
        content = rx.sub("　", content)
    return Question(
        text=text,
        content=content,
        slots=_slots(bare),
        role=_role(bare),
        acts=_acts(bare),
        money=bool(MONEY.search(bare)),
        percent=bool(PERCENT.search(bare)),
        regions=bool(REGIONS.search(bare)),
        better=_better(bare),
        count=bool(COUNT.search(bare)),
        measures=tuple(m.group(1) or m.group(2) for m in MEASURE.finditer(WHEN.sub(" ", bare))),
        operators=bool(OPERATORS.search(bare)) or "主体责任" in bare,
        supervise=bool(SUPERVISE.search(bare)),
        deeds=_deeds(bare),
        twice=len(WHEN.findall(bare)) > 1,
    )
