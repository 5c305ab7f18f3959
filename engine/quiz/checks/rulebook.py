"""What questions are held against: the engine, the standards, the registers, and their sentences in force on a day."""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property

from engine.judge import Engine
from engine.quiz.documents import Repealed, repealed, squash
from engine.quiz.editions import Editions
from engine.quiz.fines import Fines
from engine.quiz.instruments import Instruments
from engine.quiz.phrase import TRADE
from engine.quiz.profile import Profiles
from engine.quiz.prove import Prover
from engine.quiz.readback import Readback
from engine.quiz.statements import Statements
from kb.conditions import Compare, atoms
from kb.models import Clause, KnowledgeBase, Standard
from kb.national import Department, Duty
from kb.registers import Registers, load_registers
from ontology.domains import Domains, read_domains

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


class Rulebook:
    """Held once for a whole bank; what is costly is made when first asked for."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._statements: dict[date, Statements] = {}
        self._profiles: dict[date, Profiles] = {}
        self._readbacks: dict[date, Readback] = {}

    @property
    def kb(self) -> KnowledgeBase:
        return self.engine.kb

    @cached_property
    def registers(self) -> Registers:
        return load_registers()

    def duties_worded(self, text: str) -> list[Duty]:
        """Duties whose sentence a text is, whatever numbers it has."""
        return self._worded.get(_NUMBER.sub("#", text), [])

    @cached_property
    def _worded(self) -> dict[str, list[Duty]]:
        out: dict[str, list[Duty]] = {}
        for duty in self.registers.duties:
            out.setdefault(_NUMBER.sub("#", duty.duty), []).append(duty)
        return out

    @cached_property
    def editions(self) -> Editions:
        return Editions(self.kb)

    @cached_property
    def instruments(self) -> Instruments:
        """Documents by title and number, laws and rules as well as standards."""
        return Instruments(self.kb, self.registers.duties)

    @cached_property
    def fines(self) -> Fines:
        return Fines(self.registers.duties)

    @cached_property
    def domains(self) -> Domains:
        return read_domains()

    @cached_property
    def departments(self) -> dict[str, Department]:
        return {d.id: d for d in self.registers.departments}

    @cached_property
    def repealed(self) -> list[Repealed]:
        return repealed(self.kb)

    @cached_property
    def clauses(self) -> dict[str, Clause]:
        """Every clause by its id, of whatever edition."""
        return {c.id: c for s in self.kb.standards for c in s.clauses}

    @cached_property
    def trades(self) -> dict[str, tuple[str, ...]]:
        """Every trade a finding can be in, with the wider ones that hold it."""
        return {k: tuple(up) for k, up in self.kb.attributes[TRADE].ancestors().items()}

    def statements(self, on: date) -> Statements:
        """The sentences of clauses and duties in force on a day."""
        if on not in self._statements:
            self._statements[on] = Statements(self.engine, self.registers, on)
        return self._statements[on]

    def profiles(self, on: date) -> Profiles:
        """The documents in force on a day, by what they are."""
        if on not in self._profiles:
            self._profiles[on] = Profiles(self.editions, self.instruments, on)
        return self._profiles[on]

    def readback(self, on: date) -> Readback:
        """Texts in the words of our own questions on the clauses in force on a day."""
        if on not in self._readbacks:
            self._readbacks[on] = Readback(self.engine, on)
        return self._readbacks[on]

    @cached_property
    def prover(self) -> Prover:
        return Prover(self.engine)

    def in_force(self, on: date) -> list[Standard]:
        return [s for s in self.kb.standards if s.in_force(on)]

    def standards_named(self, text: str) -> list[Standard]:
        """Standards a text names, by title or number."""
        plain, numbered = squash(text), self.editions.numbered(text)
        return [s for s in self.kb.standards if squash(s.title) in plain or s in numbered]

    def titled_plainly(self, text: str, on: date) -> list[Standard]:
        """Standards in force whose whole title a text has, without marks."""
        plain = squash(text)
        return [s for s in self.in_force(on) if squash(s.title) in plain]

    def thresholds(self, on: date) -> list[tuple[Clause, Compare]]:
        """Every threshold of a clause in force."""
        return [
            (c, a)
            for s in self.in_force(on)
            for c in s.clauses
            if c.executability == "full"
            for part in (*c.limbs, *c.premises)
            for a in atoms(part)
            if isinstance(a, Compare)
        ]

    def cite(self, clause: Clause) -> str:
        """Title, number and place: 《…》（…号）第三条第（一）项."""
        standard = self.engine.standards[clause.standard]
        return f"《{standard.title}》（{standard.doc_no}）{clause.ref}"
