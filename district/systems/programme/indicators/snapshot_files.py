"""A snapshot as a workbook or a document for a report. Pure, and the same bytes each time for the same snapshot."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import xlsxwriter

from district.kernel.clock import CHINA

WAYS = {"computed": "平台测算", "sql": "平台测算（仅 SQL）", "entered": "人工填报", "no_data": "无数据",
        "not_built": "系统未建成", "unknown": "未知"}  # fmt: skip
HEAD = ("条款", "指标", "数值", "目标", "单位", "取值方式", "期限", "逾期天数", "SQL 复算", "说明")
CHECK = "同名 JSON 文件的 SHA-256 即此摘要：sha256sum indicators-%s.json"


def as_xlsx(content: dict[str, Any], digest: str) -> bytes:
    """Sheets: 指标, 分子分母, 依据, 评价, 校验."""
    made = io.BytesIO()
    taken_at = datetime.fromisoformat(content["taken_at"])
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": content["title"], "created": taken_at.astimezone(CHINA).replace(tzinfo=None)})
        bold = book.add_format({"bold": True})

        def sheet(name: str, head: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
            page = book.add_worksheet(name)
            page.write_row(0, 0, head, bold)
            for place, row in enumerate(rows, start=1):
                page.write_row(place, 0, row)
            page.freeze_panes(1, 0)
            page.set_column(0, len(head), 18)

        sheet("指标", HEAD, [_cells(row) for row in content["indicators"]])
        sheet("分子分母", ("指标", "分项", "分子", "分母", "单位", "权重"), [
            (row["zh"], each["zh"] or each["key"], each["numerator"], each["denominator"], each["unit"], each["weight"])
            for row in content["indicators"] for each in row["fractions"]
        ])
        sheet("依据", ("指标", "记录"), [
            (row["zh"], "；".join(f"{name}：{value}" for name, value in each.items()))
            for row in content["indicators"] for each in row["evidence"]
        ])
        sheet("评价", ("体系", "编号", "指标", "取值方式", "达到（%）", "得分"), [
            (key, each["key"], each["zh"], WAYS[each["way"]], each["value"], each["points"])
            for key, told in content["sets"].items() for each in told["items"]
        ])
        sheet("校验", ("项", "值"), [("编号", content["number"]), ("标题", content["title"]), ("生成时间", content["taken_at"]),
                                   ("生成人", content["taken_by"]), ("摘要（SHA-256）", digest),
                                   ("上一快照摘要", content["previous"]), ("校验方法", CHECK % content["number"])])  # fmt: skip
    return made.getvalue()


def as_docx(content: dict[str, Any], digest: str) -> bytes:
    """A table of all indicators, the total of the national set, and how to check it."""
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "SimSun", Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "SimSun")
    taken_at = datetime.fromisoformat(content["taken_at"]).astimezone(CHINA)
    document.core_properties.title, document.core_properties.author = content["title"], content["taken_by"]
    document.core_properties.created = document.core_properties.modified = taken_at.replace(tzinfo=None)
    document.add_heading(content["title"], 0)
    document.add_paragraph(f"快照第 {content['number']} 号，{taken_at:%Y-%m-%d %H:%M} 由 {content['taken_by']} 生成。")
    head = HEAD[:8]
    table = document.add_table(rows=1, cols=len(head))
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, head, strict=True):
        cell.text = text
    for row in content["indicators"]:
        for cell, value in zip(table.add_row().cells, _cells(row)[:8], strict=True):
            cell.text = f"{value:g}" if isinstance(value, float) else str(value if value is not None else "—")
    national = content["sets"]["gb2016"]
    document.add_heading("GB/T 33356-2016", 1)
    document.add_paragraph(
        f"已知部分 {national['known']:g} 分中得 {national['points']:g} 分，其中平台计算的部分 {national['computed']:g} 分；"
        f"总分在 {national['points']:g} 与 {national['most']:g} 之间。同组子项权重除标准已知者外按均分推定。"
    )
    document.add_heading("校验", 1)
    document.add_paragraph(f"摘要（SHA-256）：{digest}")
    document.add_paragraph(CHECK % content["number"])
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _cells(row: dict[str, Any]) -> tuple[Any, ...]:
    return (row["clause"], row["zh"], row["value"], row["target"], row["unit"], WAYS[row["way"]], row["due_on"] or "",
            row["late_days"] or "", row.get("sql", {}).get("value"), row["note"])  # fmt: skip
