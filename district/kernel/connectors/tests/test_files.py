"""Files as departments deliver them: read, or refused with a reason."""

import os
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from district.kernel.connectors.files.delimited import Delimited
from district.kernel.connectors.files.options import Options
from district.kernel.connectors.files.reading import open_rows
from district.kernel.connectors.tests.written_files import TABLE, Read, bomb, put, with_part, workbook, zipped
from district.kernel.files.refusal import Refusal

ROWS = [
    {"单位名称": "甲公司", "职工人数": "12", "成立日期": "2020-01-01"},
    {"单位名称": "乙公司", "职工人数": "7", "成立日期": "2021-05-06"},
]


def read_or_refused(path: Path, name: str) -> str:
    """Reads to the end; the code of the refusal if there is one. Anything else goes through."""
    try:
        with open_rows(path, name) as reading:
            for _rows in reading:
                pass
            reading.notes()
    except Refusal as refusal:
        return refusal.code
    return "read"


def refusal_of(path: Path, options: Options | None = None) -> str:
    with pytest.raises(Refusal) as caught:
        Read(path, options)
    assert any("\u4e00" <= character <= "\u9fff" for character in str(caught.value))
    return caught.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_encoding_is_found(tmp_path: Path, encoding: str):
    assert Read(put(tmp_path, "a.csv", TABLE.encode(encoding))).rows == ROWS


@pytest.mark.parametrize("sign", [",", "\t", ";", "|"])
def test_the_delimiter_is_found(tmp_path: Path, sign: str):
    read = Read(put(tmp_path, "a.csv", TABLE.replace(",", sign)))
    assert (read.rows, read.shown["delimiter"]) == (ROWS, sign)


def test_a_wrong_delimiter_names_the_one_that_was_found(tmp_path: Path):
    path = put(tmp_path, "a.csv", TABLE.replace(",", ";"))
    assert refusal_of(path, Options(delimiter=",")) == "wrong_delimiter"
    assert refusal_of(put(tmp_path, "b.csv", TABLE.replace(",", "，"))) == "wrong_delimiter"


def test_each_line_of_a_file_of_mixed_encodings_is_read_in_its_own(tmp_path: Path):
    content = (
        TABLE.encode("gb18030")
        + "丙公司,3,2022-01-01\n模,4,2022-01-02\n".encode()
        + b"\xff\xff,5,2022-01-03\n"
        + "模,6,2022-01-04\n".encode("gb18030")
    )
    read = Read(put(tmp_path, "a.csv", content))
    assert [row["单位名称"] for row in read.rows] == ["甲公司", "乙公司", "丙公司", "模", "模"]
    assert [(row.position, row.code) for row in read.unread] == [(6, "bad_encoding")]
    assert read.positions == [2, 3, 4, 5, 7]
    assert "mixed_encodings" in read.notes


def test_a_header_below_titles_is_found_and_totals_and_footers_are_no_rows(tmp_path: Path):
    content = "周村区企业名录,,\n填报单位：某局,,2021年\n" + TABLE + ",,\n合 计,19,\n制表人：某某,,\n"
    read = Read(put(tmp_path, "a.csv", content))
    assert read.rows == ROWS
    assert read.positions == [4, 5]
    assert {"titles_skipped", "total_rows", "blank_rows", "footer_rows"} <= set(read.notes)


def test_a_line_of_the_wrong_width_waits_and_the_rest_goes_on(tmp_path: Path):
    read = Read(
        put(tmp_path, "a.csv", TABLE + "丙,1,2020-01-01,多\n丁,1,2020-01-01,,\n戊,2\n\n己,3,2020-02-02\n")
    )
    assert [row["单位名称"] for row in read.rows] == ["甲公司", "乙公司", "丁", "己"]
    assert [(row.position, row.code) for row in read.unread] == [(4, "wrong_width"), (6, "wrong_width")]
    assert read.positions == [2, 3, 5, 8]


def test_line_ends_inside_quotation_marks_belong_to_the_value(tmp_path: Path):
    read = Read(put(tmp_path, "a.csv", 'a,b\r\n"x\r\ny",1\r\n"say ""hi""",2\r\n'))
    assert [row["a"] for row in read.rows] == ["x\r\ny", 'say "hi"']


def test_blocks_end_where_records_end(tmp_path: Path):
    lines = "".join(f'{n},"第 {n}\n行"\n' for n in range(300))
    path = put(tmp_path, "a.csv", "编号,文本\n" + lines)
    with path.open("rb") as file:
        rows = [row for each in Delimited(file, Options(), block_bytes=512) for row in each.rows.to_pylist()]
    assert [row["编号"] for row in rows] == [str(n) for n in range(300)]
    assert all("\n" in row["文本"] for row in rows)


def test_an_open_quotation_mark_costs_no_rows(tmp_path: Path):
    read = Read(put(tmp_path, "a.csv", 'a,b\n"x,1\ny,2\n'))
    assert len(read.rows) == 2
    assert "open_quote" in read.notes


def test_a_cell_that_would_be_a_formula_stays_text_and_is_told(tmp_path: Path):
    read = Read(put(tmp_path, "a.csv", "名称,值\n=cmd|' /C calc'!A0,1\n"))
    assert read.rows[0]["名称"].startswith("=cmd")
    assert "formula_text" in read.notes


def test_merged_header_cells_are_joined(tmp_path: Path):
    rows = [
        ["名录", None, None, None, None],
        ["序号", "基本情况", None, "联系方式", None],
        [None, "名称", "人数", "电话", "地址"],
        [1, "甲", 3, "0533", "周村"],
    ]
    path = put(tmp_path, "a.xlsx", workbook(rows, ["A1:E1", "A2:A3", "B2:C2", "D2:E2"]))
    expected = {
        "序号": "1",
        "基本情况_名称": "甲",
        "基本情况_人数": "3",
        "联系方式_电话": "0533",
        "联系方式_地址": "周村",
    }
    assert Read(path).rows == [expected]
    text = "序号,基本情况,,联系方式,\n,名称,人数,电话,地址\n1,甲,3,0533,周村\n"
    assert Read(put(tmp_path, "b.csv", text)).rows == [expected]


def test_a_cell_merged_over_records_stands_for_each(tmp_path: Path):
    path = put(tmp_path, "a.xlsx", workbook([["镇", "村"], ["王村镇", "一村"], [None, "二村"]], ["A2:A3"]))
    assert [row["镇"] for row in Read(path).rows] == ["王村镇", "王村镇"]


def test_a_workbook_keeps_dates_and_leading_zeros_and_names_its_other_sheets(tmp_path: Path):
    path = put(
        tmp_path,
        "a.xlsx",
        workbook([["编码", "日期", "数"], ["007", date(2021, 3, 5), 2.5]], more_sheets=["说明"]),
    )
    read = Read(path)
    assert read.rows == [{"编码": "007", "日期": "2021-03-05", "数": "2.5"}]
    assert "说明" in read.notes["other_sheets"]


def test_formulas_are_not_evaluated_and_dangerous_ones_are_told(tmp_path: Path):
    path = put(
        tmp_path,
        "a.xlsx",
        workbook([["名称", "值", "网"], ["甲", "=1+1", '=WEBSERVICE("http://example.invalid")']]),
    )
    read = Read(path)
    assert read.rows == [{"名称": "甲", "值": "", "网": ""}]
    assert {"formulas", "formulas_without_value", "dangerous_formulas"} <= set(read.notes)


def test_macros_and_passwords_are_refused(tmp_path: Path):
    book = workbook([["a", "b"], [1, 2]])
    assert refusal_of(put(tmp_path, "a.xlsx", with_part(book, "xl/vbaProject.bin", b"x"))) == "macros"
    assert refusal_of(put(tmp_path, "a.xlsm", book)) == "macros"
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    assert refusal_of(put(tmp_path, "b.xlsx", locked)) == "encrypted"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "a.json",
            '{"code": 0, "data": {"items": [{"名称": "甲", "位置": {"镇": "王村"}}, {"名称": "乙"}]}}',
        ),
        ("a.json", '[{"名称": "甲", "位置": {"镇": "王村"}},\n {"名称": "乙"}]'),
        ("a.jsonl", '{"名称": "甲", "位置": {"镇": "王村"}}\n\n{"名称": "乙"}\n'),
    ],
)
def test_records_are_found_in_json_of_each_form(tmp_path: Path, name: str, content: str):
    assert Read(put(tmp_path, name, content)).rows == [{"名称": "甲", "位置_镇": "王村"}, {"名称": "乙"}]


def test_a_line_that_is_no_json_waits(tmp_path: Path):
    read = Read(put(tmp_path, "a.jsonl", '{"a": 1}\n{"a": \n{"a": 3}\n'))
    assert (len(read.rows), [row.position for row in read.unread]) == (2, [2])


def test_points_of_geojson_become_lon_and_lat(tmp_path: Path):
    content = (
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"名称": "甲"}, "geometry": '
        '{"type": "Point", "coordinates": [117.8, 36.8]}}]}'
    )
    row = Read(put(tmp_path, "a.geojson", content)).rows[0]
    assert (row["名称"], row["lon"], row["lat"]) == ("甲", 117.8, 36.8)


def test_parquet_comes_as_it_is(tmp_path: Path):
    pq.write_table(pa.table({"n": [1, None], "t": ["x", "y"]}), tmp_path / "a.parquet")
    assert Read(tmp_path / "a.parquet").rows == [{"n": 1, "t": "x"}, {"n": None, "t": "y"}]


def test_packed_files_are_unpacked_and_their_names_in_gbk_are_read(tmp_path: Path):
    assert Read(put(tmp_path, "a.zip", zipped(a__csv=TABLE))).rows == ROWS


def test_bombs_nested_packages_and_several_files_are_refused_early(tmp_path: Path):
    assert refusal_of(put(tmp_path, "a.csv.gz", bomb(64))) == "bomb"
    assert refusal_of(put(tmp_path, "a.zip", zipped(a__zip=zipped(a__csv=TABLE)))) == "nested"
    assert refusal_of(put(tmp_path, "b.zip", zipped(inner=zipped(a__csv=TABLE)))) == "nested"
    assert refusal_of(put(tmp_path, "c.zip", zipped(a__csv=TABLE, b__csv=TABLE))) == "many_files"
    assert refusal_of(put(tmp_path, "d.zip", zipped(a__csv=b"0" * 200_000_000))) == "bomb"


@pytest.mark.parametrize("name", ["a.xlsx", "a.parquet", "a.zip", "a.csv.gz", "a.json"])
def test_a_file_that_was_cut_off_says_so(tmp_path: Path, name: str):
    pq.write_table(pa.table({"n": list(range(2000))}), tmp_path / "whole.parquet")
    import gzip

    whole = {
        "a.xlsx": workbook([["a", "b"]] + [[n, n] for n in range(500)]), "a.parquet": (tmp_path / "whole.parquet").read_bytes(),
        "a.zip": zipped(a__csv=TABLE * 50), "a.csv.gz": gzip.compress(os.urandom(3000).hex().encode()),
        "a.json": b'[{"a": 1}, {"a": 2}, {"a"',
    }[name]  # fmt: skip
    assert refusal_of(put(tmp_path, name, whole[: len(whole) * 2 // 3])) in ("damaged", "bad_json")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"", "empty"), ("a.csv", b"\n\n", "empty"), ("a.xlsx", b"not a workbook", "damaged"),
        ("a.csv", b"<html><body>", "bad_content"), ("a.csv", b"\x89PNG\r\n\x1a\n", "bad_type"),
        ("a.csv", b"a\0b\0\0c,\n", "bad_content"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_by_its_content(tmp_path: Path, name: str, content: bytes, code: str):
    assert refusal_of(put(tmp_path, name, content)) == code


NAMES = st.sampled_from(
    ["a.csv", "a.xlsx", "a.json", "a.jsonl", "a.parquet", "a.zip", "a.gz", "a.geojson", "a"]
)
TEXTISH = st.text(alphabet="ab1,;|\t\"'\n\r甲，=é{}[]:\ufeff", max_size=200).map(str.encode)
STARTS = st.sampled_from(
    [
        b"",
        b"PK\x03\x04",
        b"\x1f\x8b\x08",
        b"PAR1",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"\xff\xfe",
        b'{"a": [',
        b"[{",
    ]
)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=NAMES, start=STARTS, rest=st.one_of(st.binary(max_size=300), TEXTISH))
@example("a.csv", b"", b'"\n')
def test_any_bytes_are_rows_or_a_refusal(tmp_path: Path, name: str, start: bytes, rest: bytes):
    path = put(tmp_path, "fuzz", start + rest)
    assert read_or_refused(path, name)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_is_rows_or_a_refusal(tmp_path: Path, data: st.DataObject):
    wholes = _wholes(tmp_path)
    name = data.draw(st.sampled_from(sorted(wholes)))
    content = bytearray(wholes[name])
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = put(tmp_path, "fuzz", bytes(content[: data.draw(st.integers(1, len(content)))]))
    assert read_or_refused(path, name)


def _wholes(folder: Path, made: dict[str, bytes] = {}) -> dict[str, bytes]:  # noqa: B006 - made once
    if not made:
        pq.write_table(pa.table({"n": [1, 2], "t": ["x", "y"]}), folder / "whole.parquet")
        made |= {"a.xlsx": workbook([["a", "b"], [1, 2]]), "a.parquet": (folder / "whole.parquet").read_bytes(),
                 "a.zip": zipped(a__csv=TABLE), "a.csv": TABLE.encode("gb18030")}  # fmt: skip
    return made


@pytest.mark.skipif(
    "DISTRICT_REFERENCE" not in os.environ, reason="DISTRICT_REFERENCE is not set: no reference data"
)
@pytest.mark.parametrize("folder", ["credit", "market", "governance"])
def test_reference_files_are_read_whole(folder: str):
    files = [
        path
        for path in (Path(os.environ["DISTRICT_REFERENCE"]) / "data" / folder).rglob("*.*")
        if path.suffix in (".csv", ".gz", ".parquet")
    ]
    assert files
    for path in files:
        read = Read(path)
        assert read.rows, path.name
        assert not read.unread, path.name
