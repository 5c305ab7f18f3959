"""Item lists equal the reference sheets' exactly, where the sheets lie beside the checkout."""

from pathlib import Path

import yaml

from kb import load

SHEETS = Path(__file__).parents[2].parent / "shared" / "reference" / "clauses"


def test_every_item_of_a_standard_is_accounted_for_once() -> None:
    for standard in load().standards:
        refs = [c.ref for c in standard.clauses] + [n.ref for n in standard.not_encoded]
        assert sorted(refs) == sorted(standard.items), standard.id


def test_the_items_are_those_of_the_sheet() -> None:
    different = {}
    for standard in load().standards:
        sheet = SHEETS / f"{standard.id}.yaml"
        if sheet.exists():
            listed = [str(c["ref"]) for c in yaml.safe_load(sheet.read_text("utf-8"))["clauses"]]
            if listed != list(standard.items):
                different[standard.id] = sorted(set(listed) ^ set(standard.items))
    assert different == {}
