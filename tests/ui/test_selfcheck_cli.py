"""`panding selfcheck`, `panding handbook` and `panding duties calendar` at the terminal."""

import json
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from docx import Document
from openpyxl import load_workbook

from engine import Engine
from ui.cli import main

EXAMPLES = Path(__file__).parent.parent.parent / "kb" / "examples"
LOCK = "锁气卸灰装置@除尘系统"
ON = ["--on", "2026-11-28"]


@pytest.fixture(autouse=True)
def _one_engine(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command of these tests runs on the shared engine: opening one takes longer than the command."""
    monkeypatch.setattr("engine.open_engine", lambda **_: engine)


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main([str(w) for w in words])
    said = capsys.readouterr()
    return code, said.out, said.err


def sound(path: Path) -> None:
    """Every part of an Office file is well-formed XML."""
    with zipfile.ZipFile(path) as parts:
        assert parts.testzip() is None
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(parts.read(name))


def test_an_answer_that_is_not_understood_does_not_lose_the_others(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    check = tmp_path / "check.yaml"
    run(capsys, "selfcheck", "new", EXAMPLES / "furniture.yaml", "--out", check, *ON)
    code, _, err = run(capsys, "selfcheck", "answer", check, "没有的=有", f"{LOCK}=无", "乱写")
    assert code == 2 and "没有的" in err and "乱写" in err and "其余1个已经保存" in err
    code, out, _ = run(capsys, "selfcheck", "status", check)
    assert code == 0 and "已回答 1 个问题" in out
    code, _, err = run(capsys, "selfcheck", "answer", check, "生产期间=是", "--in-order", "没有的场所")
    assert code == 2 and "没有的场所" in err
    code, out, _ = run(capsys, "selfcheck", "status", check)
    assert code == 0 and "已回答 2 个问题" in out


def test_a_check_from_profile_to_reports(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    check = tmp_path / "check.yaml"
    code, out, _ = run(capsys, "selfcheck", "new", EXAMPLES / "furniture.yaml", "--out", check, *ON)
    assert code == 0 and "待核实" in out
    code, out, _ = run(capsys, "selfcheck", "next", check, "--json")
    (question,) = json.loads(out)
    assert code == 0 and question["question"] and question["refs"]
    code, out, _ = run(
        capsys, "selfcheck", "answer", check, f"{LOCK}=无", "--note", "直接落料", "--photo", "7.jpg"
    )
    assert code == 0 and "已回答 1 个问题" in out
    code, out, _ = run(capsys, "selfcheck", "status", check)
    assert code == 0 and "【构成】" in out and "整改措施：整改后，除尘系统已设置锁气卸灰装置" in out
    files = {
        k: tmp_path / f"{k}.{s}"
        for k, s in (("docx", "docx"), ("xlsx", "xlsx"), ("department", "docx"), ("congress", "docx"))
    }
    code, out, _ = run(
        capsys, "selfcheck", "report", check, "--json", *(w for k, f in files.items() for w in (f"--{k}", f))
    )
    assert code == 0
    (found,) = json.loads(out)["found"]
    assert (found["ref"], found["notes"], found["photos"]) == ("第十一条第（六）项", ["直接落料"], ["7.jpg"])
    for path in files.values():
        sound(path)
    assert Document(str(files["docx"])).tables and load_workbook(files["xlsx"])["隐患清单"].max_row == 2


def test_what_no_self_check_reaches_is_told_at_the_start_and_with_the_report_not_at_every_answer(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    check, beyond = tmp_path / "check.yaml", "不在自查之内"
    assert beyond in run(capsys, "selfcheck", "new", EXAMPLES / "foundry.yaml", "--out", check, *ON)[2]
    assert beyond not in run(capsys, "selfcheck", "answer", check, "生产期间=是")[2]
    assert beyond not in run(capsys, "selfcheck", "next", check)[2]
    assert beyond in run(capsys, "selfcheck", "report", check, "--json")[2]


def test_what_is_left_out_of_a_place_seen_to_be_in_order_is_told_with_the_reason(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    profile, check = tmp_path / "p.yaml", tmp_path / "c.yaml"
    profile.write_text("行业: [家具制造]\n设备: [叉车, 电梯]\n", "utf-8")
    run(capsys, "selfcheck", "new", profile, "--out", check, *ON)
    unsure = ("有无：压力管道=不清楚", "有无：气瓶=不清楚")
    code, _, err = run(capsys, "selfcheck", "answer", check, *unsure, "--in-order", "特种设备")
    assert code == 0 and "个问题记为没有问题" in err
    (why,) = (x for x in err.splitlines() if "检验结论不合格@特种设备" in x)
    assert "没有一起答" in why and "压力管道" in why and "气瓶" in why
    paper = tmp_path / "r.docx"
    assert run(capsys, "selfcheck", "report", check, "--docx", paper)[0] == 0
    cells = [c.text for t in Document(str(paper)).tables for r in t.rows for c in r.cells]
    assert not any("压力管道的安全阀：" in c or "压力管道已设置安全阀" in c for c in cells)


def test_a_workbook_can_be_filled_in_and_reported(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    check = tmp_path / "check.xlsx"
    assert run(capsys, "selfcheck", "new", EXAMPLES / "furniture.yaml", "--out", check, *ON)[0] == 0
    sound(check)
    code, out, _ = run(capsys, "selfcheck", "answer", check, f"{LOCK}=失效")
    assert code == 0 and "已回答 1 个问题" in out
    code, out, _ = run(capsys, "selfcheck", "answer", check, f"{LOCK}=")
    assert code == 0 and "已回答 0 个问题" in out


@pytest.mark.parametrize("name", ["check.yaml", "check.xlsx"])
def test_a_new_check_does_not_overwrite_answers_unless_told_to(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str
) -> None:
    check = tmp_path / name
    new = ("selfcheck", "new", EXAMPLES / "furniture.yaml", "--out", check, *ON)
    assert run(capsys, *new)[0] == 0
    assert run(capsys, *new)[0] == 0  # no answers yet: nothing is lost
    assert run(capsys, "selfcheck", "answer", check, f"{LOCK}=失效")[0] == 0
    before = check.read_bytes()
    code, _, err = run(capsys, *new)
    assert code == 2 and "已有 1 个回答" in err and "换一个文件名" in err and "--restart" in err
    assert check.read_bytes() == before
    code, out, _ = run(capsys, *new, "--restart")
    assert code == 0 and "已回答 0 个问题" in out


def test_a_new_check_does_not_overwrite_a_file_that_is_no_check(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    profile = tmp_path / "profile.yaml"
    profile.write_bytes((EXAMPLES / "furniture.yaml").read_bytes())
    code, _, err = run(capsys, "selfcheck", "new", profile, "--out", profile, *ON)
    assert code == 2 and "不是可以读的自查文件" in err
    assert profile.read_bytes() == (EXAMPLES / "furniture.yaml").read_bytes()


def test_what_applies_is_told_with_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "selfcheck", "applies", EXAMPLES / "coal-mine.yaml", "--json", *ON)
    held = {s["id"] for s in json.loads(out)["standards"] if s["standing"] == "适用"}
    assert code == 0 and "meikuang-2026" in held and "gongmao-2023" not in held


def test_what_does_not_apply_is_counted_and_listed_only_when_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, few, _ = run(capsys, "selfcheck", "applies", EXAMPLES / "coal-mine.yaml", *ON)
    _, every, _ = run(capsys, "selfcheck", "applies", EXAMPLES / "coal-mine.yaml", "--all", *ON)
    assert "gongmao-2023" not in few and "不适用" in few.splitlines()[0] and "加 --all" in few
    assert "待定" in few and len(few.splitlines()) < len(every.splitlines())
    assert "不适用　gongmao-2023" in every and len(every) > len(few)


def test_a_word_of_the_profile_that_nobody_knows_is_told_first_with_words_like_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("行业: [机械]\n场所设施: [除尘系充, 天外来物]\n", "utf-8")
    for words in (("selfcheck", "applies", path), ("selfcheck", "new", path, "--out", tmp_path / "c.yaml")):
        _, _, err = run(capsys, *words, *ON)
        first, second = err.splitlines()[:2]
        assert "没有认出“除尘系充”" in first and "除尘系统" in first
        assert "没有认出“天外来物”" in second


def test_a_handbook_is_printed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "book.docx"
    assert run(capsys, "handbook", "--industry", "尾矿库", "--docx", path, *ON)[0] == 0
    sound(path)
    assert any("检查手册" in p.text for p in Document(str(path)).paragraphs)


def test_a_calendar_is_written_three_ways(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    ics, sheet = tmp_path / "c.ics", tmp_path / "c.xlsx"
    words = ("duties", "calendar", EXAMPLES / "furniture.yaml", "--ics", ics, "--xlsx", sheet, "--json", *ON)
    code, out, _ = run(capsys, *words)
    rows = {e["key"]: e for e in json.loads(out)}
    assert code == 0 and rows["TRN-001"]["next"] == "2027-03-10"
    assert b"BEGIN:VEVENT" in ics.read_bytes()
    assert load_workbook(sheet)["履职日历"].max_row == len(rows) + 1
    sound(sheet)
    code, out, _ = run(capsys, "duties", "calendar", EXAMPLES / "furniture.yaml", *ON)
    assert code == 0 and "TRN-001　2027-03-10" in out


def test_duties_without_an_industry_name_the_industries_with_terms_of_their_own(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, _ = run(capsys, "duties", *ON)
    assert code == 0
    assert all(i in out.splitlines()[-1] for i in ("没有给出行业", "煤矿", "特种设备"))
    assert "没有给出行业" not in run(capsys, "duties", "--industry", "煤矿", *ON)[1]


def test_the_duties_after_a_verdict_are_told_as_before(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "duties", "--industry", "煤矿", *ON)
    assert code == 0 and "COA-001" in out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("selfcheck", "new", "nowhere.yaml", "--out", "c.yaml"), "读不了"),
        (
            ("selfcheck", "new", EXAMPLES / "foundry.yaml", "--out", "c.txt"),
            "扩展名应为 .yaml、.yml、.json、.xlsx",
        ),
        (("selfcheck", "status", "nowhere.yaml"), "nowhere.yaml: 读不了（没有这个文件）"),
        (("selfcheck", "status", "nowhere.xlsx"), "nowhere.xlsx: 读不了（没有这个文件）"),
        (("selfcheck", "report", EXAMPLES / "foundry.yaml"), "没有说要什么报告"),
        (("selfcheck", "status", EXAMPLES / "foundry.yaml"), "不是自查文件"),
        (("handbook", "--industry", "煤矿", "--docx", "b.pdf"), "扩展名应为 .docx"),
        (("duties", "calendar"), "缺少企业情况文件"),
    ],
)
def test_bad_input_is_told_and_nothing_is_written(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple,
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, error = run(capsys, *words)
    assert code == 2 and message in error
    assert list(tmp_path.iterdir()) == []
