"""How well plans are read: python bench/ingest.py [--misses] [--seeds DIR]

The machine's draft of each plan whose hand-made pack lies in kb/regions, against that pack: task-unit pairs (bracketed lists,
running prose, rosters and duty lists apart), places, dates, frequencies and values. Documents are found by their hash.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from corpus.plans import Draft, read_plan
from kb.registers import Assigned, RegionPack, Task, load_registers

OURS = Path(__file__).parent / "plans"
SEEDS = Path(__file__).parent.parent.parent / "shared" / "seeds"
_BRACKET = re.compile("(?:责任|牵头|配合)(?:单位|部门)\\s*[:：]|负责[)）]")
LEFT_OVER = 2  # characters of a list that its members may leave
PEOPLE = ("企业", "从业人员", "社会", "岗位", "其他")
_UNIT = re.compile("\\d+(?:\\.\\d+)?(?:个百分点|%|家|个|项|条|人|起|名|吨|座|处)")
Pair = tuple[str, str]


class Score:
    """Pairs wanted and got."""

    def __init__(self) -> None:
        self.wanted: set[Pair] = set()
        self.got: set[Pair] = set()

    def add(self, wanted: Iterable[Pair], got: Iterable[Pair]) -> None:
        self.wanted |= set(wanted)
        self.got |= set(got)

    def __str__(self) -> str:
        hit = len(self.wanted & self.got)
        precision = hit / len(self.got) if self.got else 1.0
        recall = hit / len(self.wanted) if self.wanted else 1.0
        return f"precision {precision:.3f}  recall {recall:.3f}  ({hit} of {len(self.got)} read, {len(self.wanted)} by hand)"


def front(ref: str) -> bool:
    """What stands before the first number: each hand named its place in its own way."""
    return bool(re.search("前言|首段|通知|目录", ref)) or ref == "附件"


def form(task: Task, draft: Draft) -> str:
    """How an item names its units, told from the print alone."""
    after = min((t.line for t in draft.pack.tasks if t.line > task.line), default=task.line + 400)
    text = "".join(line.text for line in draft.lines if task.line <= line.number < max(after, task.line + 1))
    if task.kind in ("机构", "职责"):
        return "名单和职责"
    return "括注" if _BRACKET.search(text) else "叙述"


def acting(task: Task, name: str) -> list[Assigned]:
    """The units of a bracket or list; in running prose all who act, whether said of the item or of one sentence."""
    said = [a for s in task.says for a in s.who] if name == "叙述" else []
    return [*task.units, *said]


def alike(gold: list[Pair], read: list[Pair]) -> list[Pair]:
    """What was read (unit, printed), with members read apart put together where the hand-made register has them as one
    unit (专业协会、行业协会), and one unit read as such where it has the members: which, is the editor's choice."""
    names = {u for u, _ in gold}
    for whole, printed in gold:
        members = [r for r in read if r[0] not in names and r[1] in printed]
        if whole not in {u for u, _ in read} and len(members) > 1 and _covers(printed, members):
            read = [r for r in read if r not in members] + [(whole, printed)]
    for unit, printed in list(read):
        members = [g for g in gold if g[1] in printed and g[0] not in {u for u, _ in read}]
        if unit not in names and len(members) > 1 and _covers(printed, members):
            read = [r for r in read if r != (unit, printed)] + members
    return read


def _covers(printed: str, members: list[Pair]) -> bool:
    for _, member in sorted(members, key=lambda m: -len(m[1])):
        printed = printed.replace(member, "", 1)
    return len(re.sub("[、和及与，]", "", printed)) <= LEFT_OVER


def authorities(pairs: set[Pair], gold: RegionPack) -> set[Pair]:
    """Without operators, their people, posts and the public: who is asked about when one asks who is responsible."""
    return {p for p in pairs if (u := gold.by_name.get(p[1])) is None or u.kind not in PEOPLE}


def compare(gold: RegionPack, draft: Draft, scores: dict[str, Score]) -> None:
    """Adds the pairs of one document. A unit is the same where name or printed form lead to one unit of the hand-made register."""
    known = {w: u.name for u in gold.units for w in (*u.written, u.name)}
    ours = {t.ref: t for t in draft.pack.tasks}
    id = gold.document.id
    for task in gold.tasks:
        if front(task.ref):
            continue
        mine = ours.get(task.ref)
        name = form(task, draft)
        wanted = {(f"{id} {task.ref}", a.u) for a in acting(task, name)}
        named = acting(mine, name) if mine else []
        here = known | {a.printed: a.u for a in acting(task, "叙述")}
        read = [(here.get(a.u) or here.get(a.printed) or a.u, a.printed) for a in named]
        read = alike([(a.u, a.printed) for a in acting(task, name)], read) if name == "叙述" else read
        got = {(f"{id} {task.ref}", unit) for unit, _ in read}
        scores[name].add(wanted, got)
        if name == "叙述" and task.kind != "现状":
            scores["叙述（机关，不含现状）"].add(*(authorities(pairs, gold) for pairs in (wanted, got)))
        if name == "括注":
            scores["括注（全称）"].add(wanted, {(f"{id} {task.ref}", a.u) for a in named})
        scores["位置"].add({(id, task.ref)}, {(id, task.ref)} if mine else set())
        for key, title in (("when", "日期"), ("often", "频次"), ("values", "数值")):
            scores[title].add(_printed(id, task, key), _printed(id, mine, key) if mine else set())
        scores["数值（带单位的数字）"].add(*(_counted(id, t) if t else set() for t in (task, mine)))
    extra = {t.ref for t in draft.pack.tasks if not front(t.ref)} - {t.ref for t in gold.tasks}
    scores["位置"].add((), {(id, r) for r in extra})


def _printed(id: str, task: Task, key: str) -> set[Pair]:
    """Numbers in what is printed: the words around them are the reader's choice."""
    found = set()
    for said in task.says:
        for item in getattr(said, key):
            digits = re.sub(r"\s", "", item.printed)
            if re.search(r"\d|[一二两三四五六七八九十]|每", digits) and not re.search("一[批套]|“", digits):
                found.add((f"{id} {task.ref}", _plain(digits, key)))
    return found


def _counted(id: str, task: Task) -> set[Pair]:
    """Quantities proper: digits with a unit. Slogans (八大行动), years and numbers of documents left out."""
    values = [v.printed for s in task.says for v in s.values]
    found = [m[0] for v in values for m in [_UNIT.search(v.replace("％", "%"))] if m and "〔" not in v]
    return {(f"{id} {task.ref}", f) for f in found}


def _plain(text: str, key: str) -> str:
    text = text.translate(str.maketrans("％", "%"))
    if key == "values":
        numbers = re.findall(r"\d+(?:\.\d+)?%?|[一二两三四五六七八九十]+(?=[个级项名条大家类种起处支])", text)
        return "/".join(numbers) or text
    return re.sub(r"开展|召开|组织|进行|带队|[到于在自从前起]|之前|以内", "", text)


def ours(folder: Path, misses: bool) -> None:
    """Plans in running prose written for this measure: who acts in each item, labelled by hand as printed."""
    for labels in sorted(folder.glob("*.json")):
        draft = read_plan(labels.with_suffix(".txt"))
        region = re.escape(draft.pack.region.name)
        score = Score()
        for ref, wanted in json.loads(labels.read_text("utf-8")).items():
            task = next((t for t in draft.pack.tasks if t.ref == ref), None)
            named = [a.printed for a in acting(task, "叙述")] if task else []
            score.add(*({(ref, _bare(n, region)) for n in names} for names in (wanted, named)))
        print(f"自拟 {labels.stem}: {score}")
        if misses:
            for pair in sorted(score.wanted ^ score.got):
                print("   ", "漏" if pair in score.wanted else "多", *pair)


def _bare(name: str, region: str) -> str:
    """Without the region, its short form and what a list leaves out of a department's name."""
    return re.sub(f"^(?:{region}|[县市区](?!长|民))|部门$", "", name)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=Path, default=SEEDS)
    parser.add_argument("--misses", action="store_true")
    arguments = parser.parse_args()
    ours(OURS, arguments.misses)
    packs = load_registers().packs
    if not arguments.seeds.is_dir():
        print(f"没有 {arguments.seeds}：这项测量需要原文，跳过")
        return 0
    files = {hashlib.sha256(p.read_bytes()).hexdigest(): p for p in arguments.seeds.glob("*.txt")}
    scores: dict[str, Score] = defaultdict(Score)
    for pack in packs:
        if pack.document.sha256 in files:
            compare(pack, read_plan(files[pack.document.sha256]), scores)
    for name, score in scores.items():
        print(f"{name}: {score}")
        if arguments.misses:
            for pair in sorted(score.wanted ^ score.got):
                print("   ", "漏" if pair in score.wanted else "多", *pair)
    return 0


if __name__ == "__main__":
    sys.exit(main())
