"""The outline of a Chinese government document: parts, headings and items, each with its place and its doubts.

Numbering as printed: 第一章 · 一、 · （一） · 1. · （1） · 1） · ①, annexes 附件N. What is misnumbered, broken over
lines, run together or lost is put right where that is plain, and said.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from corpus.documents import Line
from corpus.quantities import chinese_number
from corpus.units import ENDINGS

STYLES = ("附件", "章", "一、", "（一）", "1.", "（1）", "1）", "①")  # from the outermost inwards
_CN = "一二三四五六七八九十"
_DOT = r"\.(?!\d)|\.(?=20\d\d年)"  # 1.2026年 is item 1, 1.5米 is a measure
_MARK = re.compile(
    rf"(?:第(?P<Z>[{_CN}]{{1,3}})[章编部](?:分)?[\s:：、]*"
    rf"|(?P<Y>[{_CN}]{{1,3}})[、．.]"
    rf"|[（(]\s*(?P<P>[{_CN}]{{1,3}})\s*[）)][、.]?"
    r"|[（(]\s*(?P<N>\d{1,3})\s*[）)][、.]?"
    rf"|(?P<D>\d{{1,3}})(?:[、．]|{_DOT})"
    r"|(?P<R>\d{1,3})[）)]"
    r"|(?P<C>[①-⑳]))\s*"
)
_GROUPS = {"Z": "章", "Y": "一、", "P": "（一）", "D": "1.", "N": "（1）", "R": "1）", "C": "①"}
_ANNEX = re.compile(rf"附\s*[件表]\s*(?P<n>\d{{1,2}}|[{_CN}]{{1,3}})?\s*[:：]?\s*$")
_ANNEX_LIST = re.compile(
    rf"附\s*[件表]\s*[:：]\s*(?=\S)|附\s*[件表]\s*(?:\d{{1,2}}|[{_CN}]{{1,3}})\s*[:：.．、]\s*(?=\S)"
)
_SENTENCE_END = "。；;！？!?：:”】"
_INLINE = re.compile(
    rf"(?<=[。；;])\s*(?=(?:[（(](?:[{_CN}]{{1,3}}|\d{{1,2}})[）)]|\d{{1,2}}(?:[、．]|{_DOT})|[①-⑳]))"
)
_ORPHAN = re.compile(r"[的地得和与及等，、；。）)]")
DAY = re.compile(r"(?P<y>20\d\d)\s*[年-]\s*(?P<m>\d{1,2})\s*[月-]\s*(?P<d>\d{1,2})\s*日?")
_SIGNED = re.compile(r"[^。，；：（）\d]{4,30}")
_LONGEST = 10_000  # characters a paragraph is joined to
_HEADING = 45  # characters a heading may have
_SHORT = 14  # characters a cell of a flattened table may have
_TABLE = 4  # short lines in a row that make a flattened table


@dataclass(frozen=True)
class Paragraph:
    """A paragraph with the place where it begins; `broken` where it was put together from several lines."""

    line: Line
    text: str
    broken: bool = False


@dataclass
class Item:
    """One numbered item (or the document itself). `ref` as the cases write it; `body` its own paragraphs."""

    style: str
    number: int
    printed: str
    title: str
    place: Line
    body: list[Paragraph] = field(default_factory=list)
    children: list[Item] = field(default_factory=list)
    parent: Item | None = None
    doubts: list[str] = field(default_factory=list)
    run_in: bool = False  # heading and text in one line
    sentence: bool = False  # its first line ends like a sentence
    closing: bool = False  # the unnumbered paragraph behind the last item
    cells: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Its own words, heading and paragraphs."""
        texts = [p.text for p in self.body]
        return "\n".join(texts if self.run_in else [self.title, *texts])

    @property
    def ref(self) -> str:
        """Where it stands: 二（一）2.（9）, 附件3 二（五）15, 第三章 五（五）, 三（末段）."""
        above = self.parent.ref if self.parent else ""
        if self.closing:
            return f"{above}（末段）"
        if not self.parent:
            return ""
        return above + _between(self.parent.style, self.style, bool(above)) + self.printed

    def walk(self) -> Iterator[Item]:
        yield self
        for child in self.children:
            yield from child.walk()

    def above(self) -> Iterator[Item]:
        """The items that hold it, from the nearest outwards."""
        item = self.parent
        while item is not None:
            yield item
            item = item.parent


def _between(above: str, style: str, any_above: bool) -> str:
    """What is written between two parts of a ref."""
    if not any_above:
        return ""
    if above in ("附件", "章"):
        return " "
    if style in ("1.", "1）", "①") and above == "一、":
        return " "
    return "." if above == "1." and style in ("（1）", "1）", "①") else ""


def normalized(text: str) -> str:
    """Brackets, commas, colons and digits in one width; one character in, one out.

    >>> normalized("(责任单位:旗公安局,旗民政局)")
    '（责任单位：旗公安局，旗民政局）'
    """
    text = text.translate(_WIDTHS)
    return re.sub(r"(?<!\d),|,(?!\d)", "，", text)


_WIDTHS = str.maketrans("():;０１２３４５６７８９［］\u3000\u00a0", "（）：；0123456789[]  ")


@dataclass(frozen=True)
class Outline:
    """The document as a tree. `front`: paragraphs before the first number; `annexes`: number and title as listed.

    `foot`: who signs and the date, behind the last item.
    """

    root: Item
    front: tuple[Paragraph, ...]
    annexes: tuple[tuple[int, str], ...]
    doubts: tuple[str, ...]
    foot: tuple[Paragraph, ...] = ()


def read_outline(lines: Iterable[Line]) -> Outline:
    """The outline of a document's lines."""
    paragraphs, foot = _without_foot(list(_split(_joined(list(lines)))))
    builder = _Builder([m[:2] if (m := _mark(p.text)) else None for p in paragraphs])
    for paragraph in paragraphs:
        builder.add(paragraph)
    return replace(builder.finished(), foot=foot)


# -- lines -> paragraphs ---------------------------------------------------------------------------------


def _joined(lines: list[Line]) -> Iterator[Paragraph]:
    """Paragraphs: a line that stops in mid-sentence goes on in the next one that begins with no number."""
    held: Paragraph | None = None
    for line in (li for li in lines if li.text):
        text = normalized(line.text)
        if held is not None and not line.cells and _goes_on(held.text, text):
            held = Paragraph(held.line, held.text + text, True)
            continue
        if held is not None:
            yield held
        held = Paragraph(line, text)
    if held is not None:
        yield held


def _goes_on(before: str, after: str) -> bool:
    """Whether a line is the rest of the one before. A heading, a name or a table cell is not broken."""
    if len(before) > _LONGEST:
        return False
    if (
        before.count("（") > before.count("）")
        and not before.endswith(("（", "。"))
        and len(before) > _HEADING
    ):
        return True
    if before.endswith((*_SENTENCE_END, "）", "》")) or _ANNEX.match(after) or _mark(after):
        return False
    if before.endswith(("，", "、")):
        return len(before) > _SHORT or "。" in before
    running = before[_end_of_mark(before) :]
    return "。" in running or (len(running) > _HEADING and bool(re.search("[，；]", running)))


def _end_of_mark(text: str) -> int:
    found = _MARK.match(text)
    return found.end() if found else 0


def _split(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Items run into one paragraph, apart: 「1.…；2.…」 where the numbers follow each other."""
    for paragraph in paragraphs:
        first, *rest = _INLINE.split(paragraph.text)
        parts = [first]
        for part in rest:
            before, here = _mark(parts[-1]), _mark(part)
            follows = before and here and before[0] == here[0] and here[1] == before[1] + 1
            if follows:
                parts.append(part)
            else:
                parts[-1] += part
        yield from (replace(paragraph, text=p) for p in parts)


def _without_foot(paragraphs: list[Paragraph]) -> tuple[list[Paragraph], tuple[Paragraph, ...]]:
    """Signature and date apart from the rest: behind the last item, before the end or the annexes."""
    numbered = False
    for n, (name, day) in enumerate(pairwise(paragraphs)):
        after = paragraphs[n + 2].text if n + 2 < len(paragraphs) else ""
        last = not after or _ANNEX.match(after) or _ANNEX_LIST.match(after)
        if numbered and last and DAY.fullmatch(day.text.strip()) and _signs(name):
            return paragraphs[:n] + paragraphs[n + 2 :], (name, day)
        numbered = numbered or _mark(name.text) is not None
    return paragraphs, ()


def _signs(paragraph: Paragraph) -> bool:
    """Whether a paragraph is the name of a unit and nothing else."""
    text = paragraph.text.strip()
    bare = not paragraph.line.cells and not _mark(text)
    return bare and text.endswith(ENDINGS) and _SIGNED.fullmatch(text) is not None


def _mark(text: str) -> tuple[str, int, str, int] | None:
    """Style, number, number as a ref writes it, and where the words begin."""
    found = _MARK.match(text)
    if not found:
        return None
    group = next(g for g in _GROUPS if found[g])
    style, raw = _GROUPS[group], found[group]
    number = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳".index(raw) + 1 if style == "①" else int(chinese_number(raw) or 0)
    return style, number, _printed(style, raw), found.end()


def _printed(style: str, raw: str) -> str:
    return {"章": f"第{raw}章", "（一）": f"（{raw}）", "（1）": f"（{raw}）", "附件": f"附件{raw}"}.get(
        style, raw
    )


def chinese(number: int) -> str:
    """A number below a hundred in Chinese.

    >>> chinese(21)
    '二十一'
    """
    tens, ones = divmod(number, 10)
    return (("" if tens == 1 else _CN[tens - 1]) + "十" if tens else "") + (_CN[ones - 1] if ones else "")


# -- paragraphs -> tree ----------------------------------------------------------------------------------


class _Builder:
    """Puts each paragraph where it belongs."""

    def __init__(self, marks: list[tuple[str, int] | None]) -> None:
        """`marks`: style and number of each paragraph that will be added, in order."""
        self.ahead = deque(marks)
        start = Line(0, "", "")
        self.root = Item("", 0, "", "", start)
        self.here = self.root
        self.front: list[Paragraph] = []
        self.annexes: list[tuple[int, str]] = []
        self.listing = False
        self.doubts: list[str] = []
        self.latest: dict[tuple[int, str], int] = {}  # by part and style: the last number
        self.taken: set[tuple[int, str, str]] = set()  # parent, style, number as printed

    def add(self, paragraph: Paragraph) -> None:
        text = paragraph.text
        self.ahead.popleft()
        if _ANNEX.match(text):
            self._open_annex(paragraph)
        elif _ANNEX_LIST.match(text):
            self._list_annex(paragraph.text)
        elif mark := _mark(text):
            if self.listing and mark[0] == "1." and len(text) < 60 and "。" not in text:
                self._list_annex(text)
            else:
                self._open(paragraph, mark)
        else:
            self._text(paragraph)

    # annexes

    def _open_annex(self, paragraph: Paragraph) -> None:
        found = _ANNEX.match(paragraph.text)
        raw = (found["n"] if found else None) or ""
        number = int(chinese_number(raw) or 0) if raw else 0
        self.here = self._append(self.root, "附件", number, _printed("附件", raw), "", paragraph.line)
        self.listing = False

    def _list_annex(self, text: str) -> None:
        rest = _ANNEX_LIST.sub("", text) if not _mark(text) else text
        mark = _mark(rest)
        own = re.match(rf"附\s*[件表]\s*(\d{{1,2}}|[{_CN}]{{1,3}})", text)
        number = mark[1] if mark else int(chinese_number(own[1]) or 0) if own else 1
        self.annexes.append((number, rest[mark[3] :] if mark else rest))
        self.listing = True

    # numbered items

    def _open(self, paragraph: Paragraph, mark: tuple[str, int, str, int]) -> None:
        self.listing = False
        style, number, printed, end = mark
        doubts: list[str] = []
        style, printed, doubts = self._restyled(style, number, printed)
        parent = self._parent(style)
        self._mend_first(style, number, parent)
        last = parent.children[-1] if parent.children else None
        if last is not None and last.style == style:
            doubts += self._sequence(last, number, printed, parent, paragraph)
        elif number != 1 and style != "章" and not self._running(style, number, parent):
            doubts.append(f"本级第一项印作“{printed}”，前面可能缺项")
        while (id(parent), style, printed) in self.taken:
            printed += "（又）"
        words = paragraph.text[end:].strip()
        item = self._append(parent, style, number, printed, words, paragraph.line)
        item.doubts += doubts
        if paragraph.broken:
            item.doubts.append("正文断行，已接上")
        title, run_in = _title(words)
        item.title, item.run_in, item.sentence = title, run_in, words.endswith(("。", "；"))
        if run_in:
            item.body.append(replace(paragraph, text=words))
        self.here = item

    def _append(self, parent: Item, style: str, number: int, printed: str, title: str, place: Line) -> Item:
        item = Item(style, number, printed, title, place, parent=parent)
        parent.children.append(item)
        self.taken.add((id(parent), style, printed))
        self.latest[id(self._part(parent)), style] = number
        return item

    def _part(self, item: Item) -> Item:
        """The annex or chapter over which numbers may run on."""
        return next((i for i in (item, *item.above()) if i.style in ("附件", "章", "")), self.root)

    def _parent(self, style: str) -> Item:
        """The nearest open item that is further out than this style."""
        rank = STYLES.index(style)
        item = self.here
        while item.parent is not None and STYLES.index(item.style) >= rank:
            item = item.parent
        return item

    def _restyled(self, style: str, number: int, printed: str) -> tuple[str, str, list[str]]:
        """A number of the wrong form: 「6、」 between 五、 and 七、. Only where no item of its own level expects it.

        The level it is put on must go on behind it with a later number: 「2.」 before 「（二）」 is no （二）.
        """
        parent = self._parent(style)
        sibling = parent.children and parent.children[-1].style == style
        if number == 1 or sibling or style in ("章", "一、") or self._running(style, number, parent):
            return style, printed, []
        if self._first_of(style, number, parent):
            return style, printed, []
        for outer in self.here.above() if self.here.parent else ():
            last = outer.children[-1] if outer.children else None
            if (
                last is not None
                and last.style in ("一、", "（一）")
                and last.number == number - 1
                and last.style != style
                and self._next(last.style) > number
            ):
                mended = _printed(last.style, chinese(number))
                return last.style, mended, [f"序号印作“{printed}”，按上下文应为“{mended}”"]
        return style, printed, []

    def _next(self, style: str) -> int:
        """The next number printed in a style; 0 where none follows."""
        return next((m[1] for m in self.ahead if m and m[0] == style), 0)

    def _mend_first(self, style: str, number: int, parent: Item) -> None:
        """「（1）」 before 「（二）」: the first of its level was printed in another form."""
        if last := self._first_of(style, number, parent):
            mended = _printed(style, "一")
            last.doubts.append(f"序号印作“{last.printed}”，按上下文应为“{mended}”")
            last.style, last.printed = style, mended
            self.taken.add((id(parent), style, mended))
            self.latest[id(self._part(parent)), style] = 1

    def _first_of(self, style: str, number: int, parent: Item) -> Item | None:
        """The item before a second one, where it is numbered 1 in another form and none of this form is there."""
        last = parent.children[-1] if parent.children else None
        if number != 2 or style not in ("一、", "（一）") or last is None or last.number != 1 or last.closing:
            return None
        return None if last.style == style else last

    def _running(self, style: str, number: int, parent: Item) -> bool:
        """Whether numbers run on over the headings: （5） first under the second heading."""
        return number - 1 == self.latest.get((id(self._part(parent)), style))

    def _sequence(
        self, last: Item, number: int, printed: str, parent: Item, paragraph: Paragraph
    ) -> list[str]:
        if number == last.number + 1 or self._running(last.style, number, parent):
            return []
        if number == last.number:
            return [f"序号“{printed}”重复"]
        if number <= last.number:
            return [f"序号由“{last.printed}”回到“{printed}”"]
        lost = [_printed(last.style, _like(last, n)) for n in range(last.number + 1, number)]
        if self._take_orphan(last, lost):
            return []
        return [f"序号由“{last.printed}”跳到“{printed}”，缺“{'、'.join(lost)}”"]

    def _take_orphan(self, last: Item, lost: list[str]) -> bool:
        """Words without a head where exactly one number is missing: the item whose head was lost."""
        orphan = last.parent.children[-1] if last.parent else None
        tail = last.body[-1] if last.body else None
        if len(lost) != 1 or tail is None or len(last.body) < 2 or not last.run_in or orphan is not last:
            return False
        last.body.pop()
        last.parent, parent = last.parent, last.parent
        if parent is None:
            return False
        item = self._append(parent, last.style, last.number + 1, lost[0], "", tail.line)
        item.body, item.run_in = [tail], True
        item.title = _title(tail.text)[0]
        item.doubts.append(f"“{lost[0]}”条首缺失，条首之前的文字和主体不详")
        return True

    # text

    def _text(self, paragraph: Paragraph) -> None:
        self.listing = False
        if self.here is self.root:
            self.front.append(paragraph)
            return
        untitled = self.here.style == "附件" and not self.here.body and not self.here.children
        if untitled and len(paragraph.text) <= _HEADING and not re.search("[。：\t]", paragraph.text):
            self.here.title += paragraph.text
            return
        self.here.body.append(paragraph)

    def finished(self) -> Outline:
        for item in list(self.root.walk()):
            _keep_sentence(item)
            _close(item)
        doubts = [*self.doubts, *_chapters(self.root), *_annex_doubts(self.root, self.annexes)]
        return Outline(self.root, tuple(self.front), tuple(self.annexes), tuple(doubts))


def _like(last: Item, number: int) -> str:
    return chinese(number) if last.style in ("章", "一、", "（一）") else str(number)


def _title(words: str) -> tuple[str, bool]:
    """The heading of an item, and whether its text follows in the same line.

    >>> _title("健全责任制。各部门要……。")
    ('健全责任制', True)
    """
    if len(words) <= _HEADING and not re.search("[。；]", words.rstrip("。；")) and words.count("，") <= 2:
        return words.rstrip("。；：: "), False
    head = re.match(r"([^。；，：]{2,40})。", words)
    if head:
        return head[1].strip(), True
    clause = re.match(r"[^。；]{1,40}?(?=[，。；：]|$)", words)
    return (clause[0] if clause else words[:30]).strip(), True


def _keep_sentence(item: Item) -> None:
    """An item that is one short line and holds nothing else: no heading, its own text. 一、 and （一） only as sentences."""
    own = item.sentence or item.style in STYLES[STYLES.index("1.") :]
    if own and not item.body and not item.children:
        item.body, item.run_in = [Paragraph(item.place, item.title)], True


def _close(item: Item) -> None:
    """Unnumbered paragraphs behind the last of several run-in items close the item above."""
    last = item.children[-1] if item.children else None
    if last is None or last.children or not last.run_in or len(last.body) < 2 or item.style == "":
        return
    before = [c for c in item.children[:-1] if c.run_in]
    if any(len(c.body) > 1 for c in before) or _is_list(last.body[1:]):
        return
    tail, last.body = last.body[1:], last.body[:1]
    closing = Item("末段", 0, "", "", tail[0].line, parent=item, closing=True, run_in=True, body=tail)
    closing.title = _title(tail[0].text)[0]
    if any(p.broken for p in tail):
        closing.doubts.append("正文断行，已接上")
    item.children.append(closing)


def _is_list(paragraphs: list[Paragraph]) -> bool:
    return flattened([p.text for p in paragraphs]) or any(p.line.cells for p in paragraphs)


def flattened(texts: list[str]) -> bool:
    """Whether lines are the cells of a table that lost its shape: many short lines without an end."""
    run = 0
    for text in texts:
        short = len(text) <= _SHORT and not re.search(r"[。；：，]", text)
        run = run + 1 if short else 0
        if run >= _TABLE:
            return True
    return False


def _chapters(root: Item) -> list[str]:
    """A first chapter whose heading is missing: its items take it in."""
    chapters = [c for c in root.children if c.style == "章"]
    if not chapters or chapters[0].number != 2:
        return []
    first = root.children.index(chapters[0])
    if not first:
        return ["没有第一章"]
    lost = Item("章", 1, "第一章", "", root.children[0].place, parent=root)
    lost.children = root.children[:first]
    for child in lost.children:
        child.parent = lost
    root.children[:first] = [lost]
    return ["第一章的标题缺失，其各节按第一章编列"]


def _annex_doubts(root: Item, listed: list[tuple[int, str]]) -> list[str]:
    """Annexes listed and not there, there and not listed, and out of order."""
    there = [(c.number, c.title) for c in root.children if c.style == "附件"]
    doubts = []
    for number, title in listed:
        same = next((n for n, t in there if _same_title(t, title)), None)
        if same is None and number not in [n for n, _ in there if n]:
            doubts.append(f"附件{number}（{title.rstrip('。')}）列在目录中，正文没有")
        elif same is not None and same != number and same:
            doubts.append(f"附件目录的第{number}项在正文中印作附件{same}")
    names = [n for n, _ in listed]
    if listed:
        unknown = [
            n for n, t in there if n and n not in names and not any(_same_title(t, x) for _, x in listed)
        ]
        doubts += [f"附件{n}在正文中，附件目录没有" for n in unknown]
    doubts += [f"附件{a}之后是附件{b}" for (a, _), (b, _) in pairwise(there) if b != a + 1 and not listed]
    return doubts


def _same_title(a: str, b: str) -> bool:
    plain = [re.sub(r"[\W_]", "", t) for t in (a, b)]
    return bool(plain[0]) and bool(plain[1]) and (plain[0] in plain[1] or plain[1] in plain[0])
