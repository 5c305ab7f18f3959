"""Item lists against the fact sheets: the project's own, and the reference sheets where they lie beside it."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from kb import Standard, load

ROOT = Path(__file__).parents[2]
FOLDERS = (ROOT / "kb" / "sheets", ROOT.parent / "shared" / "reference" / "clauses")


def test_every_item_of_a_standard_is_accounted_for_once() -> None:
    for standard in load().standards:
        refs = [c.ref for c in standard.clauses] + [n.ref for n in standard.not_encoded]
        assert sorted(refs) == sorted(standard.items), standard.id


def differences(standard: Standard, sheet: dict[str, Any]) -> set[str]:
    """Items that one has and the other has not; of a sheet that is not whole, only its verified items count."""
    listed = [str(c["ref"]) for c in sheet["clauses"]]
    # a counting rule over the other items stands beside them in the sheet (GB 35181-2017 5.3.3)
    items = [i for i in standard.items if not ("combination_rule" in sheet and i.startswith("5.3.3"))]
    if sheet.get("clause_count") == len(listed):
        return set() if listed == items else set(listed) ^ set(items) or {"次序"}
    return {str(c["ref"]) for c in sheet["clauses"] if c["confidence"] == "verified"} - set(items)


@pytest.mark.parametrize("folder", FOLDERS, ids=["own", "reference"])
def test_the_items_are_those_of_the_sheet_or_hold_all_verified_ones_of_a_partial_sheet(folder: Path) -> None:
    if not folder.is_dir():
        pytest.skip("the reference sheets do not lie beside this checkout")
    different = {}
    for standard in load().standards:
        path = folder / f"{standard.id}.yaml"
        if path.exists() and (found := differences(standard, yaml.safe_load(path.read_text("utf-8")))):
            different[standard.id] = sorted(found)
    assert different == {}
