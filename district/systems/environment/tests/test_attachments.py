import io
import zipfile

import pytest

from district.systems.environment.attachments import MAX_BYTES, RefusedAttachment, read_attachment

PDF = b"%PDF-1.7\n..."


def test_a_pdf_is_taken_by_its_bare_name():
    found = read_attachment("C:\\scans\\验收报告.PDF", PDF)
    assert (found.name, found.media_type, found.size) == ("验收报告.PDF", "application/pdf", len(PDF))
    assert len(found.sha256) == 64


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", b"", "empty"),
        ("a.exe", b"MZ", "bad_type"),
        ("a.pdf", b"MZ\x90", "bad_content"),
        ("a.png", PDF, "bad_content"),
        ("a.docx", b"PK\x03\x04 xl/workbook.xml", "bad_content"),
        ("a.svg", b"<svg onload=...>", "bad_type"),
        ("a.pdf", PDF + b"0" * MAX_BYTES, "too_large"),
    ],
)
def test_anything_else_is_refused_with_its_reason(name: str, content: bytes, code: str):
    with pytest.raises(RefusedAttachment) as refusal:
        read_attachment(name, content)
    assert refusal.value.code == code


def test_an_office_file_is_a_package_with_its_main_part():
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as parts:
        parts.writestr("word/document.xml", "<document/>")
    assert read_attachment("a.docx", package.getvalue()).name == "a.docx"
    with pytest.raises(RefusedAttachment) as refusal:
        read_attachment("a.docx", b"PK\x03\x04....word/document.xml")
    assert refusal.value.code == "bad_content"
