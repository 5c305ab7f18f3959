"""Review of a draft pack by a person."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.plans import Draft, read_plan
from engine.review import Edit, edit_of, review, unit_words
from kb.errors import BadInput

DAY = date(2026, 11, 24)
PLAN = """甲县燃气安全专项治理实施方案
甲县人民政府办公室
2025年3月20日
一、主要任务
（一）整治餐饮企业燃气安全。2025年6月底前完成。（县商务局牵头，县住建局配合）
（二）整治燃气管网。（县住建局负责）
"""


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, "utf-8")
    return read_plan(path, "甲县")


def accepted(draft: Draft) -> dict[str, Edit]:
    return {t.ref: replace(edit_of(t), accepted=True) for t in draft.pack.tasks}


def test_a_document_is_reviewed_only_when_every_task_was_accepted(draft: Draft) -> None:
    edits = accepted(draft)
    assert review(draft, edits, DAY).pack.document.reviewed == DAY
    first = next(iter(edits))
    edits[first] = replace(edits[first], accepted=False)
    assert review(draft, edits, DAY).pack.document.reviewed is None
    assert review(draft, {}, DAY).pack.document.reviewed is None


def test_what_was_not_edited_stays_as_it_was_read(draft: Draft) -> None:
    assert review(draft, {}, DAY).pack.tasks == draft.pack.tasks


def test_a_task_taken_out_is_not_in_the_pack_and_does_not_hinder_the_review(draft: Draft) -> None:
    edits = accepted(draft)
    ref = draft.pack.tasks[-1].ref
    edits[ref] = replace(edits[ref], kept=False, accepted=False)
    done = review(draft, edits, DAY)
    assert ref not in [t.ref for t in done.pack.tasks] and done.pack.document.reviewed == DAY


def test_a_unit_added_gets_its_full_name_and_stands_in_the_register(draft: Draft) -> None:
    edits = accepted(draft)
    ref = draft.pack.tasks[-1].ref
    edits[ref] = replace(edits[ref], units="县住建局（牵头）、县应急局")
    done = review(draft, edits, DAY)
    task = next(t for t in done.pack.tasks if t.ref == ref)
    assert unit_words(task) == "甲县住房和城乡建设局（牵头）、甲县应急管理局"
    assert {a.u for a in task.units} <= {u.name for u in done.pack.units}


@pytest.mark.parametrize(
    ("change", "said"),
    [({"units": "县住建局（主管）"}, "角色为"), ({"kind": "杂项"}, "类别"), ({"title": " "}, "标题是空的")],
)
def test_an_edit_that_does_not_fit_is_refused_with_task_and_field(
    draft: Draft, change: dict[str, str], said: str
) -> None:
    edits = accepted(draft)
    ref = draft.pack.tasks[0].ref
    with pytest.raises(BadInput) as error:
        review(draft, {**edits, ref: replace(edits[ref], **change)}, DAY)
    assert ref in str(error.value) and said in str(error.value)
