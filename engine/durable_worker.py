"""The worker process of `engine.durable`: compiles conditions to durable-rules rulesets and fires them.

Started by `engine.durable` (by hand: `python -m engine.durable_worker`); JSON lines on stdin and stdout.

    {"derivations": [[atom, tree], ...]}            -> {"ready": true} | {"unavailable": reason}
    {"load": {shard: [tree, ...]}}                  -> {"loaded": [shard, ...]}
    {"cases": [{atom: bool}, ...], "shards": [...]} -> {"values": [{shard: "tfu..."}, ...]}
    what goes wrong                                 -> {"fault": what}

A tree is an atom key, ["且", [tree, ...]], ["或", [tree, ...]], ["非", tree] or ["至少", n, [tree, ...]].

How a condition becomes rules: two groups of flat conjunctions ("terms"), those that make it surely true and
those that make it surely false; negation ends at the leaves, and one durable rule is one term. The condition
is true when a term of the first group fires, false when one of the second does, unknown when none does: so
a hit lost by durable-rules could only turn an answer into unknown, never unknown into false. A part that
would multiply the terms too far becomes a step of its own: it fires in an earlier stage and is asserted as
an attribute in the next. Derived atoms are chained the same way.

Why so flat (durable-rules 2.0.28, rete.c and events.c): `$or` inside a rule costs one activation for each
satisfied path, and error 113 beyond some 15 of them; error 303 comes when more than 64 alpha nodes wait at
once, and without `$or` never more of them wait than the ruleset has rules.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, count, product
from math import prod
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

if TYPE_CHECKING:
    from durable.engine import Host

MAX_RULES = 60  # of one ruleset, the sentinel included; see above on error 303
MAX_ATTRIBUTES = 240  # of one fact; durable-rules takes 255, and sid, id and the sentinel are among them
MAX_TERMS = 32  # of one conjunction, before its parts become steps
MAX_TESTS = 64  # of one term
HANG_SECONDS = 60  # for one answer; then the process ends by itself, even with nobody left to kill it

SENTINEL = "go"  # its rule fires for every fact: none is without a match, and a silent engine is noticed
LETTERS = {True: "t", False: "f", None: "u"}

Tree = Any  # the recursive type of the module docstring; `_bind` checks it


class Is(NamedTuple):
    """The slot surely has this value."""

    slot: int
    value: bool


class Count(NamedTuple):
    """At least n of the literals surely hold."""

    n: int
    literals: tuple[Is, ...]


Term = tuple[Is | Count, ...]


class Rule(NamedTuple):
    """If the term holds, the slot has the value."""

    slot: int
    value: bool
    term: Term


class Fault(RuntimeError):
    """durable-rules returned something that can't be."""


class Network:
    """Conditions as slots and rules. A slot holds t, f or u, for an atom, a step or a whole condition."""

    def __init__(self) -> None:
        self.given: dict[str, int] = {}  # slots of the atoms' own values
        self.derived: dict[str, int] = {}  # slots of the atoms that have a derivation besides
        self.stages: list[int] = []  # by slot; 0 for what is given
        self.rules: list[Rule] = []
        self._defined: dict[Tree, int] = {}
        self._lowered: dict[tuple[Tree, bool], list[Term]] = {}

    def add(self, tree: Tree) -> int:
        """The slot that will hold the value of this condition."""
        return self._define(self._bind(tree))

    def derive(self, atom: str, tree: Tree) -> None:
        """From here on the atom means: its own value, or the condition."""
        self.derived[atom] = self._define(("或", (self._own(atom), self._bind(tree))))

    def _own(self, atom: str) -> int:
        if atom not in self.given:
            self.given[atom] = self._new_slot(0)
        return self.given[atom]

    def _new_slot(self, stage: int) -> int:
        self.stages.append(stage)
        return len(self.stages) - 1

    def _bind(self, tree: Tree) -> Tree:
        """The tree with tuples for lists and slots for atoms, so that equal parts are equal keys."""
        match tree:
            case str():
                return self.derived[tree] if tree in self.derived else self._own(tree)
            case ["且" | "或" as op, list(parts)]:
                return (op, tuple(self._bind(p) for p in parts))
            case ["非", part]:
                return ("非", self._bind(part))
            case ["至少", int(n), list(parts)]:
                return ("至少", n, tuple(self._bind(p) for p in parts))
        raise ValueError(f"not a condition: {tree!r}")

    def _define(self, tree: Tree) -> int:
        if tree not in self._defined:
            terms = {value: self._terms(tree, value) for value in (True, False)}
            used = (slot for term in chain(*terms.values()) for slot in slots_of(term))
            slot = self._new_slot(1 + max((self.stages[s] for s in used), default=0))
            self.rules += [Rule(slot, value, term) for value in terms for term in terms[value]]
            self._defined[tree] = slot
        return self._defined[tree]

    def _terms(self, tree: Tree, value: bool) -> list[Term]:
        """The terms any of which makes the tree surely have the value."""
        if (tree, value) not in self._lowered:
            self._lowered[tree, value] = self._lower(tree, value)
        return self._lowered[tree, value]

    def _lower(self, tree: Tree, value: bool) -> list[Term]:
        if isinstance(tree, int):
            return [(Is(tree, value),)]
        if tree[0] == "非":
            return self._terms(tree[1], not value)
        if tree[0] == "至少":
            return self._at_least(tree[1] if value else len(tree[2]) - tree[1] + 1, tree[2], value)
        every = (tree[0] == "且") == value
        return self._every(tree[1], value) if every else self._some(tree[1], value)

    def _at_least(self, n: int, parts: Sequence[Tree], value: bool) -> list[Term]:
        """At least n parts surely have the value. (n of k true is refuted by k - n + 1 false.)"""
        if n > len(parts):
            return []
        if n == len(parts) or n <= 0:
            return self._every(parts if n > 0 else (), value)
        if n == 1:
            return self._some(parts, value)
        return [(Count(n, tuple(self._literal(p, value) for p in parts)),)]

    def _some(self, parts: Sequence[Tree], value: bool) -> list[Term]:
        return list(dict.fromkeys(chain.from_iterable(self._terms(p, value) for p in parts)))

    def _every(self, parts: Sequence[Tree], value: bool) -> list[Term]:
        choices = [self._terms(p, value) for p in parts]
        longest = sum(max(map(len, terms), default=0) for terms in choices)
        if prod(map(len, choices)) > MAX_TERMS or longest > MAX_TESTS:
            if len(parts) > MAX_TESTS:
                op = "且" if value else "或"
                groups = [(op, tuple(parts[i : i + MAX_TESTS])) for i in range(0, len(parts), MAX_TESTS)]
                return self._every(groups, value)
            choices = [[(self._literal(p, value),)] for p in parts]
        return list(dict.fromkeys(tuple(dict.fromkeys(chain(*chosen))) for chosen in product(*choices)))

    def _literal(self, tree: Tree, value: bool) -> Is:
        """One test for the tree; anything but a leaf becomes a step."""
        if isinstance(tree, tuple) and tree[0] == "非":
            return self._literal(tree[1], not value)
        return Is(tree if isinstance(tree, int) else self._define(tree), value)


def slots_of(term: Term) -> Iterator[int]:
    for test in term:
        if isinstance(test, Count):
            yield from (literal.slot for literal in test.literals)
        else:
            yield test.slot


def attribute_of(test: Is | Count) -> Count | int:
    """What of a fact the test reads: a slot, or a count of its own."""
    return test if isinstance(test, Count) else test.slot


class Ruleset:
    """At most MAX_RULES rules as one durable ruleset over a fact of at most MAX_ATTRIBUTES attributes."""

    def __init__(self, host: Host, name: str, rules: Sequence[Rule]) -> None:
        self._host, self._name = host, name
        self._attributes: dict[Count | int, str] = {}
        self._hits: list[Rule | None] = []
        self._slots = {slot for rule in rules for slot in slots_of(rule.term)}
        self._unconditional = not all(rule.term for rule in rules)
        definition: dict[str, Any] = {SENTINEL: self._definition((), None)}
        definition |= {f"r{i}": self._definition(rule.term, rule) for i, rule in enumerate(rules)}
        host.register_rulesets({name: definition})
        self._assert({})

    def concerns(self, decided: set[int]) -> bool:
        """Whether a rule could fire at all: every term but the empty one needs something decided."""
        return self._unconditional or not self._slots.isdisjoint(decided)

    def fire(self, values: Sequence[str]) -> Iterable[Rule]:
        """The rules that fire on these values of the slots."""
        fact: dict[str, str | int] = {}
        for test, attribute in self._attributes.items():
            if isinstance(test, int):
                fact[attribute] = values[test]
            elif isinstance(test, Count):
                fact[attribute] = sum(values[i.slot] == LETTERS[i.value] for i in test.literals)
        return self._assert(fact)

    def _definition(self, term: Term, hit: Rule | None) -> dict[str, Any]:
        tests = [self._test(test) for test in term] or [{SENTINEL: 1}]
        return {"all": [{"m": {"$and": tests} if len(tests) > 1 else tests[0]}], "run": self._action(hit)}

    def _test(self, test: Is | Count) -> dict[str, Any]:
        key = attribute_of(test)
        attribute = self._attributes.setdefault(key, f"a{len(self._attributes)}")
        return {"$gte": {attribute: test.n}} if isinstance(test, Count) else {attribute: LETTERS[test.value]}

    def _action(self, hit: Rule | None) -> Callable[[Any], None]:
        # Exactly one parameter: with a second one (hit=hit), durable-rules would wait for a callback.
        def note(_: Any) -> None:
            self._hits.append(hit)

        return note

    def _assert(self, fact: Mapping[str, str | int]) -> Iterable[Rule]:
        self._hits.clear()
        state = self._host.assert_fact(self._name, {**fact, SENTINEL: 1, "sid": "1", "id": "1"})
        self._host.delete_state(self._name, "1")
        if None not in self._hits or "exception" in (state or {}):
            raise Fault(f"ruleset {self._name}: sentinel silent, or {state}")
        return [hit for hit in self._hits if hit is not None]


class Program:
    """A network as rulesets, stage after stage."""

    def __init__(self, network: Network, host: Host, numbers: Iterator[int]) -> None:
        self._network = network
        by_stage: list[list[Rule]] = [[] for _ in range(max(network.stages, default=0))]
        for rule in network.rules:
            by_stage[network.stages[rule.slot] - 1].append(rule)
        self._stages = [
            [Ruleset(host, f"rules{next(numbers)}", part) for part in packed(rules)] for rules in by_stage
        ]

    def run(self, atoms: Mapping[str, str]) -> list[str]:
        """The value of every slot, forward from the atoms that are t or f; the others are unknown."""
        values = [LETTERS[None]] * len(self._network.stages)
        given = {slot: atoms[atom] for atom, slot in self._network.given.items() if atom in atoms}
        for slot, letter in given.items():
            values[slot] = letter
        decided = set(given)
        for ruleset in chain.from_iterable(self._stages):
            if ruleset.concerns(decided):
                for rule in ruleset.fire(values):
                    self._settle(values, rule)
                    decided.add(rule.slot)
        return values

    @staticmethod
    def _settle(values: list[str], rule: Rule) -> None:
        if values[rule.slot] == LETTERS[not rule.value]:
            raise Fault(f"both true and false: {rule}")
        values[rule.slot] = LETTERS[rule.value]


def packed(rules: Iterable[Rule]) -> Iterator[list[Rule]]:
    """The rules in their order, in parts that fit one ruleset."""
    part: list[Rule] = []
    attributes: set[Count | int] = set()
    for rule in rules:
        own = {attribute_of(test) for test in rule.term}
        wider = attributes | own
        if part and (len(part) == MAX_RULES - 1 or len(wider) > MAX_ATTRIBUTES):
            yield part
            part, wider = [], own
        part.append(rule)
        attributes = wider
    if part:
        yield part


class Server:
    """Answers requests; holds the compiled programs."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._numbers = count()
        self._derivations = Network()
        self._derive = Program(self._derivations, host, self._numbers)
        self._shards: dict[str, tuple[Program, list[int]]] = {}

    def answer(self, request: Mapping[str, Any]) -> dict[str, Any]:
        if "derivations" in request:
            for atom, tree in request["derivations"]:
                self._derivations.derive(atom, tree)
            self._derive = Program(self._derivations, self._host, self._numbers)
            return {"ready": True}
        if "load" in request:
            for shard, trees in request["load"].items():
                self._load(shard, trees)
            return {"loaded": list(request["load"])}
        return {"values": [self._evaluate(case, request["shards"]) for case in request["cases"]]}

    def _load(self, shard: str, trees: Sequence[Tree]) -> None:
        network = Network()
        slots = [network.add(tree) for tree in trees]
        self._shards[shard] = Program(network, self._host, self._numbers), slots

    def _evaluate(self, case: Mapping[str, bool], shards: Iterable[str]) -> dict[str, str]:
        atoms = {atom: LETTERS[value] for atom, value in case.items()}
        effective = self._derive.run(atoms)
        for atom, slot in self._derivations.derived.items():
            if effective[slot] == LETTERS[None]:
                atoms.pop(atom, None)
            else:
                atoms[atom] = effective[slot]
        return {shard: self._values(shard, atoms) for shard in shards}

    def _values(self, shard: str, atoms: Mapping[str, str]) -> str:
        program, slots = self._shards[shard]
        values = program.run(atoms)
        return "".join(values[slot] for slot in slots)


def new_host() -> Host:
    from durable.engine import Host

    class QuietHost(Host):
        """A Host without its timer threads, which would fire actions beside us."""

        def _run(self) -> None:
            pass

    return QuietHost()


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the client; the end of stdin is for us
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not reach the client as an answer
    try:
        server = Server(new_host())
    except Exception as error:  # not only ImportError: its C part may be built for another Python
        send(sink, {"unavailable": f"{type(error).__name__}: {error}"})
        return
    for line in sys.stdin.buffer:
        arm(HANG_SECONDS)
        send(sink, reply_to(server, line))
        arm(0)


def reply_to(server: Server, line: bytes) -> dict[str, Any]:
    try:
        return server.answer(json.loads(line))
    except Exception as error:
        return {"fault": f"{type(error).__name__}: {getattr(error, 'message', error)}"}


def arm(seconds: int) -> None:
    """Let SIGALRM end the process in so many seconds, even inside the C library; 0 disarms."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def send(sink: BinaryIO, reply: Mapping[str, Any]) -> None:
    sink.write(json.dumps(reply).encode() + b"\n")
    sink.flush()


if __name__ == "__main__":
    main()
