"""Questions from the registers: numbers and terms of duties, who must do what, who supervises a sector.

Only what was checked against a source is asked; what is kept from memory is not.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from engine.quiz.model import RIGHT, SINGLE, TRUE_FALSE, WHO, WRONG, Citation, Question
from engine.quiz.prove import Prover, duty_holds
from kb.national import Department, Duty
from kb.registers import Assigned, RegionPack, Task

# numbers with the unit that follows them; a year, a number of an article or of a document is none of these
UNITS = (
    "个工作日",
    "小时",
    "学时",
    "个月",
    "工作日",
    "万元",
    "日内",
    "日",
    "天",
    "年",
    "次",
    "倍",
    "人",
    "米",
    "%",
    "‰",
    "元",
)
QUANTITY = re.compile(rf"(?<![\d.第〔令号-])(?<!由每)(\d+(?:\.\d+)?)(?=(?P<unit>{'|'.join(UNITS)})(?!\d))")
_ARTICLE = re.compile(r"\s*(第[一二三四五六七八九十百零]+(?:条|章|款|项|目).*)$")
_DOC_NO = re.compile(r"（([^（）]*(?:第[\d一二三四五六七八九十]+号|〔\d{4}〕[^（）]*号)[^（）]*)）")
_NO_CHARGE = re.compile(r"处罚|罚款|罪|认定|定义|依据|情形")  # sentences that charge nobody with anything
_LONG = 110  # characters a stem can bear


def cite(id: str, basis: str, note: str = "") -> Citation:
    """A basis as printed in the register, taken apart. An article's number kept from memory is not cited."""
    article = _ARTICLE.search(basis)
    ref = article[1] if article and not re.search(r"条号.{0,8}(?:记忆|未核)", note) else ""
    title = (basis[: article.start()] if article else basis).strip(" ，")
    number = _DOC_NO.search(title)
    if ref or number is None:
        return Citation(id, title, "", ref or "有关规定")
    return Citation(id, title.replace(number[0], ""), number[1], "")


def blanks(text: str) -> list[re.Match[str]]:
    """Numbers of a sentence that can be asked: no calendar years, no list (第1、4、7年), not the 1 of 「每年1次」."""
    if re.search(r"第\d+、", text):
        return []
    found = [m for m in QUANTITY.finditer(text) if not text.startswith("小时值班", m.end())]
    return [
        m
        for m in found
        if not (m["unit"] == "年" and float(m[1]) > 100) and not (m["unit"] == "次" and m[1] == "1")
    ]


def _single(text: str) -> list[re.Match[str]]:
    """Numbers a sentence says once: one it says again (1000万至5000万元…5000万至1亿元) is given away."""
    said = re.findall(r"\d+(?:\.\d+)?", text)
    return [m for m in blanks(text) if said.count(m[1]) == 1]


@dataclass(frozen=True)
class RegisterMaker:
    """Makes questions of duties, departments and local tasks in force on a day."""

    prover: Prover
    on: date

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """Duties checked against a source, in force, that say who must do what."""
        return tuple(
            d for d in self.prover.registers.duties
            if d.confidence == "verified" and duty_holds(d, self.on) and d.basis and "草案" not in d.duty + d.basis[0]
            and not _CRYPTIC.search(d.duty) and "数额标准" not in d.duty
        )  # fmt: skip

    @cached_property
    def pool(self) -> dict[str, list[str]]:
        """Numbers that duties state, by unit: what people confuse with one another."""
        found: dict[str, dict[str, None]] = {}
        for duty in self.duties:
            for match in blanks(duty.duty):
                found.setdefault(match["unit"], {})[match[1]] = None
        return {unit: list(values) for unit, values in found.items()}

    def _question(self, kind: str, duty: Duty, **fields: Any) -> Question:
        return Question(
            kind=kind, citation=cite(duty.id, duty.basis[0], duty.note), valid_from=duty.since, valid_to=duty.until,
            topics=frozenset({duty.id, *(f"依据:{b}" for b in duty.basis if "第" in b)}), industries=duty.industries,
            roles=_roles(kind, duty), **fields,
        )  # fmt: skip

    def from_duty(self, duty: Duty, rng: random.Random) -> Iterator[Question]:
        """The questions one duty gives, in an order drawn."""
        made = [*self._numbers(duty, rng), self._statement(duty, rng), self._holder(duty, rng)]
        found = [q for q in made if q is not None]
        rng.shuffle(found)
        yield from found

    def _others(self, duty: Duty, match: re.Match[str], rng: random.Random) -> list[str]:
        """Numbers of the same unit the sentence does not have, those that other duties state first."""
        said = {m[1] for m in blanks(duty.duty)}
        value = float(match[1])
        near = sorted(
            (v for v in self.pool.get(match["unit"], ()) if v not in said and _plausible(value, v)), key=float
        )
        made = [
            f"{value * f:g}" for f in (2, 3, 0.5, 1.5) if (value * f).is_integer() or not value.is_integer()
        ]
        more = [v for v in made if v not in said and v not in near]
        rng.shuffle(near)
        return [*near[:2], *more, *near[2:]][:3]

    def _numbers(self, duty: Duty, rng: random.Random) -> Iterator[Question]:
        if len(duty.duty) > _LONG:
            return
        for match in _single(duty.duty):
            others = self._others(duty, match, rng)
            start, end = match.span(1)
            if len(others) < 3:
                continue
            says = [f"{duty.duty[:start]}{v}{duty.duty[end:]}" for v in (match[1], *others)]
            yield self._question(
                SINGLE, duty, stem=f"{_whom(duty)}{duty.duty[:start]}（　　）{duty.duty[end:]}。括号中应填入的是？",
                options=(match[1], *others), key="A", difficulty="中", explanation=_explained(duty),
                tests=tuple({"test": "duty", "duty": duty.id, "says": s} for s in says),
            )  # fmt: skip

    def _statement(self, duty: Duty, rng: random.Random) -> Question | None:
        if len(duty.duty) > _LONG or not _single(duty.duty):
            return None
        match = rng.choice(_single(duty.duty))
        others = self._others(duty, match, rng)
        holds = rng.random() < 0.5 or not others
        start, end = match.span(1)
        says = duty.duty if holds else f"{duty.duty[:start]}{rng.choice(others)}{duty.duty[end:]}"
        test = {"test": "duty", "duty": duty.id, "says": says}
        return self._question(
            TRUE_FALSE, duty, stem=f"{_whom(duty)}{says}。", options=(RIGHT, WRONG), key="A" if holds else "B",
            difficulty="易", explanation=_explained(duty), tests=(test, {"test": "not", "of": test}),
        )  # fmt: skip

    def _holder(self, duty: Duty, rng: random.Random) -> Question | None:
        """Who must do it: holders on other sides are wrong, one of each side."""
        if not _one_holder(duty) or len(duty.duty) > _LONG:
            return None
        others = [
            d
            for d in self.duties
            if _one_holder(d) and d.side != duty.side and {*d.industries} <= {*duty.industries}
        ]
        rng.shuffle(others)
        options, tests = [duty.holder], [{"test": "holder", "duty": duty.id, "as": duty.id}]
        for other in others:
            test = {"test": "holder", "duty": duty.id, "as": other.id}
            sides = {self.prover.registers.duty[t["as"]].side for t in tests}
            if other.holder not in options and other.side not in sides and self.prover.truth(test) is False:
                options.append(other.holder)
                tests.append(test)
            if len(options) == 4:
                break
        if len(options) < 3:
            return None
        return self._question(
            WHO, duty, stem=f"“{_inner(duty.duty)}”，这项职责由谁承担？", options=tuple(options), key="A",
            difficulty="易", explanation=_explained(duty), tests=tuple(tests),
        )  # fmt: skip

    def from_department(self, department: Department, rng: random.Random) -> Iterator[Question]:
        """Who supervises a sector nationally, or, where several do, who leads it. A contested sector is never asked."""
        sector = department.sector.split("（")[0]
        for column, right, asked in (
            (
                "supervision",
                "；".join(department.supervision),
                f"对{sector}负有安全生产监督管理职责的是（　　）。",
            ),
            ("industry_lead", department.industry_lead, f"{sector}的行业主管部门是（　　）。"),
        ):
            if (
                department.contested
                or column not in department.checked
                or re.search(r"[；/（]|按|所属", right)
            ):
                continue  # shared by several: no one of them is the key
            if any(right[i : i + 2] in sector for i in range(len(right.removesuffix("部门")) - 1)):
                continue  # its name says it
            units = self._other_units(department, right, column, rng)
            if len(units) == 4:
                tests = tuple(
                    {"test": "department", "department": department.id, "unit": u, "column": column}
                    for u in units
                )
                yield self._of_department(department, asked, units, tests)
                return

    def _other_units(self, department: Department, right: str, column: str, rng: random.Random) -> list[str]:
        """The right unit and three that no column of the sector names."""
        others = [d.supervision[0] for d in self.prover.registers.departments
                  if len(d.supervision) == 1 and not d.contested and "；" not in d.supervision[0]]  # fmt: skip
        rng.shuffle(others)
        others.sort(key=lambda u: not _COMMON.match(u))  # those people confuse with one another first
        units = [right]
        for unit in dict.fromkeys(others):
            test = {"test": "department", "department": department.id, "unit": unit, "column": column}
            if self.prover.truth(test) is False and not any(unit[:2] == u[:2] for u in units):
                units.append(unit)
            if len(units) == 4:
                break
        return units

    def _of_department(
        self, department: Department, asked: str, units: list[str], tests: tuple[dict[str, str], ...]
    ) -> Question:
        sector = department.sector.split("（")[0]
        said = [f"监管：{'；'.join(department.supervision)}"] if "supervision" in department.checked else []
        said += [f"行业管理：{department.industry_lead}"] if "industry_lead" in department.checked else []
        return Question(
            kind=WHO, stem=asked, options=tuple(units), key="A",
            explanation=f"{sector}，{'；'.join((*said, f'综合监管：{department.comprehensive}'))}。"
                        f"依据：{'；'.join(department.basis)}。",
            citation=cite(department.id, department.basis[0]), valid_from=None, valid_to=None, tests=tests,
            topics=frozenset({department.id}), industries=department.industries,
            roles=("主要负责人", "安管人员", "执法人员"), difficulty="易",
        )  # fmt: skip

    def from_task(self, pack: RegionPack, task: Task, rng: random.Random) -> Iterator[Question]:
        """Which unit of a region leads a task, by a document whose period runs."""
        document = pack.document
        running = (document.start is None or document.start <= self.on) and (
            document.end is None or self.on <= document.end
        )
        lead = _lead(task)
        if not running or lead is None or task.kind != "任务":
            return
        others = [u.name for u in pack.units if not u.collective and u.kind == pack.by_name[lead.u].kind]
        rng.shuffle(others)
        where = {"test": "task", "region": pack.region.id, "document": document.id, "ref": task.ref}
        options, tests = [lead.u], [{**where, "unit": lead.u}]
        for unit in others:
            test = {**where, "unit": unit}
            if unit not in options and self.prover.truth(test) is False:
                options.append(unit)
                tests.append(test)
            if len(options) == 4:
                break
        if len(options) < 4:
            return
        yield Question(
            kind=WHO, stem=f"按照《{document.title}》，“{task.title}”的{lead.role}单位是（　　）。", options=tuple(options),
            key="A", explanation=f"文件{task.ref}“{task.title}”载明{lead.role}单位：{lead.u}。",
            citation=Citation(document.id, document.title, document.doc_no or "", task.ref),
            valid_from=document.start, valid_to=document.end, tests=tuple(tests),
            topics=frozenset({f"{document.id}/{task.ref}"}), roles=("安管人员", "执法人员"), difficulty="中",
        )  # fmt: skip


def _lead(task: Task) -> Assigned | None:
    """The one unit that leads a task of a closed list, or the only one it has."""
    leads = [a for a in task.units if a.role == "牵头"] or list(task.units)
    return leads[0] if len(leads) == 1 and not task.open else None


_CRYPTIC = re.compile(r"\d{3}、\d{3}")  # articles by their numbers alone
_COMMON = re.compile(
    r"^(?:应急管理|住房城乡建设|市场监督管理|交通运输|公安|生态环境|农业农村|自然资源|工业和信息化|水利|教育|卫生健康|民政)[^、/（]*$"
)


def _plausible(value: float, other: str) -> bool:
    return value / 12 <= float(other) <= value * 12 and float(other) > 0


def _one_holder(duty: Duty) -> bool:
    """Whether a duty says plainly whose it is, and its sentence does not give that away."""
    holder = duty.holder
    if duty.id.startswith("CRI") or _NO_CHARGE.search(duty.duty):
        return False
    return (
        2 <= len(holder) <= 26
        and not re.search(r"[/；—]|所列|相关|有关单位|判定主体|^其他", holder)
        and not any(holder[i : i + 2] in duty.duty for i in range(0, len(holder) - 1))
    )


def _inner(text: str) -> str:
    """A text to stand within quotation marks."""
    return text.replace("“", "‘").replace("”", "’")


def _whom(duty: Duty) -> str:
    """Where the sentence does not say to whom it applies."""
    whom = duty.applies_to
    if "学时" in duty.duty and not any(h in duty.duty for h in duty.holder.split("/")):
        units = "高危单位" if "同 " in whom else "" if whom == "全部" else whom
        who = "" if duty.holder == "生产经营单位" else duty.holder.replace("/", "、")
        return f"{f'{units}的{who}' if units and who else units or who}："
    if not whom or whom in ("全部", "—", "相关单位", "有关单位") or "同 " in whom:
        return ""
    if any(whom[i : i + 2] in duty.duty for i in range(len(whom) - 1)) or (
        whom[0] in "十百" and duty.holder[:4] in duty.duty
    ):
        return ""
    return f"{duty.applies_to}：" if len(duty.applies_to) <= 40 else ""


def _explained(duty: Duty) -> str:
    penalty = "；".join(f"{p.basis}：{p.measure}" for p in duty.penalty)
    holder = f"（{duty.holder}）" if len(duty.holder) > 1 else ""
    return f"{duty.duty}{holder}。依据：{'；'.join(duty.basis)}。" + (f"罚则：{penalty}。" if penalty else "")


def _roles(kind: str, duty: Duty) -> tuple[str, ...]:
    said = duty.duty + duty.holder + "".join(duty.profile)
    special = bool(re.search("特种作业|从业人员|上岗|防护用品|现场人员|危险作业|警示标志", said))
    if duty.side in ("企业", "人员"):
        return ("主要负责人", "安管人员", *(("特种作业",) if special else ()), "执法人员")
    return (
        ("执法人员",)
        if duty.side in ("部门", "属地") and kind != WHO
        else ("主要负责人", "安管人员", "执法人员")
    )
