"""Question banks of others (xlsx, csv, docx) as items: stem, options, key, explanation, each with its place."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.records import open_docx
from engine.quiz.model import LABELS
from kb.errors import BadInput, Problem

FORMATS = (".xlsx", ".csv", ".docx", ".json")
MAX_BYTES = 50 * 1024 * 1024
_HEADERS = {
    "stem": ("题干", "题目", "试题", "题目内容", "试题内容", "问题", "内容", "题目正文", "stem", "question"),
    "key": ("答案", "正确答案", "参考答案", "标准答案", "key", "answer"),
    "options": ("选项", "备选项", "备选答案", "候选项", "options"),
    "explanation": ("解析", "答案解析", "试题解析", "说明", "explanation", "依据说明"),
    "basis": ("依据", "出处", "法规依据", "命题依据", "来源", "考点依据"),
    "kind": ("题型", "类型", "试题类型", "题目类型"),
    "topic": ("行业", "行业领域", "类别", "专业", "分类", "章节", "科目"),
}
_OPTION_HEADER = re.compile(r"^(?:选项|备选项|答案选项)?\s*([A-HＡ-Ｈ])\s*(?:选项|项)?$")
_SPLIT = re.compile(r"(?:^|(?<=[\s;；|\n、，。])|(?<=[^A-Za-z0-9]))([A-HＡ-Ｈ])\s*[.．、:：)）]\s*")
_NUMBERED = re.compile(r"^\s*(?:第?\s*\d{1,4}\s*[题.．、)）])\s*")
_SECTION = re.compile(
    r"^\s*[一二三四五六七八九十]{1,3}、(?:[^。？?（(]{0,8}题|[^。？?（(]{2,12}(?=[（(]共?\s*\d+题))(?:[（(][^（）()]*[）)])?\s*$"
)
_KIND = re.compile(r"^\s*[（(【\[](单选|多选|判断|不定项|填空|案例|简答)[^（）()【】\[\]]{0,6}[）)】\]]\s*")
_KEY_LINE = re.compile(r"^\s*[【\[]?(?:正确|参考|标准)?答案[】\]]?\s*[:：]?\s*(.+)$")
_NOTE_LINE = re.compile(r"^\s*[【\[]?(?:答案)?(?:解析|依据|出处)[】\]]?\s*[:：]\s*(.+)$")
_INLINE_KEY = re.compile(r"[（(]\s*([A-H]{1,6}|对|错|√|×|正确|错误)\s*[）)]")
_WIDE = str.maketrans("ＡＢＣＤＥＦＧＨ", LABELS)
_YES, _NO = (
    ("对", "正确", "√", "是", "T", "TRUE", "Y"),
    ("错", "错误", "×", "✗", "否", "F", "FALSE", "N", "不正确"),
)


@dataclass(frozen=True)
class Item:
    """One question. `holds`: what a 判断 is keyed as, None for the other kinds; `right`: labels keyed as right."""

    place: str
    stem: str
    options: tuple[str, ...]
    key: str
    explanation: str = ""
    basis: str = ""
    topic: str = ""
    kind: str = ""

    @property
    def holds(self) -> bool | None:
        words = {o.strip() for o in self.options}
        typed = self.key.strip().upper().rstrip("。.")
        if words and not words <= {*_YES, *_NO}:
            return None
        if words and len(typed) == 1 and typed in LABELS[: len(self.options)]:
            typed = self.options[LABELS.index(typed)].strip()
        return True if typed in _YES else False if typed in _NO else None

    @property
    def letters(self) -> str:
        """The key without what stands between its letters."""
        return re.sub(r"[\s,，、;；.]", "", self.key.translate(_WIDE).upper())

    @property
    def right(self) -> tuple[str, ...]:
        """The texts keyed as right; a key that is no label is the answer itself (填空)."""
        labels = self.letters
        if self.options and labels and all(c in LABELS[: len(self.options)] for c in labels):
            return tuple(self.options[LABELS.index(c)] for c in labels)
        if self.holds is not None:  # a word or mark of 对、错 names the option that says the same
            same = tuple(o for o in self.options if (o.strip() in _YES) is self.holds)
            return same if self.options else (self.key,)
        if not self.options:  # letters alone are those of options that are not there
            return () if not labels or all(c in LABELS for c in labels) else (self.key,)
        return tuple(o for o in self.options if o == self.key)

    @property
    def wrong(self) -> tuple[str, ...]:
        return tuple(o for o in self.options if o not in self.right)


@dataclass
class _Draft:
    place: str
    stem: str = ""
    options: list[str] = field(default_factory=list)
    key: str = ""
    explanation: str = ""
    kind: str = ""

    def item(self) -> Item:
        told = (self.stem.strip(), tuple(self.options), self.key.strip(), self.explanation.strip())
        return Item(self.place, *told, kind=self.kind)


def read_bank(path: Path) -> list[Item]:
    """Every question of a bank. Raises BadInput naming what is wrong with the file or which column is missing."""
    readers = {".xlsx": _xlsx, ".csv": _csv, ".docx": _docx, ".json": _json}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise _fault(path, f"不认识的题库格式 {path.suffix!r}，应为 {'、'.join(FORMATS)}")
    if not path.is_file():
        raise _fault(path, "没有这个文件")
    if path.stat().st_size > MAX_BYTES:
        raise _fault(path, f"大于 {MAX_BYTES // 2**20} MB，不读")
    items = [i for i in reader(path) if i.stem]
    if not items:
        raise _fault(path, "没有读到题目；表格应有 题干、答案 两栏，文档每题应编号并写明“答案：”")
    return items


def _fault(path: Path, message: str) -> BadInput:
    return BadInput([Problem(str(path), 0, message)])


def _csv(path: Path) -> Iterator[Item]:
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise _fault(path, "不是 UTF-8 或 GB18030 编码的文字")
    return _table(path, "", csv.reader(io.StringIO(text)))


def _json(path: Path) -> Iterator[Item]:
    """Questions as `panding quiz new --out … .json` writes them."""
    try:
        rows = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise _fault(path, "不是可读的 JSON") from None
    if not isinstance(rows, list):
        raise _fault(path, "应是题目的列表，每题有 stem、options、key")
    for n, row in enumerate(rows, 1):
        if not isinstance(row, dict):
            raise _fault(path, f"第{n}题应有 stem、options、key，却是 {type(row).__name__}")
        options = row.get("options") or {}
        texts = (
            options.values() if isinstance(options, dict) else options if isinstance(options, list) else ()
        )
        held = [str(row.get(name) or "").strip() for name in ("stem", "key", "explanation")]
        yield Item(f"第{n}题", held[0], tuple(str(t).strip() for t in texts), *held[1:])


def _xlsx(path: Path) -> Iterator[Item]:
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception:  # openpyxl raises whatever it stumbles over
        raise _fault(path, "不是可读的 xlsx 文件，可能损坏、加了密码，或者是别的格式改了扩展名") from None
    sheets = [(s.title, list(s.iter_rows(values_only=True))) for s in book.worksheets]
    book.close()
    for title, rows in sheets:
        if any(any(row) for row in rows):
            yield from _table(path, title if len(sheets) > 1 else "", rows)


def _table(path: Path, sheet: str, rows: Iterable[Sequence[Any]]) -> Iterator[Item]:
    columns: dict[str, int] = {}
    letters: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        cells = ["" if c is None else str(c).strip() for c in row]
        if not columns:
            columns, letters = _header(cells)
            if not columns and number >= 10:
                break
            continue

        options = [_unlabelled(cells[i], c) for c, i in letters.items() if i < len(cells) and cells[i]]
        held = {name: cells[at] for name, at in columns.items() if at < len(cells)}
        stem, inside = held.get("stem", ""), held.get("options", "")
        if not options and inside:
            options = split_options(inside)
        elif not options:
            stem, options = _options_in(stem)
        place = f"{f'{sheet}!' if sheet else ''}第{number}行"
        rest = [held.get(name, "") for name in ("key", "explanation", "basis", "topic", "kind")]
        yield Item(place, stem, tuple(options), *rest)
    if not columns:
        raise _fault(
            path, f"{f'工作表 {sheet}：' if sheet else ''}前10行没有找到 题干（题目、试题）和 答案 两栏"
        )


def _unlabelled(option: str, label: str) -> str:
    """An option without its own letter, of either width (A.甲, Ａ．甲 in the column 选项A)."""
    wide = chr(ord(label) + 0xFEE0)
    return re.sub(rf"^[{label}{wide}]\s*[.．、:：)）]\s*(?=\S)", "", option)


def _header(cells: list[str]) -> tuple[dict[str, int], dict[str, int]]:
    """Which column is which, and the columns of single options; none where this is no header."""
    found: dict[str, int] = {}
    letters: dict[str, int] = {}
    plain = [re.sub(r"[\s（）()*]", "", c) for c in cells]
    for name, words in _HEADERS.items():
        at = next((plain.index(w) for w in words if w in plain), None)
        if at is None:
            at = next(
                (i for w in words[:2] for i, c in enumerate(plain) if w in c and i not in found.values()),
                None,
            )
        if at is not None and at not in found.values():
            found[name] = at
    for i, cell in enumerate(plain):
        option = _OPTION_HEADER.match(cell)
        if option:
            letters[option[1].translate(_WIDE)] = i
    return (found, dict(sorted(letters.items()))) if "stem" in found and "key" in found else ({}, {})


def split_options(text: str) -> list[str]:
    """「A.甲 B.乙」 as options; without letters, by lines or bars."""
    pieces = _SPLIT.split(text)
    if len(pieces) >= 5 and [p.translate(_WIDE) for p in pieces[1::2]] == list(LABELS[: len(pieces) // 2]):
        return [p.strip(" ;；|\n\t，,") for p in pieces[2::2]]
    return [p.strip() for p in re.split(r"[\n|；;]", text) if p.strip()]


def _options_in(stem: str) -> tuple[str, list[str]]:
    """Options that stand in the stem itself, taken out of it."""
    first = _SPLIT.search(stem)
    options = split_options(stem[first.start() :]) if first and first[1].translate(_WIDE) == "A" else []
    return (stem[: first.start()].strip(), options) if first and len(options) > 1 else (stem, [])


def _docx(path: Path) -> Iterator[Item]:
    from docx.table import Table

    draft: _Draft | None = None
    n = 0
    for block in open_docx(path).iter_inner_content():
        if isinstance(block, Table):
            rows = [[c.text for c in row.cells] for row in block.rows]
            if rows and _header([c.strip() for c in rows[0]])[0]:
                yield from _table(path, "", rows)
            continue
        for line in block.text.splitlines():
            n += 1
            if not line.strip():
                continue
            if _SECTION.match(line):
                if draft is not None:
                    yield draft.item()
                draft = None
            elif _NUMBERED.match(line) and not _KEY_LINE.match(line):
                if draft is not None:
                    yield draft.item()
                draft = _started(f"第{n}段", _NUMBERED.sub("", line, count=1))
            elif draft is not None:
                _continued(draft, line.strip())
    if draft is not None:
        yield draft.item()


def _started(place: str, text: str) -> _Draft:
    kind = _KIND.match(text)
    stem, options = _options_in(_KIND.sub("", text))
    draft = _Draft(place, stem, options, kind=kind[1] if kind else "")
    held = list(_INLINE_KEY.finditer(stem))
    if held:  # the key stands in the blank of the stem
        draft.key = held[-1][1]
        draft.stem = f"{stem[: held[-1].start()]}（　　）{stem[held[-1].end() :]}"
    return draft


def _continued(draft: _Draft, line: str) -> None:
    key, note = _KEY_LINE.match(line), _NOTE_LINE.match(line)
    if note:
        draft.explanation += note[1]
    elif key:
        answer, _, rest = key[1].partition("解析")
        draft.key, draft.explanation = answer.strip(" 　。；;【"), draft.explanation + rest.lstrip("】:： ")
    elif (pieces := _SPLIT.split(line)) and len(pieces) >= 3 and not pieces[0].strip():
        draft.options += [p.strip() for p in pieces[2::2]]
    elif draft.key:
        draft.explanation += line
    else:
        draft.stem += line
