"""durable-rules in its worker process: the same values as Kleene logic, and no way to hurt the caller."""

import itertools
import os
import random
import re
import signal
import subprocess
import sys
import textwrap
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine import durable
from engine.durable import DurableEvaluator, DurableUnavailable
from kb.conditions import FALSE, TRUE, All, AnyOf, AtLeast, Not, Present

ROOT = Path(__file__).parents[2]
needs_durable = pytest.mark.skipif(
    find_spec("durable") is None,
    reason="没有 durable-rules（要 C 编译器和低于 3.13 的 Python）；没有它时的行为另有测试",
)
needs_signals = pytest.mark.skipif(
    not hasattr(signal, "SIGSTOP"), reason="用 SIGSTOP、SIGKILL 使工作进程挂起或死去，只有 POSIX 系统有"
)
TRUTHS = (True, False, None)
CHINESE = re.compile("[\u4e00-\u9fff]")


def atom(name):
    return Present(thing=str(name))


def kleene(condition, case):
    """Strong Kleene logic as 0, ½, 1 with min, max and 1 - x; `case` by atom key."""
    if isinstance(condition, All):
        return min((kleene(p, case) for p in condition.parts), default=1)
    if isinstance(condition, AnyOf):
        return max((kleene(p, case) for p in condition.parts), default=0)
    if isinstance(condition, Not):
        return 1 - kleene(condition.part, case)
    if isinstance(condition, AtLeast):
        falling = sorted((kleene(p, case) for p in condition.parts), reverse=True)
        return ([1, *falling, *[0] * condition.n])[max(condition.n, 0)]
    return case[str(condition)]


def expected(rules, derivations, case):
    """Values of rules; `derivations` in an order in which each rests only on those before it."""
    degree = {True: 1, False: 0, None: 0.5}
    values = {key: degree[value] for key, value in case.items()}
    for key, condition in derivations.items():
        values[key] = max(values[key], kleene(condition, values))
    back = {1: True, 0: False, 0.5: None}
    return {rule: back[kleene(condition, values)] for rule, condition in rules.items()}


def process_of(evaluator):
    return evaluator._worker._process


def running(pid):
    """Whether the process runs; a zombie that its new parent has not yet collected doesn't."""
    stat = Path(f"/proc/{pid}/stat")
    if Path("/proc/self/stat").exists():
        return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def ends(pid, seconds=5.0):
    until = time.monotonic() + seconds
    while running(pid) and time.monotonic() < until:
        time.sleep(0.01)
    return not running(pid)


A, B, C, D = (atom(name) for name in "甲乙丙丁")


def conditions(*leaves):
    """Trees over some atoms, counting and empty ones included."""
    parts = lambda inner: st.lists(inner, max_size=4).map(tuple)  # noqa: E731
    return st.recursive(
        st.sampled_from(leaves),
        lambda inner: st.one_of(
            parts(inner).map(lambda p: All(parts=p)),
            parts(inner).map(lambda p: AnyOf(parts=p)),
            inner.map(lambda p: Not(part=p)),
            st.builds(lambda n, p: AtLeast(n=n, parts=p), st.integers(0, 4), parts(inner)),
        ),
        max_leaves=12,
    )


@needs_durable
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(conditions(A, B, C, D), min_size=6, max_size=6),
    st.one_of(st.none(), conditions(A, B)),
    st.one_of(st.none(), conditions(A, B, C)),
)
def test_every_valuation_of_random_conditions_and_derivations_agrees_with_kleene_logic(trees, for_c, for_d):
    rules = {f"第{i}条": tree for i, tree in enumerate(trees)}
    derivations = {str(a): c for a, c in ((C, for_c), (D, for_d)) if c is not None}
    cases = [
        dict(zip(map(str, (A, B, C, D)), values, strict=True))
        for values in itertools.product(TRUTHS, repeat=4)
    ]  # 81, so 29,160 verdicts in 60 examples of 6 rules
    with DurableEvaluator({"标准": rules}, derivations, timeout=20) as evaluator:
        assert evaluator.evaluate_many(cases) == [expected(rules, derivations, case) for case in cases]
        assert evaluator.note is None


def random_condition(rng, leaves, depth):
    if depth == 0 or rng.random() < 0.2:
        leaf = rng.choice(leaves)
        return Not(part=leaf) if rng.random() < 0.3 else leaf
    parts = tuple(random_condition(rng, leaves, depth - 1) for _ in range(rng.randint(1, 6)))
    kind = rng.randrange(4)
    if kind == 0:
        return All(parts=parts)
    if kind == 1:
        return AnyOf(parts=parts)
    return Not(part=All(parts=parts)) if kind == 2 else AtLeast(n=rng.randint(1, 5), parts=parts)


@needs_durable
@pytest.mark.parametrize("seed", range(4))
def test_many_deep_rules_in_several_shards_agree_with_kleene_logic(seed):
    rng = random.Random(seed)
    leaves = [atom(i) for i in range(400)]
    shards = {f"s{s}": {f"s{s}-{i}": random_condition(rng, leaves, 3) for i in range(40)} for s in range(4)}
    rules = {rule: c for shard in shards.values() for rule, c in shard.items()}
    weights = [(1, 1, 8), (4, 4, 1), (1, 0, 0), (0, 1, 0), (1, 0, 1)]
    cases = [
        dict(zip(map(str, leaves), rng.choices(TRUTHS, w, k=len(leaves)), strict=True)) for w in weights * 3
    ]
    with DurableEvaluator(shards, timeout=20) as evaluator:
        assert evaluator.evaluate_many(cases) == [expected(rules, {}, case) for case in cases]
        assert evaluator.note is None


def wide_rules():
    many = tuple(atom(i) for i in range(300))
    pairs = tuple(All(parts=many[i : i + 2]) for i in range(0, 60, 2))
    either = tuple(AnyOf(parts=many[i : i + 3]) for i in range(0, 90, 3))
    return {
        "全部三百项": All(parts=many),
        "任一三百项": AnyOf(parts=many),
        "三十个三选一都满足": All(parts=either),
        "三十对中有一对": AnyOf(parts=pairs),
        "至少二百项": AtLeast(n=200, parts=many),
        **{f"三十项中至少{n}项": AtLeast(n=n, parts=many[:30]) for n in (3, 4, 5, 6)},
        "三十对中至少三对": AtLeast(n=3, parts=pairs),
        "不到三对": Not(part=AtLeast(n=3, parts=pairs)),
        **{f"各自一项{i}": All(parts=(a, many[-1])) for i, a in enumerate(many[:150])},
    }


@needs_durable
def test_rules_wider_than_durable_rules_takes_in_one_fact_agree_with_kleene_logic():
    rng, wide = random.Random(1), [atom(i) for i in range(300)]
    shards = {
        "宽": wide_rules(),
        "五项的组": {"一组": AnyOf(parts=tuple(All(parts=tuple(wide[i : i + 5])) for i in range(0, 300, 5)))},
    }
    rules = shards["宽"] | shards["五项的组"]
    names = [str(a) for a in wide]
    cases = [dict.fromkeys(names, value) for value in TRUTHS]
    for n in (2, 3, 4, 5, 6, 7, 40, 199, 200, 299):
        held = set(rng.sample(names, n)) if n > 30 else set(names[:n])
        cases += [{a: a in held for a in names}, {a: True if a in held else None for a in names}]
    with DurableEvaluator(shards, timeout=20) as evaluator:
        assert evaluator.evaluate_many(cases) == [expected(rules, {}, case) for case in cases]
        assert evaluator.note is None


@needs_durable
def test_at_least_is_settled_as_soon_as_the_unknown_parts_cannot_change_it():
    parts = tuple(atom(i) for i in range(5))
    with DurableEvaluator({"消防": {"至少三项": AtLeast(n=3, parts=parts)}}) as evaluator:

        def value(*given):
            return evaluator.evaluate(dict(zip(map(str, parts), given, strict=True)))["至少三项"]

        assert value(True, True, True, None, None) is True
        assert value(True, True, None, False, False) is None
        assert value(True, True, False, False, False) is False
        assert value(None, None, False, False, False) is False


@needs_durable
def test_empty_conditions_are_what_logic_says():
    rules = {"真": TRUE, "假": FALSE, "非真": Not(part=TRUE)}
    counts = {
        "空的零项": AtLeast(n=0, parts=()),
        "空的一项": AtLeast(n=1, parts=()),
        "零项": AtLeast(n=0, parts=(A, B)),
    }
    with DurableEvaluator({"空": rules, "数": counts, "无规则": {}}) as evaluator:
        assert evaluator.evaluate({}, ["空", "无规则"]) == {"真": True, "假": False, "非真": False}
        assert evaluator.evaluate({}, ["数"]) == {"空的零项": True, "空的一项": False, "零项": True}


@needs_durable
def test_derived_facts_chain_and_an_own_value_of_true_stands():
    derivations = {
        "有 丙": Not(part=B),  # given out of order on purpose: it is the engine that orders them
        "有 乙": All(parts=(A, D)),
    }
    with DurableEvaluator({"标准": {"丙": C, "乙": B}}, derivations) as evaluator:

        def values(**given):
            return evaluator.evaluate({f"有 {key}": value for key, value in given.items()})

        assert values(甲=True, 丁=True, 乙=False, 丙=False) == {"乙": True, "丙": False}
        assert values(甲=False, 乙=False, 丙=False) == {"乙": False, "丙": True}
        assert values(甲=True, 乙=False, 丙=False) == {"乙": None, "丙": None}
        assert values(甲=False, 丙=True) == {"乙": None, "丙": True}
        assert values(甲=True, 丁=True) == {"乙": True, "丙": None}


@pytest.mark.parametrize("derivations", [{"有 甲": A}, {"有 甲": Not(part=B), "有 乙": All(parts=(C, A))}])
def test_derivations_in_a_circle_are_refused(derivations):
    with pytest.raises(ValueError, match=r"推导循环：.*有 甲"):
        DurableEvaluator({}, derivations)


def test_a_rule_id_in_two_standards_is_refused():
    with pytest.raises(ValueError, match="第三条"):
        DurableEvaluator({"甲": {"第三条": A}, "乙": {"第三条": B}})


@needs_durable
def test_only_the_asked_shards_are_answered():
    with DurableEvaluator({"甲": {"a": A}, "乙": {"b": B}}) as evaluator:
        assert evaluator.evaluate({"有 乙": True}, ["乙"]) == {"b": True}
        assert evaluator.evaluate({"有 乙": True}) == {"a": None, "b": True}
        assert evaluator.evaluate_many([]) == []
        with pytest.raises(ValueError, match="丙"):
            evaluator.evaluate({}, ["丙"])


@needs_durable
def test_threads_share_one_worker_and_get_their_own_answers():
    leaves = [atom(i) for i in range(40)]
    with DurableEvaluator({"标准": {str(a): a for a in leaves}}) as evaluator:

        def ask(i):
            return evaluator.evaluate({str(leaves[i % 40]): True})

        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(ask, range(200)))
        held = [[rule for rule, value in answer.items() if value] for answer in answers]
        assert held == [[str(leaves[i % 40])] for i in range(200)]
        assert evaluator.note is None


@needs_durable
@needs_signals
def test_a_worker_killed_in_the_middle_of_a_case_costs_one_restart():
    with DurableEvaluator({"标准": {"规则": A}}, {"有 甲": B}, timeout=20) as evaluator:
        before = evaluator.evaluate({"有 乙": True})
        first = process_of(evaluator)
        os.kill(first.pid, signal.SIGSTOP)
        threading.Timer(0.2, os.kill, (first.pid, signal.SIGKILL)).start()
        assert evaluator.evaluate({"有 乙": True}) == before == {"规则": True}
        assert process_of(evaluator).pid != first.pid
        assert "重启" in evaluator.note
        assert evaluator.evaluate({"有 乙": False}) == {"规则": None}
        assert evaluator.note is None  # the note is about the latest call


@needs_durable
@needs_signals
def test_a_hanging_worker_is_killed_after_the_timeout_and_the_case_answered():
    with DurableEvaluator({"标准": {"规则": A}}, timeout=1.0) as evaluator:
        evaluator.evaluate({})
        first = process_of(evaluator)
        os.kill(first.pid, signal.SIGSTOP)
        assert evaluator.evaluate({"有 甲": True}) == {"规则": True}
        assert "超过 1 秒" in evaluator.note
        assert not running(first.pid)


FAKE_WORKER = """
import sys, time
print('{"ready": true}', flush=True)
for n, line in enumerate(sys.stdin):
    if n == 1:
        print('{"loaded": []}', flush=True)
    elif n == 2:
        %s
"""
MISBEHAVIOURS = {
    "不是 JSON": "print('Segmentation fault', flush=True)",
    "不合约定": 'print(\'{"values": [{"标准": "tt"}]}\', flush=True)',
    "代码 3": "sys.exit(3)",
    "error 303": 'print(\'{"fault": "error 303"}\', flush=True)',
    "没有应答": "time.sleep(60)",
}


@pytest.mark.parametrize("reason", MISBEHAVIOURS)
def test_a_second_failure_in_one_call_raises_and_says_why(reason, monkeypatch):
    program = FAKE_WORKER % MISBEHAVIOURS[reason]
    starts = []
    monkeypatch.setenv("PYTHONIOENCODING", "utf-8")
    monkeypatch.setattr(durable, "_command", lambda: starts.append(1) or [sys.executable, "-c", program])
    timeout = 0.3 if reason == "没有应答" else 20
    with DurableEvaluator({"标准": {"规则": A}}, timeout=timeout) as evaluator:
        for call in (1, 2, 3):
            with pytest.raises(DurableUnavailable, match=reason) as caught:
                evaluator.evaluate({"有 甲": True})
            assert CHINESE.search(str(caught.value))
            assert len(starts) == 2 * call
        with pytest.raises(DurableUnavailable, match="不再尝试"):
            evaluator.evaluate({"有 甲": True})
        assert len(starts) == 6
        assert "不可用" in evaluator.note


def assert_unavailable_for_good(evaluator, monkeypatch, reason):
    with pytest.raises(DurableUnavailable, match=reason) as caught:
        evaluator.evaluate({})
    assert CHINESE.search(str(caught.value))
    monkeypatch.setattr(durable, "_command", lambda: pytest.fail("tried again"))
    with pytest.raises(DurableUnavailable, match=reason):
        evaluator.evaluate({})
    assert reason in evaluator.note


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (["/no/such/python"], "无法启动"),
        ([sys.executable, "-c", "raise SystemExit('坏了')"], "未能启动"),
        ([sys.executable, "/no/such/worker.py"], "No such file"),
    ],
)
def test_a_worker_that_cannot_start_is_not_tried_again(command, reason, monkeypatch):
    monkeypatch.setattr(durable, "_command", lambda: command)
    with DurableEvaluator({"标准": {"规则": A}}) as evaluator:
        assert_unavailable_for_good(evaluator, monkeypatch, reason)


def test_without_durable_rules_the_reason_is_given(tmp_path, monkeypatch):
    (tmp_path / "durable").mkdir()
    (tmp_path / "durable" / "__init__.py").write_text("raise ImportError('no wheel for this Python')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with DurableEvaluator({"标准": {"规则": A}}) as evaluator:
        assert_unavailable_for_good(evaluator, monkeypatch, "no wheel for this Python")


@needs_durable
def test_a_prepared_worker_is_the_one_that_answers_and_preparing_twice_starts_no_second():
    with DurableEvaluator({"标准": {"规则": A}}) as evaluator:
        evaluator.prepare()
        pid = process_of(evaluator).pid
        evaluator.prepare()
        assert evaluator.evaluate({str(A): True}) == {"规则": True}
        assert process_of(evaluator).pid == pid


def test_preparing_a_worker_that_cannot_start_is_told_at_the_first_evaluation(monkeypatch):
    monkeypatch.setattr(durable, "_command", lambda: ["/no/such/python"])
    with DurableEvaluator({"标准": {"规则": A}}) as evaluator:
        evaluator.prepare()
        with pytest.raises(DurableUnavailable, match="无法启动"):
            evaluator.evaluate({})


@needs_durable
def test_closing_leaves_no_process_and_no_way_back():
    with DurableEvaluator({"标准": {"规则": A}}) as evaluator:
        evaluator.evaluate({})
        pid = process_of(evaluator).pid
    assert not running(pid)
    evaluator.close()
    with pytest.raises(DurableUnavailable, match="已关闭"):
        evaluator.evaluate({})


@needs_durable
def test_an_evaluator_that_is_forgotten_takes_its_worker_along():
    evaluator = DurableEvaluator({"标准": {"规则": A}})
    evaluator.evaluate({})
    pid = process_of(evaluator).pid
    del evaluator
    assert not running(pid)


def run_script(ending, directory):
    """A program run from elsewhere: it evaluates, prints the worker's process id, and ends somehow."""
    program = """
        import os, signal, sys
        from engine.durable import DurableEvaluator
        from kb.conditions import Present
        evaluator = DurableEvaluator({"s": {"r": Present(thing="a")}})
        assert evaluator._worker is None and "durable" not in sys.modules
        assert evaluator.evaluate({"有 a": True}) == {"r": True}
        worker = evaluator._worker._process.pid
        print(worker, flush=True)
        """
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program) + textwrap.dedent(ending)],
        cwd=directory,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        timeout=30,
    )


@needs_durable
@needs_signals
@pytest.mark.parametrize(
    ("ending", "code"),
    [
        ("sys.exit(0)", 0),
        ("raise KeyboardInterrupt", -signal.SIGINT),
        ("os.kill(os.getpid(), signal.SIGKILL)", -signal.SIGKILL),
    ],
)
def test_the_worker_ends_with_its_parent_however_that_ends(ending, code, tmp_path):
    done = run_script(ending, tmp_path)
    assert done.returncode == code
    assert ends(int(done.stdout))


@needs_durable
@needs_signals
def test_after_a_fork_the_child_gets_a_worker_of_its_own(tmp_path):
    done = run_script(
        """
        child = os.fork()
        if not child:
            right = evaluator.evaluate({"有 a": False}) == {"r": False}
            evaluator.close()
            os._exit(0 if right and evaluator._worker is None else 1)
        assert os.waitpid(child, 0)[1] == 0
        assert evaluator.evaluate({"有 a": True}) == {"r": True}
        assert evaluator._worker._process.pid == worker
        """,
        tmp_path,
    )
    assert done.returncode == 0
    assert ends(int(done.stdout))
