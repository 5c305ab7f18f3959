"""The audit of a question bank: what is wrong is found and said why; what can't be checked is never an alarm."""

import csv
import json
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest

from engine import Engine
from engine.quiz import Wanted, audit_bank, make_paper
from engine.quiz.alarms import ARTICLE, FIGURE, LEVEL, OUTDATED, TERM, UNIT, UNKNOWN
from engine.quiz.audit import Auditor, Checked
from engine.quiz.bank import Item, read_bank, split_options
from kb import BadInput

DAY = date(2026, 11, 28)


def check(auditor: Auditor, stem: str, options: str = "", key: str = "对", explanation: str = "") -> Checked:
    return auditor.check(Item("第2行", stem, tuple(options.split("；")) if options else (), key, explanation))


@pytest.mark.parametrize(
    ("stem", "options", "key", "kind"),
    [
        ("煤矿重大事故隐患依据应急管理部令第4号判定。", "", "√", OUTDATED),
        ("根据《危险化学品安全管理条例》，企业每3年进行一次安全评价。", "", "对", OUTDATED),
        ("2026年5月10日检查的煤矿，应当适用应急管理部令第21号。", "", "对", OUTDATED),
        ("特种作业操作证每（　）年复审一次。", "2；3；6", "B", FIGURE),
        ("发现重大事故隐患，应当在（　）小时内同时报告监管部门和职工代表大会。", "12；24；48", "B", FIGURE),
        ("煤矿停产整顿后申请恢复生产的，监管部门应当自收到申请之日起（　）日内组织验收。", "10；20；30", "A", FIGURE),
        ("快速冻结装置作业间内的作业人员超过（　）人的，判定为重大事故隐患。", "9；12", "B", FIGURE),
        ("安全生产许可证有效期3年，届满前3个月申请延期。", "", "错", FIGURE),
        ("木工车间干式布袋除尘器灰斗下未装锁气卸灰装置，属于（　）。", "重大事故隐患；一般事故隐患", "B", LEVEL),
        ("城镇燃气的安全监督管理由（　）负责。", "燃气管理部门；应急管理部门", "B", UNIT),
    ],
)  # fmt: skip
def test_a_wrong_or_outdated_key_is_found_and_cited(
    auditor: Auditor, stem: str, options: str, key: str, kind: str
) -> None:
    found = check(auditor, stem, options, key)
    assert [a.kind for a in found.alarms] == [kind]
    assert all(a.reason and a.citation for a in found.alarms)


def test_a_finding_that_a_clause_refutes_is_not_keyed_major(auditor: Auditor) -> None:
    stem = "木工车间湿式除尘系统未设置锁气卸灰装置，应判定为重大事故隐患。"
    found = auditor.check(Item("第2行", stem, (), "对", topic="工贸"))
    assert [a.kind for a in found.alarms] == [LEVEL]
    assert "第十一条第（六）项" in found.alarms[0].citation


def test_a_wrong_article_is_found(auditor: Auditor) -> None:
    found = check(
        auditor,
        "某木器厂木工车间干式除尘系统灰斗未设置锁气卸灰装置，应判定为（　）。",
        "重大事故隐患；一般事故隐患",
        "A",
        "《工贸企业重大事故隐患判定标准》第十一条第（三）项",
    )
    assert [a.kind for a in found.alarms] == [ARTICLE]


@pytest.mark.parametrize(
    ("stem", "options", "key"),
    [
        ("令第10号施行后，《工贸行业重大生产安全事故隐患判定标准（2017版）》同时废止。", "", "√"),
        ("2022年6月15日对某铸造厂的检查，应当依据安监总管四〔2017〕129号判定。", "", "√"),
        ("煤矿停产整顿后申请恢复生产的，监管部门应当自收到申请之日起（　）日内组织验收。", "10；20；30", "B"),
        ("特种设备使用单位报送整改报告后，市场监督管理部门应当在（　）个工作日内复查。", "5；10；20", "B"),
        ("某冷库快速冻结装置作业间内有9名作业人员，且单独设置，应判定为重大事故隐患。", "", "错"),
        ("城镇燃气由燃气管理部门负责安全监管。", "", "√"),
        ("灭火器的检查一般每月进行一次。", "", "√"),
        ("高处作业是指坠落高度基准面（　）米及以上的作业。", "1；2；3", "B"),
        ("安全色中红色表示（　）。", "禁止；警告；指令", "B"),
    ],
)  # fmt: skip
def test_what_is_right_or_can_not_be_checked_is_no_alarm(
    auditor: Auditor, stem: str, options: str, key: str
) -> None:
    assert check(auditor, stem, options, key).alarms == ()


def test_what_the_knowledge_base_says_nothing_of_is_not_checked(auditor: Auditor) -> None:
    assert check(auditor, "心肺复苏时胸外按压每分钟100至120次。").state == UNKNOWN


# -- reading banks

ROWS = [
    ["题目", "选项A", "选项B", "选项C", "正确答案", "答案解析"],
    ["特种作业操作证每（　）年复审一次。", "2", "3", "6", "B", ""],
    ["安全生产许可证有效期为3年。", "", "", "", "√", ""],
]


def written(folder: Path, kind: str) -> Path:
    path = folder / f"bank.{kind}"
    if kind == "csv":
        with path.open("w", encoding="gb18030", newline="") as out:
            csv.writer(out).writerows(ROWS)
    elif kind == "xlsx":
        book = openpyxl.Workbook()
        book.worksheets[0].append(["安全生产题库"])
        for row in ROWS:
            book.worksheets[0].append(row)
        book.save(path)
    else:
        document = docx.Document()
        for n, row in enumerate(ROWS[1:], 1):
            document.add_paragraph(f"{n}．{row[0]}")
            if row[1]:
                document.add_paragraph(f"A．{row[1]}　B．{row[2]}　C．{row[3]}")
            document.add_paragraph(f"答案：{row[4]}")
        document.save(str(path))
    return path


@pytest.mark.parametrize("kind", ["csv", "xlsx", "docx"])
def test_banks_of_every_format_are_read_alike(tmp_path: Path, engine: Engine, kind: str) -> None:
    first, second = audit_bank(engine, written(tmp_path, kind), DAY)
    assert [a.kind for a in first.alarms] == [FIGURE]
    assert first.key == "3"
    assert second.alarms == ()


def test_options_in_one_cell_are_split() -> None:
    assert split_options("A.甲 B.乙 C.丙") == ["甲", "乙", "丙"]
    assert split_options("甲\n乙") == ["甲", "乙"]


def test_a_key_in_the_brackets_of_a_docx_stem_is_read(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("1、特种作业操作证每（B）年复审一次。")
    document.add_paragraph("A、2")
    document.add_paragraph("B、3")
    document.save(str(tmp_path / "bank.docx"))
    (item,) = read_bank(tmp_path / "bank.docx")
    assert item.right == ("3",)
    assert "（　　）" in item.stem


def test_headings_of_parts_and_kinds_of_questions_are_no_part_of_a_stem(tmp_path: Path) -> None:
    document = docx.Document()
    for line in ("一、单选题（共1题，每题5分）", "1．（单选题）特种作业操作证有效期为（　）年。", "A．3", "B．6", "答案：B",
                 "二、判断题（共1题）", "2．安全生产许可证有效期为3年。", "答案：对", "三、案例题"):  # fmt: skip
        document.add_paragraph(line)
    document.save(str(tmp_path / "bank.docx"))
    first, second = read_bank(tmp_path / "bank.docx")
    assert (first.stem, first.kind, first.options, first.key) == (
        "特种作业操作证有效期为（　）年。",
        "单选",
        ("3", "6"),
        "B",
    )
    assert (second.stem, second.key, second.explanation) == ("安全生产许可证有效期为3年。", "对", "")


def test_a_paper_without_keys_has_no_answer_even_where_the_options_are_right_and_wrong(
    tmp_path: Path, engine: Engine
) -> None:
    document = docx.Document()
    for line in ("1．安全生产许可证有效期为5年。", "A．正确", "B．错误"):
        document.add_paragraph(line)
    document.save(str(tmp_path / "paper.docx"))
    (found,) = audit_bank(engine, tmp_path / "paper.docx", DAY)
    assert not found.alarms
    assert "没有答案" in found.why


def test_a_paper_kept_as_json_is_audited_as_it_was_made(tmp_path: Path, engine: Engine) -> None:
    made = make_paper(engine, Wanted(size=6, seed=4), DAY)
    rows = [q.to_json() for q in made.questions]
    path = tmp_path / "paper.json"
    path.write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
    assert all(not c.alarms for c in audit_bank(engine, path, DAY))
    rows[0]["key"] = next(c for c in "AB" if c != rows[0]["key"])
    path.write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
    assert audit_bank(engine, path, DAY)[0].alarms


@pytest.mark.parametrize("text", ["{", "{}", "[1]", '[{"options": 3}]', "[" * 100_000])
def test_a_json_file_that_is_no_bank_is_told_so(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bank.json"
    path.write_text(text, "utf-8")
    with pytest.raises(BadInput, match=r"bank\.json"):
        read_bank(path)


def test_a_table_without_a_column_of_keys_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bank.csv"
    path.write_text("甲,乙\n1,2\n", "utf-8")
    with pytest.raises(BadInput, match="没有找到 题干"):
        read_bank(path)


@pytest.mark.parametrize(
    ("stem", "options", "key", "kind"),
    [
        ("自动扶梯扶手带外缘与任何障碍物之间的距离小于多少时，需要装设防护挡板？", "200mm；400mm；500mm", "C", FIGURE),
        ("某事故造成9人死亡，该事故等级为", "一般事故；较大事故；重大事故", "C", LEVEL),
        ("发生较大事故，对负有责任的生产经营单位处（　）罚款。", "30万元至100万元；100万元至200万元", "A", FIGURE),
        ("电力企业生产控制区与管理信息区之间应部署（　）。", "普通路由器；电力专用横向单向安全隔离装置", "A", TERM),
        ("重大事故隐患排查治理情况应当向监管部门和（　）报告。", "董事会；职工大会或者职工代表大会", "A", TERM),
        ("附着式升降脚手架下列哪些装置缺失属于重大事故隐患", "防倾覆装置；防坠落装置；同步升降控制装置；广告布", "AB", TERM),
        ("《工贸企业重大事故隐患判定标准》自2024年5月15日起施行。", "", "对", FIGURE),
        ("检查危险化学品企业时，判定重大生产安全事故隐患目前使用的文件是（　）。", "安监总管三〔2017〕121号；AQ 3067-2026", "A", OUTDATED),
        ("基坑土方超挖的，不论是否采取有效措施，一律判定为重大事故隐患。", "", "√", LEVEL),
        ("高危企业主要负责人初次安全培训不少于______学时。", "", "32", FIGURE),
        ("“除尘系统采用重力沉降室除尘”违反《工贸企业重大事故隐患判定标准》第十一条第几项？", "第（二）项；第（五）项；第（七）项", "C", ARTICLE),
    ],
)  # fmt: skip
def test_a_wrong_key_typed_as_trainers_do_is_found(
    auditor: Auditor, stem: str, options: str, key: str, kind: str
) -> None:
    assert kind in [a.kind for a in check(auditor, stem, options, key).alarms]


@pytest.mark.parametrize(
    ("stem", "options", "key"),
    [
        ("自动扶梯扶手带外缘与任何障碍物之间的距离小于多少时，需要装设防护挡板？", "200mm；400mm；500mm", "B"),
        ("造成10人以上30人以下死亡的事故为（　）。", "一般事故；较大事故；重大事故；特别重大事故", "C"),
        ("直接经济损失5000万元以上1亿元以下的事故属于", "较大事故；重大事故；特别重大事故", "B"),
        ("烟花爆竹企业职工自带工器具进厂进行涉药作业，按安监总管三〔2017〕121号属于重大生产安全事故隐患。", "", "对"),
        ("乡镇人民政府以及街道办事处应当至少每______年组织1次生产安全事故应急救援预案演练。", "", "2"),
        ("《工贸企业重大事故隐患判定标准》自2023年5月15日起施行。", "", "对"),
        ("应急管理部令第4号《煤矿重大事故隐患判定标准》已经废止。", "", "对"),
        ("《工贸企业重大事故隐患判定标准》（应急管理部令第10号）施行后，2017版判定标准同时废止。", "", "√"),
        ("架空乘人装置下列不是应装设的保护是（　）。", "超速；打滑；防脱绳；防晒", "D"),
    ],
)  # fmt: skip
def test_a_right_key_typed_as_trainers_do_is_no_alarm(
    auditor: Auditor, stem: str, options: str, key: str
) -> None:
    assert check(auditor, stem, options, key).alarms == ()


def test_who_permits_a_thing_is_not_told_by_who_supervises_it(auditor: Auditor) -> None:
    found = check(auditor, "烟花爆竹运输许可由哪个部门颁发？", "应急管理部门；公安机关", "A")
    assert found.state == UNKNOWN


@pytest.mark.parametrize(
    ("stem", "options", "key", "why"),
    [
        ("安全色中红色表示（　）。", "禁止；警告", "", "没有答案"),
        ("安全色中红色表示（　）。", "禁止；警告", "E", "不在选项之内"),
        ("心肺复苏时胸外按压每分钟100至120次。", "", "对", "没有讲这件事的规定"),
    ],
)
def test_what_can_not_be_checked_says_why(
    auditor: Auditor, stem: str, options: str, key: str, why: str
) -> None:
    found = check(auditor, stem, options, key)
    assert (found.state, why in found.why) == (UNKNOWN, True)


def test_what_was_checked_gives_no_reason_for_not_checking(auditor: Auditor) -> None:
    assert check(auditor, "安全生产许可证有效期3年，届满前3个月申请延期。").why == ""


@pytest.mark.parametrize(
    ("stem", "options", "right", "wrong"),
    [
        ("高危行业单位未按规定投保安全生产责任保险的，责令限期改正，处（　）罚款。", "1万元以上5万元以下；5万元以上10万元以下；10万元以上20万元以下", "B", "C"),
        ("主要负责人未履行职责导致发生较大事故的，处上一年年收入（　）的罚款。", "40%；60%；80%；100%", "B", "A"),
        ("煤矿双回路供电电源线路可以取自同一变电站同一母线段。", "", "×", "√"),
        ("起重机械安装前无需对结构件、安全装置进行检查。", "", "×", "√"),
        ("重大事故隐患治理方案由安全生产管理人员组织制定并实施。", "", "×", "√"),
        ("下列关于煤矿通风的说法，正确的是（　）。", "两台主要通风机能力可以不相同；采掘工作面实际供风量小于需风量的75%属于重大事故隐患", "B", "A"),
        ("金属非金属地下矿山重大事故隐患共（　）项。", "24；30；32；36", "C", "B"),
        ("架空乘人装置的保护不包括下列哪一项？", "超速保护；打滑保护；防脱绳保护；过热保护", "D", "A"),
        ("机关、团体、事业单位应当至少（　）进行一次防火检查。", "每月；每季度；每半年；每年", "B", "A"),
        ("渔业船舶核定载员12人，踩线的有（　）。", "国籍证书失效后仍出海；在船人员数超过核定载员；船名牌有点旧", "AB", "BC"),
        ("带保温炉的固定式熔炼炉没有设置应急储存设施，应按令第10号第五条第（三）项判定为重大事故隐患。", "", "×", "√"),
        ("AQ 3067-2026施行后，烟花爆竹企业也按该准则判定重大事故隐患。", "", "×", "√"),
        ("井工煤矿同时生产的水平达到（　）个时，判定为重大事故隐患。", "1；2；3；4", "C", "B"),
    ],
)  # fmt: skip
def test_of_two_keys_the_wrong_one_is_alarmed_and_the_right_one_is_not(
    auditor: Auditor, stem: str, options: str, right: str, wrong: str
) -> None:
    assert check(auditor, stem, options, wrong).alarms
    assert check(auditor, stem, options, right).alarms == ()


def test_a_condition_that_is_met_keeps_a_hazard_of_two_conditions_from_being_one(auditor: Auditor) -> None:
    stem = "湿式尾矿库的防洪高度小于设计值，但干滩长度满足设计，应判定为重大事故隐患。"
    assert [a.kind for a in check(auditor, stem).alarms] == [LEVEL]
