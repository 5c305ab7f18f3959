"""Inspection records as they come: every problem found, numbered, located; what can't be read says why."""

from pathlib import Path

import docx
import pytest

from corpus.records import problems_of, read_findings
from kb import BadInput

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
