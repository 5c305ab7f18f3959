"""What reading a finding gives: its instances, and what holds for all of them.

Apart from the reader, so that who only passes readings on need not load it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kb.values import FactValue, Span

INDUSTRY = "行业"
PERMIT = "行政许可"  # the domain of permits to do business: to lack one is no hazard that a standard grades


@dataclass(frozen=True)
class Instance:
    """One statement of a finding, with the attributes its own words settle or make likely.

    `domains`: other standards' domains its things belong to. `understood`: some thing in it was read.
    `uncertain`: a part of it was not read and says nothing of being in order. `vague`: the only
    defect read is that persons lack something not read. Not `stated`: a heading that only names the place.
    `named`: the concepts read in it. `unread`: some of its words no term covers. `listed`: an item of a list
    under one head.
    """

    span: Span
    facts: tuple[FactValue, ...] = ()
    attributes: Mapping[str, FactValue] = field(default_factory=dict)
    suggested: Mapping[str, FactValue] = field(default_factory=dict)
    defect: bool = False
    compliant: bool = False
    uncertain: bool = False
    vague: bool = False
    understood: bool = True
    stated: bool = True
    domains: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    unread: bool = False
    listed: bool = False


@dataclass(frozen=True)
class TextReading:
    """What was read of a text. `coverage` is 全部, 部分 or 未读懂; `unread` the stretches no term covers.

    `shared` and `suggested` hold what is true, or likely, of every instance: enterprise attributes, and those
    of headings and of the facility.
    """

    instances: tuple[Instance, ...] = ()
    shared: Mapping[str, FactValue] = field(default_factory=dict)
    suggested: Mapping[str, FactValue] = field(default_factory=dict)
    unread: tuple[Span, ...] = ()
    coverage: str = "未读懂"
