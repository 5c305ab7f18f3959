"""Rows of real-looking tables: read as a person would, judged one by one, bad ones said why."""

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from corpus.tables import Row, Table, read_table
from engine import Engine, Finding
from engine.batch import (
    FLAT,
    HEADINGS,
    MAX_TEXT,
    Once,
    check_finding,
    finding_of,
    flat_columns,
    judge_rows,
    parse_date,
)
from kb import BadInput

HIT = "木工车间布袋除尘器灰斗下未装锁气卸灰装置"


def jsonl(path: Path, *rows: object) -> Table:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), "utf-8")
    return read_table(path)


def csv_file(path: Path, *rows: list[str], encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def workbook(path: Path, rows: list[list[Any]], merge: tuple[str, ...] = (), title: str = "隐患清单") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for block in merge:
        sheet.merge_cells(block)
    book.save(path)
    return path


def refused(path: Path) -> str:
    with pytest.raises(BadInput) as error:
        list(read_table(path))
    return str(error.value)


# -- what may be judged


@pytest.mark.parametrize(
    "text", ["2026-11-24", "2026/11/24", "2026.11.24", "2026年11月24日", " 2026-11-24 10:30:00"]
)
def test_a_date_is_read_in_every_usual_form(text: str) -> None:
    assert parse_date(text) == date(2026, 11, 24)


@pytest.mark.parametrize("text", ["2026-02-30", "昨天", "24/11/2026", "20261124", "", "2026-11-24abc"])
def test_a_date_that_is_none_is_refused_and_the_form_is_shown(text: str) -> None:
    with pytest.raises(BadInput, match="应如 2026-11-24"):
        parse_date(text)


def test_a_text_at_the_limit_is_taken_and_one_character_more_is_not() -> None:
    assert check_finding(Finding(text="积" * MAX_TEXT))
    with pytest.raises(BadInput, match="10,001 字，上限 10,000 字"):
        check_finding(Finding(text="积" * (MAX_TEXT + 1)))


def test_nothing_to_judge_is_refused_but_facts_alone_are_enough() -> None:
    with pytest.raises(BadInput, match="没有要判定的内容"):
        check_finding(Finding(text=" \n"))
    assert check_finding(Finding(facts={"除尘方式": "干式"}))


def test_what_a_row_does_not_say_comes_from_the_command_line_and_what_it_says_wins() -> None:
    given = Finding(industry="轻工", region="深圳", on=date(2024, 1, 1), facts={"除尘方式": "干式"})
    row = Row(1, {}, {"finding": HIT, "region": "广州", "facts": {"粉尘种类": "木质粉尘"}})
    found = finding_of(row, given)
    assert (found.industry, found.region, found.on) == ("轻工", "广州", date(2024, 1, 1))
    assert found.facts == {"除尘方式": "干式", "粉尘种类": "木质粉尘"}


# -- judging rows


def test_a_bad_row_has_its_reason_and_does_not_stop_the_others(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(
        json.dumps({"id": 1, "finding": HIT, "sector": "工贸"}, ensure_ascii=False)
        + '\n{"id": 2, "finding": 缺引号}\n[1, 2]\n\n'
        + json.dumps({"id": 5, "finding": HIT, "date": "2026-13-01"})
        + "\n"
        + json.dumps({"id": 6, "finding": "积" * 1_000_000})
        + "\n"
        + json.dumps({"id": 7, "finding": ["列表"]})
        + "\n"
        + json.dumps({"id": 8, "finding": ""})
        + "\n"
        + json.dumps({"id": 9, "problem": "别的字段"})
        + "\n"
        + json.dumps({"id": 10, "given": {"没有的事实": "未设"}})
        + "\n"
        + json.dumps({"id": 11, "finding": "坏\ud800字"})
        + "\n"
        + json.dumps({"id": 12, "finding": HIT, "sector": "工贸"})
        + "\n",
        "utf-8",
    )
    judged = list(judge_rows(engine, read_table(path)))
    assert [(j.row.number, bool(j.verdict)) for j in judged] == [
        (1, True), (2, False), (3, False), (5, False), (6, False), (7, False), (8, False), (9, False), (10, False),
        (11, False), (12, True),
    ]  # fmt: skip
    errors = {j.row.number: j.error for j in judged}
    assert "第 2 行第 22 列起不是合法的 JSON" in errors[2]
    assert "应为 JSON 对象" in errors[3]
    assert "2026-13-01" in errors[5]
    assert "上限 10,000 字" in errors[6]
    assert "应为文字" in errors[7]
    assert errors[8] == "没有隐患描述"
    assert "没有 finding 字段" in errors[9] and "problem" in errors[9]
    assert "没有的事实" in errors[10]
    assert "UTF-8" in errors[11]
    bad = judged[1].to_json(engine.kb.version)
    assert (bad["verdict"], bad["bases"], bad["error"]) == ("", [], errors[2])


def test_a_fault_of_ours_marks_its_row_and_the_rest_go_on(engine: Engine) -> None:
    class Broken:
        kb = engine.kb

        def judge(self, finding: Finding, *, consequences: bool = True) -> object:
            if finding.text == "坏":
                raise ZeroDivisionError("x")
            return engine.judge(finding, consequences=consequences)

    rows = [Row(1, {}, {"finding": "坏"}), Row(2, {}, {"finding": HIT})]
    first, second = judge_rows(Broken(), rows)  # type: ignore[arg-type]
    assert first.fault and "内部故障：ZeroDivisionError" in first.error
    assert second.verdict is not None and not second.fault


def test_every_input_column_is_kept_beside_the_full_verdict(engine: Engine, tmp_path: Path) -> None:
    row = {
        "id": "A1",
        "finding": HIT,
        "sector": "工贸-粉尘",
        "备注": {"嵌套": [1]},
        "region": "甲市",
        "verdict": "重大",
    }
    (judged,) = judge_rows(engine, jsonl(tmp_path / "in.jsonl", row))
    out = judged.to_json(engine.kb.version)
    assert {
        "id": "A1",
        "sector": "工贸-粉尘",
        "备注": {"嵌套": [1]},
        "region": "甲市",
        "原_verdict": "重大",
    }.items() <= out.items()
    assert out["verdict"] == "重大事故隐患" and out["error"] == ""
    assert {"bases", "ask", "facts", "presumed", "read", "responsible", "duties", "kb_version"} <= set(out)


def test_an_old_result_can_be_judged_again_without_piling_up_columns(engine: Engine, tmp_path: Path) -> None:
    source = jsonl(tmp_path / "in.jsonl", {"id": 1, "finding": HIT, "given": {"行业": "工贸"}})
    (first,) = judge_rows(engine, source)
    again = jsonl(tmp_path / "again.jsonl", once := first.to_json(engine.kb.version))
    (second,) = judge_rows(engine, again)
    assert second.to_json(engine.kb.version) == once
    flat = first.to_flat(engine.kb.version, first=True)
    assert flat["disclaimer"].startswith("本结果为辅助判断")
    csv_file(
        tmp_path / "flat.csv",
        list(flat),
        [json.dumps(v) if isinstance(v, dict) else str(v) for v in flat.values()],
    )
    (third,) = judge_rows(engine, read_table(tmp_path / "flat.csv"))
    assert third.error == "" and third.verdict is not None
    assert flat_columns(flat) == (*(k for k in flat if k not in FLAT), *FLAT)


def test_an_old_workbook_can_be_judged_again_without_piling_up_columns(
    engine: Engine, tmp_path: Path
) -> None:
    headings = ["隐患描述", *HEADINGS.values()]
    path = workbook(tmp_path / "old.xlsx", [headings, [HIT, *("旧" for _ in HEADINGS)]])
    (judged,) = judge_rows(engine, read_table(path))
    flat = judged.to_flat(engine.kb.version)
    assert list(flat) == ["隐患描述", *FLAT] and "旧" not in flat.values()


def test_a_column_of_the_users_own_named_like_ours_is_kept(engine: Engine, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["隐患描述", "判定结果"], [HIT, "我的判断"]])
    (judged,) = judge_rows(engine, read_table(path))
    assert judged.to_flat(engine.kb.version)["判定结果"] == "我的判断"


# -- csv


def test_a_chinese_csv_with_a_title_line_and_a_starred_header_is_understood(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path / "a.csv",
        ["某市检查情况表", "", ""],
        ["序号", "隐患描述（必填）*", "所属行业", "检查日期", "备注", "备注"],
        ["1", HIT, "轻工", "2026-11-24", "甲", "乙"],
        ["", "", "", "", "", ""],
        ["2", "两行的\n描述", "", "", "", ""],
        ["3", "短行"],
    )
    rows = list(read_table(path))
    assert [r.number for r in rows] == [3, 5, 7]  # as an editor counts lines
    assert rows[0].fields == {"finding": HIT, "industry": "轻工", "date": "2026-11-24"}
    assert rows[0].columns["备注_2"] == "乙"
    assert rows[2].fields == {"finding": "短行"} and rows[2].columns["备注"] == ""


def test_a_csv_of_chinese_excel_is_read_as_gb18030_and_that_is_said(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", ["问题", "行业"], [HIT, "轻工"], encoding="gb18030")
    table = read_table(path)
    assert [r.fields["finding"] for r in table] == [HIT]
    assert "GB18030" in table.notes[0]
    marked = csv_file(tmp_path / "b.csv", ["问题"], [HIT], encoding="utf-8-sig")
    assert read_table(marked).notes == () and next(iter(read_table(marked))).fields["finding"] == HIT


def test_an_unquoted_comma_makes_a_bad_row_instead_of_half_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("问题,行业\n未装,锁气卸灰装置,轻工\n", "utf-8")
    (row,) = read_table(path)
    assert row.error == "有 3 栏，表头只有 2 栏（文字里的逗号要用双引号括起整个单元格）"


def test_given_facts_may_stand_in_a_column(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path / "a.csv",
        ["问题", "已知事实"],
        ["", "除尘方式=干式；粉尘种类=木质粉尘"],
        ["", "除尘方式干式"],
    )
    good, bad = read_table(path)
    assert good.fields == {"facts": {"除尘方式": "干式", "粉尘种类": "木质粉尘"}} and good.error == ""
    assert "应写作 事实=值" in bad.error


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", "问题\n坏".encode("utf-16"), "UTF-16"),
        ("a.csv", "问题\n好\n".encode() + b"\xff\xff\xff", "a.csv:3: 既不是 UTF-8 也不是 GB18030"),
        ("a.csv", "编号,内容\n1,2\n".encode(), "首行是：编号、内容；应有一列叫 finding、隐患描述"),
        ("a.jsonl", '{"finding": "好"}\n{"finding": "坏"}\n'.encode("gb18030"), "a.jsonl:1: 不是 UTF-8 编码"),
        ("a.jsonl", '{"finding": "好"}\n'.encode() + b'{"finding": "\xff"}\n', "a.jsonl:2: 不是 UTF-8 编码（第 33 字节起）"),
        ("a.jsonl", b"", "文件是空的"),
        ("a.xls", b"x", "应为 .jsonl、.csv、.xlsx、.parquet；请在表格软件中另存为 .xlsx"),
        ("a.xlsm", b"x", "含宏的工作簿不读"),
        ("a.xlsx", b"not a zip", "不是 xlsx 工作簿"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1", "加密的或旧版 xls"),
        ("a.parquet", b"PAR1", "不是 parquet 文件"),
    ],
)  # fmt: skip
def test_a_file_that_cant_be_read_is_refused_with_where_and_why(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    if name.endswith(".parquet"):
        pytest.importorskip("pyarrow")
    (tmp_path / name).write_bytes(content)
    assert said in refused(tmp_path / name)


def test_an_open_quote_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('问题\n好\n"' + "x" * 17_000_000, "utf-8")
    assert "a.csv:3: 不是合法的 csv" in refused(tmp_path / "a.csv")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert "没有这个文件" in refused(tmp_path / "none.csv")


# -- xlsx


def test_merged_cells_fill_down_except_the_finding_which_counts_once(engine: Engine, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        [
            ["检查问题清单", None, None, None],
            ["企业", "行业", "问题描述", "整改措施"],
            ["甲厂", "轻工", HIT, "加装"],
            [None, None, "电缆沟内有积水", "抽水"],
            [None, None, None, "再抽水"],
            ["乙厂", "机械", "灭火器过期", "更换"],
        ],
        merge=("A1:D1", "A3:A5", "B3:B5", "C4:C5"),
    )
    rows = list(read_table(path))
    assert [(r.number, r.columns["企业"], r.columns["行业"]) for r in rows] == [
        (3, "甲厂", "轻工"), (4, "甲厂", "轻工"), (5, "甲厂", "轻工"), (6, "乙厂", "机械"),
    ]  # fmt: skip
    assert rows[1].fields["industry"] == "轻工"
    assert rows[2].merged_into == 4 and rows[2].columns["整改措施"] == "再抽水"
    assert list(judge_rows(engine, rows))[2].error == "隐患描述与第 4 行合并，结论见该行"


def test_a_formula_gives_its_stored_value_and_without_one_its_row_is_bad(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx", [["问题", "合计"], ['="未装"&"锁气卸灰装置"', 1], ["灭火器过期", "=1+1"]]
    )
    first, second = read_table(path)
    assert "单元格 A2 是公式" in first.error and "打开并保存" in first.error
    assert second.error == ""  # a formula in a column nobody reads does no harm

    # the same file as a spreadsheet program saves it: with the value beside the formula
    import zipfile

    stored = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(stored, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename.endswith("sheet1.xml"):
                assert b'<c r="A2">' in content
                content = content.replace(b'<c r="A2">', b'<c r="A2" t="str">').replace(
                    b"</f><v/>" if b"</f><v/>" in content else b"</f><v></v>",
                    "</f><v>未装锁气卸灰装置</v>".encode(),
                    1,
                )
            new.writestr(part, content)
    assert next(iter(read_table(stored))).fields["finding"] == "未装锁气卸灰装置"


def test_hidden_sheets_are_ignored_and_other_visible_ones_are_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    hidden = book.active
    hidden.title, hidden.sheet_state = "旧数据", "hidden"
    hidden.append(["问题"])
    hidden.append(["隐藏的"])
    cover = book.create_sheet("封面")
    cover.append(["某某公司"])
    sheet = book.create_sheet("清单")
    sheet.append(["问题"])
    sheet.append([HIT])
    more = book.create_sheet("第二批")
    more.append(["问题"])
    more.append(["另一条"])
    book.save(tmp_path / "a.xlsx")
    table = read_table(tmp_path / "a.xlsx")
    assert [r.fields["finding"] for r in table] == [HIT]
    assert table.notes[0].endswith("只读取工作表“清单”，未读取 第二批")


def test_dates_errors_and_stray_cells_of_a_sheet(tmp_path: Path) -> None:
    from datetime import datetime

    path = workbook(
        tmp_path / "a.xlsx",
        [
            ["问题", "检查日期"],
            [HIT, datetime(2026, 11, 24)],
            ["#N/A", None],
            *[[HIT]] * 10,
            [HIT, None, None, "旁注"],
        ],
    )
    rows = list(read_table(path))
    assert rows[0].fields["date"] == date(2026, 11, 24)
    assert "错误值 #N/A" in rows[1].error
    assert "单元格 D14 在表头之外" in rows[-1].error


def test_a_workbook_without_a_header_near_the_top_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["说明"]] * 10 + [["问题"], [HIT]])
    assert "前 10 行里没有找到写隐患的列，首行是：说明" in refused(path)


def test_a_workbook_with_macros_or_over_the_size_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import zipfile

    path = workbook(tmp_path / "a.xlsx", [["问题"], [HIT]])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    assert "含有宏" in refused(path)
    large = workbook(tmp_path / "b.xlsx", [["问题"], [HIT]])
    monkeypatch.setattr("corpus.tables.MAX_XLSX", 100)
    assert "上限" in refused(large)
    monkeypatch.setattr("corpus.tables.MAX_XLSX", 10**9)
    monkeypatch.setattr("corpus.tables.MAX_XLSX_UNPACKED", 100)
    assert "解压后有" in refused(large)


def test_a_finding_met_again_is_judged_once_and_says_the_same() -> None:
    class Counting:
        asked = 0

        def judge(self, finding: Finding, *, consequences: bool) -> object:
            self.asked += 1
            return finding.text, finding.industry, dict(finding.facts), consequences

    engine = Counting()
    once = Once(engine, consequences=False)  # type: ignore[arg-type]
    first, other = (
        Finding("安全阀失效", industry="轻工"),
        Finding("安全阀失效", industry="煤矿", facts={"人数": "1"}),
    )
    said = [once.judge(f) for f in (first, other, first, other)]
    assert engine.asked == 2
    assert said == [("安全阀失效", "轻工", {}, False), ("安全阀失效", "煤矿", {"人数": "1"}, False)] * 2
