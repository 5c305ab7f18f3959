"""A government plan as a draft region pack: clean tasks right, every planted fault flagged, nothing else."""

import html
import zipfile
from pathlib import Path

import docx
import pytest
import yaml

from corpus.packs import UNITS, document_text, ingest, write_pack
from corpus.plans import Draft, Register, known_register, read_plan
from kb import BadInput
from kb.registers import Region, Unit, read_registers

PLAN = Path(__file__).parent / "plans" / "yunling.txt"
LINES = PLAN.read_text("utf-8").splitlines()
PLANTED = [
    ("二（一）2", "断行"),
    ("二（一）5", "缺“4”"),
    ("二（一）5", "括号没有闭合"),
    ("二（一）7", "两个期限"),
    ("二（二）9", "条首缺失"),
    ("二（二）12", "两个期限"),
    ("二（二）13", "“工信局”可能是"),
    ("二（二）13", "附件4"),
    ("二（二）14", "没有写明责任单位"),
    ("三（二）（又）", "重复"),
    ("附件1 一", "表格"),
]


def written_as(kind: str, folder: Path) -> Path:
    """The plan as a file of this kind, a paragraph for each line."""
    path = folder / f"yunling.{kind}"
    if kind == "txt":
        path.write_text("\n".join(LINES), "utf-8")
    elif kind == "docx":
        document = docx.Document()
        for line in LINES:
            document.add_paragraph(line)
        document.save(str(path))
    else:
        body = "".join(f"<p>{html.escape(line)}</p>\n" for line in LINES)
        path.write_text(
            f"<html><head><title>云岭</title><script>var a='安委会'</script></head><body><div>{body}</div></body></html>",
            "utf-8",
        )
    return path


@pytest.fixture(params=["txt", "docx", "html"])
def draft(request: pytest.FixtureRequest, tmp_path: Path) -> Draft:
    return read_plan(written_as(request.param, tmp_path))


def units(draft: Draft, ref: str) -> list[tuple[str, str]]:
    task = next(t for t in draft.pack.tasks if t.ref == ref)
    return [(a.u, a.role) for a in task.units]


def test_every_planted_fault_is_flagged_at_its_place_and_nothing_else_is(draft: Draft) -> None:
    assert len(draft.doubts) == len(PLANTED)
    for (ref, doubt), (where, words) in zip(draft.doubts, PLANTED, strict=True):
        assert ref == where
        assert words in doubt
    assert draft.notes == ("附件目录的第2项在正文中印作附件3",)


def test_each_task_is_found_once_with_its_place_in_the_file(draft: Draft) -> None:
    places = {t.ref: t.line for t in draft.pack.tasks}
    assert [r for r in places if r.startswith("二")] == [
        *(f"二（一）{n}" for n in (1, 2, 3, 5, 6, 7)), *(f"二（二）{n}" for n in range(8, 15)),
    ]  # fmt: skip
    for ref, line in places.items():
        if ref.startswith("二") and ref != "二（二）9":
            assert LINES[line - 1].strip("　").startswith(ref.split("）")[1])


def test_brackets_give_lead_and_responsible_units_with_full_names(draft: Draft) -> None:
    assert units(draft, "二（一）1") == [
        ("云岭县住房和城乡建设局", "牵头"),
        ("云岭县市场监督管理局", "责任"),
        ("云岭县商务局", "责任"),
    ]
    assert units(draft, "二（二）8") == [
        ("云岭县委组织部", "责任"), ("云岭县应急管理局", "责任"), ("云岭县委党校", "责任"),
    ]  # fmt: skip


def test_a_list_that_ends_with_etc_is_open_and_its_collective_is_kept(draft: Draft) -> None:
    tasks = {t.ref: t for t in draft.pack.tasks}
    assert tasks["二（一）3"].open
    assert [a.u for a in tasks["二（一）3"].units] == ["云岭县水利局", "云岭县应急管理局"]
    assert tasks["二（二）11"].open
    assert tasks["二（二）11"].units[-1].u == "云岭县安全生产委员会成员单位"
    assert not tasks["二（一）1"].open


def test_an_unclosed_bracket_still_gives_its_units(draft: Draft) -> None:
    assert [u for u, _ in units(draft, "二（一）5")] == ["云岭县教育局", "云岭县公安局", "云岭县交通运输局"]


def test_agents_are_read_from_running_prose_with_their_role(draft: Draft) -> None:
    assert units(draft, "二（二）10") == [("云岭县各乡镇人民政府", "责任")]
    assert units(draft, "三（二）") == [
        ("云岭县各乡镇人民政府", "责任"), ("云岭县应急管理局", "责任"), ("云岭县公安局", "配合"),
    ]  # fmt: skip
    assert units(draft, "三（一）") == [
        ("云岭县人民政府", "责任"), ("县长", "组长"), ("云岭县应急管理局", "责任"),
    ]  # fmt: skip


def test_a_list_of_duties_gives_each_department_its_own(draft: Draft) -> None:
    duties = [t for t in draft.pack.tasks if t.kind == "职责"]
    assert [t.units[0].u for t in duties] == [
        "云岭县应急管理局", "云岭县住房和城乡建设局", "云岭县工业和信息化局", "云岭县工信和科技局",
    ]  # fmt: skip


def test_an_abbreviation_that_fits_two_units_stays_as_written(draft: Draft) -> None:
    assert units(draft, "二（二）13") == [("云岭县工信局", "责任")]


def test_deadlines_frequencies_and_values_are_printed_and_normalised(draft: Draft) -> None:
    says = {t.ref: t.says for t in draft.pack.tasks}
    first, second = says["二（一）1"]
    assert [(w.printed, str(w.by)) for s in (first, second) for w in s.when] == [
        ("2025年6月底前", "2025-06-30"), ("2025年底前", "2025-12-31"),
    ]  # fmt: skip
    (check,) = says["二（一）2"]
    assert [(o.printed, o.every, o.unit) for o in check.often] == [("每季度至少1次", 1, "季度")]
    (alarm,) = says["二（一）6"]
    assert [(v.printed, v.n, v.unit) for v in alarm.values] == [("不少于40家", 40, "家")]


def test_the_head_is_read_from_what_is_printed(draft: Draft) -> None:
    document = draft.pack.document
    assert document.title == "云岭县安全生产提升三年行动方案（2025-2027年）"
    assert (document.doc_no, document.issuer) == ("云安委〔2025〕9号", "云岭县安全生产委员会")
    assert [str(d) for d in (document.issued, document.start, document.end)] == [
        "2025-02-18", "2025-01-01", "2027-12-31",
    ]  # fmt: skip


def test_a_draft_is_never_reviewed_and_no_statement_holds_a_sentence(draft: Draft) -> None:
    assert draft.pack.document.reviewed is None
    assert all(len(s.what) <= 24 and "。" not in s.what for t in draft.pack.tasks for s in t.says)


def test_a_draft_loads_as_a_pack_and_is_still_unreviewed(tmp_path: Path) -> None:
    write_pack(read_plan(PLAN), tmp_path / "regions" / "yunling")
    registers, problems = read_registers(tmp_path)
    assert problems == []
    (pack,) = registers.packs
    assert pack.document.reviewed is None
    assert pack.tasks == read_plan(PLAN).pack.tasks


def test_a_file_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    write_pack(read_plan(PLAN), tmp_path)
    with pytest.raises(BadInput, match="已有这个文件"):
        write_pack(read_plan(PLAN), tmp_path)


def test_a_second_document_adds_only_units_that_the_register_does_not_hold(tmp_path: Path) -> None:
    (tmp_path / UNITS).write_text(
        "region: {id: yunling, name: 云岭县}\nunits:\n  - {name: 云岭县水务局, kind: 水利, written: [水利局]}\n",
        "utf-8",
    )
    draft, _ = ingest(PLAN, "", tmp_path, ())
    assert draft.pack.document.id == "yunling-yunling"
    assert [u for u, _ in units(draft, "二（一）3")][0] == "云岭县水务局"  # noqa: RUF015
    names = [u["name"] for u in yaml.safe_load((tmp_path / UNITS).read_text("utf-8"))["units"]]
    assert names[0] == "云岭县水务局"
    assert len(names) == len(set(names)) > 20


def test_the_register_of_a_region_that_ships_is_found_by_label() -> None:
    unit = Unit(name="云岭县水务局", kind="水利", written=("水利局",))
    pack = read_plan(PLAN).pack.model_copy(
        update={"region": Region(id="yl", name="云岭县", labels=("云岭",)), "units": (unit,)}
    )
    assert known_register("云岭", [pack]) == Register(pack.region, (unit,))
    assert known_register("别处", [pack]) is None


def test_names_of_persons_are_read_over(tmp_path: Path) -> None:
    path = tmp_path / "roster.txt"
    path.write_text(
        "云岭县安全生产提升方案\n为提升云岭县安全生产水平，制定本方案。\n一、组织领导\n（一）领导小组\n组  长：甲一二  县委副书记、县长\n"
        "副组长：乙 三  副县长\n成  员：丙四五（县应急管理局局长）\n丁六七  戊八九\n领导小组办公室主任由丙四五同志兼任、副主任由乙三同志担任、成员从各部门选派。\n", "utf-8"
    )  # fmt: skip
    draft = read_plan(path)
    text = document_text(draft)
    assert [(a.printed, a.role) for a in draft.pack.tasks[0].units] == [
        ("县委副书记、县长", "组长"), ("副县长", "副组长"), ("县应急管理局局长", "成员"),
    ]  # fmt: skip
    assert not any(name in text for name in ("甲一二", "乙 三", "乙三", "丙四五", "丁六七", "戊八九"))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.doc", b"x", "不认识的文件格式"),
        ("a.txt", b"", "文件是空的"),
        ("a.docx", b"no zip", "不是可读的 docx"),
        ("a.pdf", b"%PDF-1.4 nothing", "不是可读的 pdf"),
        ("a.html", b"<html><script>x</script></html>", "没有找到文字"),
        ("a.txt", ("检" * 20_001).encode(), "一段不应超过"),
        ("a.txt", "一、检查\n每月检查。".encode(), "--region"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadInput, match=words):
        read_plan(tmp_path / name)


def test_a_docx_that_refers_to_a_file_of_this_machine_brings_nothing_of_it(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", "utf-8")
    good = written_as("docx", tmp_path)
    bad = tmp_path / "bad.docx"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as target:
        for item in source.namelist():
            data = source.read(item)
            if item == "word/document.xml":
                head, _, body = data.partition(b"?>")
                entity = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file://{secret}">]>'.encode()
                data = head + b"?>" + entity + body.replace("检验预案".encode(), b"&x;")
            target.writestr(item, data)
    try:
        draft = read_plan(bad)
    except BadInput:
        return
    assert "机密" not in "".join(line.text for line in draft.lines)


def test_a_date_that_no_calendar_has_is_flagged_and_a_region_is_taken_from_the_title(tmp_path: Path) -> None:
    path = tmp_path / "方案.txt"
    path.write_text(
        "云岭县燃气安全整治方案\n一、重点任务\n（一）燃气整治。县住建局负责，2026年13月底前完成排查。\n"
        "（二）消防整治。县公安局负责，2026年6月底前完成排查。\n",
        "utf-8",
    )
    drafted = read_plan(path)
    assert drafted.pack.region.name == "云岭县"
    assert [ref for ref, d in drafted.doubts if "没有这个日期：2026年13月" in d] == ["一（一）"]


def test_the_region_given_overrules_the_document(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("一、检查\n（一）检查加油站。每月检查。（责任单位：商务局）", "utf-8")
    assert units(read_plan(path, "云岭县"), "一（一）") == [("云岭县商务局", "责任")]


def test_a_real_table_of_a_word_file_is_flagged(tmp_path: Path) -> None:
    document = docx.Document()
    for line in ("云岭县安全生产方案", "为提升云岭县安全生产水平，制定本方案。", "一、指标", "指标见下表。"):
        document.add_paragraph(line)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "起数", "12起"
    document.save(str(tmp_path / "t.docx"))
    assert "表格" in read_plan(tmp_path / "t.docx").doubts[0][1]


@pytest.mark.parametrize("kind", ["docx", "html"])
def test_a_table_of_tasks_gives_a_task_for_each_row(tmp_path: Path, kind: str) -> None:
    before = [
        "云岭县安全生产方案",
        "为提升云岭县安全生产水平，制定本方案。",
        "一、任务分工",
        "任务分工见下表。",
    ]
    rows = [
        ["序号", "重点任务", "牵头单位", "责任单位", "完成时限"],
        ["1", "排查餐饮场所燃气", "县住房和城乡建设局", "县商务局、市场监督管理局", "2025年6月底前"],
        ["2", "检查养老机构", "县民政局", "", "每季度至少1次"],
    ]
    path = tmp_path / f"table.{kind}"
    if kind == "docx":
        document = docx.Document()
        for line in before:
            document.add_paragraph(line)
        table = document.add_table(rows=3, cols=5)
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                table.cell(r, c).text = text
        document.save(str(path))
    else:
        cells = "".join("<tr>" + "".join(f"<td><p>{c}</p></td>" for c in row) + "</tr>" for row in rows)
        path.write_text("".join(f"<p>{line}</p>" for line in before) + f"<table>{cells}</table>", "utf-8")
    draft = read_plan(path)
    assert units(draft, "一（表第1行）") == [
        ("云岭县住房和城乡建设局", "牵头"), ("云岭县商务局", "责任"), ("云岭县市场监督管理局", "责任"),
    ]  # fmt: skip
    assert units(draft, "一（表第2行）") == [("云岭县民政局", "牵头")]
    first, second = (t for t in draft.pack.tasks if "表" in t.ref)
    assert [str(w.by) for s in first.says for w in s.when] == ["2025-06-30"]
    assert [o.printed for s in second.says for o in s.often] == ["每季度至少1次"]
    assert draft.doubts == []


RUNNING = """云岭县燃气安全整治方案
一、主要任务
（一）全面排查
1.2026年3月底前对餐饮场所排查一遍。（责任单位：县住建局）
2.县市场监管局每季度抽查燃气具不少于20批次。
（二）集中整治
{three}.2026年9月底前完成老旧管网改造12公里。（责任单位：县住建局）
{four}.县文旅局检查星级饭店。（责任单位：县文广旅局）
{five}.各乡镇每月巡查一次
云岭县人民政府办公室
2026年1月15日
"""


@pytest.mark.parametrize("numbers", [(3, 4, 5), (1, 2, 3)])
def test_arabic_items_stay_below_their_heading_and_none_is_lost(
    tmp_path: Path, numbers: tuple[int, ...]
) -> None:
    path = tmp_path / "a.txt"
    text = RUNNING.format(three=numbers[0], four=numbers[1], five=numbers[2])
    path.write_text(text, "utf-8")
    draft = read_plan(path)
    assert [t.ref for t in draft.pack.tasks] == ["一（一）1", "一（一）2", *(f"一（二）{n}" for n in numbers)]
    assert not any("序号" in doubt for _, doubt in draft.doubts)


def test_an_item_without_its_first_is_not_read_as_the_heading_that_follows(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "云岭县安全方案\n一、任务\n（一）排查\n2.县公安局每月排查。\n（二）整治\n3.县公安局每季度整治。\n",
        "utf-8",
    )
    draft = read_plan(path)
    assert [t.ref for t in draft.pack.tasks] == ["一（一）2", "一（二）3"]
    assert [(ref, "可能缺项" in doubt) for ref, doubt in draft.doubts] == [("一（一）2", True)]


@pytest.mark.parametrize("behind", ["", "附件1\n名单\n一、县公安局\n每月检查。\n"])
def test_signature_and_date_at_the_foot_belong_to_the_head(tmp_path: Path, behind: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(RUNNING.format(three=3, four=4, five=5) + behind, "utf-8")
    pack = read_plan(path).pack
    assert (pack.document.issuer, str(pack.document.issued)) == ("云岭县人民政府办公室", "2026-01-15")
    assert not any("1月15日" in w.printed for t in pack.tasks for s in t.says for w in s.when)
    assert not any("办公室" in a.u for t in pack.tasks for a in t.units)


def test_a_head_that_is_printed_above_is_not_overruled_by_the_foot(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    head = "云岭县安全生产委员会\n2025年12月1日\n"
    path.write_text(head + RUNNING.format(three=3, four=4, five=5), "utf-8")
    document = read_plan(path).pack.document
    assert (document.issuer, str(document.issued)) == ("云岭县安全生产委员会", "2025-12-01")


def test_an_abbreviation_is_not_spelt_out_to_a_name_that_stands_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(RUNNING.format(three=3, four=4, five=5), "utf-8")
    draft = read_plan(path)
    assert units(draft, "一（二）4") == [("云岭县文广旅局", "责任")]
    assert any("文广旅局" in doubt for ref, doubt in draft.doubts if ref == "一（二）4")


def pdf_of(lines: list[str]) -> bytes:
    """A page with these lines as text, in a font every reader knows."""
    drawn = "".join(f"<{line.encode('utf-16-be').hex()}> Tj T*\n" for line in lines)
    content = f"BT /F1 12 Tf 14 TL 50 780 Td\n{drawn}ET"
    font = "/Type /Font /BaseFont /STSong-Light"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        f"<< {font} /Subtype /Type0 /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>",
        f"<< {font} /Subtype /CIDFontType0 /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
    ]
    body, places = "%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF"
    return f"{body}xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode("latin-1")


def test_a_pdf_with_text_is_read_and_its_tasks_stand_on_a_page(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    lines = [
        "云岭县安全生产方案",
        "为提升云岭县安全生产水平，制定本方案。",
        "一、任务",
        "1.检查加油站。每月检查。（责任单位：商务局）",
    ]
    path.write_bytes(pdf_of(lines))
    (task,) = read_plan(path).pack.tasks
    assert (task.ref, task.line, task.units[0].u) == ("一 1", 1, "云岭县商务局")
    assert [(s.what, o.printed) for s in task.says for o in s.often] == [("检查", "每月")]
