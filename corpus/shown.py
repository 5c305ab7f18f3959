"""A failure as a trial shows it: what was pressed, trodden, pulled or set off, and what went on all the same.

「按下后车辆照常行走」 says of the thing named before it that it doesn't work; 「踩下刹车踏板后仍滑行」 of the thing tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_PRESSED = (
    r"(?<![未没不可])(?:按(?:下|压|动|到底|住|了|(?=后))|踩(?:下去?|踏|住|(?=到底|刹车|制动|脚刹))|踏下|拉(?:起|紧|下|动|满|(?=到底))"
    r"|压(?:下|紧|(?=到位))|扳(?:下|动)|触[发动碰]|拍下)"
)
_TESTED = r"(?:现场|手动|模拟|联动|通[气电]|经|抽查)*(?:试验|测试|试按|试[动用机拉])"
_THEN = r"(?:均|都|全部|也|到底|到位|之?后|时|下|状态|情况|过程中|\d*次|几次|,)+"
_WHAT = r"[^,;。\d未没不无仍]"  # what the answer was looked for in
_STILL = r"(?:仍然?|照常|照样|照(?=[转走开跑行升])|依然|依旧|还|又|继续|一直)(?:在|能|会|可|可以|继续|正常)*"
# what goes on although it should have stopped
_GOES_ON = r"(?:运[转行]|转动?|行走|走|行驶|前行|前进|移动|滑[行动出]|滑移|下滑|下溜|下坠|下降|溜车?|开|带电|通电|出[液气料油]|供[气液电水]|喷|升|动)"
# the answer that did not come
_NO_ANSWER = (
    r"(?:无(?:任何)?(?:反应|动作|响应|声光|声音|报警|效|作用|输出|变化)"
    r"|[不未没](?:能|有|会)*(?:任何)?(?:停(?![用业产工])|断电|切断|关断|关闭|动作|报警|响应|反应|联动|跳闸|锁(?:住|紧|定|上)|回位|制停"
    r"|制动|起作用|起效|启动|切换|触发|自锁|抱死|抱闸)"
    r"|(?:锁|刹|停|制|夹|压)不(?:住|紧|牢|上|下来?|了|稳))"
)
_ANSWER = rf"(?:{_STILL}[^,;。\d]{{0,3}}?{_GOES_ON}|{_NO_ANSWER})"


def _trial(tried: str, answer: str) -> re.Pattern[str]:
    thing = rf"(?P<thing>(?!合格|正常|记录|报告|成功){_WHAT}{{0,12}}?)"
    return re.compile(
        rf"{tried}(?:{_THEN}{_WHAT}{{0,8}}?{answer}|{thing}(?P<shown>(?:{_THEN}{_WHAT}{{0,8}}?)?{answer}))"
    )


_TRIALS = (_trial(_PRESSED, _ANSWER), _trial(_TESTED, _NO_ANSWER))
# it did stop, and was set going again: 按下后立即停止，复位后继续运行
_ANSWERED = re.compile(
    r"(?<![未没不能有会法])(?:停止(?!按[钮键]|开关|装置|触点)|停住|停机|停下|断电)|复位|松开|释放|再次?启动|解锁后"
)
_DENIED = re.compile(r"[未没不无](?:见|曾|发现|出现|有)?$|(?:防止|避免|杜绝|禁止)[^,;。]{0,6}$")

# 报警后|事故风机|不启动, 超温时|加热电源|不能自动切断: what ought to have followed did not
_UNANSWERED = re.compile(
    r"(?P<when>(?:报警|高报|低报|超限|超温|超压|动作|触发|断水|停水|停电|熄火)(?:之?后|时))"
    r"[^,;。\d未没不无仍需须]{2,12}?"
    r"(?P<what>(?:[不未没](?:能|会|有)*|无法)(?:自动|联动|立即|及时|随之)*(?:启动|开启|打开|运[转行]|动作|切断|关闭|停机|停止|断电|跳闸|响应)"
    r"|(?:仍?需要?|仍?须|只能|仍?要|还要|全?靠)(?:人工|手动)[^,;。]{0,4}?(?:合闸|启动|开启|操作|关闭|切断))"
)


def unanswered(text: str) -> Iterator[tuple[int, int, int]]:
    """Where a normalised text tells that one thing did not follow on another: when, and from there to what it didn't do."""
    for m in _UNANSWERED.finditer(text):
        if not _DENIED.search(text, max(0, m.start() - 10), m.start()):
            yield m.start("when"), m.end("when"), m.end("what")


def failures(text: str) -> Iterator[tuple[int, int]]:
    """Where a normalised text tells of a trial that failed: the whole of it, or, where it names the thing tried
    within, what was seen then.
    """
    for m in (m for trial in _TRIALS for m in trial.finditer(text)):
        if _ANSWERED.search(m[0]):
            continue
        if not _DENIED.search(text, max(0, m.start() - 10), m.start()):
            start = m.start("shown") if m["thing"] else m.start()
            yield start + (text[start] == ","), m.end()
