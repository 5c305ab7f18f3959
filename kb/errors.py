"""Faults of what people wrote or gave: where, what was found, what was expected."""

from __future__ import annotations

import errno
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


_WHY = {
    errno.ENOENT: "没有这个文件或者文件夹", errno.EISDIR: "是文件夹，应为文件", errno.ENOTDIR: "路径中间有一段是文件，不是文件夹",
    errno.ENOSPC: "磁盘满了", errno.EDQUOT: "超过了磁盘配额", errno.EROFS: "所在磁盘是只读的", errno.ENAMETOOLONG: "文件名太长",
    errno.EBUSY: "文件正被别的程序占用", errno.ETXTBSY: "文件正被别的程序占用", errno.ELOOP: "链接绕成了圈", errno.EEXIST: "已有同名的文件",
    errno.EIO: "磁盘读写出错", errno.EMFILE: "打开的文件太多",
}  # fmt: skip


def _why(error: OSError, right: str) -> str:
    if isinstance(error, PermissionError):
        return f"没有{right}权限"
    return _WHY.get(error.errno or 0, f"系统错误 {error.errno or '不明'}")


def unreadable(error: OSError) -> str:
    """Why a file can not be read, for people."""
    why = "没有这个文件" if isinstance(error, FileNotFoundError) else _why(error, "读取")
    return f"读不了（{why}）"


def unwritable(error: OSError) -> str:
    """Why a file can not be written, for people."""
    why = "没有这个文件夹" if isinstance(error, FileNotFoundError) else _why(error, "写入")
    return f"写不了（{why}）"
