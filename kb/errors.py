"""Faults of what people wrote or gave: where, what was found, what was expected."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One fault. `file` is relative to the project; `line` counts from 1, 0 when the fault has no line."""

    file: str
    line: int
    message: str
    kind: str = "schema"

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.message}"


class BadInput(ValueError):
    """Input a person must mend. Carries every problem found, not only the first."""

    def __init__(self, problems: list[Problem] | str) -> None:
        if isinstance(problems, str):
            problems = [Problem("", 0, problems)]
            super().__init__(problems[0].message)
        else:
            super().__init__("\n".join(str(p) for p in problems))
        self.problems = problems


def unreadable(error: OSError) -> str:
    """Why a file can not be read, for people."""
    for kind, why in (
        (FileNotFoundError, "没有这个文件"),
        (IsADirectoryError, "是文件夹，应为文件"),
        (PermissionError, "没有读取权限"),
    ):
        if isinstance(error, kind):
            return f"读不了（{why}）"
    return f"读不了（{error.strerror}）"
