"""Reads a question about responsibility: which region, what is asked (who, when, how often, how much), about what.

By a grammar of interrogatives and measure words; what remains is what the question is about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

UNITS = r"(?:部门|单位|机构|委员会|主体|科室|方面|局|委|办|人)"
WHICH = r"(?:哪(?:一|几|两)?(?:个|些|家|级|位)?|什么|何|几个|几家|多少个)"
WHO = re.compile(
    rf"由谁(?:来|去)?|归谁|找谁|是谁|谁家?|{WHICH}(?:政府)?{UNITS}(?!数)|归哪(?:里|儿|边)?|由?哪里(?=管|负责)|哪儿(?=管)|(?:责任|牵头|负责|主管|监管|配合|承办|行业主管)(?:部门|单位)"
)
OFTEN = re.compile(
    r"(?:多久|多长时间|隔多久|多少天|几天|几个月|几年).{0,14}?(?:一|1)(?:次|遍|回|轮|期)"
    r"|(?:每(?:年|月|季度?|周|天|半年)|一年|全年|一个月)?.{0,8}?(?:几|多少)(?:次|遍|回|轮)|频次|频率|多久(?!之?[内前]|以?前|完成|建成).{0,12}?(?:检查|上报|报送|演练|培训|巡查|评估|检测|排查|开展|组织|召开)|周期"
)
ASKED = re.compile(
    r"(?:隔?多久|多长时间|多少天|几天|几个月|几年)|(?:一|1|几|多少)(?:次|遍|回|轮)|频次|频率|周期"
)
WHEN = re.compile(
    r"什么时候|何时|几时|什么时间|啥时候|哪(?:一)?(?:年|个?月|天|日)|几(?:年|月|号|月底)|期限|时限|截止|最(?:迟|晚)|到哪年|时间节点|时间要求|完成时间|多久(?:之?内|以?前|完成)|多长时间(?:之?内|完成)|几(?:个)?(?:工作)?日内|(?:多少|几)(?:天|个?月|个工作日)之?内|起止"
)
VALUE = re.compile(
    r"多少(?!次|遍|天内)|几(?:个|家|级|项|条|元|名|支|座|台|处|类|步|批|人|成|所|户|辆|套|公里|万|个百分点|大|方面|轮)|百分之几|比例|目标值|目标是|指标|降幅|增幅|数量|标准是|什么(?:等级|级别|标准|要求)|几级|怎么(?:处理|规定|要求)|怎样处理|如何处理|多大|达到(?:什么|多少)|什么要求|与哪年(?:相比|比)"
)
POST = re.compile(r"担任|任组长|(?:组长|副组长|主任|副主任|主席|总指挥)(?:是|由|为)?")
COMPARE = re.compile(
    r"更(?:早|晚|严|高|低|多|少|快)|哪(?:个|些|几个)?(?:地区|地方|旗|县|区|镇|州)|哪里的|两地|几个地区|分别"
)
COUNT = re.compile(
    r"(?:有|共|一共|总共|合计)?(?:几|多少)(?:项|个|条)(?:重点)?(?:工作)?(?:任务|工作|行动|指标|专项)?"
)
LEAD = re.compile(r"牵头|抓总|主牵|挂帅")
DUTY = re.compile(r"责任单位|责任部门|哪些(?:部门|单位)|(?:部门|单位)有哪些|几个(?:部门|单位)")
ASSIST = re.compile(r"配合|协助|参与|协同")
MONEY = re.compile(r"多少钱|多少元|奖金|金额|几万|多少万|罚多少|罚款|奖励.{0,4}多少|多少奖励|几元")
# Acts of authority: asked for by name, they must be in the document by name.
ACTS = (
    "审批",
    "许可",
    "验收",
    "处罚",
    "罚款",
    "备案",
    "发证",
    "吊销",
    "检定",
    "赔偿",
    "补助",
    "补贴",
    "工资",
    "电话",
    "姓名",
    "联系人",
    "邮箱",
    "地址",
    "收费",
)
NOISE = re.compile(
    r"请问|想问一?下|我想知道|麻烦|一下|到底|究竟|具体|的话|应该|应当|应|需要|需|要求|必须|得|要|会|能|可以|可|是否|有没有|有|没有|怎么|怎样|如何|呢|吗|吧|啊|的|了|是|在|被|把|对|和|与|及|以及|或|跟|让|给|向|从|到|为|由|归|按|其|该|各自|各|都|也|还|又|再|来|去|上|下|中|里|内|方案|规划|文件|计划|通知|规定|里面|当中|方面|工作|安全|管理|监管|管|抓|查|负责|落实|情况|问题|事|多久|一次|什么|哪|谁|几|多少|个|家|项|次|级|年|月|日|底|前|至少|不少于|不低于|以上|以下|时候|时间|每|我|我们|他们|出|老|总|单位|部门|主管|责任|牵头|行业|主体|这|那|一|二|三|、|，|。|？|\?|！|：|；|“|”|《|》|（|）|\(|\)| |　"
)


@dataclass(frozen=True)
class Question:
    """What one question asks. `slots`: who, when, often, value, post; `content`: what it is about.

    `acts`: acts of authority it names; `measure`: the measure word after 几 or 多少.
    """

    text: str
    content: str
    slots: frozenset[str]
    role: str
    acts: tuple[str, ...]
    money: bool
    compare: bool
    count: bool
    measure: str

    @property
    def understood(self) -> bool:
        return bool(self.slots)


def _slots(text: str) -> frozenset[str]:
    out = set[str]()
    often = OFTEN.search(text)
    if often:
        out.add("often")
    rest = OFTEN.sub(" ", text)
    if WHEN.search(rest):
        out.add("when")
    if VALUE.search(WHO.sub(" ", rest)):
        out.add("value")
    if POST.search(text):
        out.add("post")
    if WHO.search(text) or LEAD.search(text):
        out.add("who")
    return frozenset(out)


def _role(text: str) -> str:
    roles = [r for r, rx in (("牵头", LEAD), ("配合", ASSIST), ("责任", DUTY)) if rx.search(text)]
    return roles[0] if len(roles) == 1 else "分别" if roles else ""


def read_question(text: str, names: tuple[str, ...] = ()) -> Question:
    """Reads one question; `names` are region names and document titles to take out of what it is about."""
    content = text
    for name in sorted(names, key=len, reverse=True):
        content = content.replace(name, "")
    bare = content
    for rx in (ASKED, WHEN, WHO):
        content = rx.sub("　", content)
    measure = re.search(
        r"(?:几|多少)(个百分点|公里|万元|个|家|级|项|条|元|名|支|座|台|处|类|步|批|人|次|所|户|辆|套)", bare
    )
    return Question(
        text=text,
        content=content,
        slots=_slots(bare),
        role=_role(bare),
        acts=tuple(a for a in ACTS if a in bare),
        money=bool(MONEY.search(bare)),
        compare=bool(COMPARE.search(bare)),
        count=bool(COUNT.search(bare)),
        measure=measure.group(1) if measure else "",
    )
