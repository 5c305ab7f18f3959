"""A verdict as something to keep: the words for its facts and reasons, plain text to copy, and the docx sheet
现场检查判定记录. Nothing here judges; it only says what a `Verdict` holds.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from math import isfinite
from typing import TYPE_CHECKING, Any

from engine.clauses import DECISIVE, OPEN, ClauseResult
from engine.consequences import FEW_DUTIES, duty_lines, responsible_lines
from engine.derive import DERIVED
from engine.paging import number_pages
from engine.verdict import DISCLAIMER, Question, Verdict
from kb.conditions import atoms
from kb.values import FactValue, Span

if TYPE_CHECKING:
    from docx.document import Document

TITLE = "现场检查判定记录"
LIST_TITLE = "现场检查记录"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LIST_COLUMNS = (
    "序号",
    "所见情况",
    "判定结果",
    "依据",
    "判定理由",
    "现在要做",
    "尚待核实",
    "检查日期",
    "行业",
)
FIRST_SIDES = ("企业", "部门")
FACE, EAST_ASIAN_FACE = "Times New Roman", "宋体"
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
# what XML 1.0 cannot hold: control characters pasted along with a text
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def fact_name(fact: str) -> str:
    """A fact id as an inspector would say it.

    >>> fact_name("锁气卸灰装置@除尘系统")
    '除尘系统的锁气卸灰装置'
    >>> fact_name("熔融金属报警装置~紧急排放阀")
    '熔融金属报警装置与紧急排放阀的关联'
    """
    thing, _, host = fact.partition("@")
    if "~" in thing:
        thing = "与".join(thing.split("~")) + "的关联"
    return f"{host}的{thing}" if host else thing


def origin(value: FactValue) -> str:
    """What gave a value: words of the text, what follows from them, an answer, or a presumption's reason.

    A value that stands nowhere in the text is never called its words.
    """
    words = "、".join(f"“{s.text}”" for s in value.spans)
    if value.presumed:
        return f"推定：{value.presumed}"
    if value.source == DERIVED:
        return "；".join(p for p in (f"由原文{words}推导" if words else "推导", value.note) if p)
    source = "" if value.source == "文本" else value.source
    read = "" if not words else f"原文{words}" if _written(value) else f"由原文{words}得出"
    return "，".join(p for p in (source, read) if p) or "原文"


def _written(value: FactValue) -> bool:
    """Whether the words show the value itself; a state is what they say of a thing."""
    text = "".join(s.text for s in value.spans)
    if value.interval is not None:
        bounds = {b for b in (value.interval.low, value.interval.high) if isfinite(b)}
        return bounds <= {float(n) for n in _NUMBER.findall(text)}
    return value.state is not None or all(v in text for v in value.values)


def fact_line(value: FactValue) -> str:
    return f"{fact_name(value.fact)}：{value.shown()}（{origin(value)}）"


def why(verdict: Verdict) -> str:
    """The reason for the level in one line."""
    if not verdict.decisive:
        return "；".join(verdict.reasons)
    behind = _facts_behind(verdict, verdict.decisive[0])
    firm = "，".join(f"{fact_name(v.fact)}：{v.shown()}" for v in behind if not v.presumed)
    supposed = "，".join(f"{fact_name(v.fact)}：{v.shown()}" for v in behind if v.presumed)
    return "；".join(p for p in (firm, f"推定 {supposed}" if supposed else "") if p)


def next_steps(verdict: Verdict) -> list[str]:
    """What to do now: settle what is open; else the first duty of the enterprise and of the department."""
    if not verdict.decisive and verdict.questions:
        more = len(verdict.questions) - 1
        return [f"核实：{verdict.questions[0].question}" + (f"（另有 {more} 个问题）" if more else "")]
    if verdict.lookups:
        return [f"认定：{line}" for line in verdict.lookups[:1]]
    first: dict[str, str] = {}
    for due in verdict.after.duties if verdict.after else ():
        if due.duty.side in FIRST_SIDES:
            first.setdefault(due.duty.side, f"{due.duty.side}：{due.when}，{due.duty.duty}")
    return list(first.values())


def presumptions_of(verdict: Verdict) -> tuple[FactValue, ...]:
    """Every presumption behind the answer: what clauses stand on, and what words of the text suggest."""
    suggested = [v for v in verdict.facts if v.presumed]
    return tuple({v.fact: v for v in (*suggested, *verdict.presumed)}.values())


def firm_facts(verdict: Verdict) -> tuple[FactValue, ...]:
    return tuple(v for v in verdict.facts if not v.presumed)


def deciding_spans(verdict: Verdict) -> tuple[Span, ...]:
    """The characters that decided, of the decisive clauses, or of the open ones where none is decisive."""
    wanted = DECISIVE if verdict.decisive else OPEN
    results = (r for part in verdict.parts for r in part.results if r.status in wanted)
    return tuple(dict.fromkeys(s for r in results for v in _facts_behind(verdict, r) for s in v.spans))


def _facts_behind(verdict: Verdict, result: ClauseResult) -> tuple[FactValue, ...]:
    """The facts of a result: of its defect, its 域 and 前提, the standard's scope, and presumed ones."""
    part = next(p for p in verdict.parts if any(r is result for r in p.results))
    scope = verdict.standards[result.clause.standard].scope
    around = (result.clause.scope, *result.clause.premises, *([scope] if scope else []))
    addressed = {a.fact for condition in around for a in atoms(condition)}
    facts = (*result.support, *(v for v in part.facts if v.fact in addressed), *result.presumed)
    return tuple({v.fact: v for v in facts}.values())


def context_lines(verdict: Verdict) -> list[tuple[str, str]]:
    """Date, industry, facility and region as given, those left empty left out."""
    given = [
        ("检查日期", verdict.on.isoformat()),
        ("行业", verdict.industry),
        ("场所设施", verdict.facility),
        ("地区", verdict.region),
    ]
    return [(name, value) for name, value in given if value]


def read_line(verdict: Verdict) -> str:
    """How much of the text was read, and what was not."""
    unread = "、".join(f"“{s.text}”" for s in verdict.unread)
    return f"文字读懂程度：{verdict.read}" + (f"；未读懂：{unread}" if unread else "")


def _basis(verdict: Verdict, result: ClauseResult) -> str:
    return f"{verdict.citation(result)}【{result.status}】{result.clause.restatement}"


def _asked(question: Question) -> str:
    return question.question + (f"（核实方法：{question.how}）" if question.how else "")


def _sections(verdict: Verdict, duties: int | None = None) -> Iterable[tuple[str, list[str]]]:
    """Heading and lines of every section that says something; at most so many duties of each side."""
    yield "判定依据", [_basis(verdict, r) for r in verdict.decisive]
    yield "尚不能排除的条款", [_basis(verdict, r) for r in verdict.open] if not verdict.decisive else []
    yield "分项结论", [f"{p.text}：{p.level}" for p in verdict.parts] if len(verdict.parts) > 1 else []
    yield "认定的事实", [fact_line(v) for v in firm_facts(verdict)]
    yield "推定（可由现场情况推翻）", [fact_line(v) for v in presumptions_of(verdict)]
    yield "事实矛盾", [str(c) for c in verdict.contradictions]
    yield "尚待核实", [*(_asked(q) for q in verdict.questions), *verdict.lookups]
    if verdict.after:
        yield "由谁负责", responsible_lines(verdict.after)
        yield "接下来要做什么", duty_lines(verdict.after, duties)
    yield "阅读情况", [read_line(verdict), *verdict.notes]


def plain_text(verdict: Verdict) -> str:
    """The answer as text, to be pasted into a message; of the duties the first ones (the docx has all)."""
    lines = [f"【{verdict.level}】{why(verdict)}", f"所见：{verdict.text.strip()}"]
    lines += [f"{name}：{value}" for name, value in context_lines(verdict)]
    for heading, said in _sections(verdict, FEW_DUTIES):
        if said:
            lines += [f"{heading}：", *(f"　{i}. {line}" for i, line in enumerate(said, 1))]
    return "\n".join([*lines, f"知识库版本：{verdict.kb_version}", DISCLAIMER])


def docx_record(verdict: Verdict) -> bytes:
    """现场检查判定记录 as docx: what was seen, the answer, its basis, facts, presumptions, questions."""
    document = _new_document(TITLE, verdict.kb_version)
    rows = [
        *context_lines(verdict),
        ("所见情况", verdict.text.strip() or "（只给出事实）"),
        ("判定结果", verdict.level.value),
        ("判定理由", why(verdict)),
    ]
    _table(document, rows)
    for heading, lines in _sections(verdict):
        _block(document, heading, lines)
    _block(
        document, "说明", [f"{DISCLAIMER}知识库版本：{verdict.kb_version}。判定器：{verdict.evaluators}。"]
    )
    return _saved(document)


def list_rows(verdicts: Sequence[Verdict]) -> list[dict[str, str]]:
    """A list of findings as rows of a table, numbered, with citations."""
    rows = []
    for number, v in enumerate(verdicts, 1):
        cited = v.decisive or v.open
        cells = (
            str(number), v.text.strip() or "（只给出事实）", v.level.value, "；".join(map(v.citation, cited)), why(v),
            "；".join(next_steps(v)), "；".join(q.question for q in v.questions), v.on.isoformat(), v.industry,
        )  # fmt: skip
        rows.append(dict(zip(LIST_COLUMNS, cells, strict=True)))
    return rows


def docx_list(verdicts: Sequence[Verdict], head: Sequence[tuple[str, str]]) -> bytes:
    """现场检查记录 as docx: the heads as given, every finding with its answer, then the grounds of each. Needs one verdict."""
    document = _new_document(LIST_TITLE, verdicts[0].kb_version)
    _table(document, [(name, value) for name, value in head if value])
    for row, verdict in zip(list_rows(verdicts), verdicts, strict=True):
        document.add_heading(f"{row['序号']}. {verdict.level}", level=2)
        _table(document, [(c, row[c]) for c in LIST_COLUMNS[1:] if row[c]])
        for result in verdict.decisive or verdict.open:
            document.add_paragraph(_printable(_basis(verdict, result)))
    _block(document, "说明", [f"{DISCLAIMER}知识库版本：{verdicts[0].kb_version}。"])
    _block(document, "签字", ["检查人员：　　　　　　　被检查单位负责人：　　　　　　　日期：　　　　　　"])
    return _saved(document)


def _new_document(title: str, version: str) -> Document:
    from docx import Document

    document: Any = Document()
    _set_faces(document)
    number_pages(document)
    document.core_properties.title = title
    document.core_properties.author = "Panding"
    document.core_properties.comments = f"知识库版本 {version}"
    document.add_heading(title, level=0)
    return document


def _block(document: Document, heading: str, lines: Sequence[str]) -> None:
    """A heading and its lines; nothing where there are none."""
    if not lines:
        return
    document.add_heading(heading, level=2)
    for i, line in enumerate(lines, 1):  # Word's own numbering would run on from section to section
        document.add_paragraph(_printable(f"{i}. {line}" if len(lines) > 1 else line))


def _saved(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _printable(text: str) -> str:
    return _NOT_XML.sub("�", text)


def _set_faces(document: Document) -> None:
    """Chinese characters take the East Asian face of a style, which python-docx leaves unset."""
    from docx.oxml.ns import qn

    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        style: Any = document.styles[name]
        style.font.name = FACE
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), EAST_ASIAN_FACE)
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)


def _table(document: Document, rows: Sequence[tuple[str, str]]) -> None:
    from docx.shared import Cm

    table = document.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    for name, value in rows:
        left, right = table.add_row().cells
        left.width, right.width = Cm(3), Cm(12.5)
        left.paragraphs[0].add_run(_printable(name)).bold = True
        right.text = _printable(value)
