"""What is not needed is not imported: a judgement on given facts starts at once."""

import subprocess
import sys

HEAVY = {"numpy", "polars", "pandas", "rdflib", "spacy", "streamlit", "yaml", "docx", "openpyxl", "sklearn"}
PROBE = """
import contextlib, io, sys
from ui.cli import main
with contextlib.redirect_stdout(io.StringIO()):
    code = main(["judge", "--fact", "行业=机械", "--fact", "应急水源@铸造机=未设"])
print(code, *sorted(m for m in sys.modules if "." not in m))
"""


def test_a_judgement_on_given_facts_imports_no_heavy_library() -> None:
    run = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", PROBE], capture_output=True, text=True, check=True
    )
    code, *modules = run.stdout.split()
    assert code == "0"
    assert not HEAVY & set(modules)
