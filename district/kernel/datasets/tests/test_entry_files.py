import io

import pytest
from openpyxl import Workbook

from district.kernel.datasets import actions
from district.kernel.datasets.actions.entry_files import read_entries
from district.kernel.datasets.classes import rows_of
from district.kernel.datasets.entry_layout import labels
from district.kernel.datasets.models import Resource

HEADER = "信息资源名称,信息资源摘要,信息资源格式,信息项信息,共享类型,共享条件,共享方式,是否向社会开放,开放条件,更新周期"
ITEM_CELL = "学校名称（C50）；pupils：在校生数（I）；建校日期（D）"
GOOD = f"学校名录,全区学校,电子表格,{ITEM_CELL},有条件共享,限教育管理,共享平台方式,否,,每年"


def csv_of(*rows: str, encoding: str = "utf-8") -> bytes:
    return "\n".join((HEADER, *rows)).encode(encoding)


def workbook(*sheets: list[list[object]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"表{number}")
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_every_field_of_the_core_metadata_has_its_label():
    known = labels("entry")
    assert [
        row["field_zh"] for row in rows_of("catalog_core_metadata.csv") if row["field_zh"] not in known
    ] == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_row_a_resource_in_either_encoding(encoding):
    (entry,) = read_entries("目录.csv", csv_of(GOOD, encoding=encoding))
    assert entry.problems == []
    assert entry.metadata["cycle"] == "yearly"
    assert [(item["name"], item["title"], item["type"], item["length"]) for item in entry.items] == [
        ("xxmc", "学校名称", "text", 50), ("pupils", "在校生数", "integer", None), ("jxrq", "建校日期", "date", None)
    ]  # fmt: skip


def test_a_row_an_item_with_merged_cells_above():
    rows = [
        ["周村区政务信息资源目录（教育）"],
        [
            "序号",
            "信息资源名称*",
            "信息资源摘要",
            "信息资源格式",
            "共享类型",
            "共享条件",
            "更新周期",
            "信息项名称",
            "字段名",
            "数据类型",
            "敏感级别",
        ],
        [1, "学校名录", "全区学校", "数据库", "有条件共享", "限教育管理", "每年", "学校名称", "name", "C", 1],
        [None, None, None, None, None, None, None, "校长姓名", "head", "字符型", "三级"],
        [2, "学位数", "各校学位", "数据库", 1, None, "每年", "学位", "places", "整数", 1],
    ]
    first, second = read_entries("目录.xlsx", workbook(rows))
    assert (first.title, len(first.items), first.items[1]["grade"], first.position) == (
        "学校名录",
        2,
        3,
        "表0 第 3 行",
    )
    assert (second.title, second.metadata["share"], second.items[0]["type"]) == ("学位数", "open", "integer")


def test_forms_of_sixteen_rows_one_below_the_other_and_on_sheets():
    form = [
        ["核心元数据"],
        ["信息资源分类", "主题信息资源/教育"],
        ["信息资源名称", "学校名录"],
        ["信息资源摘要", "全区学校"],
        ["信息资源格式", "数据库"],
        ["共享类型", "3.不予共享"],
        ["共享条件", "《中华人民共和国未成年人保护法》第七十二条"],
        ["更新周期", "每年"],
        ["信息项", ""],
        ["信息项名称", "数据类型", "字段名"],
        ["学校名称", "C", "name"],
        ["班数", "N", "classes"],
    ]
    other = [
        [label, "教师名录" if label == "信息资源名称" else value]
        for label, value, *_more in ((*row, "") for row in form[1:8])
    ]
    first, second, third = read_entries("目录.xlsx", workbook([*form, *other], form))
    assert (first.title, first.metadata["theme"], first.metadata["share"]) == (
        "学校名录",
        "education",
        "closed",
    )
    assert first.metadata["legal_ground"].startswith("《")
    assert [item["name"] for item in first.items] == ["name", "classes"]
    assert (second.title, second.items) == ("教师名录", [])
    assert third.position.startswith("表1")


def test_what_cannot_be_read_names_the_field_and_its_value():
    row = (
        GOOD.replace("有条件共享", "随便")
        .replace("每年", "有空时")
        .replace("（I）", "（Q）")
        .replace(",否,", ",也许,")
    )
    (entry,) = read_entries("a.csv", csv_of(row))
    assert {(problem.field, problem.value) for problem in entry.problems} == {
        ("share", "随便"), ("cycle", "有空时"), ("is_open_to_public", "也许"), ("items", "Q")
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", "甲,乙\n1,2".encode(), "no_entries"),
        ("a.csv", b"\xff\xfe\x00\x81", "unreadable_file"),
        ("a.xlsx", b"PK\x03\x04 nothing", "unreadable_file"),
        ("a.exe", b"MZ", "unreadable_file"),
    ],
)
def test_a_file_that_is_no_catalogue_is_refused_whole(name, content, code):
    with pytest.raises(actions.Refused) as refused:
        read_entries(name, content)
    assert refused.value.code == code


@pytest.mark.django_db
def test_good_entries_are_taken_and_the_refused_kept_with_every_reason(provider, schools_office):
    rows = [
        GOOD, GOOD.replace("学校名录", "教师名录").replace("限教育管理", ""), GOOD,
        GOOD.replace("学校名录", "班级").replace("（D）", "（?）"),
    ]  # fmt: skip
    file = actions.take_file(
        "目录.csv",
        csv_of(*rows),
        provider=schools_office,
        account=provider,
        is_submitted=True,
        is_simulated=True,
    )
    assert (file.read, file.added, file.changed, file.refused) == (4, 1, 0, 3)
    made = Resource.objects.get()
    assert (made.name, made.shelf, made.is_simulated) == ("education.xxml", "submitted", True)
    assert [(row.position, row.code) for row in file.refusals.all()] == [
        ("第 3 行", "condition_missing"), ("第 4 行", "title_taken"), ("第 5 行", "unknown_type")
    ]  # fmt: skip
    assert file.refusals.first().raw["abstract"] == "全区学校"


@pytest.mark.django_db
def test_an_entry_with_its_code_is_changed_and_others_related(provider, schools_office, entry):
    made = entry("a", title="学校名录")
    text = f"信息资源代码,{HEADER},关联资源代码\n{made.code},{GOOD.replace('全区学校', '全区中小学')},\n"
    text += f",{GOOD.replace('学校名录', '教师名录')},{made.code}\n300001/9,{GOOD},\n"
    file = actions.take_file("a.csv", text.encode(), provider=schools_office, account=provider)
    assert (file.added, file.changed, file.refused) == (1, 1, 1)
    made.refresh_from_db()
    assert made.abstract == "全区中小学"
    assert [other.title for other in made.related.all()] == ["教师名录"]
    assert file.refusals.get().code == "unknown_code"


@pytest.mark.django_db
def test_another_unit_named_in_the_file_is_refused(provider, schools_office):
    from district.testing import people

    people.organisation("health", name="区卫生健康局")
    text = f"{HEADER},信息资源提供方\n{GOOD},区卫生健康局\n{GOOD},区茶叶局\n"
    file = actions.take_file("a.csv", text.encode(), provider=schools_office, account=provider)
    assert [row.code for row in file.refusals.all()] == ["not_yours", "unknown_provider"]
