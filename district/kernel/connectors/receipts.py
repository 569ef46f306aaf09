"""What a department gets for a delivery: the receipt, and its refused rows in the form of the file they came in."""

from __future__ import annotations

import tempfile
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _

from district.kernel.clock import CHINA
from district.kernel.connectors.matching import OF_RECEIPTS
from district.kernel.connectors.models import RefusedState, Run
from district.kernel.connectors.rule_words import rule_words

MOST_ROWS = 1_000_000


def receipt_lines(delivery: Run) -> list[tuple[str, Any]]:
    """Label and value of all that a receipt says, in order."""
    version = delivery.version
    took = delivery.ended_at - delivery.started_at if delivery.ended_at else None
    lines: list[tuple[str, Any]] = [
        (_("批次"), delivery.pk), (_("资源"), delivery.source.resource.title), (_("资源代码"), delivery.source.resource.code),
        (_("提供方"), delivery.source.resource.provider.name), (_("来源"), delivery.source.name),
        (_("文件"), delivery.input.get("name", "")), (_("内容校验值"), delivery.content_sha256),
        (_("入库方式"), delivery.source.get_mode_display()), (_("状态"), delivery.get_state_display()),
        (_("读入行数"), delivery.rows_read), (_("入库行数"), delivery.rows_taken), (_("退回行数"), delivery.rows_refused),
        (_("重复行数"), delivery.rows_repeated), (_("数据版本"), version.number if version else ""),
        (_("版本校验值"), version.sha256 if version else ""),
        (_("开始时间"), f"{delivery.started_at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}"),
        (_("用时（秒）"), round(took.total_seconds(), 1) if took else ""),
        (_("发起人"), delivery.made_by.name if delivery.made_by else _("平台")),
    ]  # fmt: skip
    lines += [
        (_("退回：%(rule)s") % {"rule": rule_words(code)}, count)
        for code, count in sorted(delivery.rules.items())
    ]
    lines += [(_("结构变化"), each["words"]) for each in delivery.drift]
    lines += [(_("提示"), each["words"]) for each in delivery.notes]
    if delivery.problem:
        lines.append((_("错误"), f"{delivery.problem}（{delivery.code}）"))
    return lines


def receipt_file(delivery: Run) -> IO[bytes]:
    """A workbook with the receipt."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet, bold = book.add_worksheet("回执"), book.add_format({"bold": True})
        sheet.set_column(0, 0, 20)
        sheet.set_column(1, 1, 70)
        for number, (label, value) in enumerate(receipt_lines(delivery)):
            sheet.write(number, 0, label, bold)
            sheet.write(number, 1, value)
    file.seek(0)
    return file


def refused_file(delivery: Run) -> IO[bytes]:
    """The rows that wait to be corrected, with line and reason; corrected there it is uploaded again as it is."""
    rows = delivery.refused.filter(state__in=(RefusedState.REFUSED, RefusedState.CORRECTED)).order_by(
        "position"
    )
    columns = columns_of(delivery)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    with xlsxwriter.Workbook(file, options) as book:
        sheet, bold = book.add_worksheet("退回行"), book.add_format({"bold": True, "bottom": 1})
        for number, name in enumerate([*columns, *OF_RECEIPTS]):
            sheet.write_string(0, number, name, bold)
        for line, row in enumerate(rows[:MOST_ROWS].iterator(), start=1):
            values = {**row.raw, **(row.corrected or {})}
            for number, name in enumerate(columns):
                sheet.write_string(line, number, str(values.get(name, ""))[:32_000])
            sheet.write_number(line, len(columns), row.position)
            sheet.write_string(line, len(columns) + 1, row.words)
    file.seek(0)
    return file


def columns_of(delivery: Run) -> list[str]:
    """The columns of the file in its order, as far as they are known; else those of the refused rows."""
    known = list(delivery.source.settings.get("columns", []))
    first = delivery.refused.values_list("raw", flat=True)[:200]
    return list(dict.fromkeys([*known, *(name for raw in first for name in raw if name)])) or [""]
