"""What a question says of a document itself: issuer, kind, days, what it replaces, how much it lists, to whom it applies."""

from datetime import date

import pytest

from engine import Engine
from engine.quiz.audit import Auditor, Checked
from engine.quiz.bank import Item

DAY = date(2026, 11, 29)


@pytest.fixture(scope="module")
def auditor(engine: Engine) -> Auditor:
    return Auditor(engine, DAY)


def check(auditor: Auditor, stem: str, key: str, options: str = "") -> Checked:
    return auditor.check(Item("第2行", stem, tuple(filter(None, options.split("；"))), key, ""))


CHOICES = [  # stem, options, right key, wrong key
    ("《医疗机构重大事故隐患判定清单（试行）》的印发机关是（ ）。", "国家卫生健康委办公厅；应急管理部；民政部办公厅；疾控局", "A", "C"),
    ("《铁路建设工程生产安全重大事故隐患判定标准》由（ ）印发。", "交通运输部；国家铁路局；住房城乡建设部", "B", "A"),
    ("现行《电力重大事故隐患判定标准及治理监督管理规定》是由____以令的形式公布的。", "", "国家发展和改革委员会", "国家能源局"),
    ("《工贸企业重大事故隐患判定标准》属于（ ）。", "行政法规；部门规章；国家标准；规范性文件", "B", "C"),
    ("下列文件中，属于国家标准的是（ ）。", "AQ 3067-2026；GB 45067-2024；建质规〔2024〕5号；矿安〔2024〕41号", "B", "A"),
    ("AQ 3067-2026第5章分7类，共列出重大生产安全事故隐患（ ）项。", "20；49；53；64", "C", "A"),
    ("金属非金属矿山判定标准列出的尾矿库重大事故隐患为（ ）项。", "13；19；32；64", "B", "A"),
    ("《工贸企业重大事故隐患判定标准》适用于（ ）企业。", "冶金；建材；烟花爆竹生产；轻工", "ABD", "ABCD"),
    ("下列工程中，不适用《房屋市政工程生产安全重大事故隐患判定标准（2024版）》的是（ ）。", "新建住宅楼工程；市政隧道工程；水利枢纽工程；旧厂房拆除工程", "C", "B"),
    ("监控、报警、防护等设施装了但失效的，同样判定为重大事故隐患。这一通则规定在令第10号的（ ）。", "第二条；第十三条；第十五条；第十四条", "D", "B"),
    ("负责建设工程消防设计审查验收的部门是（ ）。", "消防救援机构；公安机关；应急管理部门；住房城乡建设部门", "D", "A"),
    ("民爆标准工信部安全〔2024〕234号印发后，同时废止的试行标准文号是工信厅安全函〔2023〕____号。", "", "337", "234"),
    ("人防工程的主管部门是（ ）。", "人防部门；公安机关；水利部门；文旅部门", "A", "B"),
]  # fmt: skip


@pytest.mark.parametrize(("stem", "options", "right", "wrong"), CHOICES)
def test_a_key_is_held_against_what_the_document_is(
    auditor: Auditor, stem: str, options: str, right: str, wrong: str
) -> None:
    assert not check(auditor, stem, right, options).alarms
    assert check(auditor, stem, wrong, options).alarms


STATEMENTS = [  # statement, right key
    ("《教育系统重大事故隐患判定指南》是教育部办公厅印发的。", "正确"),
    ("AQ 3067-2026是推荐性行业标准，由企业自愿采用。", "错误"),
    ("GB 45067-2024是强制性国家标准。", "正确"),
    ("城镇燃气经营安全重大隐患判定标准（建城规〔2023〕4号）属于部门规章。", "错误"),
    ("GB 35181-2025《重大火灾隐患判定规则》自2025年11月1日起实施，代替GB 35181-2017。", "正确"),
    ("体育行业安全生产重大事故隐患判定标准（2023版）列举了两个方面19项情形。", "正确"),
    ("露天煤矿也适用应急管理部令第21号。", "正确"),
    ("AQ 3067—2026不适用于烟花爆竹生产经营单位。", "正确"),
    ("《公路水运工程生产安全重大事故隐患判定标准》适用于公路运营期。", "错误"),
    ("工贸企业内涉及燃气方面的问题，另有重大事故隐患判定规定的，适用其规定。", "正确"),
    ("电力企业涉及消防、特种设备的，一律按国家发展改革委令第41号判定，不适用其他标准。", "错误"),
    ("渔业船舶重大事故隐患判定标准名称中带有“试行”二字，目前仍在使用。", "正确"),
    ("矿安〔2023〕125号目前仍可与应急管理部令第21号一并使用。", "错误"),
    ("矿安〔2024〕41号与矿安〔2022〕88号主文并用，不替代主文。", "正确"),
    ("水利工程施工安全由住房城乡建设部门监督管理。", "错误"),
    ("《重大火灾隐患判定规则》自2025年11月1日起实施，代替GB 35181-2017。", "正确"),
    ("《渔业船舶重大事故隐患判定标准》由农业农村部印发。", "正确"),
    ("民爆行业的工信厅安全函〔2023〕337号自2023年12月1日起施行，至今有效。", "错误"),
    ("令第21号施行后，矿安〔2023〕125号关于露天煤矿的补充情形继续并用。", "错误"),
    ("《房屋市政工程生产安全重大事故隐患判定标准（2022版）》自2022年4月19日起施行，现行有效。", "错误"),
    ("一般生产经营单位主要负责人每年再培训不少于12学时。", "正确"),
    ("一般生产经营单位主要负责人初次安全培训不少于12学时。", "错误"),
]  # fmt: skip


@pytest.mark.parametrize(("stem", "right"), STATEMENTS)
def test_a_statement_on_a_document_is_right_where_every_part_is(
    auditor: Auditor, stem: str, right: str
) -> None:
    assert not check(auditor, stem, right).alarms
    assert check(auditor, stem, "错误" if right == "正确" else "正确").alarms


SILENT = [
    ("令第21号第十六条关于双回路供电的情形只针对井工煤矿，不适用于露天煤矿。", "正确"),
    ("危险化学品单位新上岗人员安全培训不得少于____学时，每年再培训不得少于____学时。", "72；20"),  # right, but not told by the document itself
    ("《煤矿重大事故隐患判定标准》（应急管理部令第4号）自2021年1月1日起施行，现已被应急管理部令第21号取代。", "正确"),
    ("《房屋市政工程生产安全重大事故隐患判定标准（2022版）》自2022年4月19日起施行，现已废止。", "正确"),
    ("500总吨的内河普通货船适用《内河运输船舶重大事故隐患判定标准》。", "正确"),
    ("工贸标准第十三条有限空间专项列出2项情形。", "正确"),
    ("没有储存设施的危险化学品经营单位也适用AQ 3067-2026。", "错误"),
    ("AQ 3067-2026中“生产运行”一类共12项。", "正确"),
    ("《特种设备重大事故隐患判定准则》由市场监管总局和国家标准委发布，由国家消防救援局提出的说法不正确。", "正确"),
]  # fmt: skip


@pytest.mark.parametrize(("stem", "key"), SILENT)
def test_a_right_key_beside_what_is_held_is_no_alarm(auditor: Auditor, stem: str, key: str) -> None:
    assert not check(auditor, stem, key).alarms
