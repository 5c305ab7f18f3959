"""Judging whole tables of given facts: the verdicts of the reference engine, many rows at once.

Conditions run as Polars expressions over all rows (engine/program.py). What a clause or a verdict says in
words is made by the reference itself, once for all rows that are alike.
"""

from __future__ import annotations

import logging
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy import ndarray as Numbers

from corpus import INDUSTRY, Instance, TextReading
from engine.batch import flat_cells, unknown_industry
from engine.clauses import DECISIVE, OPEN, ClauseResult, Status, judge_clause, tell
from engine.columns import MAX_HELD, Batch, Values
from engine.derive import derive
from engine.judge import CaseFile, Engine, Finding, Situation
from engine.program import NUMBER, STATUSES, Cells, Presumed, Program, Statuses, Table
from engine.valuation import presumptions
from engine.verdict import Level, Part, Verdict
from kb.conditions import atoms
from kb.models import Standard
from kb.values import FactValue, Span

log = logging.getLogger(__name__)
_SHOWN = tuple(NUMBER[s] for s in (*DECISIVE, *OPEN))
CHECKED = 3  # kinds of rows of each clause that the reference judges from the start, as a check
_NOWHERE = Span(0, 0, "")


@dataclass(frozen=True)
class Outcome:
    """What is said of all rows that are alike, but for the values they were given."""

    verdict: Verdict
    flat: Mapping[str, str]
    note: str = ""


@dataclass(frozen=True)
class Judgement:
    """Verdicts of a batch. `outcome` numbers `outcomes`, -1 where a row could not be judged."""

    outcome: Numbers
    outcomes: list[Outcome]
    facts: Shown
    clashes: dict[int, list[str]]
    errors: dict[int, str]


@dataclass(frozen=True)
class Shown:
    """The facts of each row that some standard of its trade asks; read before the next batch is judged."""

    columnar: Columnar
    rows: _Rows

    def __getitem__(self, i: int) -> tuple[FactValue, ...]:
        of, trade = self.columnar.values.of, int(self.rows.industry[i])
        return tuple(of[f][c] for f, c in self.rows.cells(i) if self.columnar.matters(f, trade))

    def in_words(self) -> pl.Series:
        """事实=值；… of every row."""
        rows, values = self.rows, self.columnar.values
        row, fact, code = rows.row, np.array(rows.fact, np.int64), np.array(rows.code, np.int64)
        said, which = np.unique(fact << 32 | code, return_inverse=True)
        texts = pl.Series(
            [_in_words(values.of[k >> 32][k & 0xFFFFFFFF]) for k in said.tolist()], dtype=pl.String
        )
        asked, of_cell = np.unique(fact << 32 | (rows.industry[row] + 1), return_inverse=True)
        matter = np.array(
            [self.columnar.matters(k >> 32, (k & 0xFFFFFFFF) - 1) for k in asked.tolist()], bool
        )
        cells = pl.DataFrame({"row": row, "said": texts.gather(which)}).filter(
            pl.Series(matter[of_cell], dtype=pl.Boolean)
        )
        joined = cells.group_by("row", maintain_order=True).agg(pl.col("said").str.join("；"))
        every = pl.DataFrame({"row": np.arange(rows.batch.size, dtype=row.dtype)})
        return every.join(joined, on="row", how="left", maintain_order="left")["said"].fill_null("")


def _in_words(value: FactValue) -> str:
    return f"{value.fact}={value.shown()}"


@dataclass
class _Asked:
    """What the clauses made of rows: results shown (row and number of result, in pieces), and two signs."""

    rows: list[Numbers]
    results: list[Numbers]
    refuted: Numbers
    defect: Numbers


@dataclass(frozen=True)
class _Rows:
    """A batch with what was added to it; `starts` tells where the cells of each row begin."""

    batch: Batch
    era: Numbers
    industry: Numbers
    row: Numbers
    fact: list[int]
    code: list[int]
    starts: list[int]

    def cells(self, i: int) -> Iterable[tuple[int, int]]:
        a, b = self.starts[i], self.starts[i + 1]
        return zip(self.fact[a:b], self.code[a:b], strict=True)


class Columnar:
    """Judges batches of given facts as `Engine.judge` does. `without`: presumptions switched off.

    `faults` counts clauses whose status by the compiled conditions was not the reference's; the latter was taken.
    """

    def __init__(self, engine: Engine, without: frozenset[str] = frozenset()) -> None:
        self.engine, self.without = engine, without
        self.values = Values(engine)
        self.faults = 0
        self._checked: Counter[str] = Counter()
        self._programs: dict[str, Program] = {}
        self._changes = _changes(engine)
        self._presumed: dict[int, dict[str, FactValue]] = {}
        self._labels: dict[str, tuple[Mapping[str, FactValue], frozenset[str]]] = {}
        self._label_numbers: dict[str, int] = {}
        self._unknown_labels: set[int] = set()
        self._industry = self.values.number[INDUSTRY]
        # that some clause was refuted matters; which one, and by what, is not said in a table
        self._refuted = ClauseResult(engine.kb.clauses()[0], Status.REFUTED)
        self.forget()

    def forget(self) -> None:
        """So that memory stays flat however many rows there are."""
        self.values.clear()
        for program in self._programs.values():
            program.clear()
        self._results: list[ClauseResult] = []
        self._said: dict[object, int] = {}
        self._major: list[bool] = []
        self._alike: dict[tuple[str, int, bytes], int] = {}
        self._outcomes: list[Outcome] = []
        self._rows_alike: dict[tuple[bytes | int, ...], int] = {}
        self._signs: dict[
            bytes, tuple[bool, bool]
        ] = {}  # some clause is 重大; some waits for the trade alone
        self._merged: dict[tuple[int, int, int], tuple[int, list[str]]] = {}
        self._derived: dict[tuple[tuple[int, int], ...], tuple[list[tuple[int, int]], list[str]]] = {}
        self._matter: dict[tuple[int, int], bool] = {}
        self._labels.clear()
        self._label_numbers.clear()
        self._label_names: list[str] = []
        self._silent: dict[tuple[int, int, int], int] = {}
        self._silences: dict[tuple[str, ...], int] = {}
        self._unknown_labels.clear()

    def renew(self) -> None:
        """Before a batch is built: drop what was remembered, where it has grown large."""
        if max(self.values.held, len(self._alike), len(self._outcomes)) > MAX_HELD:
            self.forget()

    def judge(self, batch: Batch) -> Judgement:
        """The verdicts of a batch built with `values`."""
        clashes: dict[int, list[str]] = {}
        era_of_day = [self._era(d) for d in batch.days] or [0]
        era = np.array(era_of_day, np.int32)[batch.day]
        cells = self._add_context(batch, clashes)
        cells = self._add_derived(cells, clashes)
        row, fact, code = cells
        held = _by_fact(row, fact, code)
        industry = np.full(batch.size, -1, np.int32)
        if self._industry in held:
            industry[held[self._industry].rows] = held[self._industry].codes
        asked = _Asked([], [], np.zeros(batch.size, bool), np.zeros(batch.size, bool))
        for standard in self.engine.kb.standards:
            self._judge_standard(standard, batch, era, held, industry, asked)
        starts = np.searchsorted(row, np.arange(batch.size + 1)).tolist()
        context = _Rows(batch, era, industry, row, fact.tolist(), code.tolist(), starts)
        outcome = self._conclude(context, asked)
        return Judgement(outcome, self._outcomes, Shown(self, context), clashes, batch.errors)

    # -- the day

    def _era(self, on: date) -> int:
        """Days between which nothing comes into force or lapses are of one era."""
        return bisect_right(self._changes, on)

    def _day(self, era: int) -> date:
        return self._changes[era - 1] if era else date.min

    def _presumed_in(self, era: int) -> dict[str, FactValue]:
        if era not in self._presumed:
            self._presumed[era] = presumptions(self.engine.kb, self._day(era), {}, self.without)
        return self._presumed[era]

    # -- what is known besides the cells

    def _label(self, label: str) -> tuple[Mapping[str, FactValue], frozenset[str]]:
        if label not in self._labels:
            self._labels[label] = self.engine.reader_context(label)
        return self._labels[label]

    def _add_context(self, batch: Batch, clashes: dict[int, list[str]]) -> tuple[Numbers, Numbers, Numbers]:
        """The cells with what the industry label of each row settles, as `Engine.situations` merges them."""
        fine = np.ones(batch.size, bool)
        fine[list(batch.errors)] = False
        extra: list[tuple[Numbers, Numbers, Numbers]] = []
        keep = np.ones(len(batch.row), bool)
        label_of_cell = batch.label[batch.row]
        for number, label in enumerate(batch.labels):
            for name, value in self._label(label)[0].items():
                fact = self.values.number.get(name)
                if fact is None:
                    continue  # nothing asks it
                rows = np.flatnonzero(fine & (batch.label == number))
                own = self.values.code(fact, value)
                codes = np.full(batch.size, own, np.int32)
                both = np.flatnonzero((batch.fact == fact) & (label_of_cell == number))
                for given in np.unique(batch.code[both]):
                    at = batch.row[both[batch.code[both] == given]]
                    codes[at], said = self._merge(fact, own, int(given))
                    for i in at if said else ():
                        clashes.setdefault(int(i), []).extend(said)
                keep[both] = False
                extra.append((rows, np.full(len(rows), fact, np.int32), codes[rows]))
        parts = [*extra, (batch.row[keep], batch.fact[keep], batch.code[keep])]
        return _ordered(parts)

    def _merge(self, fact: int, said: int, given: int) -> tuple[int, list[str]]:
        key = (fact, said, given)
        if key not in self._merged:
            name, values = self.values.names[fact], self.values.of[fact]
            merged, clash = self.engine.merge({name: values[said]}, {name: values[given]})
            self._merged[key] = (self.values.code(fact, merged[name]), [str(c) for c in clash])
        return self._merged[key]

    def _add_derived(
        self, cells: tuple[Numbers, Numbers, Numbers], clashes: dict[int, list[str]]
    ) -> tuple[Numbers, Numbers, Numbers]:
        """The cells with what follows from them by rules of their own, and what denies it."""
        row, fact, code = cells
        rules = self.engine.kb.derivations
        causes = [self.values.number[a.fact] for d in rules for a in atoms(d.when)]
        effects = [self.values.number[d.attribute] for d in rules if d.attribute in self.values.number]
        rows = np.unique(row[np.isin(fact, causes)])
        if not len(rows):
            return cells
        at = np.flatnonzero(np.isin(row, rows) & np.isin(fact, [*causes, *effects]))
        code = code.copy()
        added: list[tuple[int, int, int]] = []
        for group in np.split(at, np.flatnonzero(np.diff(row[at])) + 1):
            i = int(row[group[0]])
            known = tuple(zip(fact[group].tolist(), code[group].tolist(), strict=True))
            new, said = self._derive(known)
            place = dict(zip(fact[group].tolist(), group.tolist(), strict=True))
            for f, c in new:
                if f in place:
                    code[place[f]] = c
                else:
                    added.append((i, f, c))
            if said:
                clashes.setdefault(i, []).extend(s for s in said if s not in clashes.get(i, ()))
        more = np.array(added, np.int32).reshape(-1, 3)
        return _ordered([(row, fact, code), (more[:, 0], more[:, 1], more[:, 2])])

    def _derive(self, known: tuple[tuple[int, int], ...]) -> tuple[list[tuple[int, int]], list[str]]:
        if known not in self._derived:
            names, of = self.values.names, self.values.of
            facts = {names[f]: of[f][c] for f, c in known}
            engine = self.engine
            after, clashes = derive(facts, engine.kb.derivations, engine.attributes, engine.neutral)
            changed = [(self.values.number[k], v) for k, v in after.items()
                       if facts.get(k) is not v and k in self.values.number]  # fmt: skip
            new = [(f, self.values.code(f, v)) for f, v in changed]
            self._derived[known] = (new, [str(c) for c in clashes])
        return self._derived[known]

    # -- clauses

    def _judge_standard(
        self, standard: Standard, batch: Batch, era: Numbers, held: dict[int, Cells],
        industry: Numbers, asked: _Asked,
    ) -> None:  # fmt: skip
        """Add to `asked` what the clauses of one standard make of the rows that it may speak of."""
        eras = np.unique(era)
        heirs = {int(e): self.engine.heir(standard.id, self._day(int(e))) for e in eras}
        live = [e for e in heirs if heirs[e] or standard.in_force(self._day(e))]
        if not live or not standard.clauses:
            return
        if standard.id not in self._programs:
            self._programs[standard.id] = Program(self.engine, standard, self.values)
        program = self._programs[standard.id]
        present = [f for f in program.asked_by_limbs if f in held]
        spoken = np.zeros(batch.size, bool)
        for f in present:
            spoken[held[f].rows] = True
        spoken &= np.isin(era, live)
        rows = np.flatnonzero(spoken)
        if not len(rows):
            return
        table = Table(rows, batch.size, held)
        numbers, of_row = np.unique(era[rows], return_inverse=True)
        presumed = Presumed([self._presumed_in(int(e)) for e in numbers], of_row)
        found = program.statuses(table, present, presumed)
        asked.defect[rows] |= found.defect
        elsewhere = self._elsewhere(standard, batch, rows, industry, found)
        period = np.array([self._period(program, int(e), heirs[int(e)]) for e in numbers], np.int32)[of_row]
        for index, status in found.of.items():
            asked.refuted[rows] |= status == NUMBER[Status.REFUTED]
            shown = np.isin(status, _SHOWN)
            shown &= ~(elsewhere & np.isin(status, [NUMBER[s] for s in OPEN]))
            at = np.flatnonzero(shown)
            if len(at):
                ids = self._details(program, index, table, at, found, period, presumed, heirs, numbers)
                asked.rows.append(rows[at])
                asked.results.append(ids)

    def _elsewhere(
        self, standard: Standard, batch: Batch, rows: Numbers, industry: Numbers, found: Statuses
    ) -> Numbers:
        """`Engine._elsewhere` for rows: a field was named, not this one, and no trade."""
        other = [bool(d) and standard.domain not in d for _, d in map(self._label, batch.labels)] or [False]
        return np.array(other)[batch.label[rows]] & (industry[rows] < 0) & found.nowhere

    def _period(self, program: Program, era: int, heir: Standard | None) -> int:
        """Eras in which a standard's clauses say the same have one number."""
        presumed = self._presumed_in(era)
        said = tuple((a, presumed[a].values) for a in program.attributes if a in presumed)
        return program.periods.setdefault((said, heir.id if heir else ""), len(program.periods))

    def _details(
        self, program: Program, index: int, table: Table, at: Numbers, found: Statuses, period: Numbers,
        presumed: Presumed, heirs: Mapping[int, Standard | None], eras: Numbers,
    ) -> Numbers:  # fmt: skip
        """The numbers of the results of one clause for the rows `at`, rows that are alike judged once."""
        rule, status = program.rules[index], found.of[index]
        limbs = [found.touched[index, j].to_numpy()[at] for j in range(len(rule.clause.limbs))]
        alike = np.empty((len(at), 2 + len(limbs) + len(rule.facts)), np.int16)
        alike[:, 0], alike[:, 1] = period[at], status[at]
        for column, touched in enumerate(limbs, 2):
            alike[:, column] = touched
        for column, (f, inside) in enumerate(rule.facts.items(), 2 + len(limbs)):
            alike[:, column] = program.kinds(table, f, at)
            if inside:  # what only stands in limbs not touched is of no account
                alike[~np.logical_or.reduce([limbs[j] for j in inside]), column] = 0
        keys = alike.view(np.dtype((np.void, alike.itemsize * alike.shape[1]))).ravel()
        distinct, first, which = np.unique(keys, return_index=True, return_inverse=True)
        ids = np.empty(len(distinct), np.int32)
        for k, key in enumerate(distinct):
            name = (program.standard.id, index, key.tobytes())
            if name not in self._alike:
                i = int(at[first[k]])
                facts = {
                    self.values.names[f]: self.values.of[f][c]
                    for f in rule.facts
                    if (c := int(table.codes(f)[i])) >= 0
                }
                era = presumed.of_row[i]
                touching = [j for j, touched in enumerate(limbs) if touched[first[k]]]
                likely = presumed.periods[era]
                result = self._judge_clause(program, index, facts, likely, int(status[i]), touching)
                self._alike[name] = self._keep(self.engine.as_clue(result, heirs[int(eras[era])]))
            ids[k] = self._alike[name]
        return ids[which]

    def _keep(self, result: ClauseResult) -> int:
        """The number of a result; those that say the same have one, but where the trade alone is missing.

        (There `Engine.conclude` looks at the facts again.)
        """
        r = result
        if r.missing != (INDUSTRY,):
            key = (r.clause.id, r.status, r.missing, r.presumed, r.rules, r.strength, r.clue_for)
            if key in self._said:
                return self._said[key]
            self._said[key] = len(self._results)
        self._results.append(result)
        self._major.append(self.engine.standards[r.clause.standard].grade == Level.MAJOR.value)
        return len(self._results) - 1

    def _judge_clause(
        self, program: Program, index: int, facts: dict[str, FactValue], presumed: Mapping[str, FactValue],
        status: int, touching: list[int],
    ) -> ClauseResult:  # fmt: skip
        """What the reference says of a clause; a few times for each clause it judges it from the start."""
        likely = {k: v for k, v in presumed.items() if k not in facts}
        standard, clause = program.standard, program.standard.clauses[index]
        both = self.engine.valuations(standard, facts, likely)
        if self._checked[clause.id] >= CHECKED:
            limbs = [clause.limbs[j] for j in touching]
            return tell(clause, standard.scope, STATUSES[status], limbs, *both)
        self._checked[clause.id] += 1
        result = judge_clause(clause, standard.scope, *both, self.engine.distinctive(standard.id))
        if result.status is not STATUSES[status]:
            self.faults += 1
            log.error("%s: compiled %s, reference %s", clause.id, STATUSES[status], result.status)
        return result

    # -- verdicts

    def _conclude(self, rows: _Rows, asked: _Asked) -> Numbers:
        """The number of the outcome of each row; rows with the same results, trade and era are alike."""
        of_row = np.concatenate(asked.rows or [np.zeros(0, np.int64)])
        results = np.concatenate(asked.results or [np.zeros(0, np.int32)])
        order = np.argsort(of_row, kind="stable")
        results = results[order].astype(np.int32, copy=False)
        held = results.tobytes()
        starts = np.searchsorted(of_row[order], np.arange(rows.batch.size + 1)).tolist()
        flags = (asked.refuted * 2 + asked.defect).tolist()
        labels, eras, trades = rows.batch.label.tolist(), rows.era.tolist(), rows.industry.tolist()
        names = [self._label_number(label) for label in rows.batch.labels]
        outcome = np.full(rows.batch.size, -1, np.int32)
        for i in range(rows.batch.size):
            if i in rows.batch.errors:
                continue
            own = held[4 * starts[i] : 4 * starts[i + 1]]
            key = (own, *self._context(own, trades[i], names[labels[i]], flags[i], eras[i]))
            number = self._rows_alike.get(key)
            if number is None:
                number = self._rows_alike[key] = len(self._outcomes)
                said = results[starts[i] : starts[i + 1]].tolist()
                self._outcomes.append(self._outcome(rows, i, said, *divmod(flags[i], 2)))
            outcome[i] = number
        return outcome

    def _context(self, results: bytes, trade: int, label: int, flags: int, era: int) -> tuple[int, ...]:
        """What besides the results of its clauses decides what is said of a row.

        Where a clause of a 重大 standard holds or is open, only the trade it may yet be asked by, and a label
        that nobody knows; else all that could list the defect, which is not the same on every day.
        """
        if not results:
            return trade, label, flags, -2 - self._silence(trade, label, era)
        signs = self._signs.get(results)
        if signs is None:
            numbers = np.frombuffer(results, np.int32).tolist()
            waiting = any(self._results[r].missing == (INDUSTRY,) for r in numbers)
            signs = self._signs[results] = (any(self._major[r] for r in numbers), waiting)
        major, waiting = signs
        if not major:
            return trade, label, flags, era
        return trade if waiting else -1, label if label in self._unknown_labels else -1, -1, -1

    def _silence(self, trade: int, label: int, era: int) -> int:
        """The number of the standards that could list a defect of a trade and field in an era."""
        key = (trade, label, era)
        if key not in self._silent:
            domains = self._label(self._label_names[label])[1]
            trades = self.values.of[self._industry][trade].values if trade >= 0 else frozenset[str]()
            could = tuple(s.id for s in self.engine.could_list(trades, domains, self._day(era)))
            self._silent[key] = self._silences.setdefault(could, len(self._silences))
        return self._silent[key]

    def _label_number(self, label: str) -> int:
        number = self._label_numbers.setdefault(label, len(self._label_numbers))
        if number == len(self._label_names):
            self._label_names.append(label)
        if unknown_industry(self.engine, Finding(industry=label)):
            self._unknown_labels.add(number)
        return number

    def _outcome(self, rows: _Rows, i: int, results: Iterable[int], refuted: int, defect: int) -> Outcome:
        """The reference's own conclusion from the results of the clauses."""
        engine, on = self.engine, self._day(rows.era[i])
        label = rows.batch.labels[rows.batch.label[i]]
        facts = {self.values.names[f]: self.values.of[f][c] for f, c in rows.cells(i)}
        likely = {k: v for k, v in self._presumed_in(int(rows.era[i])).items() if k not in facts}
        situation = Situation(Instance(_NOWHERE), facts, likely, {})
        case = CaseFile(
            on, TextReading(coverage="全部"), (situation,), self._label(label)[1], (), False, self.without
        )
        found = [self._results[k] for k in results]
        if refuted:
            found.append(self._refuted)
        level, reasons, found = engine.conclude(situation, case, found, bool(defect))
        part = Part("", _NOWHERE, level, tuple(found), (), tuple(reasons))
        finding = Finding(industry=label, on=on)
        verdict = engine.whole(finding, case, [part], [])
        return Outcome(verdict, flat_cells(verdict), unknown_industry(engine, finding))

    def matters(self, fact: int, trade: int) -> bool:
        """Whether some standard of a trade (-1: of any) asks a fact; both by number."""
        key = (fact, trade)
        if key not in self._matter:
            facts = {} if trade < 0 else {INDUSTRY: self.values.of[self._industry][trade]}
            situation = Situation(Instance(_NOWHERE), facts, {}, {})
            self._matter[key] = self.engine.matters(self.values.names[fact], situation)
        return self._matter[key]


def _changes(engine: Engine) -> list[date]:
    """Every day on which a standard or a presumption begins or ends to apply."""
    days = {d for s in engine.kb.standards for d in (s.effective, s.expired)}
    for attribute in engine.kb.attributes.values():
        if attribute.presume:
            days |= {attribute.presume.since, attribute.presume.until}
    return sorted(d for d in days if d is not None)


def _ordered(parts: Iterable[tuple[Numbers, Numbers, Numbers]]) -> tuple[Numbers, Numbers, Numbers]:
    """Cells row by row, within a row in the order of the parts."""
    row, fact, code = (np.concatenate(p) for p in zip(*parts, strict=True))
    order = np.argsort(row, kind="stable")
    return row[order], fact[order], code[order]


def _by_fact(row: Numbers, fact: Numbers, code: Numbers) -> dict[int, Cells]:
    order = np.argsort(fact, kind="stable")
    facts, starts = np.unique(fact[order], return_index=True)
    pieces = np.split(order, starts[1:])
    return {int(f): Cells(row[at], code[at]) for f, at in zip(facts, pieces, strict=True)}
