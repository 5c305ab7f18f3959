"""Imports run one way: ui -> engine -> corpus -> ontology -> kb."""

import ast
from pathlib import Path

import pytest

ORDER = ["kb", "ontology", "corpus", "engine", "ui"]
ROOT = Path(__file__).parent.parent


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    names = [n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module]
    names += [a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names]
    return {n.split(".")[0] for n in names}


@pytest.mark.parametrize("folder", ORDER)
def test_a_folder_imports_only_what_stands_below_it(folder: str) -> None:
    above = set(ORDER[ORDER.index(folder) + 1 :])
    wrong = {
        str(p.relative_to(ROOT)): imported(p) & above
        for p in (ROOT / folder).rglob("*.py")
        if imported(p) & above
    }
    assert wrong == {}
