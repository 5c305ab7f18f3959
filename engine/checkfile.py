"""A self-check as it is kept: the profile, the day, and the answers so far, in a YAML or JSON file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from engine.profile import Profile, dumped, read_profile
from kb.errors import BadInput, Problem, unreadable
from kb.loader import read_yaml
from kb.written import Written


class Answer(Written):
    """What was answered to one question, in the words offered or a number with its unit; nothing, where only noted."""

    value: str = ""
    note: str = ""
    photo: str = ""


class Check(Written):
    """A check as it is kept in a file: the profile, the day, and the answers so far by question id.

    `clues`: whether clauses of an earlier edition are asked too, where the text of the one in force is not held.
    """

    profile: Profile
    on: date
    kb_version: str
    clues: bool = False
    answers: dict[str, Answer] = Field(default_factory=dict)

    def answered(self, id: str, answer: Answer | None) -> Check:
        """With one answer more (or, with None, taken back)."""
        kept = {k: v for k, v in self.answers.items() if k != id}
        return self.model_copy(update={"answers": kept if answer is None else {**kept, id: answer}})

    def to_data(self) -> dict[str, Any]:
        answers = {k: {n: v for n, v in a.model_dump().items() if v} for k, a in self.answers.items()}
        return {
            "企业情况": self.profile.to_data(), "检查日期": self.on.isoformat(), "知识库版本": self.kb_version,
            "线索条款": "查" if self.clues else "不查",
            "回答": {k: {_ANSWER[n]: v for n, v in a.items()} for k, a in answers.items()},
        }  # fmt: skip


_ANSWER = {"value": "答案", "note": "备注", "photo": "照片"}


def read_check(data: object, file: str = "") -> Check:
    """A check from the mapping of a file. Raises BadInput naming the field."""
    if not isinstance(data, dict) or "企业情况" not in data:
        raise BadInput([Problem(file, 1, "不是自查文件：应有 企业情况、检查日期、知识库版本、回答 四栏")])
    profile = read_profile(data["企业情况"], file)
    english = {v: k for k, v in _ANSWER.items()}
    answers: dict[str, Answer] = {}
    problems = []
    for id, row in (data.get("回答") or {}).items():
        try:
            given = row if isinstance(row, dict) else {"答案": row}
            answers[str(id)] = Answer(**{english.get(k, k): str(v) for k, v in given.items()})
        except ValidationError:
            problems.append(
                Problem(file, 0, f"回答 {id}：应写作 {{答案: …, 备注: …, 照片: …}}，实为 {row!r}")
            )
    try:
        on = date.fromisoformat(str(data.get("检查日期", "")))
    except ValueError:
        problems.append(Problem(file, 0, f"检查日期：应是日期，如 2026-11-01，实为 {data.get('检查日期')!r}"))
    if problems:
        raise BadInput(problems)
    clues = data.get("线索条款", "不查") == "查"
    version = str(data.get("知识库版本", ""))
    return Check(profile=profile, on=on, kb_version=version, clues=clues, answers=answers)


def load_check(path: Path) -> Check:
    """A check from a YAML (or JSON) file."""
    try:
        return read_check(read_yaml(path, str(path)), str(path))
    except OSError as error:
        raise BadInput([Problem(str(path), 0, unreadable(error))]) from None


def save_check(check: Check, path: Path) -> None:
    path.write_text(dumped(check.to_data(), path), "utf-8")
