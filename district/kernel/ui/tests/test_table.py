from __future__ import annotations

import csv
import io
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError
from django.http import HttpRequest
from hypothesis import given
from hypothesis import strategies as st

from district.kernel import clock
from district.kernel.people.audit import verify_chain
from district.kernel.people.models import AuditEntry
from district.kernel.ui.environment import environment
from district.kernel.ui.render import text_of
from district.kernel.ui.table import Column, Table
from district.kernel.ui.table_export import harmless
from district.kernel.ui.table_sources import ListSource
from district.testing.people import account

NOON = clock.day_bounds(clock.today())[0] + timedelta(hours=12)
ROWS = [
    {"code": f"S{index:03d}", "name": f"站点{index}", "kind": "air" if index % 3 else "water", "value": index / 4,
     "at": NOON - timedelta(hours=index)}
    for index in range(120)
]


def table(rows=ROWS, **options) -> Table:
    columns = [
        Column("code", "编码", link=lambda row: f"/s/{row['code']}/"),
        Column("name", "名称", filter="text"),
        Column("kind", "类型", filter="choice", choices={"air": "空气", "water": "水"}),
        Column("at", "时间", format="moment", filter="date"),
        Column("value", "浓度", format=2, unit="µg/m³", filter="number"),
        Column("secret", "备用", shown=False),
    ]
    return Table("s", columns=columns, source=rows, title="站点", **options)


def request(rf, query: str = "", **headers) -> HttpRequest:
    made = rf.get("/stations/" + query, **headers)
    made.user = AnonymousUser()
    return made


def codes(bound: Table) -> list[str]:
    return [cells[0].text for cells in bound.page_rows]


def test_order_filter_and_page_stand_in_the_address(rf):
    bound = table().bind(request(rf, "?s-sort=-value&s-page=2&s-rows=20&s.kind=water&tab=2"))

    assert codes(bound)[:2] == ["S057", "S054"]
    assert bound.count == 40
    assert bound.summary == "第 21–40 条，共 40 条"
    assert parse_qs(urlsplit(bound.url_with(page=3)).query) == {
        "s-sort": ["-value"], "s-rows": ["20"], "s.kind": ["water"], "tab": ["2"], "s-page": ["3"],
    }


def test_a_new_order_begins_at_the_first_page(rf):
    bound = table().bind(request(rf, "?s-page=3"))

    assert "s-page" not in bound.url_sorted(bound.columns[0])


def test_pressing_the_same_heading_twice_turns_the_order_around(rf):
    bound = table().bind(request(rf, "?s-sort=code"))
    assert bound.url_sorted(bound.columns[0]).endswith("s-sort=-code")
    assert bound.aria_sort(bound.columns[0]) == "ascending"


def test_clearing_the_filters_keeps_order_columns_and_everything_of_others(rf):
    bound = table().bind(request(rf, "?s.name=x&s-page=2&s-sort=code&t.name=y&s-columns=code"))

    assert parse_qs(urlsplit(bound.url_cleared).query) == {"s-sort": ["code"], "t.name": ["y"], "s-columns": ["code"]}


@pytest.mark.parametrize("query", ["?s-sort=secret;drop", "?s-page=-1", "?s-page=9999999999999", "?s-rows=7", "?s-columns=nix"])
def test_nonsense_in_the_address_is_the_default(rf, query: str):
    assert len(codes(table().bind(request(rf, query)))) == 50


def test_a_value_that_cannot_be_read_is_named_kept_and_does_not_narrow(rf):
    bound = table().bind(request(rf, "?s.at.from=gestern&s.value.to=viel"))

    assert bound.state.errors["at.from"] == "时间：gestern，应为日期，如 2026-11-03"
    assert bound.state.errors["value.to"] == "浓度：viel，应为数字"
    assert bound.state.raw["at.from"] == "gestern"
    assert bound.count == 120
    assert 'aria-invalid="true"' in text_of(None, "ui/table.html", {"table": bound})


def test_a_day_means_the_whole_day_in_china(rf):
    day = f"{NOON - timedelta(days=1):%Y-%m-%d}"
    bound = table().bind(request(rf, f"?s.at.from={day}&s.at.to={day}&s-rows=100"))

    assert {cells[3].text[:10] for cells in bound.page_rows} == {day}
    assert bound.count == 24


@given(st.integers(0, 130), st.sampled_from([20, 50, 100]))
def test_every_row_stands_on_exactly_one_page(total: int, size: int):
    from django.test import RequestFactory

    seen = []
    for number in range(1, 8):
        bound = table(ROWS[:total]).bind(request(RequestFactory(), f"?s-rows={size}&s-page={number}"))
        seen += codes(bound)
        if not bound.has_next:
            break
    assert seen == [row["code"] for row in ROWS[:total]]


def test_many_rows_are_not_counted(rf):
    class Endless(ListSource):
        def rows(self, start, stop):
            return [ROWS[0]] * (stop - start)

        def count(self, at_most):
            return at_most + 1

    bound = table().bind(request(rf))
    bound.selected = Endless([])

    assert bound.count is None
    assert bound.summary == "第 1–50 条，共 10,000 条以上"


def test_htmx_gets_the_table_alone_and_everybody_else_the_page(rf):
    headers = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "table-s"}

    part = table().respond(request(rf, **headers))
    assert part is not None
    assert part.content.decode().lstrip().startswith("<section")
    assert "HX-Target" in part["Vary"]
    assert table().respond(request(rf)) is None
    assert table().respond(request(rf, HTTP_HX_HISTORY_RESTORE_REQUEST="true", **headers)) is None


def test_csv_has_every_filtered_row_and_a_byte_order_mark(rf):
    answer = table().respond(request(rf, "?s-export=csv&s.kind=water&s-page=2"))
    text = b"".join(answer.streaming_content).decode("utf-8")

    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert rows[0] == ["编码", "名称", "类型", "时间", "浓度（µg/m³）"]
    assert len(rows) == 41
    assert rows[1][2:4] == ["水", f"{NOON:%Y-%m-%d %H:%M:%S}"]
    assert "filename*=utf-8''" in answer["Content-Disposition"]


def test_xlsx_keeps_numbers_and_moments(rf):
    answer = table().respond(request(rf, "?s-export=xlsx&s-sort=code"))
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active

    assert sheet.max_row == 121
    assert sheet["E3"].value == 0.25
    assert sheet["D2"].value == NOON.replace(tzinfo=None)
    assert sheet.freeze_panes == "A2"


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_is_in_the_audit_trail_with_who_what_and_how_many(rf, kind: str):
    asked = request(rf, f"?s-export={kind}&s.kind=water&s-page=2&s-columns=code&s-columns=name")
    asked.user = account("kernel.operator")
    table().respond(asked)

    entry = AuditEntry.objects.get(action="export")
    assert (entry.username, entry.subject_kind, entry.subject) == (asked.user.username, f"table.{kind}", "/stations/#s")
    assert entry.purpose == "40 行；s.kind=water"
    assert entry.fields == ["code", "name"]
    assert verify_chain().is_whole


@pytest.mark.django_db
def test_looking_at_a_table_or_taking_public_data_leaves_no_trace(rf):
    looked = request(rf, "?s.kind=water")
    looked.user = account("kernel.operator")
    table().respond(looked)
    table().respond(request(rf, "?s-export=csv"))
    assert not AuditEntry.objects.filter(action="export").exists()


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1"])
def test_a_cell_that_looks_like_a_formula_is_only_text(rf, text: str):
    rows = [{**ROWS[0], "name": text}]
    streamed = b"".join(table(rows).respond(request(rf, "?s-export=csv")).streaming_content).decode()
    written = next(iter(list(csv.reader(io.StringIO(streamed, newline="")))[1:]))[1]
    assert written == "'" + text

    book = b"".join(table(rows).respond(request(rf, "?s-export=xlsx")).streaming_content)
    assert openpyxl.load_workbook(io.BytesIO(book)).active["B2"].data_type == "s"


@pytest.mark.parametrize("value", ["-2.5", "+3", 4, None, "普通"])
def test_numbers_and_plain_texts_stay_as_they_are(value):
    assert harmless(value) == value


def test_texts_in_cells_are_escaped(rf):
    rows = [{**ROWS[0], "name": "<script>alert(1)</script>"}]

    html = text_of(None, "ui/table.html", {"table": table(rows).bind(request(rf))})

    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_a_table_without_rows_says_so_and_offers_the_way_back(rf):
    html = text_of(None, "ui/table.html", {"table": table().bind(request(rf, "?s.name=没有"))})
    assert "没有符合条件的记录" in html
    assert "清除筛选" in html


def test_a_database_that_fails_leaves_the_page_standing(rf):
    class Broken(ListSource):
        def rows(self, start, stop):
            raise DatabaseError("canceling statement due to statement timeout")

    bound = table().bind(request(rf))
    bound.selected = Broken([])

    assert "数据暂时读不出来" in text_of(None, "ui/table.html", {"table": bound})


def test_the_chosen_columns_are_shown_and_exported(rf):
    answer = table().respond(request(rf, "?s-columns=code&s-columns=secret&s-export=csv"))

    assert b"".join(answer.streaming_content).decode().splitlines()[0] == "\ufeff编码,备用"


def test_a_heading_tells_its_order_to_a_screen_reader(rf):
    html = text_of(None, "ui/table.html", {"table": table().bind(request(rf, "?s-sort=-at"))})

    assert 'aria-sort="descending"' in html
    assert html.count('scope="col"') == 5
    assert "<caption" in html


def test_the_component_renders_a_table_by_its_name():
    assert callable(environment().globals["ui"].table)
