"""Options that are names, against what a sentence lists and excepts: a name too many, one left out, the one that is not in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from engine.quiz import aligned, frames
from engine.quiz.alarms import TERM, Alarm, Found
from engine.quiz.amounts import tokens
from engine.quiz.checks.asked import Asked
from engine.quiz.enumerations import (
    Listing,
    Place,
    in_listing,
    kind_listed,
    listings,
    of_other_subject,
    place,
)
from engine.quiz.polarity import IN_ORDER, other_side, wants_excepted, wants_outside
from engine.quiz.statements import Segment, pairs

_LONG = 24  # characters of the longest option that is a name
_SHARE = 0.22  # share of the stem's words that a sentence must have that has several of its options
_ABOUT = 3  # pairs of characters an option must share with a clause that is about it
_FOREIGN = 0.2  # share of an option's own words that a sentence it is foreign to may have
_TWO = 2  # characters of the shortest name
_CLOSE = 0.75  # the share of the best that is as like
_FULL = 3  # options of a list that no other sentence has
_NAMED = re.compile("列[举名明]")
VIEWS = re.compile(r"说法|表述|做法|描述|理解|观点|叙述")


def check(asked: Asked, found: Found) -> None:
    """The sentences that list several of the options: one that bears the key out settles it, else the likest speaks."""
    item = asked.item
    if item.holds is not None or len(item.options) < 3 or not item.right or VIEWS.search(item.stem):
        return
    if any(len(o) > _LONG for o in item.options) or asked.of_levels_or_documents:
        return
    denied = wants_outside(item.stem)
    if len(item.right) == 1 and (not denied or any(tokens(o) for o in item.options)):
        return  # numbers are for the checks that compare them
    held = [
        h for s in _near(asked) if (h := _held(s, item.options, item.stem, len(item.right) > 1)) is not None
    ]
    if _NAMED.search(item.stem):  # what it names is asked, not what else 等 may take in
        held = [replace(h, listing=replace(h.listing, open=False)) for h in held]
    told = [_told(h, item.right, denied, item.stem) for h in held]
    best = _share(asked, held[0].segment) if held else 0.0
    if right := next(
        (
            t
            for h, t in zip(held, told, strict=True)
            if isinstance(t, str) and _share(asked, h.segment) >= _CLOSE * best
        ),
        None,
    ):
        found.agreed.append(right)
    elif (
        told and isinstance(told[0], Alarm) and (_answers(asked, held[0].segment) or _only_list(asked, held))
    ):
        extra = next((o for o in item.right if told[0].reason.startswith(f"多选“{o}”")), "")
        if not (
            extra
            and (
                _of_another(asked, extra)
                or _said_elsewhere(asked, extra, held, best)
                or asked.statements.borne_beside(extra, held[0].segment, item.stem)
            )
        ):
            found.alarms.append(told[0])


def _share(asked: Asked, segment: Segment) -> float:
    """How much of what the stem says a sentence has; all of it where the question cites it."""
    if segment.source in asked.hinted_ids:
        return 1.0
    return frames.share(asked.statements, asked.item.stem, asked.item.options, segment)


def _answers(asked: Asked, segment: Segment) -> bool:
    """Whether a sentence surely is the one asked for."""
    cited = segment.source in asked.hinted_ids
    return cited or (
        segment.verified
        and segment.entire
        and frames.answers(asked.statements, asked.item.stem, asked.item.options, segment)
    )


def _only_list(asked: Asked, held: list[_Held]) -> bool:
    """Whether one list of the first sentence has three options or more and all that are keyed, and no other has but some of them.

    What stands together so and no otherwise is what is asked for, in whatever words the stem asks.
    """
    first = held[0]
    inside = [o for o in asked.item.options if in_listing(o, first.listing)]
    return (
        first.segment.verified
        and first.segment.entire
        and len(inside) >= _FULL
        and set(asked.item.right) <= set(inside)
        and all(p is not Place.EXCEPTED for p in first.places.values())
        and not any(
            1 < _listed(inside, s) < len(inside)
            for s in asked.statements.segments
            if s.source != first.segment.source
        )
    )


def _listed(options: list[str], segment: Segment) -> int:
    """How many of some options one list of a sentence has."""
    runs = listings(f"{segment.holder}。{segment.whole}。{segment.reach}")
    return max((sum(in_listing(o, run) for o in options) for run in runs), default=0)


def _of_another(asked: Asked, option: str) -> bool:
    """Whether of several clauses cited one that has no such list is about an option."""
    said = pairs(option)
    return len(asked.hinted) > 1 and any(len(said & pairs(c.restatement)) >= _ABOUT for c in asked.hinted)


def _said_elsewhere(asked: Asked, option: str, held: list[_Held], best: float) -> bool:
    """Whether, where no clause is cited, a sentence of another standard about as like has a telling word of an option (监护)."""
    first, said = held[0].segment.source, pairs(option) - pairs(asked.item.stem)
    if asked.hinted or asked.industries:
        return False
    return any(
        said & pairs(s.whole)
        for s in _near(asked)
        if s.source != first and s.kind == held[0].segment.kind and _share(asked, s) >= _CLOSE * best
    )


@dataclass(frozen=True)
class _Held:
    """A sentence, the one of its lists that has most of the options, and where each option stands."""

    segment: Segment
    listing: Listing
    places: dict[str, Place]

    def at(self, where: Place) -> list[str]:
        return [o for o, p in self.places.items() if p is where]


def _near(asked: Asked) -> list[Segment]:
    """The clauses cited, else the sentences about what the stem is, one each (of a standard's own, all), the likest first."""
    statements, stem = asked.statements, asked.item.stem
    if asked.hinted:
        near = [s for s in statements.segments if s.source in asked.hinted_ids]
        return list({s.source: s for s in near}.values())
    shares: dict[str, tuple[float, Segment]] = {}
    for segment in statements.allowed(asked.industries, penalties=True):
        of = segment.whole if segment.kind == "标准" else segment.source  # each sentence of its own matter
        if of not in shares and segment.speaks_of(stem):
            shares[of] = (_share(asked, segment), segment)
    ranked = sorted((p for p in shares.values() if p[0] >= _SHARE), key=lambda p: -p[0])
    return [s for _, s in ranked]


def _held(segment: Segment, options: tuple[str, ...], stem: str, several: bool) -> _Held | None:
    """Where the options stand, where one list of the sentence has two or more of them; of several asked for, the sentence itself."""
    text = f"{segment.holder}。{segment.whole}。{segment.reach}"
    counted = [(sum(in_listing(o, run) for o in options), run) for run in listings(text)]
    most, best = max(counted, key=lambda p: p[0], default=(0, None))
    places = {o: _place(o, text, stem) for o in options}
    said = tuple(o for o, p in places.items() if p is Place.LISTED)
    if best is None or most < 2:
        if len(said) < 2 or not several:
            return None
        best = Listing(said, False, "等" in text)  # each in a place of its own
    others = [o for o, p in places.items() if p is Place.LISTED and of_other_subject(o, best, text, stem)]
    return _Held(segment, best, {**places, **dict.fromkeys(others, Place.FOREIGN)})


def _place(option: str, text: str, stem: str) -> Place:
    """Where an option stands; foreign, too, where the text has next to nothing of what it says beside the stem."""
    where = place(option, text)
    if where is Place.LISTED and other_side(option, text):
        return Place.UNCLEAR
    of, mark, rest = option.partition("的")
    if where is Place.UNCLEAR and mark and len(rest) > 1 and of in stem:
        where = place(rest, text)  # 隐患的现状, asked of 隐患
    if where is Place.UNCLEAR and (rest := without_stem(option, stem)):
        named = any(not r.excepted and in_listing(rest, r) for r in listings(text))
        where = Place.LISTED if named else where
    own = pairs(option) - pairs(stem)
    if tokens(option) and where is not Place.LISTED:
        return Place.UNCLEAR  # a measure is held against its bound, not looked for
    alien = len(own) > _ABOUT and len(own & pairs(text)) <= _FOREIGN * len(own)
    if (
        where is Place.UNCLEAR
        and alien
        and not kind_listed(option, text)
        and aligned.foreign_run(option, text) > _ABOUT
    ):
        return Place.FOREIGN
    return where


def without_stem(option: str, stem: str) -> str:
    """What an option says beside the thing of the stem that it begins with (培训时间, asked of 培训); empty where nothing is left.

    >>> without_stem("培训时间", "建立培训档案，记录（ ）"), without_stem("参加人员", "建立培训档案，记录（ ）")
    ('时间', '')
    """
    size = next((n for n in range(len(option) - _TWO, _TWO - 1, -1) if option[:n] in stem), 0)
    return option[size:] if size else ""


def _told(held: _Held, right: tuple[str, ...], denied: bool, stem: str) -> Alarm | str | None:
    """What a sentence says of the key: an alarm, what it agrees with, or nothing."""
    listed, excepted, out = (held.at(p) for p in (Place.LISTED, Place.EXCEPTED, Place.FOREIGN))
    if denied and not excepted:
        wanted, others = out, listed
        if len(right) == 1 and len(listed) == len(held.places) - 1:
            wanted = [o for o in held.places if o not in listed]
    else:
        known = listed + out if wants_excepted(stem) and not held.listing.open else listed
        wanted, others = (excepted, known) if denied else (listed, excepted + out)
    if set(wanted) == set(right):
        return f"{'、'.join(right)}：{held.segment.citation}"
    return _alarm(held, right, wanted, others, denied)


def _alarm(
    held: _Held, right: tuple[str, ...], wanted: list[str], others: list[str], denied: bool
) -> Alarm | None:
    """A name too many or one left out; `wanted`: the options asked for, `others`: those surely not."""
    segment = held.segment
    whom = (
        segment.reach if held.listing.items in (r.items for r in listings(segment.reach)) else segment.holder
    )
    rule = f"{whom}{'：' if whom else ''}{segment.whole}{segment.pending}"
    keyed = [o for o in wanted if o in right]
    extra = [o for o in right if o in others]
    left = [o for o in wanted if o not in right and not IN_ORDER.search(o)]
    if len(right) == 1:
        if len(wanted) == 1 and extra:
            return Alarm(TERM, f"“{right[0]}”在列，不在列的是“{wanted[0]}”：{rule}", segment.citation)
        return None
    if not keyed or (len(keyed) < 2 and not left):
        return None
    sure = [o for o in extra if denied or held.places[o] is Place.EXCEPTED or not held.listing.open]
    if sure:
        return Alarm(TERM, f"多选“{sure[0]}”：{rule}", segment.citation)
    if left and not (denied and held.listing.open):
        return Alarm(TERM, f"漏选“{left[0]}”：{rule}", segment.citation)
    return None
