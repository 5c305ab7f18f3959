"""Lists of members of a leading group: the posts with their role. Names of persons are read over, never kept."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.agents import Named
from kb.registers import Role

_ROLES: dict[str, Role] = {
    "组长": "组长", "主任": "组长", "常务副组长": "副组长", "副组长": "副组长", "副主任": "副组长", "成员": "成员",
}  # fmt: skip
_LABEL = re.compile(
    r"(常\s*务\s*副\s*组\s*长|副\s*组\s*长|组\s*长|副\s*主\s*任|主\s*任|成\s*员)(?:单位)?\s*：\s*"
)
_IN_BRACKETS = re.compile("[\u4e00-\u9fff·\\s]{2,40}（(?P<post>[^（）]{2,40})）\\s*$")
_AFTER_NAME = re.compile(
    "(?:[\u4e00-\u9fff]\\s+[\u4e00-\u9fff]|[\u4e00-\u9fff·]{2,30})\\s+(?P<post>[\u4e00-\u9fff、]\\S*)\\s*$"
)

_POST = re.compile("(?:长|主任|书记|主席|委员|干事|人员|参谋|经理|负责人|秘书|总监|处|科)$")


def read_roster(texts: Iterable[str]) -> tuple[list[Named], set[int]]:
    """The posts of a list of members, and which of the paragraphs it takes.

    >>> [(n.name, n.role) for n in read_roster(["组 长：甲 乙  县长", "成员：丙丁（县应急管理局局长）"])[0]]
    [('县长', '组长'), ('县应急管理局局长', '成员')]
    """
    posts: list[Named] = []
    taken: set[int] = set()
    role: Role | None = None
    for number, text in enumerate(texts):
        label = _LABEL.match(text)
        if label:
            role = _ROLES[re.sub(r"\s", "", label[1])]
        elif role is None or "。" in text or "：" in text or len(text) > 60:
            role = None
            continue
        taken.add(number)
        post = _post(text[label.end() :] if label else text)
        if post and role:
            posts.append(Named(post, post, role))
    return posts, taken


def _post(text: str) -> str:
    """The post of one member; nothing where only names stand there."""
    found = _IN_BRACKETS.match(text) or _AFTER_NAME.match(text)
    post = found["post"].strip(" ，；") if found else ""
    return post if _POST.search(post) else ""
