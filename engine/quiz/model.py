"""A question of an examination: stem, options, key, where it stands, how long it holds, and what proves it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kb.errors import BadInput

LABELS = "ABCDEFGH"
SINGLE, MULTIPLE, TRUE_FALSE = "单选", "多选", "判断"
CASE, NUMBER, GAP, WHO = "案例判定", "数值", "还缺哪个事实", "谁负责"
KINDS = (SINGLE, MULTIPLE, TRUE_FALSE, CASE, NUMBER, GAP, WHO)
ROLES = ("主要负责人", "安管人员", "特种作业", "执法人员")
DIFFICULTIES = ("易", "中", "难")
RIGHT, WRONG = "正确", "错误"

Test = Mapping[str, Any]  # what an option claims, in a form the engine can try: see `engine.quiz.prove`


@dataclass(frozen=True)
class Citation:
    """Where the answer stands. `standard`: id of a standard, duty, department or document of the knowledge base."""

    standard: str
    title: str
    doc_no: str
    ref: str

    @property
    def text(self) -> str:
        number = f"（{self.doc_no}）" if self.doc_no else ""
        title = self.title if self.title.startswith("《") or not self.doc_no else f"《{self.title}》"
        return f"{title}{number}{self.ref}"

    def to_json(self) -> dict[str, str]:
        return {
            "standard": self.standard, "title": self.title, "doc_no": self.doc_no, "ref": self.ref,
            "text": self.text,
        }  # fmt: skip


@dataclass(frozen=True)
class Question:
    """One question. `key`: the labels of the right options, in order (`AC`).

    `tests`: one for each option, what it claims; the engine finds those of the key true and all others false.
    `topics`: what it is about; two questions of a paper share none. `industries`: empty means all.
    """

    kind: str
    stem: str
    options: tuple[str, ...]
    key: str
    explanation: str
    citation: Citation
    valid_from: date | None
    valid_to: date | None
    tests: tuple[Test, ...]
    topics: frozenset[str]
    industries: tuple[str, ...] = ()
    roles: tuple[str, ...] = ROLES
    difficulty: str = "中"

    @property
    def id(self) -> str:
        """The same question has the same id, whatever paper it stands in."""
        said = json.dumps([self.kind, self.stem, sorted(self.options)], ensure_ascii=False)
        return f"Q{hashlib.sha256(said.encode()).hexdigest()[:12]}"

    @property
    def right(self) -> tuple[str, ...]:
        """The texts of the right options."""
        return tuple(self.options[LABELS.index(c)] for c in self.key)

    def to_json(self) -> dict[str, Any]:
        """Plain data of the command line's contract."""
        return {
            "id": self.id,
            "kind": self.kind,
            "stem": self.stem,
            "options": dict(zip(LABELS, self.options, strict=False)),
            "key": self.key,
            "explanation": self.explanation,
            "citation": self.citation.to_json(),
            "valid_from": self.valid_from.isoformat() if self.valid_from else None,
            "valid_to": self.valid_to.isoformat() if self.valid_to else None,
            "industries": list(self.industries),
            "roles": list(self.roles),
            "difficulty": self.difficulty,
            "topics": sorted(self.topics),
            "proof": [dict(t) for t in self.tests],
        }


@dataclass(frozen=True)
class Paper:
    """Questions in order. `short`: how many were asked for and could not be had without giving keys away.

    `minutes`: the time it is to be answered in; 0: as long as the examiner says.
    """

    title: str
    questions: tuple[Question, ...]
    on: date
    seed: int
    short: int = 0
    notes: tuple[str, ...] = field(default=())
    minutes: float = 0


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def question_of(data: Mapping[str, Any], place: str = "") -> Question:
    """A question from its plain data. Raises BadInput naming the field that is missing or unfit."""
    try:
        citation = data["citation"]
        return Question(
            kind=str(data["kind"]),
            stem=str(data["stem"]),
            options=tuple(str(v) for v in data["options"].values()),
            key=str(data["key"]),
            explanation=str(data["explanation"]),
            citation=Citation(*(str(citation[k]) for k in ("standard", "title", "doc_no", "ref"))),
            valid_from=_day(data["valid_from"]),
            valid_to=_day(data["valid_to"]),
            tests=tuple(data.get("proof") or ()),
            topics=frozenset(data.get("topics") or ()),
            industries=tuple(data.get("industries") or ()),
            roles=tuple(data.get("roles") or ROLES),
            difficulty=str(data.get("difficulty") or "中"),
        )
    except KeyError as error:
        raise BadInput(f"{place}缺少 {error.args[0]} 一栏；应为 panding quiz new --json 的输出") from None
    except (TypeError, ValueError, AttributeError):
        raise BadInput(
            f"{place}写法不对（各栏的类型不是应有的）；应为 panding quiz new --json 的输出"
        ) from None
