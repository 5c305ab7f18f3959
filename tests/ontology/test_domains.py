"""The things people ask about: their words, what they belong to, the national entry."""

from pathlib import Path

import pytest

from kb.errors import BadInput
from kb.registers import load_registers
from ontology.domains import Domains, read_domains


@pytest.fixture(scope="module")
def domains() -> Domains:
    return read_domains()


def test_the_table_holds_three_hundred_things_in_fifteen_hundred_words(domains: Domains) -> None:
    assert len(domains.rows) >= 300
    assert len(domains.by_label) >= 1500


def test_every_national_entry_has_a_thing_and_no_thing_points_nowhere(domains: Domains) -> None:
    national = {d.id for d in load_registers().departments}
    named = {d.department for d in domains.rows.values() if d.department}
    assert named == national


def test_no_thing_is_broader_than_itself(domains: Domains) -> None:
    for d in domains.rows.values():
        above = [x.name for level in list(domains.levels(d))[1:] for x in level]
        assert d.name not in above, d.name


def test_chains_are_short(domains: Domains) -> None:
    assert max(len(list(domains.levels(d))) for d in domains.rows.values()) <= 5


@pytest.mark.parametrize(
    ("words", "thing", "broader"),
    [
        ("网咖", "互联网上网服务营业场所", "文化和旅游行业"),
        ("手扶梯", "电梯", "特种设备"),
        ("敬老院", "养老机构", "民政服务机构"),
        ("采石场", "非煤矿山", "矿山"),
        ("娃娃车", "校车", "学校"),
        ("煤气坛子", "瓶装液化石油气", "城镇燃气"),
    ],
)
def test_citizens_words_lead_to_the_thing_and_what_it_belongs_to(
    domains: Domains, words: str, thing: str, broader: str
) -> None:
    found = domains.find(f"我家旁边的{words}归谁管")
    assert [m.domain.name for m in found] == [thing]
    assert broader in {d.name for level in domains.levels(found[0].domain) for d in level}


def test_a_thing_of_two_kinds_has_two_broader_things(domains: Domains) -> None:
    assert set(domains.rows["危险货物运输"].broader) == {"道路运输", "危险化学品"}


def test_the_longest_word_wins_and_none_is_found_inside_it(domains: Domains) -> None:
    assert [m.domain.name for m in domains.find("星级旅游饭店")] == ["星级旅游饭店"]
    assert [m.domain.name for m in domains.find("ＫＴＶ和ktv")] == ["歌舞娱乐场所", "歌舞娱乐场所"]


def test_a_word_ends_where_the_text_ends(domains: Domains) -> None:
    found = domains.find("校园特种设备")
    assert [(m.start, m.end) for m in found] == [(0, 2), (2, 6)]


def test_a_faulty_table_is_refused_with_its_lines(tmp_path: Path) -> None:
    table = tmp_path / "domains.txt"
    table.write_text("甲 | 乙 | | \n丙 | 乙 | 丁 | \n戊 | \n", "utf-8")
    with pytest.raises(BadInput) as caught:
        read_domains(table)
    told = str(caught.value)
    assert "一个词只能属于一行" in told and "上位类“丁”不在表中" in told and "应有 4 栏" in told


def test_light_industry_and_textiles_are_led_up_to_industry_and_trade() -> None:
    domains = read_domains()
    for words in ("轻工", "纺织", "造纸", "白酒", "木制品加工"):
        (mention,) = domains.find(words)
        above = {d.name for level in domains.levels(mention.domain) for d in level}
        assert "工贸企业" in above, words
