"""A paper and its key as two docx files, and as text for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.paging import number_pages
from engine.quiz.grade import FULL
from engine.quiz.model import LABELS, MULTIPLE, TRUE_FALSE, Paper, Question

if TYPE_CHECKING:
    from docx.document import Document

NUMERALS = "一二三四五六七八九十"
_HOW = {
    MULTIPLE: "有两个或者两个以上正确选项，多选、错选不得分，少选得一半",
    TRUE_FALSE: "正确的选A，错误的选B",
}
_BODY, _HEADING = "宋体", "黑体"
NOTE = "本卷由知识库生成，答案经判定引擎证明；条文为转述，以正式文本为准。"


def sections(paper: Paper) -> Iterator[tuple[str, list[tuple[int, Question]]]]:
    """Questions by kind with their numbers, which run through."""
    numbered = enumerate(paper.questions, 1)
    for place, (kind, group) in enumerate(groupby(numbered, key=lambda p: p[1].kind)):
        held = list(group)
        how = _HOW.get(kind, "只有一个正确选项")
        yield f"{NUMERALS[place]}、{kind}题（共{len(held)}题，{_points(paper)}；{how}）", held


def _points(paper: Paper) -> str:
    """What each question earns: all earn the same, as they are graded."""
    each = round(FULL / len(paper.questions), 1)
    about = "" if each * len(paper.questions) == FULL else "约"
    return f"每题{about}{each:g}分"


def paper_lines(paper: Paper) -> Iterator[str]:
    """The paper as text."""
    yield paper.title
    time = f"　限时 {paper.minutes:g} 分钟" if paper.minutes else ""
    yield f"题数 {len(paper.questions)}{time}　随机种子 {paper.seed}　标准有效日 {paper.on.isoformat()}"
    for heading, questions in sections(paper):
        yield ""
        yield heading
        for n, q in questions:
            yield f"{n}．{q.stem}"
            yield from (f"　　{label}．{option}" for label, option in zip(LABELS, q.options, strict=False))


def key_lines(paper: Paper) -> Iterator[str]:
    """The key as text: answer, explanation, citation."""
    yield f"{paper.title}　答案与解析"
    for n, q in enumerate(paper.questions, 1):
        yield f"{n}．{q.key}"
        yield f"　　解析：{q.explanation}"
        yield f"　　出处：{q.citation.text}{_until(q)}"


def _until(question: Question) -> str:
    since = f"自{question.valid_from.isoformat()}" if question.valid_from else ""
    until = f"至{question.valid_to.isoformat()}" if question.valid_to else ""
    return f"（{since}{until}有效）" if since or until else ""


def write_paper(paper: Paper, path: Path) -> None:
    """The printable paper."""
    document = _document(paper.title)
    _line(document, "单位：____________________　岗位：______________　编号：__________　得分：________")
    time = f"限时{paper.minutes:g}分钟，" if paper.minutes else ""
    said = f"共{len(paper.questions)}题，{time}满分100分，80分合格。按{paper.on.isoformat()}有效的标准作答。"
    _line(document, said)
    for heading, questions in sections(paper):
        _heading(document, heading)
        for n, q in questions:
            _line(document, f"{n}．{q.stem}", keep=True)
            for label, option in zip(LABELS, q.options, strict=False):
                _line(document, f"{label}．{option}", indent=True)
    _line(document, NOTE)
    document.save(str(path))


def write_key(paper: Paper, path: Path) -> None:
    """The key, separate from the paper."""
    document = _document(f"{paper.title}　答案与解析")
    table = document.add_table(rows=1, cols=4, style="Table Grid")
    for cell, text in zip(table.rows[0].cells, ("题号", "答案", "题号", "答案"), strict=True):
        cell.text = text
    half = (len(paper.questions) + 1) // 2
    for n in range(half):
        cells = table.add_row().cells
        for place, i in ((0, n), (2, n + half)):
            if i < len(paper.questions):
                cells[place].text, cells[place + 1].text = str(i + 1), paper.questions[i].key
    for n, q in enumerate(paper.questions, 1):
        _line(document, f"{n}．{q.key}　{q.explanation}")
        _line(document, f"出处：{q.citation.text}{_until(q)}", indent=True)
    _line(document, NOTE)
    document.save(str(path))


def _document(title: str) -> Document:
    """An empty A4 document with Chinese fonts that Word knows."""
    from docx import Document as new
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    document = new()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2)
    number_pages(document)
    _font(document.styles["Normal"], _BODY)
    document.styles["Normal"].font.size = Pt(10.5)
    document.core_properties.author = ""
    document.core_properties.title = title
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = heading.add_run(title)
    run.bold = True
    run.font.size = Pt(16)
    _font(run, _HEADING)
    return document


def _font(styled: Any, name: str) -> None:
    from docx.oxml.ns import qn

    styled.font.name = name
    styled.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _heading(document: Document, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    run = paragraph.add_run(text)
    run.bold = True
    _font(run, _HEADING)


def _line(document: Document, text: str, *, indent: bool = False, keep: bool = False) -> None:
    from docx.shared import Cm, Pt

    paragraph = document.add_paragraph(text)
    paragraph.paragraph_format.space_after = Pt(2)
    if indent:
        paragraph.paragraph_format.left_indent = Cm(0.8)
    paragraph.paragraph_format.keep_with_next = keep
