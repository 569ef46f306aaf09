import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from district.kernel.files.kinds import file_kinds
from district.kernel.files.reading import bare_name, read_file
from district.kernel.files.refusal import Refusal
from district.kernel.files.tests.samples import (
    docx,
    exif,
    jpeg,
    package,
    pdf,
    pdf_with_object_stream,
    png,
    relation,
)


def refusal_of(name: str, content: bytes) -> str:
    with pytest.raises(Refusal) as refused:
        read_file(name, content)
    assert name.split("/")[-1] in str(refused.value)
    return refused.value.code


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("现场.JPG", jpeg(), "image/jpeg"),
        ("a.png", png(), "image/png"),
        ("a.gif", b"GIF89a\x01\0", "image/gif"),
        ("a.webp", b"RIFF\x04\0\0\0WEBP", "image/webp"),
        ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0", "image/heic"),
        ("a.pdf", pdf(), "application/pdf"),
        ("a.docx", docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (
            "a.xlsx",
            package({"xl/workbook.xml": "<w/>"}),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        ("a.ofd", package({"OFD.xml": "<OFD/>"}), "application/ofd"),
        ("a.txt", "群众来信".encode("gb18030"), "text/plain"),
        ("a.csv", "编号,内容\n1,x".encode(), "text/csv"),
        ("a.mp4", b"\0\0\0\x18ftypisom\0\0\x02\0", "video/mp4"),
        ("a.wav", b"RIFF\x04\0\0\0WAVE", "audio/wav"),
        ("a.amr", b"#!AMR\n", "audio/amr"),
        ("a.webm", b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm", "audio/webm"),
        ("a.ogg", b"OggS\x00\x02", "audio/ogg"),
        ("a.mp3", b"ID3\x03\0", "audio/mpeg"),
    ],
)
def test_a_file_is_taken_for_what_it_is(name: str, content: bytes, media_type: str):
    read = read_file(name, content)
    assert (read.name, read.media_type, read.size) == (name, media_type, len(content))


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", b"", "empty"),
        ("a.exe", b"MZ", "bad_type"),
        ("a.svg", b"<svg onload='x'/>", "bad_type"),
        ("a.html", b"<html>", "bad_type"),
        ("a.docm", docx(), "bad_type"),
        ("无扩展名", jpeg(), "bad_type"),
        ("a.jpg", png(), "bad_content"),
        ("a.png", jpeg(), "bad_content"),
        ("a.pdf", b"MZ\x90", "bad_content"),
        ("a.mp4", b"\0\0\0\x18ftypqt  ", "bad_content"),
        ("a.docx", package({"xl/workbook.xml": "<w/>"}), "bad_content"),
        ("a.docx", b"PK\x03\x04 word/document.xml", "bad_content"),
        ("a.txt", b"\0\x01\x02", "bad_content"),
        ("a.txt", b"\xff\xff\xff", "bad_content"),
        ("a.txt", b"\xef\xbb\xbf <SVG onload=alert(1)>", "active_content"),
        ("a.csv", b"<!DOCTYPE html><script>", "active_content"),
        ("a.jpg", jpeg() + bytes(20 * 1024 * 1024), "too_large"),
    ],
)
def test_what_is_not_what_it_says_is_refused(name: str, content: bytes, code: str):
    assert refusal_of(name, content) == code


@pytest.mark.parametrize(
    "content",
    [
        pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"),
        pdf(b"/OpenAction << /S /J#61vaScript >>"),
        pdf(b"/AA << /O << /S /Launch /F (cmd.exe) >> >>"),
        pdf(b"/Names << /EmbeddedFiles 5 0 R >>"),
        pdf(b"/AcroForm << /XFA 3 0 R >>"),
        pdf_with_object_stream(b"4 0 << /S /JavaScript /JS (x) >>"),
        pdf_with_object_stream(b"", b"[/ASCIIHexDecode /FlateDecode]"),
        pdf_with_object_stream(b"4 0 << /JS (x) >>", b"", packed=b"4 0 << /JS (x) >>").replace(
            b"/Filter ", b""
        ),
        pdf() + b"9 0 obj << >>\nstream\nnever ends << /S /JavaScript >>",
    ],
)
def test_a_pdf_that_would_act_is_refused_however_it_hides_it(content: bytes):
    assert refusal_of("a.pdf", content) == "active_content"


def test_a_pdf_that_cannot_be_looked_into_is_refused():
    assert refusal_of("a.pdf", pdf(b"/Encrypt 7 0 R")) == "encrypted"
    assert refusal_of("a.pdf", pdf_with_object_stream(b"", packed=b"not deflated")) == "bad_content"
    assert refusal_of("a.pdf", pdf_with_object_stream(bytes(70 * 1024 * 1024))) == "bomb"


def test_chance_bytes_in_a_picture_of_a_pdf_are_no_script():
    picture = b"3 0 obj\n<< /Type /XObject /Length 9 >>\nstream\n\x01/JS /AA\x02\nendstream\nendobj\n"
    assert read_file("a.pdf", pdf() + picture).media_type == "application/pdf"
    assert read_file("a.pdf", pdf_with_object_stream(b"4 0 << /S /GoTo /D [1 0 R /Fit] >>")).size > 0


@pytest.mark.parametrize(
    "content",
    [
        docx(word__vbaProject_dot_bin=b"x"),
        docx(word__embeddings__oleObject1_dot_bin=b"x"),
        docx(word__activeX__activeX1_dot_xml="<x/>"),
        docx(word__media__run_dot_exe=b"MZ"),
        docx(
            word___rels__settings_dot_xml_dot_rels=relation("attachedTemplate", "http://198.51.100.1/t.dotm")
        ),
        docx(word___rels__document_dot_xml_dot_rels=relation("oleObject", "file://server/x")),
        docx(word___rels__document_dot_xml_dot_rels="<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"),
        docx(
            word__header1_dot_xml="<w:p><w:instrText>DDE</w:instrText><w:instrText>AUTO c:\\\\x</w:instrText></w:p>"
        ),
    ],
)
def test_an_office_file_that_would_act_is_refused(content: bytes):
    assert refusal_of("a.docx", content) == "active_content"


def test_a_link_to_a_web_page_in_a_document_is_harmless():
    assert read_file(
        "a.docx", docx(word___rels__document_dot_xml_dot_rels=relation("hyperlink", "https://example.com"))
    ).size


def test_bombs_are_refused_before_they_are_unpacked():
    assert refusal_of("a.docx", docx(word__big_dot_xml=bytes(30 * 1024 * 1024))) == "bomb"
    assert refusal_of("a.ofd", package({"OFD.xml": "x"} | {f"{n}.xml": "" for n in range(6_000)})) == "bomb"


def test_an_encrypted_entry_is_refused():
    content = bytearray(docx())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + at] |= 1
            place = content.find(mark, place + 4)
    assert refusal_of("a.docx", bytes(content)) == "encrypted"


def test_only_what_a_form_takes_is_taken():
    with pytest.raises(Refusal, match="不在允许之列"):
        read_file("a.pdf", pdf(), taken={".jpg"})


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("C:\\扫描\\a.pdf", "a.pdf"),
        ("../../etc/a.pdf", "a.pdf"),
        ("a\u202egnp.pdf", "agnp.pdf"),
        ("\x00", "附件"),
        ("..", ".."),
    ],
)
def test_a_name_is_bare(name: str, bare: str):
    assert bare_name(name) == bare


def test_a_long_name_keeps_its_suffix():
    assert len(bare_name("长" * 300 + ".docx")) == 120
    assert bare_name("长" * 300 + ".docx").endswith(".docx")


def test_the_position_of_a_photo_is_noted():
    read = read_file("a.jpg", jpeg(exif(lat=36.803, lon=117.868)))
    assert read.position is not None
    assert (read.position.lat, read.position.lon) == pytest.approx((36.803, 117.868), abs=1e-6)
    south = read_file("a.jpg", jpeg(exif(lat=-33.5, lon=-70.25)))
    assert (south.position.lat, south.position.lon) == pytest.approx((-33.5, -70.25), abs=1e-6)


CODES = {"empty", "bad_content", "active_content", "encrypted", "bomb"}


def verdict_on(name: str, content: bytes) -> str:
    try:
        return read_file(name, content).media_type
    except Refusal as refusal:
        return refusal.code


@given(
    st.sampled_from(sorted(file_kinds())),
    st.binary(max_size=400),
    st.sampled_from([b"", b"%PDF-", b"PK\x03\x04", b"\xff\xd8\xff"]),
)
def test_any_bytes_are_taken_or_refused_with_a_code(suffix: str, content: bytes, beginning: bytes):
    assert verdict_on(f"a{suffix}", beginning + content) in {file_kinds()[suffix].media_type} | CODES


@settings(max_examples=600)
@example(346, 1)
@given(st.integers(0, 600), st.integers(0, 255))
def test_a_damaged_package_never_breaks_the_reader(at: int, value: int):
    content = bytearray(docx())
    content[at % len(content)] = value
    assert verdict_on("a.docx", bytes(content)) in {file_kinds()[".docx"].media_type} | CODES
