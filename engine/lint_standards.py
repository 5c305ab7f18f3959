"""Checks of standards: every item accounted for, units that measure the same, dates that fit together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from engine.lint_material import Material
from kb.conditions import Compare, Has, atoms
from kb.errors import Problem
from kb.models import Standard
from kb.units import dimension
from ontology.facts import clause_atoms

STALE_AFTER = 18  # months


def check_standards(m: Material, today: date) -> Iterator[Problem]:
    yield from misplaced(m)
    yield from unaccounted(m)
    yield from units(m)
    yield from presumed_defects(m)
    yield from disordered_dates(m)
    yield from versions(m)
    yield from stale(m, today)


def _in_meta(m: Material, standard: Standard, kind: str, message: str, word: str) -> Problem:
    return Problem(standard.file, m.places.find(standard.file, word), message, kind)


def misplaced(m: Material) -> Iterator[Problem]:
    """A standard whose folder is not named like its id, or whose id is taken: cases find it by the folder."""
    held: dict[str, Standard] = {}
    for standard in m.kb.standards:
        folder = standard.file.split("/")[-2]
        if folder != standard.id:
            message = f"id {standard.id} 应与文件夹名 {folder} 相同"
            yield _in_meta(m, standard, "misplaced", message, "id:")
        first = held.setdefault(standard.id, standard)
        if first is not standard:
            message = f"id {standard.id} 已用于 {first.file}"
            yield _in_meta(m, standard, "misplaced", message, "id:")


def unaccounted(m: Material) -> Iterator[Problem]:
    """Items without a clause or a reason, clauses and reasons without an item, and anything listed twice.

    「一般隐患」 rests on knowing that a standard is encoded in full, so nothing may be lost silently.
    """
    for standard in m.kb.standards:
        clauses = Counter(c.ref for c in standard.clauses)
        reasons = Counter(n.ref for n in standard.not_encoded)
        items = Counter(standard.items)
        for ref, n in items.items():
            if n > 1:
                yield _in_meta(m, standard, "unaccounted", f"items：{ref} 列了 {n} 次，应只列一次", ref)
            found = clauses[ref] + reasons[ref]
            if found == 0 and not m.articles_faulty(standard):
                message = f"{ref} 既没有条款，也没有列入 not_encoded，应二者居一"
                yield _in_meta(m, standard, "unaccounted", message, ref)
            if found > 1:
                message = f"{ref} 有 {clauses[ref]} 条条款、{reasons[ref]} 条 not_encoded，应合计一条"
                yield _in_meta(m, standard, "unaccounted", message, ref)
        for clause in standard.clauses:
            if clause.ref not in items:
                yield m.problem("unaccounted", clause, f"不在 {standard.file} 的 items 中")
        for ref in reasons:
            if ref not in items:
                yield _in_meta(m, standard, "unaccounted", f"not_encoded：{ref} 不在 items 中", ref)


def units(m: Material) -> Iterator[Problem]:
    """A number in a unit nobody knows, or one that can't be converted into the unit its fact is asked in."""
    for quantity in m.kb.quantities.values():
        if dimension(quantity.unit) is None:
            file, _, line = quantity.file.rpartition(":")
            message = f"数量 {quantity.name} 的单位 {quantity.unit} 不认识，应为 kb/units.py 所列"
            yield Problem(file, int(line), message, "unit")
    for d in m.kb.derivations:
        for atom in (a for a in atoms(d.when) if isinstance(a, Compare)):
            if dimension(atom.unit) is None or dimension(atom.unit) != dimension(m.unit(atom)):
                message = f"{atom}：单位 {atom.unit} 与 {atom.quantity} 的单位 {m.unit(atom)} 不是同一种量"
                yield Problem(d.file, d.line, message, "unit")
    for clause in m.kb.clauses():
        for atom in dict.fromkeys(a for a in clause_atoms(clause) if isinstance(a, Compare)):
            found, asked = dimension(atom.unit), m.unit(atom)
            if found is None:
                message = f"{atom}：单位 {atom.unit} 不认识，应为 kb/units.py 所列"
            elif found != dimension(asked):
                message = f"{atom}：单位 {atom.unit}（{found}）与 {atom.quantity} 的单位 {asked} 不是同一种量"
            else:
                continue
            yield m.problem("unit", clause, message, f"{atom.value:g} {atom.unit}")


def presumed_defects(m: Material) -> Iterator[Problem]:
    """An attribute that has a presumption, asked in 情形: a defect is never presumed, so it is a 前提."""
    for clause in m.kb.clauses():
        found = (a for limb in clause.limbs for a in atoms(limb) if isinstance(a, Has))
        for name in dict.fromkeys(a.attribute for a in found):
            if name in m.kb.attributes and m.kb.attributes[name].presume:
                message = f"情形中的属性 {name} 有推定值，推定只能用于前提和除外，应移入前提"
                yield m.problem("presumed_defect", clause, message, name)


def disordered_dates(m: Material) -> Iterator[Problem]:
    """Dates in an order that can't be: published after effective, expired before it took effect."""
    for s in m.kb.standards:
        if s.published > s.effective:
            message = f"published {s.published} 晚于 effective {s.effective}"
            yield _in_meta(m, s, "dates", message, "published:")
        if s.expired is not None and s.expired <= s.effective:
            message = f"expired {s.expired} 应晚于 effective {s.effective}"
            yield _in_meta(m, s, "dates", message, "expired:")
    for attribute in m.kb.attributes.values():
        p = attribute.presume
        if p and p.since and p.until and p.until <= p.since:
            file, _, line = attribute.file.rpartition(":")
            message = f"属性 {attribute.name} 的推定：until {p.until} 应晚于 since {p.since}"
            yield Problem(file, int(line), message, "dates")


def _explained(a: Standard, b: Standard) -> bool:
    """Whether the notes of one version speak of the other: then overlap or gap is meant."""
    return any(
        word in one.notes for one, other in ((a, b), (b, a)) for word in (other.id, other.doc_no, other.title)
    )


def versions(m: Material) -> Iterator[Problem]:
    """Versions of one domain that are in force together, or leave days on which none is.

    A finding is judged by what was in force on its date. Where both are meant to apply, the notes of one
    name the other.
    """
    groups: dict[tuple[str, str], list[Standard]] = defaultdict(list)
    for s in m.kb.standards:
        groups[s.domain, s.grade].append(s)
    for group in groups.values():
        for old, new in pairwise(sorted(group, key=lambda s: s.effective)):
            if _explained(old, new):
                continue
            if old.expired is None or old.expired > new.effective:
                until = old.expired or "（未定）"
                message = (
                    f"与 {new.id} 的有效期重叠：本版至 {until}，{new.id} 自 {new.effective} 起；"
                    f"expired 应为 {new.effective}，或在 notes 中写明 {new.id}"
                )
                yield _in_meta(m, old, "overlap", message, "expired:")
            elif old.expired < new.effective:
                message = (
                    f"{old.expired} 至 {new.effective} 之间没有有效版本（下一版 {new.id}）；"
                    f"expired 应为 {new.effective}，或在 notes 中写明 {new.id}"
                )
                yield _in_meta(m, old, "gap", message, "expired:")


def _months(a: date, b: date) -> int:
    """Whole months from a to b."""
    return (b.year - a.year) * 12 + b.month - a.month - (b.day < a.day)


def stale(m: Material, today: date) -> Iterator[Problem]:
    """What nobody has compared with the official text for 18 months, or was compared in the future."""
    for standard in m.kb.standards:
        message = _age(standard.checked_on, today)
        if message:
            yield _in_meta(m, standard, "stale", message, "checked_on:")
        for clause in standard.clauses:
            message = _age(clause.checked_on, today)
            if message:
                yield m.problem("stale", clause, message)


def _age(checked: date, today: date) -> str:
    if checked > today:
        return f"checked_on {checked} 晚于今天 {today}"
    if _months(checked, today) >= STALE_AFTER:
        return f"checked_on {checked} 距今已满 {STALE_AFTER} 个月，应与官方文本再核对"
    return ""
