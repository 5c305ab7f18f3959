"""One form for what is written in many, character by character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.normalize import normalize, slips, squeeze
from engine import Engine, Finding


@given(st.text(max_size=60))
def test_a_normalised_text_is_as_long_as_the_text(text: str) -> None:
    assert len(normalize(text)) == len(text)


@given(st.text(alphabet="除尘器 \t未装A1，", max_size=40))
def test_every_squeezed_character_stands_where_it_is_said_to(text: str) -> None:
    tight, places = squeeze(text)
    assert [text[p] for p in places[:-1]] == list(tight)
    assert places[-1] == len(text)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("噴漆房", "喷漆房"), ("ＣＯ浓度", "co浓度"), ("末设置泄暴口", "未设置泄爆口"), ("配电厢", "配电箱")],
)
def test_other_forms_of_a_word_become_the_usual_one(written: str, meant: str) -> None:
    assert normalize(written) == meant


def test_no_slip_is_itself_the_mend_of_another() -> None:
    assert set(slips()).isdisjoint(slips().values())


@pytest.mark.parametrize(
    "text",
    [
        "木工車間布袋除塵器灰斗下未裝鎖氣卸灰裝置",
        "木 工 车 间布袋 除尘器灰斗下 末设锁汽卸灰装置",
        "木工车间　布袋除尘器灰斗下未装锁气卸灰装置",
    ],
)
def test_a_finding_in_another_form_is_judged_the_same_and_its_spans_fit_the_text(
    engine: Engine, text: str
) -> None:
    verdict = engine.judge(Finding(text, industry="工贸"))
    assert [r.clause.ref for r in verdict.decisive] == ["第十一条第（六）项"]
    spans = [s for v in verdict.facts for s in v.spans]
    assert spans
    assert all(text[s.start : s.end] == s.text for s in spans)
