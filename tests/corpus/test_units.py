"""Names of units: abbreviations resolved only where exactly one full form fits, the region put before them."""

import pytest

from corpus.agents import read_agents, read_given
from corpus.units import Names, kind_of_unit
from kb.registers import Region

FORMS = [
    "县住房和城乡建设局",
    "县教育体育局",
    "县应急管理局",
    "县委组织部",
    "县安委会办公室",
    "县安委会办公室",
]


def names(*forms: str, within: tuple[str, ...] = ()) -> Names:
    found = Names(Region(id="yl", name="云岭县", within=within))
    found.learn([*FORMS, *forms])
    return found


@pytest.mark.parametrize(
    ("written", "full"),
    [
        ("住建局", "云岭县住房和城乡建设局"),
        ("县教体局", "云岭县教育体育局"),
        ("云岭县住建局", "云岭县住房和城乡建设局"),
        ("安委办", "云岭县安全生产委员会办公室"),
        ("政府办", "云岭县人民政府办公室"),
        ("县委办", "云岭县委办公室"),
        ("宣传部", "云岭县委宣传部"),
        ("各乡镇人民政府", "云岭县各乡镇人民政府"),
        ("安委会有关成员单位", "云岭县安全生产委员会有关成员单位"),
        ("开发区（园区）管委会", "云岭县开发区（园区）管理委员会"),
    ],
)
def test_a_form_gets_its_full_name(written: str, full: str) -> None:
    assert names().full(written) == (full, None)


@pytest.mark.parametrize(
    "written", ["公安交管部门", "生产经营单位", "企业主要负责人", "青石市交通运输综合执法支队云岭大队"]
)
def test_generic_units_operators_and_units_of_other_places_stay_as_written(written: str) -> None:
    assert names().full(written) == (written, None)


def test_what_fits_two_units_stays_with_a_doubt() -> None:
    full, doubt = names("县工业和信息化局", "县工信和科技局").full("工信局")
    assert full == "云岭县工信局"
    assert doubt is not None
    assert "工业和信息化局" in doubt


def test_a_usual_name_the_document_never_spells_out_is_taken_with_a_doubt() -> None:
    full, doubt = names().full("卫健委")
    assert full == "云岭县卫生健康委员会"
    assert doubt is not None


@pytest.mark.parametrize("written", ["县文广旅局", "文旅局"])
def test_where_units_of_a_kind_bear_several_usual_names_none_is_invented(written: str) -> None:
    full, doubt = names().full(written)
    assert full == f"云岭县{written.removeprefix('县')}"
    assert doubt is not None
    assert names("县文化体育广电和旅游局").full(written) == ("云岭县文化体育广电和旅游局", None)


def test_what_fits_none_stays_with_a_doubt() -> None:
    full, doubt = names().full("数产局")
    assert full == "云岭县数产局"
    assert doubt is not None


def test_a_stray_character_behind_a_known_name_is_said() -> None:
    full, doubt = names().full("县安委会办公室局")
    assert full == "云岭县安全生产委员会办公室"
    assert doubt is not None


def test_a_unit_of_the_region_above_is_named_with_it() -> None:
    assert names(within=("青石市",)).full("市安委办") == ("青石市安全生产委员会办公室", None)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("云岭县人民政府", "政府"),
        ("云岭县民政局", "民政"),
        ("云岭县安全生产委员会办公室", "安委办"),
        ("云岭县消防救援大队", "消防救援"),
        ("企业主要负责人", "企业"),
        ("行业主管部门", "集合"),
    ],
)
def test_a_name_tells_its_kind(name: str, kind: str) -> None:
    assert kind_of_unit(name) == kind


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("由县应急管理局牵头，县公安局参与。", [("县应急管理局", "牵头"), ("县公安局", "配合")]),
        ("县公安局会同县交通运输局开展夜查。", [("县公安局", "责任"), ("县交通运输局", "配合")]),
        ("公安派出所配合消防救援机构查处占道行为。", [("公安派出所", "配合"), ("消防救援机构", "责任")]),
        ("住建部门负责督促物业服务企业劝阻。", [("住建部门", "责任"), ("物业服务企业", "责任")]),
        ("县公安局督促企业落实主体责任。", [("县公安局", "责任")]),
        ("各村、各单位要制定方案。", [("各村", "责任"), ("各单位", "责任")]),
        ("教育、民政等部门组织排查。", [("教育部门", "责任"), ("民政部门", "责任")]),
        ("加强安全监管队伍建设。推动企业建立制度，落实责任。", [("企业", "责任")]),
        ("全面排查风险，完善城市运行管理机制。", []),
        ("县应急局聘请第三方机构对企业开展评估。", [("县应急局", "责任"), ("第三方机构", "配合")]),
        ("以县消防救援大队为主力，组建联合队伍。", [("县消防救援大队", "责任")]),
        ("按照县安委会统一部署，全面启动。", [("县安委会", "指导")]),
        ("领导小组办公室设在县应急管理局，承担日常工作。", [("县应急管理局", "责任")]),
        ("鼓励广大群众举报身边隐患。", [("群众", "参加")]),
        ("县城管局逐户验收。", [("县城管局", "责任")]),
        ("企业复工复产前，应制定方案。", [("企业", "责任")]),
        ("职工安全意识淡薄，监管队伍薄弱。", []),
        ("由政府推动为主向企业自主开展转变。", []),
    ],
)
def test_who_acts_is_read_from_prose(text: str, found: list[tuple[str, str]]) -> None:
    assert [(a.name, a.role) for a in read_agents(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "检查。（责任单位：县公安局、民政局）",
        "检查。（责任单位: 县公安局，民政局）",
        "检查。\n责任单位：县公安局、民政局",
        "检查。（县公安局、民政局按职责分工负责）",
        "检查。（责任单位：县公安局、民政局",
    ],
)
def test_a_list_is_read_in_every_usual_form(text: str) -> None:
    from corpus.outline import normalized

    (given,) = read_given(normalized(text))
    assert [u.name for u in given.units] == ["县公安局", "民政局"]
    assert given.closed == ("）" in normalized(text) or "\n" in text)
