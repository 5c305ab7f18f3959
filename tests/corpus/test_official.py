"""An official text that a user holds is laid beside the items it words, and only beside those."""

import pytest

from corpus.official import bind, path_of

TEXT = """某部令 第1号
第一条 为了判定隐患，制定本标准。
第四条 有下列情形之一的，应当判定为重大事故隐患：
（一）未建立瓦斯检查制度的；
（二）通风机
没有备用电源的。
第五条 除尘系统未设锁气卸灰装置的，判定为重大事故隐患。""".splitlines()


def test_an_item_takes_its_own_wording_over_broken_lines() -> None:
    bound = bind({"第四条第（二）项": "通风机没有备用电源"}, TEXT)
    assert bound.texts == {"第四条第（二）项": "通风机没有备用电源的。"}


def test_an_article_without_items_is_bound_whole() -> None:
    assert bind({"第五条": "除尘系统没有锁气卸灰装置"}, TEXT).texts["第五条"].startswith("除尘系统未设")


def test_an_item_the_text_does_not_have_is_missing() -> None:
    assert bind({"第六条": "除尘系统没有锁气卸灰装置"}, TEXT).missing == ("第六条",)


def test_the_same_number_about_something_else_is_not_bound() -> None:
    assert bind({"第四条第（一）项": "氨机房未装事故风机"}, TEXT).missing == ("第四条第（一）项",)


def test_of_two_lists_the_one_that_speaks_of_the_same_is_taken() -> None:
    lines = [
        "一、氯气储罐未设紧急切断装置。",
        "二、储罐区未设防火堤。",
        "一、药物总库超量储存。",
        "二、工库房之间安全距离不足。",
    ]
    bound = bind({"第一项": "药物总库超过核定量储存", "第二项": "工库房安全距离不够"}, lines)
    assert bound.texts == {"第一项": "药物总库超量储存。", "第二项": "工库房之间安全距离不足。"}


@pytest.mark.parametrize(
    ("ref", "path"),
    [
        ("三、第（十九）项", ("三", "十九")),
        ("第三条第（一）项第1目", ("三", "一", "1")),
        ("4.10 e)", ("4.10", "e")),
        ("（六）", ("六",)),
        ("一（二）", ("二",)),
    ],
)
def test_the_numbers_of_an_item_are_read_from_its_citation(ref: str, path: tuple[str, ...]) -> None:
    assert path_of(ref) == path
