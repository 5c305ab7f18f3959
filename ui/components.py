"""What every page draws with: the shared engine, and the pieces of a verdict as HTML.

Words that a person typed pass through `html.escape` (st.html) or `md` (labels): they are text, never markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from ui.drawings import Html, details
from ui.drawings import draw as _html
from ui.record import deciding_spans, fact_line, fact_name, next_steps, origin, why

if TYPE_CHECKING:
    from engine import Engine, Verdict
    from engine.clauses import Trace
    from engine.explain import ClauseExplanation
    from engine.nearmiss import NearMiss
    from engine.quiz import Question as QuizQuestion
    from engine.responsibility import Responsibility
    from kb.models import Attribute
    from kb.national import Duty
    from kb.values import FactValue


@dataclass(frozen=True)
class Look:
    """How a level is drawn: a Material icon and a CSS class, always beside its own word."""

    icon: str
    style: str


LEVELS = {
    "重大事故隐患": Look("report", "pd-major"),
    "需核实": Look("help", "pd-verify"),
    "未覆盖": Look("do_not_disturb_on", "pd-uncovered"),
    "一般隐患": Look("info", "pd-general"),
    "未见隐患": Look("check_circle", "pd-none"),
}
STATUS_ICONS = {
    "命中": "report",
    "推定命中": "report",
    "待核实": "help",
    "需专业认定": "school",
    "不成立": "check_circle",
    "不适用": "block",
    "另有规定": "arrow_forward",
}
EXECUTABILITY = {"full": "", "judgement": "；含弹性用语，需专业认定", "blocked": "；原文未完整掌握"}
TRUTHS = {
    True: ("✓", "pd-true", "成立"),
    False: ("✗", "pd-false", "不成立"),
    None: ("？", "pd-unknown", "未知"),
}

WARM_UP = "木工车间布袋除尘器未装锁气卸灰装置"
MOST_OPEN_CITED = 3
_MARKDOWN = re.compile(r"([!-/:-@\[-`{-~])")


@st.cache_resource(show_spinner="正在载入知识库……")
def open_shared_engine(tables: bool = False) -> Engine:
    """One engine for all sessions; one verdict in advance starts the reader and the second evaluator.

    `tables`: the one for whole tables, on the reference evaluator alone, as on the command line.
    """
    from engine import Finding, open_engine

    engine = open_engine(crosscheck=not tables)
    engine.judge(Finding(WARM_UP))
    return engine


def shared_engine(*, tables: bool = False) -> Engine:
    """The shared engine; a faulty knowledge base stops the page with what is wrong with it."""
    from kb import BadInput

    try:
        return open_shared_engine(tables)
    except BadInput as error:
        st.error(f"知识库有误，请运行 panding check 查看：\n\n{md(str(error))}", icon=":material/error:")
        st.stop()


def duties() -> tuple[Duty, ...]:
    """Every duty of the registers."""
    return shared_responsibility().registers.duties


def shared_responsibility() -> Responsibility:
    """The registers of who is responsible, those of the shared engine."""
    consequences = shared_engine().consequences
    assert consequences is not None  # open_engine always brings them
    return consequences.who


def value_paths(attribute: Attribute) -> dict[str, str]:
    """Value -> its path from the broadest value, in the order of the tree."""
    return {v: " › ".join((*reversed(up), v)) for v, up in attribute.ancestors().items()}


def industry_paths(engine: Engine) -> dict[str, str]:
    return value_paths(engine.kb.attributes["行业"])


def md(text: str) -> str:
    """Text for a place that reads Markdown, every mark in it disarmed.

    >>> md("1*2 :red[x]")
    '1\\\\*2 \\\\:red\\\\[x\\\\]'
    """
    return _MARKDOWN.sub(r"\\\1", text)


def _icon(name: str) -> str:
    return f'<span class="pd-icon" aria-hidden="true">{name}</span>'


def page_head(title: str, what_for: str) -> None:
    told = f"<p>{escape(what_for)}</p>" if what_for else ""
    _html(f"<h1>{escape(title)}</h1>{told}", "pd-head")


def section_head(title: str) -> None:
    _html(f"<h2>{escape(title)}</h2>")


def verdict_card(verdict: Verdict) -> None:
    """The answer: level with icon and word, citations with restatement, and why in one line."""
    look = LEVELS[verdict.level]
    lines = [f'<div class="pd-level" role="status">{_icon(look.icon)}<span>{verdict.level}</span></div>']
    for result in verdict.decisive:
        grade = verdict.standards[result.clause.standard].grade
        named = "" if grade == verdict.level.value else f"（该标准称“{escape(grade)}”）"
        lines.append(
            f'<p class="pd-cite">{escape(verdict.citation(result))}{named}'
            f" <small>【{result.status}】</small></p>"
            f"<p>{escape(result.clause.restatement)}</p>"
        )
    if not verdict.decisive:
        lines += [f"<p>可能涉及：{escape(verdict.citation(r))}</p>" for r in verdict.open[:MOST_OPEN_CITED]]
    lines.append(f'<p class="pd-why">理由：{escape(why(verdict))}</p>')
    steps = "".join(f"<li>{escape(line)}</li>" for line in next_steps(verdict))
    if steps:
        lines.append(f'<div class="pd-now"><b>现在要做</b><ul>{steps}</ul></div>')
    _html("".join(lines), "pd-card", look.style)


def level_tag(level: str) -> Html:
    """A level as a small label: icon and word."""
    look = LEVELS[level]
    return Html(f'<span class="pd-tag {look.style}">{_icon(look.icon)}{escape(level)}</span>')


def how_to(how: str) -> None:
    """How to find an answer out, unfolded when asked for: most people know."""
    if how:
        _html(details("怎么核实", f"<p>{escape(how)}</p>"), "pd-how")


def finding_line(number: int, verdict: Verdict) -> None:
    """A finding in one line: level with its icon, the text, and what it rests on."""
    cited = verdict.decisive or verdict.open
    basis = f'<div class="pd-from">{escape(verdict.citation(cited[0]))}</div>' if cited else ""
    _html(
        f"{level_tag(verdict.level)} {number}. {escape(verdict.text)}{basis}",
        "pd-kept",
    )


def part_list(verdict: Verdict) -> None:
    """The level of each part, when a finding holds several."""
    if len(verdict.parts) > 1:
        items = (f"<li>{escape(p.text)} <b>{p.level}</b></li>" for p in verdict.parts)
        _html(f'<ul class="pd-parts">{"".join(items)}</ul>')


def marked_text(verdict: Verdict) -> str:
    """The finding as HTML: deciding words marked, unread words dotted, every character escaped."""
    kinds = [""] * len(verdict.text)
    for kind, spans in (("未读", verdict.unread), ("判定", deciding_spans(verdict))):
        for span in spans:
            kinds[span.start : span.end] = [kind] * len(kinds[span.start : span.end])
    out = []
    for kind, words in _runs(verdict.text, kinds):
        inner = escape(words)
        tags = {"判定": ("<mark>", "</mark>"), "未读": ('<span class="pd-unread" title="未读懂">', "</span>")}
        before, after = tags.get(kind, ("", ""))
        out.append(f"{before}{inner}{after}")
    return "".join(out)


def _runs(text: str, kinds: list[str]) -> Iterable[tuple[str, str]]:
    start = 0
    for i in range(1, len(text) + 1):
        if i == len(text) or kinds[i] != kinds[start]:
            yield kinds[start], text[start:i]
            start = i


def finding_text(verdict: Verdict) -> None:
    """The finding with its marks, the legend, and how much was read."""
    if not verdict.text.strip():
        return
    legend = [f"<span>文字读懂程度：<b>{escape(verdict.read)}</b></span>"]
    if deciding_spans(verdict):
        what = "判定所依据的词" if verdict.decisive else "触及条款的词"
        legend.append(f"<span><mark>标底色</mark>：{what}</span>")
    if verdict.unread:
        legend.append('<span><span class="pd-unread">点下划线</span>：没有读懂、未用于判定的词</span>')
    _html(f'<div class="pd-text">{marked_text(verdict)}</div><div class="pd-legend">{"".join(legend)}</div>')


def clause_box(explanation: ClauseExplanation) -> None:
    """One clause in an expander: restatement, facts for and against, what is missing, the whole trace."""
    result = explanation.result
    ref = f"〔{md(explanation.standard.domain)}〕{md(result.clause.ref)}"
    icon = f":material/{STATUS_ICONS[result.status]}:"
    with st.expander(f"{icon} **{result.status}**　{ref}　{md(result.clause.title)}"):
        _html(_told(explanation))
        st.page_link(
            "app_pages/standards.py", label="在标准库里看这一条", icon=":material/menu_book:",
            query_params={"clause": result.clause.id},
        )  # fmt: skip


def excluded_box(explanations: Sequence[ClauseExplanation]) -> None:
    """The clauses that do not hold, in one expander, each unfolding its reasons."""
    if not explanations:
        return
    with st.expander(f"为什么不是：排除的条款 {len(explanations)} 条", icon=":material/block:"):
        lines = (
            details(
                f"{e.result.status}　〔{e.standard.domain}〕{e.result.clause.ref}　{e.result.clause.title}",
                _told(e),
            )
            for e in explanations
        )
        _html("".join(lines), "pd-excluded")


def _told(explanation: ClauseExplanation) -> Html:
    """Citation, restatement, facts and the tree of reasons of one clause."""
    tree = "".join(
        f"<dt>{escape(s.name)}</dt><dd><ul>{''.join(map(_tree, s.traces))}</ul></dd>"
        for s in explanation.sections
    )
    restated = escape(explanation.result.clause.restatement)
    return Html(
        f'<p class="pd-cite">{escape(explanation.citation)}</p><p>{restated}</p>{_reasons(explanation)}'
        f'<p class="pd-cite">逐项判断</p><dl>{tree}</dl><p class="pd-from">{escape(_checked(explanation))}</p>'
    )


def _reasons(explanation: ClauseExplanation) -> str:
    """Facts for, facts against, presumptions and missing facts, those that there are."""
    result = explanation.result
    told = (
        ("认定的事实", [fact_line(v) for v in result.support]),
        ("依据的推定", [fact_line(v) for v in result.presumed]),
        ("使它不成立的事实", _against(explanation.refuting, result.refuted_by)),
        ("还缺的事实", [q.question for q in explanation.questions]),
        ("一并适用", [f"{r}：{_rule(explanation, r)}" for r in result.rules]),
    )
    rows = (
        f"<dt>{title}</dt>" + "".join(f"<dd>{escape(line)}</dd>" for line in lines)
        for title, lines in told if lines
    )  # fmt: skip
    told_rows = "".join(rows)
    return f"<dl>{told_rows}</dl>" if told_rows else ""


def _against(known: Iterable[FactValue], ids: Iterable[str]) -> list[str]:
    lines = {v.fact: fact_line(v) for v in known}
    return [lines.get(id, fact_name(id)) for id in ids]


def _rule(explanation: ClauseExplanation, ref: str) -> str:
    return next((r.restatement for r in explanation.standard.rules if r.ref == ref), "")


def _checked(explanation: ClauseExplanation) -> str:
    clause = explanation.result.clause
    kind = EXECUTABILITY[clause.executability]
    reason = f"（{clause.reason}）" if clause.reason else ""
    return f"条文为复述，{clause.checked_on} 核对{kind}{reason}"


def _tree(node: Trace) -> str:
    mark, style, word = TRUTHS[node.truth]
    noticed = "（已提及，未确定）" if node.noticed and node.truth is None else ""
    source = f"　← {node.value.shown()}（{origin(node.value)}）" if node.value is not None else ""
    rule = f"，依{node.rule}" if node.rule else ""
    inner = f"<ul>{''.join(map(_tree, node.parts))}</ul>" if node.parts else ""
    return (
        f'<li><span class="pd-mark {style}" title="{word}" role="img" aria-label="{word}">{mark}</span>'
        f"{escape(condition_words(node.text))}{noticed}"
        f'<span class="pd-from">{escape(source + rule)}</span>{inner}</li>'
    )


_JOINED = {"且": "同时满足", "或": "满足其一", "非": "以下不成立"}


def condition_words(text: str) -> str:
    """A condition of a trace in words.

    >>> condition_words("缺 锁气卸灰装置@除尘系统")
    '缺：除尘系统的锁气卸灰装置'
    >>> condition_words("数 人数@快速冻结作业间 > 9 人")
    '快速冻结作业间的人数 > 9 人'
    >>> condition_words("粉尘种类=木质粉尘|煤粉")
    '粉尘种类：木质粉尘或煤粉'
    """
    if text in _JOINED:
        return _JOINED[text]
    op, _, rest = text.partition(" ")
    if op == "数":
        fact, _, bound = rest.partition(" ")
        return f"{fact_name(fact)} {bound}"
    if rest:
        return f"{op}：{fact_name(rest)}"
    return text.replace("=", "：").replace("|", "或")


def conclusion_card(text: str, found: bool, open_: bool) -> None:
    """A result in one sentence, drawn by the gravest thing it says."""
    look = LEVELS["重大事故隐患" if found else "需核实" if open_ else "未见隐患"]
    _html(
        f'<div class="pd-cite" role="status">{_icon(look.icon)} {escape(text)}</div>', "pd-card", look.style
    )


def hazard_box(title: str, citation: str, told: Iterable[tuple[str, str]], style: str = "pd-major") -> None:
    """One matter (a hazard): what, by which clause or document, and what there is to say of it."""
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in told if text)
    _html(
        f'<p class="pd-cite">{escape(title)}</p><p>{escape(citation)}</p><dl>{rows}</dl>',
        "pd-card",
        style,
    )


def numbered(name: str, lines: Iterable[tuple[str, str]]) -> None:
    """The lines of a document, each with its place, in a field that scrolls, by keyboard too."""
    rows = "".join(f"<li><small>{escape(place)}</small>{escape(text)}</li>" for place, text in lines)
    _html(
        f'<div class="pd-scroll" tabindex="0" role="region" aria-label="{escape(name)}"><ul class="pd-lines">{rows}</ul></div>'
    )


def wide() -> None:
    """This page needs the whole width: two things side by side."""
    st.html("<style>.stMainBlockContainer { max-width: 96rem; }</style>")


def stem(number: str, kind: str, text: str) -> None:
    """The stem of a question with its number and kind."""
    _html(f'<p class="pd-stem"><small>{escape(number)}　{escape(kind)}</small><br>{escape(text)}</p>')


def reviewed(question: QuizQuestion, given: str) -> None:
    """An answer beside the key, the explanation and where it stands."""
    right = given == question.key
    mark, word = ("✓", "答对了") if right else ("✗", f"答 {given or '（未答）'}，应为 {question.key}")
    key = "；".join(question.right)
    _html(
        f'<p class="pd-cite">{mark} {escape(word)}</p><p>{escape(key)}</p><p>{escape(question.explanation)}</p>'
        f'<p class="pd-from">出处：{escape(question.citation.text)}</p>',
        "pd-card", "pd-none" if right else "pd-major",
    )  # fmt: skip


def clock(seconds: float) -> None:
    """The time left, in minutes and seconds."""
    minutes, rest = divmod(max(0, int(seconds)), 60)
    _html(f"{_icon('timer')} 剩余 <b>{minutes:02d}:{rest:02d}</b>", "pd-clock")


def near_list(near: Iterable[NearMiss], said: Callable[[NearMiss], list[str]]) -> None:
    """Clauses one fact away: which fact, what is known of it, with what it would hold."""
    items = []
    for n in near:
        now = f"现为“{escape(n.now.shown())}”；" if n.now else ""
        would = escape("或".join(said(n)))
        items.append(
            f"<li><b>{escape(n.clause.title)}</b><br>{escape(n.question.question)}{now}为“{would}”即构成。"
            f'<div class="pd-from">{escape(n.citation)}</div></li>'
        )
    _html(f'<ul class="pd-duties">{"".join(items)}</ul>')


def footer(verdict: Verdict, disclaimer: str) -> None:
    """Notes, the disclaimer, once, and the evaluators and the knowledge-base version."""
    notes = "".join(f"<p>{escape(n)}</p>" for n in verdict.notes)
    stand = f"判定日期 {verdict.on}；知识库版本 {verdict.kb_version}；{verdict.evaluators}"
    foot(f"{notes}<p>{escape(disclaimer)}</p><p>{escape(stand)}</p>")


def foot(inner: str) -> None:
    _html(inner, "pd-foot")
