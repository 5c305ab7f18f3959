"""Terms: every stretch of the text that the lexicon knows, looked up character by character.

Longest term first, so that a word inside a longer word is not read twice. Composed devices (CO + 浓度 +
报警器) are put together here by their facets.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import count
from operator import add
from pathlib import Path

from corpus.normalize import normalize
from corpus.shown import failures, unanswered
from kb.errors import BadInput, Problem
from ontology.lexicon import Concept, Lexicon

STATES = Path(__file__).parent.parent / "ontology" / "states.txt"
STATE_KINDS = (
    "缺前", "缺后", "失效前", "失效后", "存疑前", "存疑后", "无异常前", "无异常", "有效前", "有效后", "有前", "整改", "联", "接", "虚",
    "假设", "禁令", "往事", "疑",
)  # fmt: skip
GAP = 20
UNLINKED = "不联动"
# before the name of a concept among those barred: it is of a narrower trade that the unit may be of, so that its words are
# read, but hide no one else's
UNSURE = "?"
_NAME = re.compile(
    r"(?:制造|加工|生产|设备|制品|科技|实业|工业|销售|安装|工程|服务|经营)*(?:股份|有限|责任)*(?:公司|集团|厂(?!房|区|内|界|前))"
)


@dataclass(frozen=True)
class Term:
    """A stretch of the text. `concept` names a thing, `state` a state word, `facets` a facet word.

    `negated`: the words state its absence (非防爆), or only cast doubt on it (`doubt`). `named`: part of the
    name of a company (电梯公司), not a thing on site. `qualified`: a word that no term
    covers stands directly before a composed device, so what it measures is not known. `denies`: a pattern
    whose own words deny something (未按…检查); `antonym`: a pattern of 反= or 疑=, which leaves a phenomenon
    named in the same words as it is; `gaps`: what its 「…」 stand for.
    """

    start: int
    end: int
    text: str
    concept: str = ""
    state: str = ""
    negated: bool = False
    facets: tuple[tuple[str, str], ...] = ()
    modifiers: tuple[Term, ...] = field(default=(), compare=False)
    pattern: bool = False
    named: bool = False
    qualified: bool = False
    doubt: bool = False
    denies: bool = False
    antonym: bool = False
    gaps: tuple[tuple[int, int], ...] = field(default=(), compare=False)


def read_states(path: Path = STATES) -> dict[str, tuple[str, ...]]:
    """State kind -> its words. Raises BadInput on an unknown kind."""
    out: dict[str, list[str]] = defaultdict(list)
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        kind, _, words = (p.strip() for p in line.partition("|"))
        if kind not in STATE_KINDS:
            raise BadInput([Problem(f"ontology/{path.name}", number, f"状态类 {kind!r} 不认识")])
        out[kind] += [w.strip() for w in words.split("、") if w.strip()]
    return {k: tuple(v) for k, v in out.items()}


_SLOT = re.compile(r"\{([^}]+)\}")
_A_NUMBER = "{数}"  # in a label: how many, in any of these words
_NUMBERS = (*"一二两三四五六七八九十几多数", "十几", "几十", *map(str, range(1, 31)))
_LITERAL = re.compile(r"…|\{[^}]+\}")
_PIECES = re.compile(r"(…|\{[^}]+\})")


@dataclass(frozen=True)
class _Pattern:
    """A pattern label, what it means, and what a text must have to match it: its literals, the longest first, and
    a word for each of its slots.
    """

    number: int
    label: str
    kind: str
    concept: str

    @cached_property
    def literals(self) -> tuple[str, ...]:
        plain = (normalize(p) for p in _PIECES.split(self.label) if p and not _PIECES.fullmatch(p))
        return tuple(sorted(plain, key=len, reverse=True)) or ("",)

    @property
    def start(self) -> str:
        """The first two characters of its longest literal."""
        return self.literals[0][:2]

    @cached_property
    def slots(self) -> tuple[str, ...]:
        return tuple(_SLOT.findall(self.label))

    @cached_property
    def denies(self) -> bool:
        """Whether its own words deny something."""
        return self.kind == "概" and _DENIED.search(_LITERAL.sub("", self.label)) is not None


class _Meanings(dict[str, list[tuple[str, str]]]):
    """What each word of the lexicon can mean where some concepts are barred; worked out when it is first met."""

    def __init__(self, finder: TermFinder, barred: frozenset[str]) -> None:
        self._finder, self._barred = finder, barred

    def __missing__(self, word: str) -> list[tuple[str, str]]:
        self[word] = self._finder.meanings_among(word, self._barred)
        return self[word]


class TermFinder:
    """Finds terms; built once from the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._meanings: dict[str, list[tuple[str, str]]] = defaultdict(list)
        # lengths of the words that begin with two characters (or are one)
        self._lengths: dict[str, set[int]] = defaultdict(set)
        # in order; by their longest literal; and how long those are that begin with two characters
        self._numbers = count()
        self._patterns: dict[str, list[_Pattern]] = defaultdict(list)
        self._reaches: dict[str, set[int]] = defaultdict(set)
        self._slot = cache(self._slot_words)
        self._expressions: dict[str, re.Pattern[str]] = {}
        # asked of every stretch of every text; the words are as many as the lexicon has
        self._of_trades = cache(self._is_of_trades)
        self._attribute_words = cache(self._words_of_attributes)
        self._only_attribute = cache(self._is_only_attribute)
        self._meaning_without = cache(lambda barred: _Meanings(self, barred))
        self._collect()

    def _collect(self) -> None:
        for concept in self._lexicon.concepts.values():
            if concept.type == "业":
                continue  # industry labels are read in the industry field only
            for kind, labels in (("概", concept.labels), ("反", concept.antonyms), ("疑", concept.doubts)):
                for label in labels:
                    self._label(label, kind, concept)
        for value in self._lexicon.facet_values.values():
            for word in value.words:
                self._meanings[normalize(word)].append(("面", value.value))
        for kind, words in read_states().items():
            said = {normalize(w) for w in words}
            by_someone = {w.replace("被", "被人", 1) for w in said if "被" in w}  # 被剪断: 被人剪断
            for word in sorted(said | by_someone):
                self._meanings[word].append(("态", kind))
        for word in self._meanings:
            self._lengths[word[:2]].add(len(word))

    def _label(self, label: str, kind: str, concept: Concept) -> None:
        if _A_NUMBER in label:
            for number in _NUMBERS:
                self._label(label.replace(_A_NUMBER, number), kind, concept)
        elif "…" in label or "{" in label:
            pattern = _Pattern(next(self._numbers), label, kind, concept.name)
            self._patterns[pattern.literals[0]].append(pattern)
            self._reaches[pattern.start].add(len(pattern.literals[0]))
        else:
            self._meanings[normalize(label)].append((kind, concept.name))

    def _expression(self, label: str) -> re.Pattern[str]:
        """The regular expression of a pattern label, made when its key first occurs in a text; gaps are groups."""
        held = self._expressions.get(label)
        if held is None:
            held = self._expressions[label] = self._compiled(label)
        return held

    def _compiled(self, label: str) -> re.Pattern[str]:
        out = ""
        for piece in _PIECES.split(label):
            if piece == "…":
                out += f"([^;。；\n]{{0,{GAP}}}?)"
            elif slot := _SLOT.fullmatch(piece):
                out += "(?:" + "|".join(map(re.escape, self._slot(slot[1]))) + ")"
            else:
                out += re.escape(normalize(piece))
        return re.compile(out)

    def _slot_words(self, name: str) -> tuple[str, ...]:
        """Labels of a concept, facet value or attribute word, and of everything narrower; longest first."""
        names = {name} | self._lexicon.narrower.get(name, frozenset())
        words = {
            normalize(w)
            for n in names if n in self._lexicon.concepts
            for w in self._lexicon.concepts[n].labels if "…" not in w and "{" not in w
        }  # fmt: skip
        words |= {
            normalize(w)
            for v in self._lexicon.facet_values.values()
            if self._lexicon.facet_matches(v.value, name)
            for w in v.words
        }
        return tuple(sorted(words or {normalize(name)}, key=lambda w: (-len(w), w)))

    @cached_property
    def _slot_sets(self) -> dict[str, tuple[frozenset[str], tuple[str, ...]]]:
        return {}

    def _is_here(self, slot: str, text: str, words: set[str]) -> bool:
        """Whether a text has a word of a slot. `words`: those of the lexicon that it has."""
        if slot not in self._slot_sets:
            known = frozenset(w for w in self._slot(slot) if w in self._meanings)
            self._slot_sets[slot] = known, tuple(w for w in self._slot(slot) if w not in known)
        known, others = self._slot_sets[slot]
        return not known.isdisjoint(words) or any(w in text for w in others)

    def _may_match(self, pattern: _Pattern, text: str, here: Callable[[str], bool]) -> bool:
        """Whether a text that has the longest literal of a pattern has the others too, and a word of each slot."""
        return all(piece in text for piece in pattern.literals[1:]) and all(map(here, pattern.slots))

    def _spans(self, text: str) -> set[tuple[int, int]]:
        """Where every word stands, overlapping ones included."""
        return {(i, i + n) for i, n in _stretches(text, self._lengths) if text[i : i + n] in self._meanings}

    def find(self, text: str, barred: frozenset[str] = frozenset()) -> list[Term]:
        """Every term of a normalised text in order of place, longest first where they overlap.

        `barred`: concepts whose words are not read, being those of other trades; where there are any, the
        trade is known, and its own meaning of a word goes before everyone's.
        """
        if not text:
            return []
        spans = self._spans(text)
        every = {text[a:b] for a, b in spans}
        spans = {(a, b) for a, b in spans if not (_LACKING.match(text, a, b) and _DEVICE.match(text, b))}
        if barred:
            meaning = self._meaning_without(barred)
            spans = {(a, b) for a, b in spans if meaning[text[a:b]]}
        words = {p for p in spans if not barred.issuperset(self._attribute_words(text[p[0] : p[1]]))}
        free = {p for p in words if self._only_attribute(text[p[0] : p[1]])}
        things = spans - free
        if not barred:  # the trade is not known: a trade's long words must not hide everyone's
            everyones = {p for p in things if not self._of_trades(text[p[0] : p[1]])}
            chosen = sorted({*_longest(everyones, len(text)), *_longest(things, len(text))})
        else:
            chosen = _longest(things, len(text))
        longest = _longest(words, len(text))
        # 即|投入使用: another's word for the same with an adverb before it does not hide it
        longest += [
            (a, b) for a, b in words for s, e in longest if b == e and s < a and text[s:a] in _ADVERBS
        ]
        beside = [
            p for p in longest
            if p not in chosen and not self._inside_state(p, chosen, text)
        ]  # fmt: skip
        terms = [t for s, e in chosen for t in self._meaning(s, e, text[s:e], barred)]
        terms = self._compose(_in_no_order(_turned(terms), text), text)
        terms = _with_trials(terms, text)
        found = (p for p in self._patterned(text, barred, every) if not _begins_in_a_word(p, terms))
        patterns = [_with_verb(p, terms, text) for p in found]
        hiding = [p for p in patterns if p.denies]
        terms = [t for t in terms if not any(self._hides(p, t, terms) for p in hiding)]
        terms += [
            Term(s, e, text[s:e], concept=name)
            for s, e in beside
            for name in self._attribute_words(text[s:e])
            if name not in barred
        ]
        terms = [replace(t, named=True) if t.concept and _NAME.match(text, t.end) else t for t in terms]
        return sorted([*terms, *patterns], key=lambda t: (t.start, -t.end))

    def _hides(self, pattern: Term, term: Term, terms: list[Term]) -> bool:
        """Whether a word is part of a longer statement of what is denied, as it would be of a plain label.

        「局部未设置{连墙件}」 says nothing of all 连墙件. Places inside it are still places, and a thing in a gap
        keeps itself and the negation, which speaks of it too (未采取探放水或者隔离措施).
        """
        if not (pattern.start <= term.start and term.end <= pattern.end) or pattern.text == term.text:
            return False
        if term.concept:
            return self._is_thing(term) and not _in_gap(pattern, term)
        return not any(self._is_thing(t) and _in_gap(pattern, t) for t in terms)

    def _is_thing(self, term: Term) -> bool:
        concept = self._lexicon.concepts.get(term.concept)
        return concept is not None and concept.type not in ("所", "词", "量", "人")

    def meanings_among(self, text: str, barred: frozenset[str]) -> list[tuple[str, str]]:
        """What a stretch can mean, kind and name, to one who knows which words are other trades'."""
        meanings = self._meanings.get(text, [])  # what a slot of a pattern made up is no word itself
        if not barred:
            return meanings
        left = [(k, n) for k, n in meanings if k in ("面", "态") or n not in barred]
        things = {n for k, n in left if k == "概" and self._lexicon.concepts[n].type != "词"}
        own = {n for n in things if self._lexicon.concepts[n].industries and UNSURE + n not in barred}
        return [(k, n) for k, n in left if not own or k != "概" or n in own or n not in things]

    def _is_of_trades(self, text: str) -> bool:
        """Whether a stretch is only the word of certain trades."""
        return all(
            k not in ("面", "态") and self._lexicon.concepts[n].industries for k, n in self._meanings[text]
        )

    def _words_of_attributes(self, text: str) -> list[str]:
        """The concepts of type 词 that a stretch names."""
        return [n for k, n in self._meanings[text] if k == "概" and self._lexicon.concepts[n].type == "词"]

    def _is_only_attribute(self, text: str) -> bool:
        """Whether a stretch only sets an attribute: such words neither hide things nor are hidden by them.

        One that denies something (不采用水冷) does hide what it denies.
        """
        return len(self._attribute_words(text)) == len(self._meanings[text]) and text[0] not in "不未非无没"

    def _inside_state(self, span: tuple[int, int], chosen: list[tuple[int, int]], text: str) -> bool:
        """Whether a word lies inside a longer state word, or within a facet word (可|燃气|体), where it means nothing of its own."""
        start, end = span
        around = [
            ({k for k, _ in self._meanings[text[a:b]]}, a < start and end < b)
            for a, b in chosen
            if a <= start and end <= b and (a, b) != span
        ]
        return any(kinds == {"态"} or (within and kinds == {"面"}) for kinds, within in around)

    def _meaning(self, start: int, end: int, text: str, barred: frozenset[str]) -> Iterable[Term]:
        """What a stretch may mean; a facet word keeps all its values in one term."""
        facets = []
        for kind, name in self._meaning_without(barred)[text]:
            if kind == "面":
                facets.append((self._lexicon.facet_values[name].facet, name))
            elif kind == "态":
                yield Term(start, end, text, state=name)
            else:
                yield Term(start, end, text, concept=name, negated=kind in ("反", "疑"), doubt=kind == "疑")
        if facets:
            yield Term(start, end, text, facets=tuple(facets))

    def _patterned(self, text: str, barred: frozenset[str], words: set[str]) -> list[Term]:
        """What pattern labels find. A denial in a gap denies it, unless another label reads it as meant.

        `words`: every word of the lexicon that the text has.
        """
        found: list[Term] = []
        keys = {"", *(text[i : i + n] for i, n in _stretches(text, self._reaches))}
        here = cache(lambda slot: self._is_here(slot, text, words))
        might = (p for k in keys for p in self._patterns.get(k, ()) if p.concept not in barred)
        hits = [p for p in might if self._may_match(p, text, here)]
        for p in sorted(hits, key=lambda p: (text.find(p.start), len(p.start), p.number)):
            for m in map(_tightest, self._expression(p.label).finditer(text)):
                if not m.groups() and self._owned(m[0], p.concept, barred):
                    continue
                if any(_BY_MEANS.search(g) for g in m.groups() if g):
                    continue
                # 没按规定存放在…: what is denied is the manner, and it may well be so
                unsure = any(_UNSURE.search(g) or _ILL_DONE.search(g) for g in m.groups() if g)
                spoken = (g for g in m.groups() if g and not (p.denies and g.endswith(_TOO)))
                denied = p.kind != "概" or unsure or any(map(_denies, spoken))
                found.append(
                    Term(
                        m.start(), m.end(), m[0],
                        concept=p.concept, negated=denied, pattern=True,
                        doubt=p.kind == "疑" or unsure, denies=p.denies and not denied, antonym=p.kind != "概",
                        gaps=tuple(m.span(i) for i in range(1, len(m.groups()) + 1)),
                    )
                )  # fmt: skip
        meant = [t for t in found if not t.negated]
        return [t for t in found if not (t.negated and any(self._overrules(p, t) for p in meant))]

    def _owned(self, text: str, name: str, barred: frozenset[str]) -> bool:
        """Whether a word that everyone's label names through a slot is a thing of the trade's own."""
        if not barred or self._lexicon.concepts[name].industries:
            return False
        concepts = (self._lexicon.concepts[n] for k, n in self._meaning_without(barred)[text] if k == "概")
        return any(c.industries and c.type != "词" for c in concepts)

    def _overrules(self, meant: Term, denied: Term) -> bool:
        overlap = meant.start < denied.end and denied.start < meant.end
        inside = denied.start <= meant.start and meant.end <= denied.end and meant.text != denied.text
        # 安全员|配备数量不符合: its own words of absence say more than the word inside them
        said = denied.antonym and inside and not denied.gaps
        return overlap and not said and self._lexicon.is_a(meant.concept, denied.concept)

    @cached_property
    def heads(self) -> frozenset[str]:
        """Concepts that compose with facet words: those flagged 头, and what is narrower."""
        flagged = {c.name for c in self._lexicon.concepts.values() if "头" in c.flags}
        return frozenset(flagged.union(*(self._lexicon.narrower.get(h, frozenset()) for h in flagged)))

    @cached_property
    def _any_head(self) -> str:
        return next((c.name for c in self._lexicon.concepts.values() if "头" in c.flags), "")

    def _compose(self, terms: list[Term], text: str) -> list[Term]:
        """Give each head the facet words that stand directly before it."""
        out: list[Term] = []
        ends = {t.end for t in terms}
        for term in terms:
            if term.concept in self.heads:
                term = self._with_modifiers(term, out, text)
                first = min([term.start, *(m.start for m in term.modifiers)])
                first -= len(_MEASURES.search(text, 0, first)[0])  # type: ignore[index]
                unread = first > 0 and first not in ends and _HAN.match(text[first - 1]) is not None
                term = replace(term, qualified=unread)
            out.append(term)
        used = {m for t in out for m in t.modifiers}
        kept = [t for t in out if t not in used or t.concept]
        return [*kept, *self._headless(kept, text)]

    def _headless(self, terms: list[Term], text: str) -> list[Term]:
        """A measured parameter that is shown wrongly or linked, no device named (流量差显示异常, 温度联锁): its device is meant."""
        head = self._any_head
        return [
            replace(t, concept=head, modifiers=(t,))
            for t in terms
            if head and not t.concept and self._stands_for_device(t, text)
        ]

    @staticmethod
    def _stands_for_device(term: Term, text: str) -> bool:
        """Whether what is measured (a parameter, or the 浓度 of a medium) is shown wrongly or linked."""
        kinds = {facet for facet, _ in term.facets}
        end = term.end
        if "介质" in kinds and (amount := _AMOUNT.match(text, end)):
            kinds, end = {"参量"}, amount.end()
        return "参量" in kinds and _SHOWN.match(text, end) is not None

    def _with_modifiers(self, head: Term, before: list[Term], text: str) -> Term:
        modifiers: list[Term] = []
        edge = head.start
        for term in reversed(before):
            if term.start == edge and modifiers:
                continue  # another meaning of the word just taken
            if term.end > edge or not _joins(text[term.end : edge]):
                break
            if term.facets:
                modifiers.append(term)
            elif term.state != "虚" and term.concept not in self.heads:
                break
            edge = term.start
        if not modifiers:
            return head
        facets = tuple(f for m in reversed(modifiers) for f in m.facets)
        return Term(
            head.start, head.end, head.text, concept=head.concept, negated=head.negated,
            facets=head.facets + facets, modifiers=tuple(modifiers),
        )  # fmt: skip


def _tightest(m: re.Match[str]) -> re.Match[str]:
    """The same pattern from its last beginning: 粉尘清理制度，粉尘厚厚一层 speaks of the second 粉尘."""
    while (later := m.re.search(m.string, m.start() + 1, m.end())) is not None and later.end() == m.end():
        m = later
    return m


def _with_trials(terms: list[Term], text: str) -> list[Term]:
    """A trial that failed is one word of failure, whatever words of order or defect it is told in."""
    for start, end in failures(text):  # 通气|测试 is what was done, no thing
        terms = [
            t for t in terms
            if t.end <= start or end <= t.start or (t.start > start and (t.concept or t.facets))
        ]  # fmt: skip
        terms.append(Term(start, end, text[start:end], state="失效后"))
    for start, end, stop in unanswered(text):  # 报警后风机不启动: the two are not linked
        terms = [t for t in terms if t.concept or t.facets or t.end <= start or stop <= t.start]
        terms.append(Term(start, end, UNLINKED, state="缺前"))
    return terms


def _begins_in_a_word(pattern: Term, terms: list[Term]) -> bool:
    """Whether words of absence (未检|电梯) begin inside a longer one that says its own (超期未检)."""
    return pattern.antonym and any(t.negated and t.start < pattern.start < t.end for t in terms)


def _with_verb(pattern: Term, terms: list[Term], text: str) -> Term:
    """A pattern whose verb a negation has taken to itself is denied: 未配|足…安全员 is 未|配足…安全员."""
    start = next((t.start for t in terms if t.state == "缺前" and t.start < pattern.start < t.end), None)
    if start is None or pattern.negated or text[start] not in "未没" or pattern.start - start > 1:
        return pattern
    if _GONE_ON.search(pattern.text):
        return pattern  # 未|进行检查就投料: what was done all the same is not denied
    return replace(pattern, start=start, text=text[start : pattern.end], negated=True, denies=False)


def _denies(gap: str) -> bool:
    """Whether what stands in a gap denies what the pattern says: up to a comma, or just before what follows."""
    said = _OTHER_LACK.sub("", _ATTRIBUTE.sub("", gap.split(",")[0]))
    return _DENIED.search(said) is not None or _JUST_BEFORE.search(gap) is not None


def _in_gap(pattern: Term, term: Term) -> bool:
    return any(a <= term.start and term.end <= b for a, b in pattern.gaps)


def _turned(terms: list[Term]) -> list[Term]:
    """A negation directly before a word of order turns it: 未 + 定期开展 is one word of absence."""
    denials = {t.end: t for t in terms if t.state == "缺前"}
    turned = {t: denials[t.start] for t in terms if t.state in ("有效前", "有前") and t.start in denials}
    used = {d for d in turned.values()}
    out: list[Term] = []
    for t in terms:
        if t in turned:
            d = turned[t]
            out.append(Term(d.start, t.end, d.text + t.text, state="缺前"))
        elif t not in used:
            out.append(t)
    return out


def _in_no_order(terms: list[Term], text: str) -> list[Term]:
    """A word of order that is denied (未保持有效, 不太清晰) is a word of doubt; before a noun it only says what is lacking."""
    out: list[Term] = []
    for t in terms:
        if t.state != "有效后" or t.text[0] in "未无不":
            out.append(t)
        elif beyond := _BEYOND_ORDER.search(text, max(0, t.start - 4), t.start):
            out.append(Term(beyond.start(), t.end, text[beyond.start() : t.end], state="存疑后"))
        elif text[t.end : t.end + 1] == "的" or any(o.start == t.end and o.concept for o in terms):
            lacking = next((d for d in reversed(out) if d.state == "缺前"), None)
            if lacking is None or _APART.search(text, lacking.end, t.start):
                out.append(t)
        elif denied := _ORDER_DENIED.search(text, max(0, t.start - 8), t.start):
            out = [o for o in out if o.concept or o.start < denied.start() or o.end > denied.end()]
            out.append(Term(denied.start(), t.end, text[denied.start() : t.end], state="存疑后"))
        else:
            out.append(t)
    return out


def _stretches(text: str, lengths: Mapping[str, Collection[int]]) -> Iterator[tuple[int, int]]:
    """Place and length of every stretch whose first two characters (or only one) begin something so long."""
    for i, pair in enumerate(map(add, text, (*text[1:], ""))):
        for n in (*lengths.get(text[i], ()), *(lengths.get(pair, ()) if len(pair) > 1 else ())):
            if i + n <= len(text):
                yield i, n


def _longest(spans: set[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """Spans that do not overlap, longer ones first, in order of place."""
    taken = bytearray(length)
    chosen: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda p: (p[0] - p[1], p[0])):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            chosen.append((start, end))
    return sorted(chosen)


_APART = re.compile(r"[,;。\n]")
# 低于正常水位, 低于合格标准: what ought to be is no word of order
_BEYOND_ORDER = re.compile(r"(?<![不未无])(?:低于|高于|小于|大于|少于|超过|超出|偏离|不及|达不到)$")
# what may stand between a denial and the word of order it denies
_ORDER_DENIED = re.compile(
    r"(?:未|没有|没|不|无法|难以|欠)(?:能|太|够|甚|很|完全|全部|全面|充分|真正|始终|持续|有效|做到|保持|处于|确保|保证|达到|满足|实现|按规定|按要求|及时|定期)*$"
)
# 不 denies a verb (不设, 不超); before an adjective it is part of a word (不均匀, 不畅)
_DENIED = re.compile(
    r"未|没有|(?<![淹沉])没(?=[设装配备用按做作建办编制定取采使进开落挂带戴接封堵留打修报批经贴及])|并非|禁止|已(?:纠正|整改|改正|消除)|不(?=得|准|许|能|会|再|设|装|配|用|采|使|在|按|做|作|存|属|需|予|是|具|涉|超|高|大|低|小|少|多|进|混|与|含|带|经)"
)
# 未达强度，尚未|拆模; 断股仍在使用，未落实|更换制度
_JUST_BEFORE = re.compile(
    r"(?:无|没|[,尚并从][未没]有?(?:曾|再|提前|擅自|实际|能|有效|认真|严格|按规定|按要求)*(?:落实|执行|建立|制定|实施|开展|形成|达到|出现|产生|构成)?|^(?:并|也|还|尚)?不(?:太|很|甚|算|是很)?)$"
)
# 粉尘存放间未采取通风防氢气|积聚: what is denied is something else, done about it or not
_OTHER_LACK = re.compile(r"(?:未|没有?)(?:采取|落实|制定|配备|安排|执行|建立)(?!.{0,3}(?:措施)?$).{3,}$")
# 没登记的外来瓶 says what kind of thing it is
_ATTRIBUTE = re.compile(r"(?:未|没有?|无)(?:经)?(?:登记|检验|建档|备案|注册|年检|许可)的")
_ILL_DONE = re.compile(r"(?:未|没有?|不)(?:严格|完全)?(?:按照?|依照?)(?:规定|要求|标准|规范)")
# 以拒传数据等方式，隐瞒…: what was done by such means is of something else
_BY_MEANS = re.compile(r"(?:方式|手段|办法|途径),")
_GONE_ON = re.compile(r"[就即便,]|擅自")
_ADVERBS = frozenset(
    ["即", "就", "便", "却", "并", "已", "已经", "擅自", "仍", "仍然", "仍在", "就已", "即已"]
)
_TOO = (
    "也",
    "且",
    "又",
    "还",
    "并",
)  # 没有探放水也|没有隔离: a denial before another one is of something else
_UNSURE = re.compile(
    r"找不[到着]|拿不出|提供不出|出示不了|查不到|[未不]能提供|无法提供|是不是|有没有|是否|说不清|不清楚|不知|还是"
)
# 无压力报警 lacks an alarm, and is no lack of pressure
_LACKING = re.compile(r"(?:无|没有?)(?:水压力?|压力?|信号|显示|气|电|温度|流量)$")
_DEVICE = re.compile(
    r"(?:高低限?|超限|过高|过低|低|高)?(?:监[测控视]|检测|报警|传感|变送|联锁|开关|保护|[表计])"
)
_AMOUNT = re.compile(r"(?:气体|蒸[气汽])?(?:浓度|含量|泄[漏露])")
_SHOWN = re.compile(
    r"(?:画面|屏幕|屏上|仪表|中控|电脑)*(?:显示|数据)|[高低]{0,2}限?信号|异常|[联连]锁|联动|(?:未|没有|没)?(?:能|进行)?[与和同](?!.{0,3}(?:监[测控视]|检测|报警))[^,;。与和同]{2,16}?[联连]锁"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
# what every alarm of a gas may be called, whichever gas it is
_MEASURES = re.compile(r"(?:气体)?(?:浓度|泄漏|泄露|气体)?$")
_JOINS = re.compile(
    r"[、,和及与或的/（）()\s]*(?:浓度|泄漏|气体|蒸气|蒸汽|泄露|水|偏差)*[、,和及与或的/（）()\s]*$"
)


def _joins(between: str) -> bool:
    """Whether what stands between two parts of one device name only joins them."""
    return len(between) <= 8 and _JOINS.match(between) is not None
