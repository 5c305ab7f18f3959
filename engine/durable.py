"""Conditions evaluated by durable-rules, the forward-chaining engine, in a worker process of its own.

The worker (`engine.durable_worker`) starts at the first evaluation, or when told to prepare. If it crashes, hangs or talks nonsense,
it is killed and started once more; the caller gets the answer, or DurableUnavailable.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import threading
import weakref
from collections import Counter, deque
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from kb.conditions import All, AnyOf, AtLeast, Condition, Not, atoms

Truth = bool | None
Case = dict[str, bool]

START_SECONDS = 15.0  # to start Python, and to compile shards; evaluating has the caller's timeout
CASES_PER_REQUEST = 8  # so that the timeout measures a hang, not the length of the batch
CALLS_BEFORE_GIVING_UP = 3  # failed in a row, each after a restart

_VALUES: dict[str, Truth] = {"t": True, "f": False, "u": None}


class DurableUnavailable(RuntimeError):
    """No answer from durable-rules; the message says why, in Chinese, for people."""


class WorkerFailed(Exception):
    """The worker crashed, hung, or gave an answer that can't be; the message is Chinese."""


class DurableEvaluator:
    """Strong Kleene values of many rules, by durable-rules. Threads may share one evaluator."""

    def __init__(
        self,
        rules: Mapping[str, Mapping[str, Condition]],
        derivations: Mapping[str, Condition] | None = None,
        *,
        timeout: float = 2.0,
    ) -> None:
        """Rules by shard (standard id) and rule id; derivations by atom key.

        A derived atom is true (false, unknown) as "its own value or the condition" is; the condition may use
        other derived atoms. `timeout` is in seconds, for up to CASES_PER_REQUEST cases.
        Raises ValueError if two shards share a rule id, or derivations go round in a circle.
        """
        self._rules = {shard: dict(conditions) for shard, conditions in rules.items()}
        _reject_shared_ids(self._rules)
        self._derivations = _in_order(derivations or {})
        self._timeout = timeout
        self._lock = threading.Lock()
        self._worker: _Worker | None = None
        self._failed_calls = 0
        self._unavailable: str | None = None
        self._note: str | None = None

    @property
    def note(self) -> str | None:
        """What the user should know of the latest call: the worker was restarted, or is unavailable."""
        return f"durable-rules 判定器不可用：{self._unavailable}" if self._unavailable else self._note

    def prepare(self) -> None:
        """Start the worker now, without waiting for it; what goes wrong is told at the first evaluation."""
        with self._lock, suppress(DurableUnavailable):
            if self._worker is None and self._unavailable is None:
                self._spawn()

    def evaluate(self, atoms: Mapping[str, Truth], shards: Collection[str] | None = None) -> dict[str, Truth]:
        """The value of every rule of the shards (None: of all), by rule id. An atom not given is unknown.

        Raises DurableUnavailable; ValueError for a shard that isn't there.
        """
        return self.evaluate_many([atoms], shards)[0]

    def evaluate_many(
        self, batch: Sequence[Mapping[str, Truth]], shards: Collection[str] | None = None
    ) -> list[dict[str, Truth]]:
        """`evaluate` for several cases, up to CASES_PER_REQUEST of them in one round trip."""
        wanted = list(self._rules) if shards is None else list(dict.fromkeys(shards))
        if strange := [shard for shard in wanted if shard not in self._rules]:
            raise ValueError(f"没有这些标准：{'、'.join(strange)}；现有：{'、'.join(self._rules)}")
        cases = [{atom: value for atom, value in case.items() if value is not None} for case in batch]
        with self._lock:
            return self._persist(cases, wanted)

    def close(self) -> None:
        """End the worker. The evaluator can't be used afterwards."""
        with self._lock:
            self._unavailable = "判定器已关闭"
            self._drop_worker()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _persist(self, cases: list[Case], shards: list[str]) -> list[dict[str, Truth]]:
        """The answers; one failure of the worker on the way is forgiven."""
        rows: list[dict[str, Truth]] = []
        self._note = None
        while len(rows) < len(cases):
            try:
                rows += self._answers(cases[len(rows) : len(rows) + CASES_PER_REQUEST], shards)
            except WorkerFailed as failure:
                self._drop_worker()
                self._forgive(failure)
            except BaseException:  # an interrupt in the middle of an answer: the rest of it must not be read
                self._drop_worker()
                raise
        self._failed_calls = 0
        return rows

    def _forgive(self, failure: WorkerFailed) -> None:
        """Note the first failure of a call; raise at the second."""
        if self._note is None:
            self._note = f"durable-rules 工作进程出错（{failure}），已自动重启，结果不受影响"
            return
        reason = f"工作进程重启后仍然出错（{failure}）"
        self._note = f"durable-rules 本次没有给出结果：{reason}"
        self._failed_calls += 1
        if self._failed_calls == CALLS_BEFORE_GIVING_UP:
            self._unavailable = f"{reason}，已连续 {CALLS_BEFORE_GIVING_UP} 次，不再尝试"
        raise DurableUnavailable(reason)

    def _answers(self, cases: list[Case], shards: list[str]) -> list[dict[str, Truth]]:
        """One round trip (and those to start the worker and load the shards, if need be)."""
        worker = self._ready_worker()
        if unloaded := [shard for shard in shards if shard not in worker.shards]:
            load = {shard: [_wire(c) for c in self._rules[shard].values()] for shard in unloaded}
            worker.ask({"load": load}, START_SECONDS)
            worker.shards.update(unloaded)
        reply = worker.ask({"cases": cases, "shards": shards}, self._timeout)
        try:
            return [self._named(shards, row) for _, row in zip(cases, reply["values"], strict=True)]
        except (KeyError, TypeError, ValueError) as error:
            raise WorkerFailed("应答不合约定") from error

    def _named(self, shards: list[str], row: Mapping[str, str]) -> dict[str, Truth]:
        return {
            rule: _VALUES[letter]
            for shard in shards
            for rule, letter in zip(self._rules[shard], row[shard], strict=True)
        }

    def _ready_worker(self) -> _Worker:
        if self._unavailable:
            raise DurableUnavailable(self._unavailable)
        if self._worker and not self._worker.ours:
            self._worker = None  # after a fork it still belongs to the parent
        worker = self._worker or self._spawn()
        if not worker.greeted:
            self._greet(worker)
        return worker

    def _spawn(self) -> _Worker:
        try:
            worker = _Worker(_command())
        except OSError as error:
            raise self._never(f"无法启动工作进程：{error}") from error
        self._worker = worker
        self._stop_worker = weakref.finalize(self, worker.stop)
        return worker

    def _greet(self, worker: _Worker) -> None:
        """Tell the worker what it must know before all else, and hear whether it can work."""
        try:
            reply = worker.ask({"derivations": [(a, _wire(c)) for a, c in self._derivations]}, START_SECONDS)
        except WorkerFailed as failure:
            if worker.hung:
                raise
            raise self._never(f"工作进程未能启动：{failure}") from failure
        if "unavailable" in reply:
            python = f"Python {platform.python_version()}"
            raise self._never(f"{python} 环境中没有可用的 durable-rules（{reply['unavailable']}）")
        worker.greeted = True

    def _never(self, reason: str) -> DurableUnavailable:
        self._unavailable = reason
        return DurableUnavailable(reason)

    def _drop_worker(self) -> None:
        if self._worker:
            self._stop_worker()
            self._worker = None


class _Worker:
    """The process and its pipes. One request at a time."""

    def __init__(self, command: Sequence[str]) -> None:
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe)
        self._owner = os.getpid()
        self._complaints: deque[bytes] = deque(maxlen=20)
        drain = threading.Thread(
            target=_drain, args=(self._process.stderr, self._complaints), daemon=True, name="durable-stderr"
        )
        drain.start()
        self.greeted = False
        self.shards: set[str] = set()  # those it has compiled
        self.hung = False

    @property
    def ours(self) -> bool:
        """Started by this process, not by the one it was forked from."""
        return self._owner == os.getpid()

    def ask(self, request: Mapping[str, Any], seconds: float) -> dict[str, Any]:
        """The answer to a request. Raises WorkerFailed; the worker is of no use then."""
        line = json.dumps(request).encode() + b"\n"
        deadline = threading.Timer(seconds, self._give_up)
        deadline.daemon = True
        deadline.start()
        try:
            answer = self._exchange(line)
        except OSError:
            answer = b""
        finally:
            deadline.cancel()
        if not answer:
            raise WorkerFailed(f"超过 {seconds:g} 秒没有应答" if self.hung else self._last_words())
        return _parsed(answer)

    def _exchange(self, line: bytes) -> bytes:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(line)
        self._process.stdin.flush()
        return self._process.stdout.readline()

    def _give_up(self) -> None:
        self.hung = True
        self._process.kill()

    def _last_words(self) -> str:
        code = self._process.wait()
        words = self._complaints[-1].decode(errors="replace").strip() if self._complaints else ""
        return f"工作进程意外退出，代码 {code}" + (f"：{words}" if words else "")

    def stop(self) -> None:
        """Leave no process and no open pipe behind."""
        if not self.ours:
            return
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                stream.close() if stream else None


def _drain(stream: IO[bytes], complaints: deque[bytes]) -> None:
    """Read what the worker writes to stderr, lest it stall; keep the end of it."""
    with stream:
        for line in stream:
            complaints.append(line)


def _command() -> list[str]:
    """The worker as a file: `-m` would import the whole engine first. -P keeps our folder off its path,
    where this module would hide the package `durable`."""
    return [sys.executable, "-P", str(Path(__file__).with_name("durable_worker.py"))]


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        reply = json.loads(line)
    except ValueError as error:
        raise WorkerFailed("应答不是 JSON") from error
    if not isinstance(reply, dict):
        raise WorkerFailed("应答不合约定")
    if "fault" in reply:
        raise WorkerFailed(str(reply["fault"]))
    return reply


def _wire(condition: Condition) -> Any:
    """The condition as the worker reads it; the grammar is in the docstring of `engine.durable_worker`."""
    if isinstance(condition, All | AnyOf):
        return [condition.op, [_wire(p) for p in condition.parts]]
    if isinstance(condition, Not):
        return [condition.op, _wire(condition.part)]
    if isinstance(condition, AtLeast):
        return [condition.op, condition.n, [_wire(p) for p in condition.parts]]
    return str(condition)


def _reject_shared_ids(rules: Mapping[str, Mapping[str, Condition]]) -> None:
    counted = Counter(rule for conditions in rules.values() for rule in conditions)
    if shared := [rule for rule, n in counted.items() if n > 1]:
        raise ValueError(f"不同标准中的规则编号相同：{'、'.join(shared)}")


def _in_order(derivations: Mapping[str, Condition]) -> list[tuple[str, Condition]]:
    """Each derived atom after those it rests on."""
    needs = {key: {str(a) for a in atoms(c)} & derivations.keys() for key, c in derivations.items()}
    try:
        return [(key, derivations[key]) for key in TopologicalSorter(needs).static_order()]
    except CycleError as error:
        raise ValueError(f"推导循环：{' → '.join(error.args[1])}") from error
