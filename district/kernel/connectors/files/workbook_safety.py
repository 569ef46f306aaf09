"""What a workbook carries besides its cells: macros, a password, far too much, formulas. No Django."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from district.kernel.files.refusal import Refusal

MOST_UNPACKED = 3 * 1024**3
MOST_RATIO = 200
RATIO_FROM = 64 * 1024**2
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACRO_PARTS = re.compile(
    r"(^|/)(vbaproject\.bin|vbadata\.xml|macrosheets/.*|basic/.*|scripts/.*|activex/.*)$", re.IGNORECASE
)
_DANGEROUS = re.compile(
    rb"(WEBSERVICE|FILTERXML|HYPERLINK|CALL|REGISTER(\.ID)?|EXEC|RTD|DDE|IMPORT(XML|DATA|HTML)|cmd\s*\|)",
    re.IGNORECASE,
)
_FORMULA = re.compile(rb"<f[ >/][^<]*(?:</f>)?(?:<v ?/>|<v></v>)?(</c>)?")
STEP = 1024 * 1024


def check_workbook(path: Path) -> bool:
    """Whether the workbook is a zip package (xlsx, ods). Raises Refusal: macros, encrypted, bomb, damaged."""
    with path.open("rb") as file:
        start = file.read(8)
        if start == OLE:
            file.seek(0)
            _check_ole(file.read(64 * 1024 * 1024))
            return False
    with zipfile.ZipFile(path) as package:
        entries = package.infolist()
        for entry in entries:
            if _MACRO_PARTS.search(entry.filename):
                raise Refusal(
                    "macros", f"工作簿里有宏（{entry.filename}），不予接收；请另存为不含宏的 .xlsx 再上传"
                )
            if entry.flag_bits & 1:
                raise Refusal("encrypted", "工作簿已加密，无法读取；请取消密码后重新上传")
            if entry.file_size > RATIO_FROM and entry.file_size > MOST_RATIO * max(1, entry.compress_size):
                raise Refusal("bomb", f"工作簿中的 {entry.filename} 压缩比异常，不予接收")
        if sum(entry.file_size for entry in entries) > MOST_UNPACKED or len(entries) > 10_000:
            raise Refusal("bomb", "工作簿解开后过大，不予接收")
        if sum(entry.compress_size for entry in entries) > path.stat().st_size:
            raise Refusal("bomb", "工作簿的条目互相重叠，不予接收")
    return True


def _check_ole(content: bytes) -> None:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Refusal("encrypted", "工作簿已加密，无法读取；请取消密码后重新上传")
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise Refusal("macros", "工作簿里有宏，不予接收；请另存为不含宏的 .xlsx 再上传")


def formula_notes(path: Path) -> list[dict[str, str]]:
    """How many formulas there are; their stored results are read, none is evaluated."""
    formulas = dangerous = without_value = 0
    with zipfile.ZipFile(path) as package:
        for entry in package.infolist():
            if not re.fullmatch(r"xl/worksheets/[^/]+\.xml", entry.filename):
                continue
            with package.open(entry) as sheet:
                rest = b""
                while chunk := sheet.read(STEP):
                    text = rest + chunk
                    cut = max(0, len(text) - 4096) if len(chunk) == STEP else len(text)
                    for found in _FORMULA.finditer(text, 0):
                        if found.start() >= cut:
                            break
                        formulas += 1
                        without_value += found[1] is not None
                        dangerous += _DANGEROUS.search(found[0]) is not None
                    rest = text[cut:]
    notes = []
    if formulas:
        notes.append(
            {"code": "formulas", "words": f"有 {formulas} 个公式，按文件里保存的结果读取，不重新计算"}
        )
    if without_value:
        notes.append(
            {
                "code": "formulas_without_value",
                "words": f"{without_value} 个公式没有保存结果，读作空值；请在表格软件里打开并保存一次",
            }
        )
    if dangerous:
        notes.append(
            {"code": "dangerous_formulas", "words": f"{dangerous} 个公式会访问外部内容，未执行，请提醒提供人"}
        )
    return notes
