"""The notation of kb/NOTATION.md: a line such as `缺 爆炸防控措施 @ 除尘系统` to a condition."""

from __future__ import annotations

from functools import cache
from typing import Any

from lark import Lark, Transformer, UnexpectedInput
from lark.exceptions import VisitError

from kb.conditions import (
    All,
    AnyOf,
    AtLeast,
    Compare,
    Comparison,
    Condition,
    Exceeds,
    Failed,
    Has,
    Missing,
    Not,
    Present,
    Unlinked,
)

GRAMMAR = r"""
start: disjunction
disjunction: conjunction ("或" conjunction)*
conjunction: unary ("且" unary)*
?unary: "非" unary -> negation
      | ("(" | "（") disjunction (")" | "）")
      | "至少" INT "项" ("(" | "（") disjunction (("；" | ";") disjunction)* (")" | "）") -> at_least
      | atom
?atom: "缺" NAME host? -> missing
     | "有" NAME host? -> present
     | "失效" NAME host? -> failed
     | LINK NAME "~" NAME host? -> unlinked
     | "数" NAME host? CMP NUMBER NAME -> compare
     | "超" NAME CMP NAME host? -> exceeds
     | NAME "=" NAME ("|" NAME)* -> has
host: "@" NAME ("|" NAME)*
LINK: "未联锁" | "未接入"
CMP: ">=" | "<=" | ">" | "<"
NAME: /[^\s@~|=<>()（）；;]+/
%import common.INT
%import common.SIGNED_NUMBER -> NUMBER
%import common.WS
%ignore WS
"""


class NotationError(ValueError):
    """A line that is not in the notation; `column` counts characters from 1."""

    def __init__(self, message: str, column: int = 1) -> None:
        super().__init__(message)
        self.column = column


def _over_hosts(hosts: tuple[str, ...] | None, make: Any) -> Condition:
    """One atom for each host; several hosts are alternatives."""
    if hosts is None:
        return make(None)
    built = tuple(make(h) for h in hosts)
    return built[0] if len(built) == 1 else AnyOf(parts=built)


class _Build(Transformer[Any, Any]):
    def start(self, parts: list[Any]) -> Condition:
        return parts[0]

    def disjunction(self, parts: list[Any]) -> Condition:
        return parts[0] if len(parts) == 1 else AnyOf(parts=tuple(parts))

    def conjunction(self, parts: list[Any]) -> Condition:
        return parts[0] if len(parts) == 1 else All(parts=tuple(parts))

    def negation(self, parts: list[Any]) -> Condition:
        return Not(part=parts[0])

    def at_least(self, parts: list[Any]) -> Condition:
        n = int(parts[0])
        if not 1 <= n <= len(parts) - 1:
            raise NotationError(f"至少 {n} 项，但括号内有 {len(parts) - 1} 项")
        return AtLeast(n=n, parts=tuple(parts[1:]))

    def host(self, parts: list[Any]) -> tuple[str, ...]:
        return tuple(str(p) for p in parts)

    def missing(self, parts: list[Any]) -> Condition:
        name, hosts = str(parts[0]), parts[1] if len(parts) > 1 else None
        return _over_hosts(hosts, lambda h: Missing(thing=name, host=h))

    def present(self, parts: list[Any]) -> Condition:
        name, hosts = str(parts[0]), parts[1] if len(parts) > 1 else None
        return _over_hosts(hosts, lambda h: Present(thing=name, host=h))

    def failed(self, parts: list[Any]) -> Condition:
        name, hosts = str(parts[0]), parts[1] if len(parts) > 1 else None
        return _over_hosts(hosts, lambda h: Failed(thing=name, host=h))

    def unlinked(self, parts: list[Any]) -> Condition:
        link, name, partner = (str(p) for p in parts[:3])
        hosts = parts[3] if len(parts) > 3 else None
        return _over_hosts(hosts, lambda h: Unlinked(op=link, thing=name, partner=partner, host=h))  # type: ignore[arg-type]

    def compare(self, parts: list[Any]) -> Condition:
        name, unit = str(parts[0]), str(parts[-1])
        hosts = parts[1] if isinstance(parts[1], tuple) else None
        cmp: Comparison = str(parts[-3])  # type: ignore[assignment]
        value = float(parts[-2])
        return _over_hosts(hosts, lambda h: Compare(quantity=name, host=h, cmp=cmp, value=value, unit=unit))

    def exceeds(self, parts: list[Any]) -> Condition:
        name, reference = str(parts[0]), str(parts[2])
        cmp: Comparison = str(parts[1])  # type: ignore[assignment]
        hosts = parts[3] if len(parts) > 3 else None
        return _over_hosts(hosts, lambda h: Exceeds(quantity=name, cmp=cmp, reference=reference, host=h))

    def has(self, parts: list[Any]) -> Condition:
        return Has(attribute=str(parts[0]), values=tuple(str(p) for p in parts[1:]))


@cache
def _parser() -> Lark:
    return Lark(GRAMMAR, parser="earley", lexer="dynamic", ambiguity="resolve")


def parse_condition(text: str) -> Condition:
    """Read one line of the notation.

    Raises NotationError with the column and what was expected.

    >>> str(parse_condition("缺 爆炸防控措施 @ 除尘系统"))
    '缺 爆炸防控措施@除尘系统'
    """
    try:
        return _Build().transform(_parser().parse(text))  # type: ignore[no-any-return]
    except UnexpectedInput as error:
        column = getattr(error, "column", None) or 1
        raise NotationError(
            f"第 {column} 字附近不合写法：{text!r}；应为 缺/有/失效/未联锁/未接入/数/超 或 属性=值，词间空格，且/或/非 连接",
            column,
        ) from None
    except VisitError as error:
        if isinstance(error.orig_exc, NotationError):
            raise error.orig_exc from None
        raise
