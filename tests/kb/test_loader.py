"""The loader says which file and line is wrong, and what was expected."""

from pathlib import Path

import pytest

from kb.errors import BadInput
from kb.loader import load, read_sources

META = """
id: t-1
title: 试验标准
doc_no: 试〔2020〕1号
issuer: 试验部
kind: 规范性文件
domain: 试验
published: 2020-01-01
effective: 2020-02-01
scope_text: 试验
sources: [试验]
checked_on: 2026-01-01
confidence: verified
items: [第一条]
"""
ARTICLE = """
article: 第一条
clauses:
- ref: 第一条
  title: 甲
  restatement: 没有甲
  情形: [缺 甲 @ 乙]
  source: 试验
  checked_on: 2026-01-01
"""


def make(root: Path, meta: str = META, article: str = ARTICLE) -> Path:
    folder = root / "kb" / "standards" / "t" / "t-1"
    folder.mkdir(parents=True)
    (folder / "meta.yaml").write_text(meta, "utf-8")
    (folder / "article_01.yaml").write_text(article, "utf-8")
    return root / "kb"


def test_a_sound_standard_is_read_with_its_place_in_the_file(tmp_path: Path) -> None:
    kb, problems = read_sources(make(tmp_path))
    assert problems == []
    clause = kb.clauses()[0]
    assert (clause.id, clause.file, clause.line) == ("t-1/第一条", "kb/standards/t/t-1/article_01.yaml", 4)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("缺 甲 @ 乙", "缺 甲 @", 7, "写法"),
        ("  title: 甲\n", "", 4, "title"),
        ("source: 试验", "sauce: 试验", 8, "sauce：没有这一栏"),
        ("checked_on: 2026-01-01", "checked_on: 前年", 9, "checked_on"),
        ("情形: [缺 甲 @ 乙]", "情形: 缺 甲 @ 乙", 7, "列表"),
        ("情形: [缺 甲 @ 乙]", "情形: [缺 甲 @ 乙", 8, "YAML"),
        ("title: 甲", "title: 甲\n  title: 丙", 6, "重复"),
    ],
)
def test_each_fault_is_named_with_its_line(tmp_path: Path, old: str, new: str, line: int, words: str) -> None:
    assert old in ARTICLE
    _, problems = read_sources(make(tmp_path, article=ARTICLE.replace(old, new, 1)))
    assert any(p.line == line and words in p.message for p in problems), problems


def test_every_fault_is_reported_not_only_the_first(tmp_path: Path) -> None:
    broken = ARTICLE.replace("缺 甲 @ 乙", "缺 甲 @").replace("source: 试验", "sauce: 试验")
    with pytest.raises(BadInput) as caught:
        load(make(tmp_path, article=broken))
    assert len(caught.value.problems) >= 3


def test_the_bundle_is_rebuilt_when_a_source_changes(tmp_path: Path) -> None:
    root = make(tmp_path)
    before = load(root)
    assert load(root) == before
    path = root / "standards" / "t" / "t-1" / "article_01.yaml"
    path.write_text(ARTICLE.replace("没有甲", "没有设甲"), "utf-8")
    after = load(root)
    assert after.clauses()[0].restatement == "没有设甲"
    assert after.version != before.version


def test_a_damaged_bundle_is_no_fault(tmp_path: Path) -> None:
    root = make(tmp_path)
    before = load(root)
    bundle = root / "_build" / "kb.pickle"
    mark, _, body = bundle.read_bytes().partition(b"\n")
    for damage in (b"", mark + b"\n{", mark + b"\n" + body[: len(body) // 2], b"\xff\n" + body):
        bundle.write_bytes(damage)
        assert load(root) == before


def test_a_misspelt_key_inside_a_record_is_named(tmp_path: Path) -> None:
    meta = META + "handoffs: [{ref: 第一条, domain: 试验, restatment: 甲}]\n"
    _, problems = read_sources(make(tmp_path, meta=meta))
    assert any("handoffs.0.restatment：没有这一栏" in p.message for p in problems), problems


def test_a_condition_that_cannot_be_read_is_one_fault(tmp_path: Path) -> None:
    root = make(tmp_path)
    rule = (
        "- {attribute: 甲, value: 乙, when: 缺 甲 @, restatement: 丙, source: 试验, checked_on: 2026-01-01}\n"
    )
    (root / "derived.yaml").write_text(rule, "utf-8")
    _, problems = read_sources(root)
    assert [p.file for p in problems] == ["kb/derived.yaml"], problems
