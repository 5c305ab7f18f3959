"""Inspection records as they come: every problem found, numbered, located; what can't be read says why."""

import subprocess
import sys
from pathlib import Path

import docx
import pytest

from corpus.records import problems_of, read_findings
from kb import BadInput

ROOT = Path(__file__).parents[2]
RECORD = """现场检查记录
检查时间：2026年3月2日9时至11时
检查情况：现场检查发现存在以下问题：
1.木工车间布袋除尘器灰斗下未装锁气卸灰装置；
2.氨机房2台事故风机不能联动，
现场已整改1台。
3、喷漆房未设可燃气体报警器；4、灭火器过期。
整改要求：限期三日内整改。
检查人员（签名）：
"""


def findings(text: str) -> list[str]:
    return [r.fields["finding"] for r in problems_of(text)]


def test_the_numbered_problems_between_lead_in_and_demand_are_found_with_their_lines() -> None:
    rows = problems_of(RECORD)
    assert [r.columns["位置"] for r in rows] == ["第4行", "第5行", "第7行", "第7行"]
    assert rows[1].fields["finding"] == "氨机房2台事故风机不能联动，现场已整改1台。"
    assert rows[3].fields["finding"] == "灭火器过期。"


def test_the_date_of_the_inspection_is_taken_for_every_problem() -> None:
    assert {r.fields["date"] for r in problems_of(RECORD)} == {"2026年3月2"}


def test_a_plain_list_without_numbers_is_one_problem_a_line() -> None:
    assert findings("灭火器过期\n\n安全出口上锁") == ["灭火器过期", "安全出口上锁"]


def test_a_number_inside_a_problem_does_not_split_it() -> None:
    assert findings("1.积尘厚度2.5毫米，面积大于15平方米；2.未装泄爆片") == [
        "积尘厚度2.5毫米，面积大于15平方米；", "未装泄爆片",
    ]  # fmt: skip


@pytest.mark.parametrize("mark", ["（一）", "①", "一、", "(1)", "第一，"])
def test_items_are_known_by_every_usual_mark(mark: str) -> None:
    assert findings(f"{mark}灭火器过期") == ["灭火器过期"]


def test_a_word_table_with_a_column_of_problems_gives_one_row_each_with_its_columns(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("隐患清单")
    table = document.add_table(rows=3, cols=3)
    for r, row in enumerate([["序号", "隐患描述", "行业"], ["1", "电缆沟积水", "工贸"], ["2", "", "工贸"]]):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    document.save(str(tmp_path / "list.docx"))
    rows = list(read_findings(tmp_path / "list.docx"))
    assert [(r.columns["位置"], r.fields["finding"], r.fields["industry"]) for r in rows] == [
        ("表1第2行", "电缆沟积水", "工贸")
    ]


def test_a_word_record_is_read_by_paragraphs(tmp_path: Path) -> None:
    document = docx.Document()
    for line in RECORD.splitlines():
        document.add_paragraph(line)
    document.save(str(tmp_path / "record.docx"))
    rows = list(read_findings(tmp_path / "record.docx"))
    assert [r.columns["位置"] for r in rows] == ["第4段", "第5段", "第7段", "第7段"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.docx", b"no zip", "不是可读的 docx"),
        ("a.pdf", b"%PDF-1.4 nothing", "不是可读的 pdf"),
        ("a.txt", b"", "文件是空的"),
        ("a.txt", b"\xff\xfe\xff\xff\x81", "不是 UTF-8 或 GB18030"),
        ("a.doc", b"x", "应为 .jsonl、.csv、.xlsx、.parquet、.docx、.pdf、.txt"),
    ],
)
def test_a_file_that_can_not_be_read_says_why(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(BadInput, match=words):
        read_findings(path)


def test_numbered_paragraphs_and_a_table_of_problems_are_both_taken(tmp_path: Path) -> None:
    document = docx.Document()
    for line in (
        "检查情况：现场检查，发现以下问题：",
        "1.灭火器过期；",
        "2.配电箱未接地。",
        "以上问题请整改。",
    ):
        document.add_paragraph(line)
    table = document.add_table(rows=2, cols=2)
    for r, row in enumerate([["序号", "存在问题"], ["1", "危废间未上锁"]]):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    document.save(str(tmp_path / "both.docx"))
    found = read_findings(tmp_path / "both.docx")
    assert [(r.columns["位置"], r.columns["存在问题"], r.fields["finding"]) for r in found] == [
        ("第2段", "灭火器过期；", "灭火器过期；"),
        ("第3段", "配电箱未接地。", "配电箱未接地。"),
        ("表1第2行", "危废间未上锁", "危废间未上锁"),
    ]
    assert found.notes == ("从文档中读出 3 条（正文 2 条、表 1 条），请核对有无遗漏",)


def test_numbered_demands_behind_a_table_of_problems_are_no_problems(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("发现以下问题：")
    table = document.add_table(rows=2, cols=2)
    for r, row in enumerate([["序号", "存在问题"], ["1", "危废间未上锁"]]):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    document.add_paragraph("1.三日内改好；")
    document.save(str(tmp_path / "table.docx"))
    assert [r.fields["finding"] for r in read_findings(tmp_path / "table.docx")] == ["危废间未上锁"]


def test_a_broken_pdf_is_told_in_chinese_only(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4 nothing")
    code = (
        "import sys; from pathlib import Path; from corpus.records import read_findings\n"
        "try: read_findings(Path(sys.argv[1]))\n"
        "except ValueError as error: print(error.problems[0].message)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], cwd=ROOT, capture_output=True, text=True)
    assert done.stderr == ""
    assert done.stdout.strip() == "不是可读的 pdf 文件（已损坏、不完整或有密码），请重新导出"
