"""Grading: score, pass mark, review with the clause; results kept by unit and post, absences too."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from engine.quiz.model import LABELS, MULTIPLE, Question
from kb.errors import BadInput, unreadable, unwritable

PASS_MARK = 80.0  # of 100
FULL = 100.0


@dataclass(frozen=True)
class Review:
    """One question as it was answered. `share`: of its marks, 0 to 1."""

    question: Question
    given: str
    share: float

    @property
    def right(self) -> bool:
        return self.share == 1


@dataclass(frozen=True)
class Result:
    """What an examination came to, of 100."""

    reviews: tuple[Review, ...]
    score: float
    passed: bool

    @property
    def wrong(self) -> tuple[Review, ...]:
        return tuple(r for r in self.reviews if not r.right)


def answer_of(typed: str, question: Question) -> str:
    """Labels meant by what was typed (b, A C, 对, ×), in order. Raises BadInput where it names no option."""
    text = typed.strip().upper()
    words = {"对": "A", "正确": "A", "√": "A", "错": "B", "错误": "B", "×": "B"}
    if len(question.options) == 2 and text in words:
        return words[text]
    labels = sorted({c for c in text if c not in " ,，、;；."})
    allowed = LABELS[: len(question.options)]
    if not labels or any(c not in allowed for c in labels) or (len(labels) > 1 and question.kind != MULTIPLE):
        raise BadInput(
            f"答案“{typed.strip()}”不对，应为 {'、'.join(allowed)} 中的{'几个' if question.kind == MULTIPLE else '一个'}"
        )
    return "".join(labels)


def marked(question: Question, given: str) -> float:
    """The share of its marks an answer earns: all, none, or half for a 多选 with some right ones and no wrong one."""
    if given == question.key:
        return 1.0
    partly = question.kind == MULTIPLE and given and set(given) < set(question.key)
    return 0.5 if partly else 0.0


def grade(questions: Iterable[Question], answers: Mapping[str, str], pass_mark: float = PASS_MARK) -> Result:
    """The result of answers (question id -> labels); what is not answered earns nothing."""
    reviews = tuple(Review(q, answers.get(q.id, ""), marked(q, answers.get(q.id, ""))) for q in questions)
    score = round(FULL * sum(r.share for r in reviews) / len(reviews), 1) if reviews else 0.0
    return Result(reviews, score, score >= pass_mark)


# -- results kept by unit and post -------------------------------------------------------------------------


@dataclass(frozen=True)
class Sitting:
    """One examination of one post of a unit. `score` None: 缺考. `finished`: False where it was broken off (未答完)."""

    unit: str
    post: str
    on: date
    paper: str
    score: float | None
    passed: bool
    wrong: tuple[str, ...] = ()
    finished: bool = True

    def to_json(self) -> dict[str, Any]:
        return {
            "unit": self.unit, "post": self.post, "on": self.on.isoformat(), "paper": self.paper,
            "score": self.score, "passed": self.passed, "absent": self.score is None, "wrong": list(self.wrong),
            "finished": self.finished,
        }  # fmt: skip


def sitting(
    result: Result | None, unit: str, post: str, on: date, paper: str, *, finished: bool = True
) -> Sitting:
    """What is kept of a result; None: the post did not appear."""
    if result is None:
        return Sitting(unit, post, on, paper, None, False)
    wrong = tuple(r.question.citation.text for r in result.wrong)
    return Sitting(unit, post, on, paper, result.score, result.passed, wrong, finished)


def keep(path: Path, one: Sitting) -> None:
    """Adds one sitting to a file of results (jsonl)."""
    try:
        with path.open("a", encoding="utf-8") as out:
            out.write(json.dumps(one.to_json(), ensure_ascii=False) + "\n")
    except OSError as error:
        raise BadInput(f"{path}：{unwritable(error)}") from None


def read_results(path: Path) -> list[Sitting]:
    """Every sitting kept. Raises BadInput naming the line that is not one."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise BadInput(f"{path}：{unreadable(error)}") from None
    except UnicodeDecodeError:
        raise BadInput(f"{path}：读不了（不是 UTF-8 编码的文字）") from None
    found = []
    for line_no, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            d = json.loads(line)
            score = None if d["score"] is None else float(d["score"])
            found.append(Sitting(d["unit"], d["post"], date.fromisoformat(d["on"]), d["paper"], score,
                                 bool(d["passed"]), tuple(d.get("wrong", ())), bool(d.get("finished", True))))  # fmt: skip
        except (ValueError, KeyError, TypeError):
            raise BadInput(
                f"{path}:{line_no}：不是考试成绩（应有单位、岗位、日期、试卷、得分、是否合格）；应为 panding quiz sit --results 写出的行"
            ) from None
    return found


@dataclass(frozen=True)
class Tally:
    """Results of one post of a unit. `average` of those who sat, None where nobody did; `rate`: the share of
    them that passed, of 100; `unfinished`: how many of them broke off; `weak`: citations most often missed.
    """

    unit: str
    post: str
    sat: int
    absent: int
    passed: int
    average: float | None
    weak: tuple[str, ...]
    unfinished: int = 0
    rate: float | None = None


def tally(sittings: Iterable[Sitting]) -> list[Tally]:
    """Results by unit and post."""
    groups: dict[tuple[str, str], list[Sitting]] = {}
    for one in sittings:
        groups.setdefault((one.unit, one.post), []).append(one)
    out = []
    for (unit, post), held in sorted(groups.items()):
        scores = [s.score for s in held if s.score is not None]
        weak = Counter(c for s in held for c in s.wrong)
        passed, cut = sum(s.passed for s in held), sum(not s.finished for s in held)
        out.append(Tally(unit, post, len(scores), len(held) - len(scores), passed,
                         round(sum(scores) / len(scores), 1) if scores else None,
                         tuple(c for c, _ in weak.most_common(3)), cut,
                         round(FULL * passed / len(scores), 1) if scores else None))  # fmt: skip
    return out
