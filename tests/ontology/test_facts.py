"""Facts of the clauses and how they are asked."""

from engine import Engine


def test_what_a_clause_asks_for_is_asked_as_done_and_what_it_forbids_as_an_act(engine: Engine) -> None:
    said = {f.question for f in engine.facts.values() if f.type in ("行", "象")}
    assert "压力容器是否做到“监督检验”？" in said
    assert "是否存在“瓦斯积聚”的情形？" in said
    assert not [q for q in said if "做到（存在）" in q and "监督检验" in q]
