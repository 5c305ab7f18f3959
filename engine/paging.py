"""Page numbers at the foot of a docx: a printed paper of several sheets can be put in order again."""

from __future__ import annotations

from typing import Any


def number_pages(document: Any) -> None:
    """Writes 第…页 共…页 into the footer, as fields that Word and WPS fill in."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    foot = document.sections[0].footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run("第")
    _field(foot, "PAGE")
    foot.add_run("页　共")
    _field(foot, "NUMPAGES")
    foot.add_run("页")


def _field(paragraph: Any, name: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)
