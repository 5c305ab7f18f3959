"""What the audit of a question bank says of a key: why it is wrong, or what it agrees with."""

from __future__ import annotations

from dataclasses import dataclass, field

OUTDATED, LEVEL, ARTICLE, FIGURE, TERM, UNIT = (
    "引用已废止文件", "等级不符", "条号不符", "数值期限不符", "用语不符", "部门不符",
)  # fmt: skip
AGREES, WRONG, UNKNOWN = "相符", "有问题", "无法核对"


@dataclass(frozen=True)
class Alarm:
    """Why a key is wrong, with where the right answer stands."""

    kind: str
    reason: str
    citation: str

    def to_json(self) -> dict[str, str]:
        return {"kind": self.kind, "reason": self.reason, "citation": self.citation}


@dataclass
class Found:
    """What the checks of one question found. `hints`: why a check could not settle it, in words.

    `settled`: a document's own facts prove the key right or wrong; no likeness to other sentences may gainsay that or tell it again.
    """

    alarms: list[Alarm] = field(default_factory=list)
    agreed: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    settled: bool = False

    def told(self, kind: str) -> bool:
        """Whether a fault of a kind was told already: of one that two checks can see, once is enough."""
        return any(a.kind == kind for a in self.alarms)
