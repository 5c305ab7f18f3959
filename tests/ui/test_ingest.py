"""`panding ingest`: a draft beside the document, faults of a document as bad input."""

import shutil
from pathlib import Path

import pytest

from ui.cli import BAD_INPUT, DONE, main

PLAN = Path(__file__).parent.parent / "corpus" / "plans" / "yunling.txt"


def test_a_draft_is_written_beside_the_document_and_summed_up(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(PLAN, tmp_path)
    assert main(["ingest", str(tmp_path / PLAN.name)]) == DONE
    shown = capsys.readouterr()
    assert "云岭县安全生产提升三年行动方案" in shown.out
    assert "存疑　二（一）5：括号没有闭合" in shown.out
    assert "未审核" in shown.err
    assert {p.suffix for p in (tmp_path / "yunling.pack").iterdir()} == {".yaml"}


def test_one_document_that_cannot_be_read_does_not_stop_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.docx"
    bad.write_bytes(b"no zip")
    assert main(["ingest", str(bad), str(PLAN), "--out", str(tmp_path / "out")]) == BAD_INPUT
    assert "不是可读的 docx" in capsys.readouterr().err
    assert (tmp_path / "out" / "units.yaml").exists()


def test_a_second_run_does_not_overwrite_a_draft(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest", str(PLAN), "--out", str(tmp_path)]) == DONE
    assert main(["ingest", str(PLAN), "--out", str(tmp_path)]) == BAD_INPUT
    assert "已有这个文件，不覆盖" in capsys.readouterr().err
