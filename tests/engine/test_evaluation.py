"""Labels of other people's findings are read as they write them; figures count what they say."""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.tables import read_table
from engine import Engine
from engine.batch import judge_rows
from engine.evaluation import expected_clauses, number, of_sector, ref_key, report


@pytest.mark.parametrize(
    ("text", "value"), [("一", 1), ("十", 10), ("十二", 12), ("二十一", 21), ("一百零三", 103), ("8", 8)]
)
def test_chinese_numerals(text: str, value: int) -> None:
    assert number(text) == value


@pytest.mark.parametrize("other", ["第十一条第八项", "第十一条第(八)项", "第11条第8项", "第十一条 第（8）项"])
def test_one_reference_in_every_written_form(other: str) -> None:
    assert ref_key(other) == ref_key("第十一条第（八）项") != ref_key("第十一条第（十八）项")


@pytest.mark.parametrize(
    ("basis", "refs"),
    [
        ("《某重大事故隐患判定标准》(某部令第7号)第三条第一项", ["3条1项"]),
        ("现行7号令第十一条第三、六项同类", ["11条3项", "11条6项"]),
        ("《某重大事故隐患判定标准》(来源未写条号;对应第十一条第（八）项)", ["11条8项"]),
        ("《安全生产法》第三十条第一款", []),
        ("《某判定标准》第三条(来源按《安全生产法》第三十条处罚)", ["3条"]),
        ("题库(旧版某判定标准第八条范围)", []),
        ("", []),
    ],
)  # fmt: skip
def test_only_clauses_of_standards_in_use_are_expected(basis: str, refs: list[str]) -> None:
    assert [e.ref for e in expected_clauses(basis)] == refs


def test_a_number_of_an_order_must_be_that_of_the_standard(engine: Engine) -> None:
    standard = engine.standards["gongmao-2023"]
    (right,) = expected_clauses("现行10号令第十一条第六项")
    (wrong,) = expected_clauses("现行4号令第十一条第六项")
    (article,) = expected_clauses("《工贸企业重大事故隐患判定标准》第十一条")
    assert right.is_clause(standard, "第十一条第（六）项") and not right.is_clause(
        standard, "第十一条第（七）项"
    )
    assert not wrong.is_clause(standard, "第十一条第（六）项")
    assert article.is_clause(standard, "第十一条第（六）项") and not article.is_clause(
        standard, "第十二条第（一）项"
    )


def cases(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), "utf-8")
    return path


def test_figures_count_levels_by_confidence_and_clauses_first_and_anywhere(
    engine: Engine, tmp_path: Path
) -> None:
    hit = "木工车间布袋除尘器灰斗下未装锁气卸灰装置"
    basis = "《工贸企业重大事故隐患判定标准》(应急管理部令第10号)第十一条第六项"
    path = cases(
        tmp_path / "c.jsonl",
        {"id": "a", "sector": "工贸-粉尘", "finding": hit, "level": "重大", "official_basis": basis, "label_confidence": "official"},
        {"id": "b", "sector": "工贸-粉尘", "finding": hit, "level": "一般", "official_basis": "来源未写", "label_confidence": "derived"},
        {"id": "c", "sector": "工贸", "finding": hit, "level": "严重"},
        {"id": "d", "sector": "工贸", "finding": "", "level": "重大"},
        {"id": "e", "sector": "煤矿", "finding": hit, "level": "重大"},
    )  # fmt: skip
    figures = report(judge_rows(engine, of_sector(read_table(path), "工贸"))).to_json()
    assert figures["cases"] == 2
    assert figures["groups"]["official"]["confusion"] == {"重大事故隐患": {"重大事故隐患": 1}}
    assert figures["groups"]["official"]["clauses"] == {"cases": 1, "first": 1, "anywhere": 1}
    assert figures["groups"]["合计"]["right"] == 1
    assert [(m["id"], m["expected"], m["got"], m["finding"]) for m in figures["misses"]] == [
        ("b", "一般隐患", "重大事故隐患", hit)
    ]
    assert [p["line"] for p in figures["problems"]] == [3, 4]
    assert "严重" in figures["problems"][0]["message"]
