"""`panding who` at the terminal: one question, a file of questions, faulty lines."""

import json
from pathlib import Path

import pytest

from ui.cli import main


def test_a_question_is_answered_with_unit_and_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["who", "达拉特旗的网吧归谁管？"]) == 0
    out = capsys.readouterr().out
    assert "【文件所载】" in out and "达拉特旗文化和旅游局" in out and "二（一）2.（16）" in out


def test_faulty_lines_of_a_file_are_written_out_with_their_reason_and_stop_no_other(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(
        '{"id": 1}\n不是\n{"id": 3, "question": "网吧归谁管？", "region": "达拉特旗"}\n', "utf-8"
    )
    assert main(["who", "--in", str(source), "--out", str(target)]) == 0
    first, second, third = map(json.loads, target.read_text("utf-8").splitlines())
    assert first["id"] == 1 and "第 1 行" in first["error"] and "question" in first["error"]
    assert "第 2 行不是 JSON" in second["error"]
    assert third["id"] == 3 and third["units"] == ["达拉特旗文化和旅游局"]
    assert "2 行不能回答" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["who"], "没有问题"),
        (["who", "--in", "没有.jsonl", "--out", "x.jsonl"], "没有.jsonl"),
        (["who", "网吧", "--on", "昨天"], "昨天"),
        (["who", "--in", __file__.replace(".py", ".jsonl"), "--out", "没有的文件夹/x.jsonl"], "没有文件夹"),
        (["export", "--ttl", "没有的文件夹/x.ttl"], "没有文件夹"),
    ],
)
def test_bad_input_says_what_and_ends_with_two(
    capsys: pytest.CaptureFixture[str], words: list[str], reason: str
) -> None:
    assert main(words) == 2
    assert reason in capsys.readouterr().err


def test_a_file_of_other_bytes_is_told_in_words(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(b'{"question": "\xff\xfe"}')
    assert main(["who", "--in", str(source), "--out", str(tmp_path / "out.jsonl")]) == 2
    told = capsys.readouterr().err
    assert "不是 UTF-8" in told and "codec" not in told


def test_long_work_says_that_it_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    from time import sleep

    from ui.console import working

    with working("检查", every=0.01):
        sleep(0.1)
    assert "检查……" in (told := capsys.readouterr().err) and "检查，已 0 秒" in told
