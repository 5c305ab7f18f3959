"""`panding quiz`: what people type and what they get back."""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from engine import Engine
from ui.cli import main

Run = Callable[..., tuple[int, str, str]]
NEW = ("quiz", "new", "--industry", "工贸", "-n", "4", "--seed", "3", "--on", "2026-11-28")


@pytest.fixture
def panding(engine: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setattr("engine.open_engine", lambda **_: engine)

    def run(*arguments: object, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        code = main([str(a) for a in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def paper(panding: Run, folder: Path) -> Path:
    path = folder / "paper.json"
    path.write_text(panding(*NEW, "--json")[1], "utf-8")
    return path


def test_a_paper_as_json_has_the_fields_of_the_contract(panding: Run) -> None:
    code, out, _ = panding(*NEW, "--json")
    questions = json.loads(out)
    assert code == 0
    assert len(questions) == 4
    fields = {"id", "kind", "stem", "options", "key", "explanation", "citation", "valid_from", "valid_to"}
    assert all(fields <= set(q) for q in questions)
    assert all(set(q["key"]) <= set(q["options"]) for q in questions)


def test_a_paper_and_its_key_are_written_as_two_files(panding: Run, tmp_path: Path) -> None:
    code, out, _ = panding(*NEW, "--docx", tmp_path / "卷.docx", "--key", tmp_path / "答案.docx")
    assert (code, out) == (0, "")
    assert (tmp_path / "卷.docx").exists() and (tmp_path / "答案.docx").exists()


def test_practice_says_after_each_answer_whether_it_is_right_and_where_it_stands(
    panding: Run, tmp_path: Path
) -> None:
    file = paper(panding, tmp_path)
    keys = [q["key"] for q in json.loads(file.read_text("utf-8"))]
    code, out, _ = panding("quiz", "sit", file, typed="\n".join(keys) + "\n")
    assert code == 0
    assert out.count("正确。") == 4
    assert "出处：" in out
    assert "得分 100，合格" in out


def test_an_examination_says_nothing_before_the_end_and_keeps_the_result(
    panding: Run, tmp_path: Path
) -> None:
    file, kept = paper(panding, tmp_path), tmp_path / "成绩.jsonl"
    said = ("--exam", "--unit", "一车间", "--post", "班组长", "--results", kept)
    wrong = "\n".join("B" if q["key"] == "A" else "A" for q in json.loads(file.read_text("utf-8")))
    code, out, err = panding("quiz", "sit", file, *said, typed=f"{wrong}\n")
    assert code == 0 and "没有答完" not in err
    assert "不合格" in out
    panding("quiz", "sit", file, *said, "--absent")
    code, out, _ = panding("quiz", "results", kept)
    assert "一车间　班组长　参考 1　缺考 1　合格 0　合格率 0%" in out


def test_an_examination_that_breaks_off_is_told_and_kept_as_not_finished(
    panding: Run, tmp_path: Path
) -> None:
    file, kept = paper(panding, tmp_path), tmp_path / "成绩.jsonl"
    said = ("--exam", "--unit", "一车间", "--post", "班组长", "--results", kept)
    first = json.loads(file.read_text("utf-8"))[0]["key"]
    code, _, err = panding("quiz", "sit", file, *said, typed=f"{first}\n")
    assert code == 0 and "输入到第 2 题为止，没有答完：其余 3 题按未答计分，成绩记为未答完" in err
    assert json.loads(kept.read_text("utf-8"))["finished"] is False
    assert "未答完 1" in panding("quiz", "results", kept)[1]


def test_of_a_unit_that_did_not_appear_there_is_no_average(panding: Run, tmp_path: Path) -> None:
    file, kept = paper(panding, tmp_path), tmp_path / "成绩.jsonl"
    panding("quiz", "sit", file, "--unit", "甲", "--post", "乙", "--results", kept, "--absent")
    assert "缺考 1　合格 0　合格率 —　平均 —" in panding("quiz", "results", kept)[1]


def test_a_printed_paper_says_what_a_question_earns_and_numbers_its_pages(
    panding: Run, tmp_path: Path
) -> None:
    path = tmp_path / "卷.docx"
    panding(*NEW, "--docx", path)
    printed = Document(str(path))
    assert any("每题25分" in p.text for p in printed.paragraphs)
    assert "PAGE" in printed.sections[0].footer._element.xml
    out = panding("quiz", "new", "--industry", "工贸", "-n", "3", "--on", "2026-11-28")[1]
    assert "每题约33.3分" in out


def test_a_bank_is_checked_and_the_reason_printed(panding: Run, tmp_path: Path) -> None:
    bank = tmp_path / "题库.csv"
    bank.write_text(
        "题干,答案\n特种作业操作证有效期为6年，每3年复审1次。,对\n灭火器每月检查一次。,对\n", "utf-8"
    )
    code, out, _ = panding("quiz", "check", bank, "--on", "2026-11-28")
    assert code == 0
    wrong, unchecked = out.split("无法核对的题")
    assert "第2行" in wrong and "第3行" not in wrong
    assert "第3行" in unchecked and "没有讲这件事的规定" in unchecked
    assert "共 2 题：有问题 1" in out


def test_all_lists_the_keys_that_are_borne_out_and_of_a_wrong_one_the_letter_that_is(
    panding: Run, tmp_path: Path
) -> None:
    bank = tmp_path / "题库.csv"
    bank.write_text(
        "题干,选项A,选项B,选项C,答案\n"
        "特种作业操作证有效期为（　　）年。,3,6,10,A\n"
        "特种作业操作证每（　　）年换证。,3,6,10,B\n",
        "utf-8",
    )
    code, out, _ = panding("quiz", "check", bank, "--on", "2026-11-28")
    assert code == 0 and "原答案：3　知识库核对得上的是 B" in out
    assert "第3行" not in out and "相符的题逐题列出：加 --all" in out
    _, out, _ = panding("quiz", "check", bank, "--on", "2026-11-28", "--all")
    _, listed = out.split("与知识库相符的题和出处：")
    assert "第3行" in listed and "特种作业人员安全技术培训考核管理规定" in listed
    _, out, _ = panding("quiz", "check", bank, "--on", "2026-11-28", "--json")
    assert [(row["state"], row["should_be"]) for row in json.loads(out)] == [("有问题", "B"), ("相符", "")]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("quiz", "new", "--industry", "月球"), "没有行业"),
        (("quiz", "new", "--role", "厂长"), "角色 '厂长' 应为"),
        (("quiz", "new", "-n", "0"), "题数 0"),
        (("quiz", "check", "没有.xlsx"), "没有这个文件"),
        (("quiz", "sit", "没有.json"), "读不了"),
    ],
)
def test_bad_input_is_code_2_with_what_was_expected(
    panding: Run, arguments: tuple[str, ...], said: str
) -> None:
    code, _, err = panding(*arguments)
    assert code == 2
    assert said in err
