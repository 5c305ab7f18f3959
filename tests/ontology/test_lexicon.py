"""The concept tables: what a line may say, and what is said of one that is wrong."""

from pathlib import Path

import pytest

from ontology.lexicon import CONCEPTS, KEPT, Lexicon, _read_tables, read_lexicon

GOOD = """
# 注释
物 | 报警装置 | 报警器 | | 监测报警；头
物 | 一氧化碳报警装置 | | 报警装置 | 介质=一氧化碳
面 | 一氧化碳 | CO | 有毒气体 | 面=介质
面 | 有毒气体 | | | 面=介质
所 | 锅炉房 | | | 室
所 | 喷漆室 | 喷漆房 | | 室
所 | 喷漆室后间 | | | 室；属于=喷漆室
"""


def read(tmp_path: Path, text: str) -> Lexicon:
    folder = tmp_path / "ontology" / "concepts"
    folder.mkdir(parents=True)
    (folder / "t.txt").write_text(text, "utf-8")
    return read_lexicon(folder)


def test_relations_follow_from_the_lines(tmp_path: Path) -> None:
    lexicon = read(tmp_path, GOOD)
    assert lexicon.problems == []
    assert lexicon.is_a("一氧化碳报警装置", "报警装置")
    assert lexicon.is_at("喷漆室后间", "喷漆室")
    assert lexicon.exclude("锅炉房", "喷漆室")
    assert not lexicon.exclude("喷漆室后间", "喷漆室")
    assert lexicon.facet_matches("一氧化碳", "有毒气体")
    assert not lexicon.facet_matches("有毒气体", "一氧化碳")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("怪 | 甲", "类型"),
        ("物", "栏"),
        ("物 | 甲 | | | 怎样", "不认识"),
        ("物 | 甲 | 乙", "只有一个字"),
        ("物 | 甲甲 | | |\n物 | 甲甲", "已在"),
        ("面 | 甲甲 | | | 面=颜色", "介质"),
    ],
)
def test_a_wrong_line_is_named_with_its_place(tmp_path: Path, line: str, words: str) -> None:
    problems = read(tmp_path, line).problems
    assert [p.file for p in problems] == ["ontology/concepts/t.txt"]
    assert words in problems[0].message
    assert problems[0].line >= 1


def test_what_is_kept_of_the_tables_is_what_they_say() -> None:
    read_lexicon()  # kept now, if it was not
    kept, read = read_lexicon(), _read_tables(CONCEPTS, sorted(CONCEPTS.glob("*.txt")))
    assert KEPT.exists()
    assert (kept.concepts, kept.facet_values, kept.version) == (
        read.concepts,
        read.facet_values,
        read.version,
    )


def test_a_kept_file_that_is_damaged_is_read_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    kept = tmp_path / "lexicon.pickle"
    monkeypatch.setattr("ontology.lexicon.KEPT", kept)
    whole = read_lexicon()
    mark, _, body = kept.read_bytes().partition(b"\n")
    for damage in (b"", mark, mark + b"\n", mark + b"\n" + body[:-9], mark + b"\n[1]", b"another\n" + body):
        kept.write_bytes(damage)
        assert read_lexicon().concepts == whole.concepts
