"""The command line: what people type, what they get back, and what they are told when it can't be done."""

import csv
import io
import json
import os
import subprocess
import sys
import types
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from engine import Engine
from engine.crosscheck import Checked
from engine.verdict import DISCLAIMER
from kb import Problem, load
from ui.cli import main
from ui.table_io import safe

HIT = "木工车间布袋除尘器灰斗下未装锁气卸灰装置"
REF = "第十一条第（六）项"
ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Done:
    code: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def panding(engine: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in this process on the shared engine."""
    monkeypatch.setattr("engine.open_engine", lambda **_: engine)

    def run(*arguments: object, typed: str = "") -> Done:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        code = main([str(a) for a in arguments])
        said = capsys.readouterr()
        return Done(code, said.out, said.err)

    return run


# -- judge


def test_the_level_comes_first_then_the_clause_the_words_and_the_disclaimer_once(panding: Run) -> None:
    done = panding("judge", HIT, "--industry", "工贸")
    assert done.code == 0
    assert done.out.startswith("【重大事故隐患】")
    assert f"《工贸企业重大事故隐患判定标准》（应急管理部令第10号）{REF}" in done.out
    assert "锁气卸灰装置@除尘系统：未设" in done.out and "「锁气卸灰装置」" in done.out
    assert done.out.count(DISCLAIMER) == 1


def test_json_keeps_the_contract(panding: Run) -> None:
    done = panding("judge", HIT, "--industry", "工贸", "--on", "2026年11月24日", "--json")
    said = json.loads(done.out)
    assert {
        "verdict", "bases", "ask", "facts", "presumed", "read", "responsible", "duties", "kb_version", "given",
    } <= set(said)  # fmt: skip
    assert {"standard", "title", "doc_no", "ref", "status"} <= set(said["bases"][0])
    assert said["bases"][0]["ref"] == REF and said["on"] == "2026-11-24"
    fact = next(f for f in said["facts"] if f["fact"] == "锁气卸灰装置@除尘系统")
    start, end = fact["span"]
    assert HIT[start:end] in fact["text"]


def test_facts_alone_are_judged(panding: Run) -> None:
    facts = ["锁气卸灰装置@除尘系统=未设", "粉尘种类=木质粉尘", "除尘方式=干式", "行业=工贸"]
    done = panding("judge", *(a for f in facts for a in ("--fact", f)), "--json")
    said = json.loads(done.out)
    assert (said["verdict"], said["bases"][0]["ref"]) == ("重大事故隐患", REF)


def test_what_was_ruled_out_is_shown_only_when_asked_why(panding: Run) -> None:
    facts = ["--fact", "锁气卸灰装置@除尘系统=未设", "--fact", "除尘方式=湿式", "--fact", "行业=工贸"]
    assert "不成立、不适用" not in panding("judge", *facts).out
    why = panding("judge", *facts, "--why").out
    assert f"{REF}　不成立，因为 除尘方式" in why


def test_an_industry_nobody_knows_is_said_and_does_not_stop_the_judgement(panding: Run) -> None:
    done = panding("judge", HIT, "--industry", "占星")
    assert done.code == 0 and "没有认出行业 '占星'" in done.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["judge"], "没有要判定的内容"),
        (["judge", "   "], "没有要判定的内容"),
        (["judge", "积" * 1_000_000], "文字有 1,000,000 字，上限 10,000 字"),
        (["judge", HIT, "--on", "2026-02-30"], "日期 '2026-02-30' 不认识"),
        (["judge", HIT, "--fact", "除尘方式"], "--fact '除尘方式' 应写作 事实=值"),
        (["judge", HIT, "--fact", "除尘方式=干式", "--fact", "除尘方式=湿式"], "给了两个值"),
        (["judge", HIT, "--fact", "锁气卸灰=未设"], "没有事实 '锁气卸灰'；相近的有：锁气卸灰装置@除尘系统"),
        (["judge", HIT, "--fact", "除尘方式=半干式"], "应为 干式、湿式"),
        (["judge", HIT, "--without-presumption", "除尘方法"], "没有事实 '除尘方法'；相近的有：除尘方式"),
        (["judge", "坏\udcff字"], "应为 UTF-8 文字"),
        (["judge", HIT, "--save", "/没有这个文件夹/v.json"], "没有文件夹 '/没有这个文件夹'"),
        (["judge", "--in", "a.csv"], "要同时给出 --in 文件 和 --out 文件"),
        (["judge", "--in", "none.csv", "--out", "b.csv"], "none.csv: 没有这个文件"),
        (["judge", HIT, "--in", "a.csv", "--out", "b.csv"], "不能同时给出描述"),
        (["judge", HIT, "--nope"], "不认识的参数 --nope"),
        (["judge", HIT, "--on"], "--on 后面应有一个值"),
        (["judg"], "没有命令 'judg'"),
        ([], "缺少参数 命令"),
        (["ui", "--port", "eight"], "--port 的值 'eight' 应为整数"),
        (["ui", "--port", "99999"], "应在 1 到 65535 之间"),
    ],
)  # fmt: skip
def test_bad_input_ends_with_2_and_one_clear_sentence(panding: Run, arguments: list[str], said: str) -> None:
    done = panding(*arguments)
    assert done.code == 2
    assert said in done.err and "Traceback" not in done.err
    assert len(done.err.strip().splitlines()) == 1
    assert done.out == ""


def test_a_fault_of_ours_ends_with_1_and_shows_its_traceback_only_on_request(
    panding: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.open_engine", lambda **_: 1 / 0)
    done = panding("judge", HIT)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("内部故障：ZeroDivisionError") and "Traceback" not in done.err
    monkeypatch.setenv("PANDING_DEBUG", "1")
    assert "Traceback" in panding("judge", HIT).err


# -- batch


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_a_batch_writes_every_row_counts_the_bad_ones_and_ends_with_2(panding: Run, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(json.dumps({"id": 1, "finding": HIT, "sector": "工贸"}) + "\n{broken\n", "utf-8")
    done = panding("judge", "--in", source, "--out", target)
    assert done.code == 2 and done.out == ""
    good, bad = lines(target)
    assert good["verdict"] == "重大事故隐患" and good["id"] == 1
    assert bad["verdict"] == "" and "第 2 行第 2 列" in str(bad["error"])
    assert "共 2 行，判定 1 行（重大事故隐患 1）；1 行有误" in done.err
    assert [p.name for p in tmp_path.iterdir() if p.name.endswith(".tmp")] == []


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".parquet"])
def test_any_format_in_gives_any_format_out_with_the_same_verdicts(
    panding: Run, tmp_path: Path, suffix: str
) -> None:
    if suffix == ".parquet":
        pytest.importorskip("pyarrow")
    start, middle, end = tmp_path / "a.jsonl", tmp_path / f"b{suffix}", tmp_path / "c.jsonl"
    rows = [
        {"编号": 1, "问题描述": HIT, "所属行业": "工贸"},
        {"编号": 2, "问题描述": "灭火器过期", "备注": "有备注"},
    ]
    start.write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    assert panding("judge", "--in", start, "--out", middle).code == 0
    assert panding("judge", "--in", middle, "--out", end).code == 0
    assert panding("judge", "--in", start, "--out", tmp_path / "d.jsonl").code == 0
    found, direct = lines(end), lines(tmp_path / "d.jsonl")
    assert [r["verdict"] for r in found] == [r["verdict"] for r in direct]
    assert [str(r["编号"]) for r in found] == ["1", "2"] and found[1]["备注"] == "有备注"


def test_parquet_without_pyarrow_says_what_to_do(
    panding: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.tables.find_spec", lambda name: None)
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    done = panding("judge", "--in", tmp_path / "a.parquet", "--out", tmp_path / "b.csv")
    assert done.code == 2 and "pyarrow" in done.err and "jsonl、csv 或 xlsx" in done.err


def test_a_cell_that_looks_like_a_formula_is_made_harmless(panding: Run, tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    row = {
        "finding": HIT,
        "甲": "=HYPERLINK(1)",
        "乙": "+1+cmd",
        "丙": "-5",
        "丁": "@SUM",
        "戊": "\tx",
        "己": -5,
    }
    source.write_text(json.dumps(row) + "\n", "utf-8")
    panding("judge", "--in", source, "--out", tmp_path / "b.csv")
    panding("judge", "--in", source, "--out", tmp_path / "b.xlsx")
    with (tmp_path / "b.csv").open(encoding="utf-8-sig", newline="") as file:
        (from_csv,) = csv.DictReader(file)
    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx").active
    header, values = sheet.iter_rows(values_only=True)
    from_xlsx = dict(zip(header, values, strict=True))
    for cells in (from_csv, from_xlsx):
        assert [cells[k] for k in "甲乙丁戊"] == ["'=HYPERLINK(1)", "'+1+cmd", "'@SUM", "'\tx"]
        assert str(cells["丙"]) == str(cells["己"]) == "-5"
    assert all(c.data_type != "f" for row in sheet.iter_rows() for c in row)
    assert safe("-地面积水") == "'-地面积水"


def test_a_workbook_has_chinese_headings_and_a_csv_the_names_of_the_contract(
    panding: Run, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text(f"问题,判定依据\n{HIT},自己写的\n", "utf-8")
    for name in ("b.csv", "b.xlsx"):
        assert panding("judge", "--in", tmp_path / "a.csv", "--out", tmp_path / name).code == 0
    header, row = openpyxl.load_workbook(tmp_path / "b.xlsx").active.iter_rows(values_only=True)
    found = dict(zip(header, row, strict=True))
    assert found["判定结果"] == "重大事故隐患" and "第十一条第（六）项" in found["bases"]
    assert found["判定依据"] == "自己写的"
    assert "verdict" in (tmp_path / "b.csv").read_text("utf-8-sig").splitlines()[0]


def test_the_disclaimer_stands_once_in_a_table(panding: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"问题\n{HIT}\n灭火器过期\n", "utf-8")
    panding("judge", "--in", tmp_path / "a.csv", "--out", tmp_path / "b.csv")
    assert (tmp_path / "b.csv").read_text("utf-8-sig").count(DISCLAIMER) == 1


def test_the_input_is_never_overwritten_even_under_another_name(panding: Run, tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text(f"问题\n{HIT}\n", "utf-8")
    (tmp_path / "link.csv").symlink_to(source)
    for target in (source, tmp_path / "link.csv", tmp_path / "." / "a.csv"):
        done = panding("judge", "--in", source, "--out", target)
        assert done.code == 2 and "同一个文件" in done.err
    assert source.read_text("utf-8") == f"问题\n{HIT}\n"


def test_a_batch_that_breaks_leaves_the_old_output_and_no_rubbish(
    panding: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = tmp_path / "a.csv", tmp_path / "b.csv"
    source.write_text(f"问题\n{HIT}\n", "utf-8")
    target.write_text("先前的结果", "utf-8")

    def interrupted(*_: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr("engine.scale.judge_rows", interrupted)
    assert panding("judge", "--in", source, "--out", target).code == 130
    assert target.read_text("utf-8") == "先前的结果"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.csv", "b.csv"]


@pytest.mark.parametrize(
    ("target", "said"),
    [("b.txt", "应为 .jsonl、.csv、.xlsx、.parquet"), ("none/b.csv", "没有文件夹"), ("dir.csv", "是文件夹")],
)
def test_an_output_that_cant_be_written_is_refused_before_the_work(
    panding: Run, tmp_path: Path, target: str, said: str
) -> None:
    (tmp_path / "a.csv").write_text(f"问题\n{HIT}\n", "utf-8")
    (tmp_path / "dir.csv").mkdir()
    done = panding("judge", "--in", tmp_path / "a.csv", "--out", tmp_path / target)
    assert done.code == 2 and said in done.err


def test_what_the_command_line_gives_holds_for_rows_that_say_nothing(panding: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"问题,日期\n{HIT},\n{HIT},2026-11-24\n", "utf-8")
    panding(
        "judge",
        "--in",
        tmp_path / "a.csv",
        "--out",
        tmp_path / "b.jsonl",
        "--on",
        "2020-01-01",
        "--industry",
        "工贸",
    )
    old, new = lines(tmp_path / "b.jsonl")
    assert (old["on"], new["on"]) == ("2020-01-01", "2026-11-24")
    assert [r["bases"][0]["standard"] for r in (old, new)] == ["gongmao-2017", "gongmao-2023"]


# -- explain


def test_a_saved_verdict_is_explained_leaf_by_leaf(panding: Run, tmp_path: Path) -> None:
    saved = tmp_path / "v.json"
    assert panding("judge", HIT, "--fact", "行业=工贸", "--save", saved).code == 0
    done = panding("explain", saved)
    assert done.code == 0
    assert "✓ 缺 锁气卸灰装置@除尘系统" in done.out
    assert "「锁气卸灰装置」第 15–20 字" in done.out
    assert "✓ 行业=工贸　←工贸（给定）" in done.out


def test_why_not_names_the_fact_that_refutes(panding: Run, tmp_path: Path) -> None:
    saved = tmp_path / "v.json"
    panding(
        "judge",
        "水幕除尘器未装锁气卸灰装置",
        "--fact",
        "除尘方式=湿式",
        "--fact",
        "行业=工贸",
        "--save",
        saved,
    )
    done = panding("explain", saved, "--clause", "第十一条第六项")
    assert "✗ 除尘方式=干式" in done.out and "不成立的原因　除尘方式：湿式" in done.out


def test_a_clause_the_finding_does_not_speak_of_can_be_explained_too(panding: Run, tmp_path: Path) -> None:
    saved = tmp_path / "v.json"
    panding("judge", HIT, "--save", saved)
    done = panding("explain", saved, "--clause", "gongmao-2023/第11条第(3)项")
    assert done.code == 0 and "? 缺 爆炸防控措施@除尘系统" in done.out


def test_a_line_of_a_batch_can_be_explained_and_changes_are_said(panding: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"finding": HIT, "sector": "工贸"}), "utf-8")
    panding("judge", "--in", tmp_path / "a.jsonl", "--out", tmp_path / "b.jsonl")
    held = lines(tmp_path / "b.jsonl")[0] | {"verdict": "一般隐患", "kb_version": "旧"}
    (tmp_path / "v.json").write_text(json.dumps(held), "utf-8")
    done = panding("explain", tmp_path / "v.json")
    assert "原结果用知识库 旧" in done.out and "原结论为【一般隐患】，现在为【重大事故隐患】" in done.out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"verdict": ', "v.json:1: 第 13 列起不是合法的 JSON"),
        (b'{"verdict": "x"}\n{"verdict": "y"}', "有不止一个 JSON 对象"),
        (b"[]", "不是保存的判定结果"),
        (b'{"verdict": "x"}', "没有 finding"),
        ("文字".encode("gb18030"), "不是 UTF-8 编码"),
        ('{"verdict": "x", "finding": "积水", "on": "某日"}'.encode(), "日期 '某日' 不认识"),
    ],
)
def test_what_is_not_a_saved_verdict_is_refused(
    panding: Run, tmp_path: Path, content: bytes, said: str
) -> None:
    (tmp_path / "v.json").write_bytes(content)
    done = panding("explain", tmp_path / "v.json")
    assert done.code == 2 and said in done.err


def test_a_clause_that_is_not_there_is_refused_with_its_neighbours(panding: Run, tmp_path: Path) -> None:
    panding("judge", HIT, "--save", tmp_path / "v.json")
    done = panding("explain", tmp_path / "v.json", "--clause", "第十一条第九十项")
    assert done.code == 2 and "相近的有：" in done.err and "/第十一条" in done.err
    assert "没有这个文件" in panding("explain", tmp_path / "none.json").err


# -- ask


def test_the_interview_asks_until_the_verdict_stands(panding: Run) -> None:
    known = ["--fact", "行业=工贸", "--fact", "粉尘种类=木质粉尘", "--without-presumption", "除尘方式"]
    done = panding("ask", "除尘器未安装锁气卸灰装置", *known, typed="半干\n1\n")
    assert done.code == 0
    assert "除尘系统是干式还是湿式" in done.err and "1. 干式" in done.err and "3. 不清楚" in done.err
    assert "'半干' 不认识，应为 干式、湿式" in done.err
    assert done.out.startswith("【重大事故隐患】")


@pytest.mark.parametrize("typed", ["", "q\n", "不清楚\n"])
def test_the_interview_may_end_at_any_time_with_what_is_known(panding: Run, typed: str) -> None:
    done = panding("ask", "除尘器未安装锁气卸灰装置", "--json", typed=typed)
    assert done.code == 0
    assert json.loads(done.out)["verdict"] == "需核实"


def test_without_a_description_it_is_asked_for_first_and_silence_is_bad_input(panding: Run) -> None:
    done = panding("ask", "--industry", "工贸", typed=HIT + "\n")
    assert done.code == 0 and "看到了什么问题" in done.err and "【重大事故隐患】" in done.out
    assert panding("ask", typed="").code == 2


# -- check, coverage, eval, ui


def test_check_prints_every_problem_and_ends_with_2(panding: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[Problem] = []
    lint = types.ModuleType("engine.lint")
    lint.run_check = lambda only: found  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "engine.lint", lint)
    assert panding("check").code == 0
    found.append(Problem("kb/standards/x/meta.yaml", 3, "日期倒置"))
    done = panding("check")
    assert done.code == 2 and "kb/standards/x/meta.yaml:3: 日期倒置" in done.out


def test_coverage_lists_every_item_of_every_standard(panding: Run) -> None:
    said = json.loads(panding("coverage", "--json").out)
    standards = load().standards
    assert [s["standard"] for s in said] == [s.id for s in standards]
    for shown, standard in zip(said, standards, strict=True):
        assert {"title", "doc_no", "effective", "expired"} <= set(shown)
        assert [i["ref"] for i in shown["items"]][: len(standard.items)] == list(standard.items)
        assert {i["executability"] for i in shown["items"]} <= {"full", "judgement", "blocked"}
    text = panding("coverage")
    assert text.code == 0 and f"合计 {len(standards)} 个标准" in text.out


def test_eval_shows_figures_and_misses_or_gives_them_as_json(panding: Run, tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    rows = [
        {"id": "a", "finding": HIT, "sector": "工贸", "level": "重大", "label_confidence": "official",
         "official_basis": "《工贸企业重大事故隐患判定标准》第十一条第六项"},
        {"id": "b", "finding": HIT, "sector": "工贸", "level": "一般", "label_confidence": "derived"},
    ]  # fmt: skip
    path.write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    done = panding("eval", path)
    assert done.code == 0
    assert "official：1 条，结论一致 1 条（100%）" in done.out and "首条一致 1" in done.out
    assert "b　应为 一般隐患，判为 重大事故隐患" in done.out
    assert json.loads(panding("eval", path, "--json").out)["cases"] == 2
    nothing = panding("eval", path, "--sector", "煤矿")
    assert nothing.code == 2 and "没有 sector 以 '煤矿' 开头的案例" in nothing.err


def test_the_web_page_is_served_on_this_machine_only(panding: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda _, command: started.append(command))
    monkeypatch.setattr(subprocess, "call", lambda command: started.append(command) or 0)  # Windows
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("ui.cli.APP", ROOT / "pyproject.toml")
    assert panding("ui", "--port", "8600").code == 0
    command = " ".join(started[0])
    assert "--server.address localhost --server.port 8600 --browser.serverAddress localhost" in command
    told = panding("ui", "--address", "192.168.1.5").err
    assert "--server.address 192.168.1.5" in " ".join(started[-1]) and "没有登录" in told
    monkeypatch.setattr("ui.cli.APP", ROOT / "none.py")
    assert panding("ui").code == 1


# -- as a process


def test_a_judgement_on_given_facts_imports_nothing_heavy() -> None:
    script = (
        "import sys; from ui.cli import main; "
        "code = main(['judge', '--fact', '锁气卸灰装置@除尘系统=未设', '--fact', '行业=机械']); "
        "heavy = {'spacy', 'pandas', 'numpy', 'polars', 'streamlit', 'docx', 'openpyxl', 'rdflib', 'yaml', 'pydantic', 'lark'}; "
        "print(code, sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT)
    assert done.stderr.strip().splitlines()[-1] == "0 []"


def test_a_reader_that_stops_early_is_no_fault() -> None:
    command = f"{sys.executable} -m ui.cli coverage --json | head -c 1"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, cwd=ROOT
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "[", "")


def test_chinese_comes_out_in_a_locale_that_has_none() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ui.cli", "--help"],
        capture_output=True,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    )
    assert done.returncode == 0 and "用法：panding" in done.stdout.decode("utf-8")


def test_the_version_is_shown(panding: Run) -> None:
    done = panding("--version")
    assert done.code == 0 and done.out.startswith("panding")


def test_a_verdict_withheld_because_the_evaluators_differ_is_a_fault(
    panding: Run, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    differs = types.SimpleNamespace(compare=lambda *_: Checked(False), close=lambda: None)
    monkeypatch.setattr(engine, "crosscheck", differs)
    done = panding("judge", HIT, "--industry", "工贸")
    assert done.code == 1 and "【需核实】内部故障：两个判定器结论不一致" in done.out


def test_a_long_batch_says_how_far_it_is(
    panding: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = iter(range(0, 1_000_000, 20))
    monkeypatch.setattr("ui.cli.time", types.SimpleNamespace(monotonic=lambda: next(ticks)))
    for rows, shown in ((10, False), (502, True)):
        (tmp_path / "a.csv").write_text("问题\n" + "灭火器过期\n" * rows, "utf-8")
        done = panding("judge", "--in", tmp_path / "a.csv", "--out", tmp_path / "b.jsonl")
        assert (f"已处理 {rows} 行" in done.err) is shown
